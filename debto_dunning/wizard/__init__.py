from . import base_partner_merge
from . import dunning_activate
from . import dunning_confirm_posting
from . import dunning_credit_import
from . import dunning_preview
from . import dunning_send
from . import dunning_step_change
from . import res_config_settings
