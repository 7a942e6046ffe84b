"""A claim's text is one or two whole sentences: on one line, with a full stop, at most 320 characters.

Longer ones hold several claims, and a citation then no longer says which of them it carries.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.limits import CLAIM
from generator.linked_text import plain_text
from generator.problems import Problem

ID = "sentence"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each text that is too long, broken into lines or without an end."""
    for entry in guideline.claims.values():
        text = plain_text(entry.claim.text)
        if len(text) > CLAIM:
            fix = f"Split it into claims of at most {CLAIM}."
            yield Problem(ID, f"the text has {len(text)} characters", fix, entry.place("text"))
        if "\n" in text.strip():
            fix = "Write `text: >-` or one paragraph."
            yield Problem(ID, "the text has line breaks", fix, entry.place("text"))
        if not text.endswith((".", "?", "!")) or text != text.strip():
            wrong = "the text does not end with a full stop"
            yield Problem(ID, wrong, "Write whole sentences.", entry.place("text"))
