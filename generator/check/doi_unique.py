"""No two reference records have the same DOI.

Two records for one paper would count it as two sources that agree.
"""

from collections.abc import Iterator

from generator.fields import doi_key
from generator.guideline import Guideline
from generator.problems import Problem

ID = "doi-unique"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each reference whose DOI an earlier one has; DOIs ignore case."""
    first: dict[str, str] = {}
    for pmid, reference in guideline.references.items():
        if reference.doi is None:
            continue
        other = first.setdefault(doi_key(reference.doi), pmid)
        if other != pmid:
            fix = "Correct the DOI, or keep one record and cite its PMID."
            place = guideline.place(f"references/{pmid}", "doi")
            yield Problem(ID, f"PMID {other} has the same DOI", fix, place)
