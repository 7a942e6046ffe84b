"""Every claim cites at least one PMID that carries it.

A statement about medicine without a source cannot be checked by its reader. There is no waiver for this rule.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.problems import Problem

ID = "cites-pmid"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim without a citation."""
    for entry in guideline.claims.values():
        if not entry.claim.cites:
            fix = "Add `cites:` with `pmid`, `from` and `to`, or delete the claim."
            yield Problem(ID, "the claim cites no PMID", fix, entry.place())
        elif all(cite.bearing == "contradicts" for cite in entry.claim.cites):
            fix = "Cite a source that supports it, or delete the claim."
            yield Problem(ID, "every citation of the claim contradicts it", fix, entry.place("cites"))
