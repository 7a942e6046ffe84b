"""A pending source names records that exist, is not cited, and is not a reference as well.

A paper is moved out of `pending.yaml` when its PMID and passage are confirmed.
"""

from collections.abc import Iterator

from generator.fields import doi_key
from generator.guideline import Guideline
from generator.problems import Problem

ID = "pending-source"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each pending source that is a reference or names no record."""
    dois = {doi_key(reference.doi) for reference in guideline.references.values() if reference.doi}
    for name, source in guideline.pending.items():
        place = guideline.place("pending", "sources", name)
        if source.pmid in guideline.references or (source.doi and doi_key(source.doi) in dois):
            yield Problem(ID, "the source is a reference already", "Delete it here.", place)
        for record in source.matters_to:
            if record not in guideline.records and record not in guideline.unread:
                yield Problem(ID, f"no record has the id `{record}`", "Correct the id.", place)
