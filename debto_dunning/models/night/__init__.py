from . import dunning_hold
from . import dunning_run
from . import dunning_run_decide
from . import dunning_run_count
