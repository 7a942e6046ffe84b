"""A folder as a zip whose bytes depend on its files alone: sorted, one fixed time, no owner, no absolute path."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

from generator.publish.sums import SUMS, digest, read_sums

_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say


def pack(files: Mapping[PurePosixPath, bytes], folder: str) -> bytes:
    """Return a zip that unpacks into one folder."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{path}", _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, files[path])
    return content.getvalue()


def holds(archive: bytes, files: Mapping[PurePosixPath, bytes]) -> bool:
    """Return whether a zip that `pack` made of a folder with checksums lists the same content for all of some files."""
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        name = next((name for name in packed.namelist() if name.split("/")[1:] == [str(SUMS)]), None)
        listed = read_sums(packed.read(name)) if name else {}
    return all(listed.get(path) == digest(content) for path, content in files.items())
