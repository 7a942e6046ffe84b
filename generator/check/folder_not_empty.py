"""Every kind has at least one record, and every record at least one claim.

An empty folder or record is the trace of a move or a merge that went wrong; checks that find nothing to check pass.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.places import Place
from generator.problems import Problem

ID = "folder-not-empty"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each kind without records and each record without claims."""
    present = [*guideline.records, *guideline.unread]
    for kind in guideline.profile.kinds:
        if not any(id_.startswith(f"{kind}/") for id_ in present):
            fix = f"Restore its records; if nobody needs `{kind}`, take it out of `profile.yaml` and of the navigation."
            yield Problem(ID, "the folder holds no record", fix, Place(f"content/{kind}", 1))
    for id_, record in guideline.records.items():
        if not record.claims:
            fix = "Add a claim, or delete the file."
            yield Problem(ID, "the record has no claim", fix, guideline.place(id_, "claims"))
