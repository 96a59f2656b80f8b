from . import test_delivery_warning
