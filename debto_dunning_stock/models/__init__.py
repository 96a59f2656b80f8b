from . import dunning_debtor
