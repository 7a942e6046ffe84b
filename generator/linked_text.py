"""The text of a claim: plain words, and links to records and claims by their ids."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LINK = re.compile(r"\[([^\[\]\n]+)\]\(([^()\s]*)\)")


@dataclass(frozen=True)
class Link:
    """A link in a claim's text: the words shown, and the id of a record or claim."""

    words: str
    target: str

    @property
    def record(self) -> str:
        """The id of the record that the target is, or is a claim of."""
        return self.target.partition("#")[0]


def split_text(text: str) -> Iterator[str | Link]:
    """Yield the plain stretches and the links of a claim's text, in order."""
    end = 0
    for match in LINK.finditer(text):
        if match.start() > end:
            yield text[end : match.start()]
        yield Link(match[1], match[2])
        end = match.end()
    if end < len(text):
        yield text[end:]


def links_in(text: str) -> list[Link]:
    """Return the links of a claim's text."""
    return [Link(match[1], match[2]) for match in LINK.finditer(text)]


def plain_text(text: str) -> str:
    """Return a claim's text with the words of its links and without their targets."""
    return LINK.sub(r"\1", text) if "](" in text else text
