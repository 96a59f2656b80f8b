from . import dunning_absence
from . import dunning_policy
from . import res_company_person
from . import res_users
from . import dunning_level
from . import dunning_collector_rule
from . import mail_activity_type
