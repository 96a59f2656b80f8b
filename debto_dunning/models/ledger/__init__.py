from . import account_move
from . import account_move_line
from . import account_move_line_open
from . import account_move_line_payment
from . import dunning_run_item
from . import dunning_run_money
from . import dunning_run_bank
from . import dunning_run_reference
