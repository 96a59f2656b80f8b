from . import test_companyweb
