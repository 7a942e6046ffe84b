"""Data and template to PDF: Typst sets it, pikepdf packs it. Nothing else of the generator is needed here.

`python -m generator.press TEMPLATE TIME` reads the data from standard input and writes the PDF, not packed, to standard
output: what Typst takes for a long PDF, about 3 MB a page, is given back when that process ends.
"""

import io
import sys
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import pikepdf
import typst


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
