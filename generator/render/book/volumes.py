"""The volumes of handbook and pocket edition: which records stand in which.

Typesetting needs memory in proportion to the length of a PDF.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.facts.lists import records_by_kind
from generator.guideline import Guideline
from generator.speech import Speech

MOST_CLAIMS = 1000
"""Claims of a volume of the handbook, which then needs about 0.8 GB to be typeset."""
MOST_SHEETS = 100
"""Ward sheets of a volume of the pocket edition, which then needs about 1.2 GB."""


class Volume(NamedTuple):
    """What one PDF holds: some records, and its number from 1."""

    records: Sequence[str]
    number: int
    total: int

    def name(self, speech: Speech) -> str:
        """Return what follows the title: `, volume 2 of 3`; nothing for a copy of one volume."""
        if self.total == 1:
            return ""
        return f", {speech.say('volume {number} of {all}', number=self.number, all=self.total)}"

    @property
    def is_last(self) -> bool:
        """Whether the pathway and the lists of the whole handbook are in it."""
        return self.number == self.total


def handbook_volumes(guideline: Guideline) -> list[Volume]:
    """Return the volumes of the handbook, in the order of the site."""
    return _in_volumes(
        (
            (facts.id, len(facts.claims))
            for groups in records_by_kind(guideline).values()
            for _, members in groups
            for facts in members
        ),
        MOST_CLAIMS,
    )


def pocket_volumes(guideline: Guideline) -> list[Volume]:
    """Return the volumes of the pocket edition, in the order of its sheets."""
    return _in_volumes(((id_, 1) for id_ in sheet_records(guideline)), MOST_SHEETS)


def sheet_records(guideline: Guideline) -> list[str]:
    """Return the ids of the records that have a sheet: by kind, and by name as in a list that is leafed through."""
    kinds = records_by_kind(guideline)
    return [
        facts.id
        for kind in guideline.profile.sheets.keep
        for facts in sorted(
            (facts for _, members in kinds[kind] for facts in members), key=lambda facts: facts.record.name.casefold()
        )
    ]


def _in_volumes(lengths: Iterable[tuple[str, int]], most: int) -> list[Volume]:
    """Return records in volumes that are at most so long, or hold one record."""
    parts: list[list[str]] = [[]]
    length = 0
    for record, more in lengths:
        length += more
        if length > most and parts[-1]:
            parts.append([])
            length = more
        parts[-1].append(record)
    return [Volume(records, number, len(parts)) for number, records in enumerate(parts, start=1)]
