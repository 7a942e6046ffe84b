"""How a paper is described in a list of sources: names of authors, title, where it was printed, pages.

Authors are recorded as PubMed lists them: family name, initials, suffix, as in `Hall RP 3rd`; or the name of a group.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.sources import Reference
from generator.speech import Speech, to_say

AUTHORS_UNKNOWN = to_say("Authors not recorded")
AUTHORS_INCOMPLETE = to_say("Not all authors are listed")

CITATION_FILES: Mapping[str, str] = {"ris": "RIS", "nbib": "NBIB (PubMed)", "bib": "BibTeX", "csl.json": "CSL-JSON"}
"""The formats of citation managers in which sources are given, by the endings of the files."""

_DASH = re.compile(r"[\u2010-\u2015\u2212]|-+")
_NUMBERED = re.compile(r"([^\s\d]*(?:\d+\.[^\s\d]*)?)(\d+)\Z")
_INITIALS = re.compile(r"[^\W\d_](?:-?[^\W\d_]){0,4}")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|2nd|3rd|[4-9]th|II|III|IV")
_OF_GROUPS = re.compile(
    r"\b(?:academy|and|association|centers?|centre|collaborati(?:on|ve)|collaborators|college|committee|consortium"
    r"|department|for|foundation|groups?|initiative|institute|investigators|network|of|organi[sz]ation|panel|registry"
    r"|society|study|task force|team|trial|working party)\b|,",
    re.IGNORECASE,
)
"""Words, and the comma, that stand in names of groups and not in those of persons as PubMed writes them."""


@dataclass(frozen=True)
class Author:
    """An author by the name as recorded. A group has no family name."""

    name: str
    is_said_to_be_a_group: bool = False

    @cached_property
    def _parts(self) -> tuple[str, str, str]:
        words = self.name.split()
        suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
        initials = words.pop() if len(words) > 1 and words[-1].isupper() and _INITIALS.fullmatch(words[-1]) else ""
        family = " ".join(words)
        is_group = self.is_said_to_be_a_group or not initials or _OF_GROUPS.search(family)
        return ("", "", "") if is_group else (family, initials, suffix)

    @property
    def is_group(self) -> bool:
        """Whether it is a group: what is not a family name with initials, or has a word of groups in it."""
        return not self.family

    @property
    def family(self) -> str:
        """The family name with its particles, as in `van der Meer`; empty for a group."""
        return self._parts[0]

    @property
    def particle(self) -> str:
        """The words in small letters that the family name begins with, as in `van der`."""
        words = self.family.split()
        small = next((at for at, word in enumerate(words) if not word.islower()), 0)
        return " ".join(words[:small])

    @property
    def initials(self) -> str:
        """The initials, each with its stop and apart from the next, as in `J. W. M.`."""
        return " ".join(f"{part}." for part in re.findall(r"-?[^\W\d_]", self._parts[1])).replace(" -", "-")

    @property
    def suffix(self) -> str:
        """What follows the initials: `Jr`, `3rd`."""
        return self._parts[2]

    @property
    def short(self) -> str:
        """The family name, or the group."""
        return self.family or self.name


def authors_of(reference: Reference) -> tuple[Author, ...]:
    """Return the authors that are recorded, in their order."""
    return tuple(Author(name, name in reference.group_authors) for name in reference.authors or ())


def as_sentence(title: str) -> str:
    """Return a title with a full stop, unless it ends with a mark of its own, before quotation marks or behind."""
    return title if title.rstrip("\"'\u2019\u201d\u00bb").endswith((".", "?", "!")) else f"{title}."


def printed_in(reference: Reference, speech: Speech) -> str:
    """Return journal, year, volume, issue and pages, as far as they are known."""
    text = f"{reference.journal}. {reference.year or speech.say('year unknown')}"
    issue = f"({reference.issue})" if reference.issue else ""
    if reference.volume or issue:
        text += f";{reference.volume or ''}{issue}"
    return text + (f":{reference.pages}" if reference.pages else "")


def page_ranges(pages: str) -> list[tuple[str, str]]:
    """Return the first and the last page of each range, such as `547-57; discussion 601`, the last written in full.

    PubMed leaves out of a last page what it shares with the first: `547-57` ends on page 557, `e660-2` on e662 and
    `S1-10` on S10. The last is empty where one page, or the number of an article, is all there is.
    """
    ranges = []
    for part in re.split(r"[;,]", pages):
        first, _, last = (piece.strip() for piece in _DASH.sub("-", part.strip()).partition("-"))
        begins, ends = _NUMBERED.search(first), _NUMBERED.fullmatch(last)
        if begins and ends and begins[1].endswith(ends[1]):
            shared = begins[2][: max(0, len(begins[2]) - len(ends[2]))]
            last = f"{begins[1]}{shared}{ends[2]}"
        if first:
            ranges.append((first, last))
    return ranges


def pages_in_full(pages: str) -> str:
    """Return ranges of pages with their last pages in full."""
    return "; ".join(f"{first}-{last}" if last else first for first, last in page_ranges(pages))
