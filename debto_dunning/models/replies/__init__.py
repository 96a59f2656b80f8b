from . import dunning_reply_rule
from . import dunning_communication_label
from . import dunning_communication_reply_action
from . import dunning_communication_bank_line
from . import dunning_incoming_mail
from . import dunning_incoming_mail_match
from . import res_company_alias
