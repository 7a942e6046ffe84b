"""What is printed: the text of each page of handbook and leaflet against a golden file, and drawings inside the paper.

`UPDATE_GOLDEN=1` writes the golden files anew; each is read by a person before it is committed.
"""

import io
import os
from functools import cache

import pytest
from cases import whole
from outputs import LEAFLET, SHOW, Printing, prepare, prepare_leaflet, shown
from pypdf import PdfReader

EXPECTED = SHOW / "printed"
BOOKS = ("handbook", "leaflet")


@cache
def printed(name: str) -> PdfReader:
    guideline = shown()
    if name == "leaflet":
        return PdfReader(io.BytesIO(prepare_leaflet(guideline, [LEAFLET], "us-letter").typeset()))
    return PdfReader(io.BytesIO(prepare(guideline, whole(guideline)).typeset()))


@pytest.mark.parametrize("name", BOOKS)
def test_the_pages_say_what_was_read(name: str) -> None:
    pages = [f"--- page {number}\n{page.extract_text()}" for number, page in enumerate(printed(name).pages, 1)]
    text = "\n".join(line.rstrip() for line in "\n".join(pages).splitlines()) + "\n"
    file = EXPECTED / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text.encode())
    assert text == file.read_bytes().decode()


@pytest.mark.parametrize("name", BOOKS)
def test_everything_is_inside_the_margins(name: str) -> None:
    """Where each text begins, those of drawings too, in points from the lower left corner."""
    for number, page in enumerate(printed(name).pages, 1):
        places: list[tuple[float, float]] = []

        def visit(
            text: str, cm: list[float], tm: list[float], *_: object, places: list[tuple[float, float]] = places
        ) -> None:
            if text.strip():
                x, y = tm[4], tm[5]
                places.append((x * cm[0] + y * cm[2] + cm[4], x * cm[1] + y * cm[3] + cm[5]))

        page.extract_text(visitor_text=visit)
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        assert places
        assert all(40 < x < width - 40 and 25 < y < height - 25 for x, y in places), (number, places)


def test_what_is_typeset_is_known_by_all_that_it_is_made_of() -> None:
    keys = {Printing(data, time).key for data in (b"{}", b"{ }") for time in (0, 1)}
    assert len(keys) == 4
    assert all(len(key) == 64 and int(key, 16) for key in keys)
    assert Printing(b"{}", 0).key in keys
