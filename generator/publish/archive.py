"""A folder as a zip whose bytes depend on its files alone: sorted, one fixed time, no owner, no absolute path."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import PurePosixPath

_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say


def pack(files: Iterable[tuple[PurePosixPath, bytes]], folder: str) -> bytes:
    """Return a zip that unpacks into one folder, of files in the order of their paths."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, file in files:
            entry = zipfile.ZipInfo(f"{folder}/{path}", _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, file)
    return content.getvalue()
