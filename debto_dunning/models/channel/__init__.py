from . import dunning_communication_channel
from . import dunning_communication_email
from . import dunning_communication_letter
from . import dunning_communication_call
from . import dunning_letter_batch
from . import ir_mail_server
from . import mail_mail
