"""`python -m generator`."""

import gc
import sys
import traceback

from generator.cli import main

try:
    main()
except Exception:
    traceback.print_exc()
    sys.exit(2)
finally:
    gc.freeze()  # what was read is left to the system: to take it apart at the end takes a fifth of the time
