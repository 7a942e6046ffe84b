"""The printed handbook: the guideline as data for a Typst template, and the PDF that Typst makes of it.

The template is fixed; all text reaches it as JSON and is shown as it is, so no content can become Typst.
"""

import datetime
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import PurePosixPath

from generator.guideline import Guideline
from generator.links import handbook, leaflet
from generator.press import template, typeset
from generator.render.book.content import Volume, book_data, volumes

PAPERS = ("a4", "us-letter")


@dataclass(frozen=True)
class Printing:
    """A PDF that is to be typeset: its data as JSON, and the time in the file, in seconds of the epoch."""

    data: bytes
    time: int

    @property
    def key(self) -> str:
        """SHA-256 over all that the PDF is made of, in hexadecimal: data, template, and the programs that make it."""
        made_of = (self.data, template(), f"{self.time} {version('typst')} {version('pikepdf')}".encode())
        return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in made_of)).hexdigest()

    def typeset(self) -> bytes:
        """Return the PDF/UA-1; see `press`."""
        return typeset(self.data, self.time)


def prepare(guideline: Guideline, volume: Volume, paper: str = "a4") -> Printing:
    """Return a volume or a leaflet that is to be typeset."""
    data = json.dumps(book_data(guideline, paper, volume), ensure_ascii=False).encode()
    time = datetime.datetime.combine(guideline.about.date, datetime.time(), tzinfo=datetime.UTC)
    return Printing(data, int(time.timestamp()))


def prepare_leaflet(guideline: Guideline, records: Sequence[str], paper: str = "a4") -> Printing:
    """Return a leaflet of some records that is to be typeset."""
    return prepare(guideline, Volume(records, 0, 0), paper)


def handbook_paths(guideline: Guideline) -> dict[PurePosixPath, Volume]:
    """Return the volumes of the handbook by their paths below the root of the site."""
    return {handbook(volume.number, volume.total): volume for volume in volumes(guideline)}


def printings(guideline: Guideline) -> Iterator[tuple[PurePosixPath, Printing]]:
    """Yield the path of each PDF of the site and what is to be typeset: the handbook, and a leaflet of each record."""
    for path, volume in handbook_paths(guideline).items():
        yield path, prepare(guideline, volume)
    for id_ in guideline.records:
        yield leaflet(id_), prepare_leaflet(guideline, [id_])
