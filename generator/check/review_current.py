"""A review is of the record as it is now, and not older than `review_every_months` of `guideline.yaml`.

Whoever reviews a record agrees to its answers and claims as they are. After a change of one of them, of a passage or of
a claim that an answer rests on, nobody has reviewed the record as it is: it goes back to `unreviewed`, as does a record
whose review has run out, rather than show an old date as assurance. The age is counted to the guideline's own date and
not to today, so that the same content gives the same result on any day; a version that is recorded has no later review.
"""

from collections.abc import Iterator

from generator.evidence.standing import fingerprint_of
from generator.guideline import Guideline
from generator.model import Review
from generator.problems import Problem

ID = "review-current"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each review that is past due, of other content, or dated after a recorded version."""
    about = guideline.about
    is_recorded = any(each.content == guideline.fingerprint for each in guideline.changes)
    standings = {"guideline": about.standing} | {id_: record.standing for id_, record in guideline.records.items()}
    for id_, standing in standings.items():
        if not isinstance(standing, Review):
            continue
        place = guideline.place(id_, "standing", "reviewed_on")
        months = 12 * (about.date.year - standing.reviewed_on.year) + about.date.month - standing.reviewed_on.month
        if is_recorded and standing.reviewed_on > about.date:
            fix = "Correct the date, or that of `guideline.yaml`."
            yield Problem(ID, f"the review is dated after the guideline ({about.date})", fix, place)
        elif months > about.review_every_months:
            fix = "Have it reviewed again, or set `standing: unreviewed`."
            yield Problem(ID, f"the review is {months} months old", fix, place)
        if not guideline.unread and standing.sha256 != fingerprint_of(id_, guideline):
            wrong = f"an answer, a claim or a passage changed since the review on {standing.reviewed_on}"
            again = f"run `python -m generator desk {id_} --texts DIR`" if id_ in guideline.records else "review it all"
            fix = f"Set `standing: unreviewed`; to have it reviewed again, {again}."
            yield Problem(ID, wrong, fix, guideline.place(id_, "standing"))
