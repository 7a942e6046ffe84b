"""Every reference record is cited by at least one claim.

A source that nothing rests on is either a claim that was lost or a leftover; both want looking at.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.problems import Problem

ID = "reference-cited"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each reference that no claim cites."""
    if any("/" in id_ and not id_.startswith("references/") for id_ in guideline.unread):
        return  # a record that cannot be read may cite it
    cited = {citation.pmid for entry in guideline.claims.values() for citation in entry.claim.cites}
    for pmid in guideline.references:
        if pmid not in cited:
            fix = "Cite it in a claim, or delete the file."
            yield Problem(ID, f"no claim cites PMID {pmid}", fix, guideline.place(f"references/{pmid}"))
