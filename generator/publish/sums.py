"""Checksums of a folder, as `sha256sum` writes them, and what differs from them."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

SUMS = PurePosixPath("SHA256SUMS")

_LINE = re.compile(r"([0-9a-f]{64}) [ *]([^\s/](?:.*\S)?)")


class SumsError(Exception):
    """A file of checksums that cannot be read, or that names a file outside of its folder."""


@dataclass(frozen=True)
class Differences:
    """Paths whose content differs, that are missing, and that nothing lists."""

    changed: tuple[PurePosixPath, ...]
    missing: tuple[PurePosixPath, ...]
    added: tuple[PurePosixPath, ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.missing or self.added)


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def write_sums(digests: Mapping[PurePosixPath, str]) -> bytes:
    """Return the text of `SHA256SUMS` over the digests of all files but itself, by path."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests) if path != SUMS).encode()


def read_sums(content: bytes) -> dict[PurePosixPath, str]:
    """Return the checksum of each path that a file of checksums lists.

    Raises SumsError for a line of another form, a path listed twice or that leads out of the folder, and an empty list.
    """
    sums: dict[PurePosixPath, str] = {}
    for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), start=1):
        match = _LINE.fullmatch(line)
        path = PurePosixPath(match[2]) if match else PurePosixPath("..")
        if match is None or ".." in path.parts or path in sums:
            raise SumsError(f"line {number} is not a checksum and a path inside the folder: {line[:100]!r}")
        sums[path] = match[1]
    if not sums:
        raise SumsError("it lists no file")
    return sums


def differences_of(digests: Mapping[PurePosixPath, str], sums: Mapping[PurePosixPath, str]) -> Differences:
    """Return how the digests of files differ from checksums; the file of checksums itself is left out."""
    present = {path: found for path, found in digests.items() if path != SUMS}
    return Differences(
        changed=tuple(sorted(path for path in present.keys() & sums.keys() if present[path] != sums[path])),
        missing=tuple(sorted(sums.keys() - present.keys())),
        added=tuple(sorted(present.keys() - sums.keys())),
    )
