from . import test_epc
from . import test_qr_invoice
from . import test_delivery
from . import test_log
