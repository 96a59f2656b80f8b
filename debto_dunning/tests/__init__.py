from . import test_epc
from . import test_qr_invoice
