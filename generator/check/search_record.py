"""A search for evidence names the records that it was for, and they exist.

On the page of a record stands how many searches were for it: one for a record that is gone would be seen nowhere.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.problems import Problem, did_you_mean

ID = "search-record"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each record that a search names and that does not exist."""
    for index, search in enumerate(guideline.searches):
        for number, record in enumerate(search.records):
            if record not in guideline.records and record not in guideline.unread:
                place = guideline.place("searches", "searches", index, "for", number)
                fix = did_you_mean(record, guideline.records) or "Correct the id."
                yield Problem(ID, f"no record has the id `{record}`", fix, place)
