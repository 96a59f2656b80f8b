from . import dunning_hold
from . import dunning_debtor_hold
from . import dunning_run
from . import dunning_run_reason
from . import dunning_run_decide
from . import dunning_run_debtor
from . import dunning_run_count
