"""What is printed: each page of handbook, sheet and pocket edition against a golden file; drawings inside the paper.

`UPDATE_GOLDEN=1` writes the golden files anew; each is read by a person before it is committed.
"""

import io
import itertools
import os
from functools import cache

import pytest
from cases import all_sheets, whole
from outputs import SHEET, SHOW, Printing, prepare_pocket, prepare_sheet, prepare_volume, shown
from pypdf import PdfReader

EXPECTED = SHOW / "printed"
BOOKS = ("handbook", "sheet", "pocket")
HEADING = 11.5  # the size of a heading of the third level, in points


@cache
def printed(name: str) -> PdfReader:
    guideline = shown()
    match name:
        case "handbook":
            printing = prepare_volume(guideline, whole(guideline))
        case "sheet":
            printing = prepare_sheet(guideline, SHEET, "us-letter")
        case _:
            printing = prepare_pocket(guideline, all_sheets(guideline))
    return PdfReader(io.BytesIO(printing.typeset()))


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
        assert all(24 < x < width - 24 and 18 < y < height - 25 for x, y in places), (number, places)


def test_what_is_typeset_is_known_by_all_that_it_is_made_of() -> None:
    made_of = itertools.product(("handbook", "sheet"), (b"{}", b"{ }"), (0, 1))
    keys = {Printing(*each).key for each in made_of}
    assert len(keys) == 8
    assert all(len(key) == 64 and int(key, 16) for key in keys)
    assert Printing("sheet", b"{}", 0).key in keys


def test_no_heading_of_the_handbook_is_glued_to_what_goes_before() -> None:
    """From its line to the one above it there are more than one and a half lines of it, in points."""
    distances: dict[str, float] = {}
    for page in printed("handbook").pages:
        lines: list[tuple[float, float, str]] = []

        def visit(
            text: str,
            cm: list[float],
            tm: list[float],
            _: object,
            size: float,
            lines: list[tuple[float, float, str]] = lines,
        ) -> None:
            if text.strip():
                lines.append((tm[4] * cm[1] + tm[5] * cm[3] + cm[5], size * abs(tm[3] * cm[3]), text.strip()))

        page.extract_text(visitor_text=visit)
        for y, size, text in lines:
            above = [other for other, _, _ in lines if y + 1 < other < y + 60]
            if round(size, 1) == HEADING and above:
                distances[text] = min(above) - y
    assert len(distances) > 5
    assert {text: points for text, points in distances.items() if points < 1.5 * HEADING} == {}
