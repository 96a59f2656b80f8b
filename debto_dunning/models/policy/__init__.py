from . import dunning_absence
from . import dunning_policy
from . import dunning_level
from . import dunning_collector_rule
