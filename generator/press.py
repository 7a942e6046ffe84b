"""Data and template to PDF: Typst sets it, pikepdf packs it. Nothing else of the generator is needed here.

`python -m generator.press TEMPLATE TIME` reads the data from standard input and writes the PDF, not packed, to standard
output: what Typst takes for a long PDF, about 3 MB a page, is given back when that process ends.
"""

import hashlib
import io
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.metadata import version
from typing import Any

import pikepdf
import typst


@dataclass(frozen=True)
class Printing:
    """A PDF that is to be typeset: template, data as JSON, and the time in the file, in seconds of the epoch."""

    template: str
    data: bytes
    time: int

    @property
    def key(self) -> str:
        """SHA-256 over all that the PDF is made of, in hexadecimal: data, template, and the programs that make it."""
        programs = f"{self.time} {version('typst')} {version('pikepdf')}".encode()
        made_of = (self.data, *files_of(self.template).values(), programs)
        return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in made_of)).hexdigest()

    def typeset(self) -> bytes:
        """Return the PDF/UA-1; see `press`."""
        return typeset(self.template, self.data, self.time)


def typeset(template: str, data: bytes, time: int) -> bytes:
    """Return the PDF/UA-1 of data in JSON; `time`, in seconds of the epoch, is what the file says of its making.

    Same input, same bytes. Typst runs outside of Python's lock.
    """
    return packed(_set(template, data, time))


def _set(template: str, data: bytes, time: int) -> bytes:
    files: Any = {**files_of(template), "data.json": data}
    standards: Any = ["ua-1"]
    return bytes(typst.compile(files, format="pdf", ignore_system_fonts=True, pdf_standards=standards, timestamp=time))


@cache
def files_of(template: str) -> Mapping[str, bytes]:
    """Return a template, `handbook` or `sheet`, and what it takes from the other, by the names that Typst knows."""
    folder = resources.files("generator").joinpath("render/book")
    names = {"main": f"{template}.typ", "common.typ": "common.typ"}
    return {name: folder.joinpath(file).read_bytes() for name, file in names.items()}


def packed(pdf: bytes) -> bytes:
    """Return a PDF with its objects in compressed streams: the tags of an accessible PDF are many and small."""
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        streams = pikepdf.ObjectStreamMode.generate
        document.save(packed, object_stream_mode=streams, recompress_flate=True, deterministic_id=True)
    return packed.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(_set(sys.argv[1], sys.stdin.buffer.read(), int(sys.argv[2])))
