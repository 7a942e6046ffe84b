"""Reads back what is printed: the words of a PDF without what breaks lines, and the size of its letters."""

import re

from pypdf import PageObject


def squeezed(text: str) -> str:
    """Return a text without spaces and hyphens, which lines break at."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def read_page(page: PageObject) -> tuple[list[str], float]:
    """Return the lines of a page and the size, in points, of its smallest text: of the font times its drawing's."""
    sizes: list[float] = []

    def look(text: str, here: list[float], line: list[float], _: object, size: float) -> None:
        if text.strip():
            scale = (here[0] ** 2 + here[1] ** 2) ** 0.5 * (line[0] ** 2 + line[1] ** 2) ** 0.5
            sizes.append(size * scale)

    return page.extract_text(visitor_text=look).split("\n"), min(sizes)
