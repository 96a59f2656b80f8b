from . import account_move_forecast
from . import dunning_segment
from . import dunning_debtor_risk
from . import dunning_debtor_segment
from . import dunning_lateness
from . import dunning_risk_history
