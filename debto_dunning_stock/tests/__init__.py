from . import test_delivery_warning
from . import test_stock_access
