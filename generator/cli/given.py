"""A file that a command is given by a stranger: a plain file, of a size that is looked at before it is read."""

import os
import stat
from pathlib import Path


def read_given(file: Path, most: int) -> bytes:
    """Return what a file holds. Raises OSError for what is no plain file, and for one of more than some bytes.

    A pipe is not waited for, and of a file without an end no more is read than is needed to tell.
    """
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as opened:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("it is not a plain file")
        content = opened.read(most + 1)
    if len(content) > most:
        raise OSError(f"it has more than {most} bytes")
    return content
