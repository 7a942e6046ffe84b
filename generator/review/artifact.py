"""The content of a pull request as a zip made by a stranger: read in memory, believed in nothing."""

import io
import json
import stat
import zipfile
import zlib
from pathlib import PurePosixPath

from generator.handwritten import is_page

MAX_ZIP = 32 * 1024 * 1024
MAX_UNPACKED = 64 * 1024 * 1024
MAX_FILES = 5_000

_NUMBER_FILE = "pull-request.json"

_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError),
    *(KeyError, ValueError, TypeError, RecursionError),
)


class ArtifactError(Exception):
    """The zip is not what the check of a pull request leaves behind."""


def read_artifact(archive: bytes) -> tuple[int, dict[PurePosixPath, bytes]]:
    """Return the number of the pull request that a zip names, its files below `content/` and its pages.

    Raises ArtifactError for a zip that is too large or damaged, names twice or that lead out, links, encryption, and
    a number that is none.
    """
    if len(archive) > MAX_ZIP:
        raise ArtifactError(f"the zip is larger than {MAX_ZIP >> 20} MiB")
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            entries = [entry for entry in packed.infolist() if not entry.is_dir()]
            _refuse(entries)
            files = {entry.filename: packed.read(entry) for entry in entries}
        number = json.loads(files.pop(_NUMBER_FILE))["number"]
    except ArtifactError:
        raise
    except _DAMAGED:
        raise ArtifactError("the zip is damaged, or holds no number of a pull request") from None
    if type(number) is not int or not 0 < number < 10**9:
        raise ArtifactError("the number of the pull request is none")
    return number, {PurePosixPath(name): content for name, content in files.items()}


def _refuse(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(names) > MAX_FILES or len(set(names)) != len(names):
        raise ArtifactError(f"the zip holds more than {MAX_FILES} files, or a name twice")
    # `read` gives no more than the size that an entry declares, so the sum of these is a limit.
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise ArtifactError(f"the zip unpacks to more than {MAX_UNPACKED >> 20} MiB")
    for entry in entries:
        path = PurePosixPath(entry.filename)
        mode = entry.external_attr >> 16
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or len(entry.filename) > 200:
            raise ArtifactError(f"{entry.filename[:100]!r} is packed in another way, or its name is too long")
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            raise ArtifactError(f"{entry.filename[:100]!r} is not a plain file")
        if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in entry.filename:
            raise ArtifactError(f"{entry.filename[:100]!r} leads out of the folder")
        if entry.filename != _NUMBER_FILE and path.parts[:1] != ("content",) and not is_page(path):
            raise ArtifactError(f"{entry.filename[:100]!r} is neither content nor a page nor {_NUMBER_FILE}")
