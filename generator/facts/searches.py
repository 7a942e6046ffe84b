"""The log of the search for evidence, by the record that was searched for, with what each search brought."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.facts.sources import SourceFacts, sources_of
from generator.guideline import Guideline, once
from generator.sources import PendingSource, Search


@dataclass(frozen=True)
class SearchFacts:
    """A search with the references and the sources not citable yet, by their names, that it brought."""

    search: Search
    sources: Sequence[SourceFacts] = field(compare=False)
    pending: Mapping[str, PendingSource] = field(compare=False)


@once
def searches_of(guideline: Guideline) -> Mapping[str, Sequence[SearchFacts]]:
    """Return the searches for each record that any was for, the newest first, and those of a day as they are logged."""
    known = sources_of(guideline)
    found: dict[str, list[SearchFacts]] = {}
    for search in sorted(guideline.searches, key=lambda each: each.on, reverse=True):
        sources = [known[name] for name in search.kept if name in known]
        pending = {name: guideline.pending[name] for name in search.kept if name in guideline.pending}
        for record in search.records:
            found.setdefault(record, []).append(SearchFacts(search, sources, pending))
    return found
