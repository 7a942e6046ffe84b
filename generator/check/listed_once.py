"""Each citation, disagreement, population, synonym, search and the like stands in its list once.

A passage that is cited twice, or a claim that is named twice, would be shown and counted twice.
"""

from collections.abc import Hashable, Iterator

from generator.answers import Support
from generator.guideline import Guideline
from generator.model import Citation, Disagreement
from generator.problems import Problem
from generator.sources import Search
from generator.walks import lists_in

ID = "listed-once"

_SETS = frozenset(
    [
        *("also_known_as", "formerly", "shows", "cites", "population", "disagrees_with", "supersedes"),
        *("indications", "says", "tells", "because", "searches", "kept", "for"),
        *("rests_on", "otherwise", "questions", "awaits", "beside", "kinds", "class_harms", "class_harms_tell"),
        "harms_tell",
    ]
)


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each entry of a list that stands in it before."""
    nodes: dict[str, object] = {**guideline.records, "pathway": guideline.pathway, "profile": guideline.profile}
    nodes["searches"] = {"searches": guideline.searches}
    for id_, node in nodes.items():
        for path, value in lists_in(node, _SETS):
            seen: set[Hashable] = set()
            for index, entry in enumerate(value) if len(value) > 1 else ():
                if (name := _name(entry)) in seen:
                    fix = "Leave one of them."
                    yield Problem(ID, "stands in the list before", fix, guideline.place(id_, *path, index))
                seen.add(name)


def _name(entry: object) -> Hashable:
    """Return what an entry is known by: a passage, the claim that it names, what a search asked, or its text."""
    if isinstance(entry, Citation):
        return entry.key
    if isinstance(entry, Search):
        return entry.query, entry.place, entry.on
    return entry.claim if isinstance(entry, Disagreement | Support) else str(entry)
