"""Reads back what is printed: the words of a PDF without what breaks lines, and the size of its letters."""

import re
from ctypes import byref

import pypdfium2
from pypdfium2 import raw


def squeezed(text: str) -> str:
    """Return a text without spaces and hyphens, which lines break at, and PDFium's sign for a word that goes on."""
    return re.sub(r"[\s\u00ad\u2010\ufffe-]", "", text)


def read_pages(pdf: bytes) -> list[tuple[list[str], float]]:
    """Return of each page its lines, and the size of its smallest letter in points: of the font times its drawing's."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_read(page.get_textpage()) for page in document]


def gaps_at_rules(page: pypdfium2.PdfPage) -> list[tuple[float, float]]:
    """Return for each rule across a side how many points letters are above and below it, where there are any."""
    text = page.get_textpage()
    letters = [
        text.get_charbox(index)
        for index in range(text.count_chars())
        if raw.FPDFText_GetUnicode(text, index) > ord(" ")
    ]
    found = []
    for rule in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = rule.get_bounds()
        if right - left > 400 and top - bottom < 1:  # no line under words
            beside = [each for each in letters if each[0] < right and each[2] > left]
            above = [low - top for _, low, _, _ in beside if low > bottom]
            below = [bottom - high for _, _, _, high in beside if high < top]
            found.append((min(above, default=99), min(below, default=99)))
    return found


def _read(page: pypdfium2.PdfTextPage) -> tuple[list[str], float]:
    matrix = raw.FS_MATRIX()
    sizes = set()
    text = page.get_text_range()
    for index in range(page.count_chars()):
        if raw.FPDFText_GetUnicode(page, index) > ord(" "):
            raw.FPDFText_GetMatrix(page, index, byref(matrix))
            sizes.add(raw.FPDFText_GetFontSize(page, index) * (matrix.a**2 + matrix.b**2) ** 0.5)
    return text.splitlines(), min(sizes)
