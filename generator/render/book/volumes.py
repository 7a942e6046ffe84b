"""The volumes of the handbook: which records stand in which."""

from collections.abc import Sequence
from typing import NamedTuple

from generator.facts.lists import records_by_kind
from generator.guideline import Guideline
from generator.speech import Speech

MOST_CLAIMS = 1000
"""Claims of a volume, which then needs about 0.8 GB to be typeset."""


class Volume(NamedTuple):
    """What one PDF of the handbook holds: some records, and its number from 1."""

    records: Sequence[str]
    number: int
    total: int

    def name(self, speech: Speech) -> str:
        """Return what follows the title: `, volume 2 of 3`; nothing for a handbook of one volume."""
        if self.total == 1:
            return ""
        return f", {speech.say('volume {number} of {all}', number=self.number, all=self.total)}"

    @property
    def is_last(self) -> bool:
        """Whether the pathway and the lists of the whole handbook are in it."""
        return self.number == self.total


def volumes(guideline: Guideline, most: int = MOST_CLAIMS) -> list[Volume]:
    """Return the volumes of the handbook: as many records as hold `most` claims each, in the order of the site.

    Typsetting needs memory in proportion to the length of a PDF.
    """
    parts: list[list[str]] = [[]]
    claims = 0
    for groups in records_by_kind(guideline).values():
        for facts in (facts for _, members in groups for facts in members):
            claims += len(facts.claims)
            if claims > most and parts[-1]:
                parts.append([])
                claims = len(facts.claims)
            parts[-1].append(facts.id)
    return [Volume(records, number, len(parts)) for number, records in enumerate(parts, start=1)]
