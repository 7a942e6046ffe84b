"""Nobody reviews what they wrote: the reviewer of a record is not listed under its `written_by`, or the guideline's.

Who wrote a record is said by the content, by ORCID iD: the history of the files names whoever put them in.
"""

from collections.abc import Iterator

from generator.evidence.standing import authors_of
from generator.guideline import Guideline
from generator.model import Review
from generator.problems import Problem

ID = "review-by-another"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each review by an author of what was reviewed."""
    standings = {"guideline": guideline.about.standing} | {
        id_: each.standing for id_, each in guideline.records.items()
    }
    for id_, standing in standings.items():
        if isinstance(standing, Review) and standing.reviewed_by in authors_of(id_, guideline):
            wrong = f"{standing.reviewed_by} is an author of what was reviewed"
            fix = "Set `standing: unreviewed`, and have somebody else review it."
            yield Problem(ID, wrong, fix, guideline.place(id_, "standing", "reviewed_by"))
