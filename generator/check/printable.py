"""Every text uses characters that the handbook's fonts have: Latin and Greek letters, punctuation and signs.

A name in another script is written as PubMed romanises it; pictures and emoji are for nobody's medicine. Cyrillic
letters are left out because some look like Latin ones, and one like a 3.
"""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from generator.guideline import Guideline
from generator.places import KeyPath
from generator.problems import Problem
from generator.walks import values_in

ID = "printable"

_STRANGE = re.compile(
    "[^\\n\\t\\x20-\\x7e\\xa0-\\u024f\\u0250-\\u02af\\u0300-\\u036f\\u0370-\\u03ff\\u1e00-\\u1fff"
    "\\u2010-\\u2027\\u2030-\\u205e\\u2070-\\u209c\\u20ac\\u2100-\\u214f\\u2190-\\u2193\\u2200-\\u22ff]"
)

_ESCAPE = re.compile(r"\\[bfru]")
"""What JSON may write for a strange character."""

_FIX = "Write it in Latin letters, as PubMed does, or leave it out."


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for the first strange character of each text."""
    nodes: dict[str, BaseModel] = {"guideline": guideline.about, "vocabulary": guideline.vocabulary}
    nodes |= {"pathway": guideline.pathway, "profile": guideline.profile, **guideline.records}
    nodes |= {f"references/{pmid}": reference for pmid, reference in guideline.references.items()}
    for id_, node in nodes.items():
        for path, found in _strange(node):
            yield Problem(ID, f"U+{ord(found):04X} cannot be printed", _FIX, guideline.place(id_, *path))
    for name, source in guideline.pending.items():
        for path, found in _strange(source):
            place = guideline.place("pending", "sources", name, *path)
            yield Problem(ID, f"U+{ord(found):04X} cannot be printed", _FIX, place)
    for index, search in enumerate(guideline.searches):
        for path, found in _strange(search):
            place = guideline.place("searches", "searches", index, *path)
            yield Problem(ID, f"U+{ord(found):04X} cannot be printed", _FIX, place)


def _strange(node: BaseModel) -> Iterator[tuple[KeyPath, str]]:
    """Yield the keys and the first strange character of each text; a node is only walked if it may hold one."""
    as_json = node.model_dump_json()
    if _STRANGE.search(as_json) or _ESCAPE.search(as_json):
        for path, value in values_in(node):
            if isinstance(value, str) and (found := _STRANGE.search(value)):
                yield path, found[0]
