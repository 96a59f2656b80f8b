from . import dunning_caller_check
from . import dunning_program_record
from . import dunning_shared_record
from . import dunning_system_fields
from . import res_company
