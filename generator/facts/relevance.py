"""Which records the title of a paper names: a count of words that anybody can do again, no judgement of the paper."""

from collections.abc import Mapping, Sequence

from generator.facts.records import RecordFacts, records_of
from generator.guideline import Guideline, once
from generator.words import words_of

NAMED, TYPED = 3, 1
"""The points of a record whose name or synonym stands in a title, and for each word by which readers look for it."""


def relevant(title: str, guideline: Guideline) -> Sequence[tuple[RecordFacts, int]]:
    """Return the records that a title speaks of, with their points, those with most points first."""
    said = f" {' '.join(words_of(title))} "
    found = []
    for id_, (names, typed) in _names(guideline).items():
        points = NAMED * any(f" {name} " in said for name in names) + TYPED * sum(f" {word} " in said for word in typed)
        if points:
            found.append((records_of(guideline)[id_], points))
    return sorted(found, key=lambda one: -one[1])


@once
def _names(guideline: Guideline) -> Mapping[str, tuple[Sequence[str], Sequence[str]]]:
    """Return, for each record, its names and the words by which readers look for it, as plain words."""
    typed = guideline.profile.search.names
    return {
        id_: (_plain((record.name, *record.also_known_as)), _plain(typed.get(id_, ())))
        for id_, record in guideline.records.items()
    }


def _plain(names: Sequence[str]) -> Sequence[str]:
    return list(dict.fromkeys(words for name in names if (words := " ".join(words_of(name)))))
