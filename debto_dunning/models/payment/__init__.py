from . import account_move_qr
from . import dunning_communication_pay
from . import dunning_payment_allotment
from . import res_partner_bank
