from . import res_partner_bank
from . import account_move_qr
from . import res_company_qr
