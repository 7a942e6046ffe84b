"""The printed handbook: the guideline as data for a Typst template, and the PDF that Typst makes of it.

The template is fixed; all text reaches it as JSON and is shown as it is, so no content can become Typst.
"""

import datetime
import io
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from pathlib import PurePosixPath
from typing import Any

import pikepdf
import typst

from generator.guideline import Guideline
from generator.links import leaflet
from generator.render.book.content import book_data

PAPERS = ("a4", "us-letter")


def render_handbook(guideline: Guideline, paper: str = "a4", only: Sequence[str] = ()) -> bytes:
    """Return the handbook as PDF/UA-1; `only` leaves all records out but those named (a leaflet).

    Same input, same bytes: the date in the file is the guideline's.
    """
    data = json.dumps(book_data(guideline, paper, only), ensure_ascii=False).encode()
    template = resources.files("generator.render.book").joinpath("handbook.typ").read_bytes()
    stamp = datetime.datetime.combine(guideline.about.date, datetime.time(), tzinfo=datetime.UTC)
    files: Any = {"main": template, "handbook.json": data}
    pdf = typst.compile(
        files,
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=int(stamp.timestamp()),
    )
    return _packed(bytes(pdf))


def render_leaflets(guideline: Guideline) -> dict[PurePosixPath, bytes]:
    """Return the PDF of each record alone, by its path below `docs/`. Typst runs outside of Python's lock."""
    with ThreadPoolExecutor() as pool:
        pdfs = pool.map(lambda id_: render_handbook(guideline, only=[id_]), guideline.records)
        return dict(zip(map(leaflet, guideline.records), pdfs, strict=True))


def _packed(pdf: bytes) -> bytes:
    """Return a PDF with its objects in compressed streams: the tags of an accessible PDF are many and small."""
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        streams = pikepdf.ObjectStreamMode.generate
        document.save(packed, object_stream_mode=streams, recompress_flate=True, deterministic_id=True)
    return packed.getvalue()
