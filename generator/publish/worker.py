"""The service worker that keeps the hosted site readable without a network."""

import json
from collections.abc import Mapping
from importlib import resources
from pathlib import PurePosixPath

from generator.model import About
from generator.publish.sums import SUMS, digest

WORKER = PurePosixPath("service-worker.js")
VERSION = PurePosixPath("version.json")

_SINGLE = (".pdf", ".ris", ".nbib", ".bib", ".csl.json")
_MARK = "/* the version and files of this site */ {}"


def make_worker(digests: Mapping[PurePosixPath, str], about: About) -> dict[PurePosixPath, bytes]:
    """Return the script of the service worker, and the file that says which build is published.

    `digests` holds the SHA-256 of each file of the site by its path. The worker keeps the files of exactly this build,
    each by its checksum. Left out are the zip, which is a copy itself, and what a record or a source has for itself
    beside its page: the pocket edition has all ward sheets, the lists of sources have every source.
    """
    kept = {str(path): digests[path] for path in sorted(digests) if _is_kept(path)}
    name = {"version": about.version, "date": about.date.isoformat()}
    name["build"] = digest(json.dumps(kept).encode())
    build = {**name, "files": kept}
    script = resources.files("generator.publish").joinpath("service-worker.js").read_text("utf-8")
    worker = script.replace(_MARK, json.dumps(build, indent=0)).encode()
    return {WORKER: worker, VERSION: (json.dumps(name) + "\n").encode()}


def _is_kept(path: PurePosixPath) -> bool:
    single = path.parent != PurePosixPath("data") and path.name.endswith(_SINGLE) and len(path.parts) > 1
    return path.suffix not in (".zip", ".gz", ".map") and not single and path not in (WORKER, VERSION, SUMS)
