"""Every text uses characters that the handbook's fonts have: Latin and Greek letters, punctuation and signs.

A name in another script is written as PubMed romanises it; pictures and emoji are for nobody's medicine. Cyrillic
letters are left out because some look like Latin ones, and one like a 3.
"""

import re
from collections.abc import Iterator

from generator.guideline import Guideline, values_in
from generator.problems import Problem

ID = "printable"

_STRANGE = re.compile(
    "[^\\n\\t\\x20-\\x7e\\xa0-\\u024f\\u0250-\\u02af\\u0300-\\u036f\\u0370-\\u03ff\\u1e00-\\u1fff"
    "\\u2010-\\u2027\\u2030-\\u205e\\u2070-\\u209c\\u20ac\\u2100-\\u214f\\u2190-\\u2193\\u2200-\\u22ff]"
)


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for the first strange character of each text."""
    nodes: dict[str, object] = {"guideline": guideline.about, "vocabulary": guideline.vocabulary}
    nodes |= {"pathway": guideline.pathway, **guideline.records}
    nodes |= {f"references/{pmid}": reference for pmid, reference in guideline.references.items()}
    for id_, node in nodes.items():
        for path, value in values_in(node):
            if isinstance(value, str) and (found := _STRANGE.search(value)):
                yield Problem(ID, f"U+{ord(found[0]):04X} cannot be printed", _FIX, guideline.place(id_, *path))
    for name, source in guideline.pending.items():
        for path, value in values_in(source):
            if isinstance(value, str) and (found := _STRANGE.search(value)):
                place = guideline.place("pending", "sources", name, *path)
                yield Problem(ID, f"U+{ord(found[0]):04X} cannot be printed", _FIX, place)


_FIX = "Write it in Latin letters, as PubMed does, or leave it out."
