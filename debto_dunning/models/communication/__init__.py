from . import dunning_communication
from . import dunning_communication_line
from . import dunning_communication_reply
from . import dunning_communication_prepare
from . import dunning_communication_render
from . import dunning_communication_deliver
from . import dunning_statement
