"""The service worker that keeps the hosted site readable without a network."""

import json
from collections.abc import Mapping
from importlib import resources
from pathlib import PurePosixPath

from generator.model import About
from generator.publish.sums import SUMS, digest

WORKER = PurePosixPath("service-worker.js")

_MARK = "/* the version and files of this site */ {}"


def make_worker(files: Mapping[PurePosixPath, bytes], about: About) -> bytes:
    """Return the script of the service worker: it keeps the files of exactly this build, each by its checksum.

    Left out are the zip, which is a copy itself, and the leaflets, which are kept when they are opened.
    """
    kept = {str(path): digest(files[path]) for path in sorted(files) if _is_kept(path)}
    build = {"version": str(about.version), "date": about.date.isoformat(), "files": kept}
    script = resources.files("generator.publish").joinpath("service-worker.js").read_text("utf-8")
    return script.replace(_MARK, json.dumps(build, indent=0)).encode()


def _is_kept(path: PurePosixPath) -> bool:
    leaflet = path.suffix == ".pdf" and len(path.parts) > 1
    return path.suffix not in (".zip", ".gz", ".map") and not leaflet and path not in (WORKER, SUMS)
