"""Every text can be printed as it stands: its characters are in the handbook's fonts, no word is broken at its hyphen.

The fonts have Latin and Greek letters, punctuation and signs. A name in another script is written as PubMed romanises
it; pictures and emoji are for nobody's medicine. Cyrillic letters are left out because some look like Latin ones, and
one like a 3. A word is broken where a line of YAML ends in its hyphen: YAML puts a space there.
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

_BROKEN = re.compile(r"\w+- (?!(?:and|or|to|nor|und|oder|bis)\b)\w+")
"""A word with a space after its hyphen, unless the rest of it follows: `pre- and post-treatment`."""


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for the first fault of each text."""
    nodes: dict[str, BaseModel] = {"guideline": guideline.about, "vocabulary": guideline.vocabulary}
    nodes |= {"pathway": guideline.pathway, "profile": guideline.profile, **guideline.records}
    nodes |= {f"references/{pmid}": reference for pmid, reference in guideline.references.items()}
    for id_, node in nodes.items():
        for path, wrong, fix in _faults(node):
            yield Problem(ID, wrong, fix, guideline.place(id_, *path))
    for name, source in guideline.pending.items():
        for path, wrong, fix in _faults(source):
            yield Problem(ID, wrong, fix, guideline.place("pending", "sources", name, *path))
    for index, search in enumerate(guideline.searches):
        for path, wrong, fix in _faults(search):
            yield Problem(ID, wrong, fix, guideline.place("searches", "searches", index, *path))


def _faults(node: BaseModel) -> Iterator[tuple[KeyPath, str, str]]:
    """Yield the keys, the first fault and its mend of each text; a node is only walked if it may hold one."""
    as_json = node.model_dump_json()
    if not (_STRANGE.search(as_json) or _ESCAPE.search(as_json) or _BROKEN.search(as_json)):
        return
    for path, value in values_in(node):
        if isinstance(value, str) and (found := _STRANGE.search(value)):
            yield (
                path,
                f"U+{ord(found[0]):04X} cannot be printed",
                "Write it in Latin letters, as PubMed does, or leave it out.",
            )
        elif isinstance(value, str) and (found := _BROKEN.search(value)):
            yield (
                path,
                f"`{found[0]}` is a word broken at its hyphen",
                "End the line before the word: YAML puts a space where it ends.",
            )
