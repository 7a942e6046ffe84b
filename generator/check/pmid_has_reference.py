"""Every PMID that a claim cites, and the primary source, has a record in `content/references/`.

The record says what the source is: its title, journal, design and how it was read. A mistyped digit shows up here.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.problems import Problem

ID = "pmid-has-reference"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each PMID without a reference record."""
    cited = [
        (citation.pmid, entry.place("cites", index, "pmid"))
        for entry in guideline.claims.values()
        for index, citation in enumerate(entry.claim.cites)
    ]
    cited.append((guideline.about.primary_source, guideline.place("guideline", "primary_source")))
    for pmid, place in cited:
        if pmid not in guideline.references and f"references/{pmid}" not in guideline.unread:
            fix = f"Correct a mistyped digit, or add `content/references/{pmid}.yaml`."
            yield Problem(ID, f"PMID {pmid} has no reference record", fix, place)
