from . import test_companyweb
from . import test_companyweb_access
