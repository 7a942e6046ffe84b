"""The title of a paper is plain text: no tags and no entities, as PubMed and Crossref send them.

They would be shown as they stand, on pages, in print and by every citation manager. Letters and figures have signs of
their own: `CO₂`, `CD8⁺`, `TNF-α`.
"""

import re
from collections.abc import Iterator

from generator.guideline import Guideline
from generator.problems import Problem

ID = "title-plain"

_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);")


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for the first tag or entity in the title of each source."""
    for pmid, reference in guideline.references.items():
        if found := _MARKUP.search(reference.title):
            fix = "Leave the tag out, and write the letter or sign itself: `CO₂`, `α`, `&`."
            place = guideline.place(f"references/{pmid}", "title")
            yield Problem(ID, f"{_shown(found[0])} is markup", fix, place)


def _shown(text: str) -> str:
    return f"`{text if len(text) <= 30 else text[:29] + '…'}`"
