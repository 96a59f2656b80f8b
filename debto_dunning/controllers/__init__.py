from . import page
from . import page_payment
from . import personal_data
from . import portal
