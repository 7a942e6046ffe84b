"""A claim's text is plain: sentences and links to records, without markup, addresses or code.

The text is shown on pages, in print and in data files; markup for one would be noise in the others. Everything is
escaped besides: this rule keeps the content readable, it is not what keeps the site safe.
"""

import re
from collections.abc import Iterator

from generator.guideline import Guideline
from generator.limits import MARKUP
from generator.linked_text import plain_text
from generator.problems import Problem

ID = "plain-text"

_SIGN = re.compile(r"[`*_{}\[\]|~^\\@<&:]")
"""One of these is in all markup, and in few texts."""


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for the first piece of markup in each claim's text."""
    for entry in guideline.claims.values():
        if found := markup_in(plain_text(entry.claim.text)):
            fix = "Say it in plain words; a link is `[words](kind/record)`."
            yield Problem(ID, f"`{found}` is markup", fix, entry.place("text"))


def markup_in(text: str) -> str:
    """Return the first piece of markup in a text, or nothing."""
    found = MARKUP.search(text) if _SIGN.search(text) else None
    return found[0] if found else ""
