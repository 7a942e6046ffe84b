"""A claim's text is one or two whole sentences: on one line, with a full stop, at most 320 characters.

Longer ones hold several claims, and a citation then no longer says which of them it carries.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.links import plain_text
from generator.problems import Problem

ID = "sentence"
MAX_CHARACTERS = 320


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each text that is too long, broken into lines or without an end."""
    for entry in guideline.claims.values():
        text, place = plain_text(entry.claim.text), entry.place("text")
        if len(text) > MAX_CHARACTERS:
            fix = f"Split it into claims of at most {MAX_CHARACTERS}."
            yield Problem(ID, f"the text has {len(text)} characters", fix, place)
        if "\n" in text.strip():
            yield Problem(ID, "the text has line breaks", "Write `text: >-` or one paragraph.", place)
        if not text.endswith((".", "?", "!")) or text != text.strip():
            yield Problem(ID, "the text does not end with a full stop", "Write whole sentences.", place)
