from . import dunning_credit_provider
from . import dunning_credit_report
