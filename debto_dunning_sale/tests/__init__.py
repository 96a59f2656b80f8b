from . import test_exposure
from . import test_quotation
from . import test_conditions
from . import test_delivery_warning
from . import test_sale_access
from . import test_sale_attacks
