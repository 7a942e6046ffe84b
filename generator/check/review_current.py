"""A record's review is not older than `review_every_months` of `guideline.yaml`, counted to the guideline's date.

A record whose review has run out goes back to `unreviewed`: it says so rather than show an old date as assurance.
The guideline's own date is used and not today's, so that the same content gives the same result on any day.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.model import Review
from generator.problems import Problem

ID = "review-current"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each review that is past due or dated after the guideline."""
    about = guideline.about
    standings = {"guideline": about.standing} | {id_: record.standing for id_, record in guideline.records.items()}
    for id_, standing in standings.items():
        if not isinstance(standing, Review):
            continue
        place = guideline.place(id_, "standing", "reviewed_on")
        months = 12 * (about.date.year - standing.reviewed_on.year) + about.date.month - standing.reviewed_on.month
        if standing.reviewed_on > about.date:
            fix = "Correct the date, or that of `guideline.yaml`."
            yield Problem(ID, f"the review is dated after the guideline ({about.date})", fix, place)
        elif months > about.review_every_months:
            fix = "Have it reviewed again, or set `standing: unreviewed`."
            yield Problem(ID, f"the review is {months} months old", fix, place)
