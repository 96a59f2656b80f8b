from . import test_epc
from . import test_qr_invoice
from . import test_delivery
from . import test_log
from . import test_views
from . import test_tour
from . import test_decide
