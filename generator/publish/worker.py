"""The service worker that keeps the hosted site readable without a network."""

import gzip
import json
from collections.abc import Mapping
from importlib import resources
from pathlib import PurePosixPath

from generator.publish.sums import digest

WORKER = PurePosixPath("service-worker.js")
VERSION = PurePosixPath("version.json")

_MARK = "/* the version and files of this site */ {}"
_PARTS = {"read": (".html", ".css", ".js", ".svg", ".png", ".webmanifest"), "print": (".pdf",)}
"""The files that are kept at the first visit, and those that are kept when the reader asks, by how their names end.

Data files are neither: who works with them has a network. Nor is the zip, which is a copy itself.
"""


def kept_size(path: PurePosixPath, content: bytes) -> int:
    """Return how many bytes a file takes on the device, compressed; 0 for one that the worker never keeps."""
    return len(gzip.compress(content, mtime=0)) if _part_of(path) else 0


def make_worker(
    digests: Mapping[PurePosixPath, str], sizes: Mapping[PurePosixPath, int], version: str, date: str
) -> dict[PurePosixPath, bytes]:
    """Return the script of the service worker, and the file that says which build is published.

    `digests` holds the SHA-256 of each file of the site by its path, `sizes` what it takes on the device. The worker
    keeps the files of exactly this build, each by its checksum, and says the size of each part in MB.
    """
    parts = {part: {str(path): digests[path] for path in sorted(digests) if _part_of(path) == part} for part in _PARTS}
    name = {"version": version, "date": date}
    name["build"] = digest(json.dumps(parts).encode())
    takes = {part: round(sum(sizes[PurePosixPath(path)] for path in paths) / 1e6, 1) for part, paths in parts.items()}
    script = resources.files("generator.publish").joinpath("service-worker.js").read_text("utf-8")
    worker = script.replace(_MARK, json.dumps({**name, "sizes": takes, **parts}, indent=0)).encode()
    return {WORKER: worker, VERSION: (json.dumps(name) + "\n").encode()}


def _part_of(path: PurePosixPath) -> str | None:
    if path == WORKER:
        return None
    return next((part for part, ends in _PARTS.items() if path.suffix in ends), None)
