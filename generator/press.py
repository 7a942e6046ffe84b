"""Data and template to PDF: Typst sets it, pikepdf packs it. Nothing else of the generator is needed here.

`python -m generator.press TIME` reads the data from standard input and writes the PDF to standard output: what Typst
takes for a long PDF, about 0.7 GB for 200 pages, is given back when that process ends.
"""

import io
import sys
from functools import cache
from importlib import resources
from typing import Any

import pikepdf
import typst


def typeset(data: bytes, time: int) -> bytes:
    """Return the PDF/UA-1 of data in JSON; `time`, in seconds of the epoch, is what the file says of its making.

    Same input, same bytes. Typst runs outside of Python's lock.
    """
    files: Any = {"main": template(), "handbook.json": data}
    standards: Any = ["ua-1"]
    pdf = typst.compile(files, format="pdf", ignore_system_fonts=True, pdf_standards=standards, timestamp=time)
    return _packed(bytes(pdf))


@cache
def template() -> bytes:
    """Return the template of handbook and leaflets."""
    return resources.files("generator").joinpath("render/book/handbook.typ").read_bytes()


def _packed(pdf: bytes) -> bytes:
    """Return a PDF with its objects in compressed streams: the tags of an accessible PDF are many and small."""
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        streams = pikepdf.ObjectStreamMode.generate
        document.save(packed, object_stream_mode=streams, recompress_flate=True, deterministic_id=True)
    return packed.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(typeset(sys.stdin.buffer.read(), int(sys.argv[1])))
