from . import dunning_debtor
from . import dunning_debtor_merge
from . import dunning_debtor_personal_data
from . import dunning_debtor_recipient
from . import dunning_debtor_refresh
from . import dunning_term_change
from . import res_partner
