from . import res_company
from . import res_company_bank
from . import res_company_limits
from . import res_company_qr
from . import res_company_law
from . import res_company_charge
from . import res_company_thanks
