"""`python -m generator`, and the command `claimbook` of an installed one."""

import gc
import sys
import traceback

from generator.cli import main


def run() -> None:
    """Run a command; a fault of ours exits with 2, as `generator.cli` says."""
    try:
        main()
    except Exception:
        traceback.print_exc()
        sys.exit(2)
    finally:
        gc.freeze()  # what was read is left to the system: to take it apart at the end takes a fifth of the time


if __name__ == "__main__":
    run()
