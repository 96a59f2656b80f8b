from . import dunning_debtor
from . import sale_order
