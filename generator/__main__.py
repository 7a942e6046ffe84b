"""`python -m generator`."""

import sys
import traceback

from generator.cli import main

try:
    main()
except Exception:
    traceback.print_exc()
    sys.exit(2)
