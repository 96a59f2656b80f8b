from . import channel
from . import exclusion
from . import kind
from . import pause
from . import placeholder
