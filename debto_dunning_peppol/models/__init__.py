from . import account_edi_proxy_user
from . import account_move
from . import dunning_hold
from . import dunning_run
