"""Every link in a claim's text leads to a record or a claim of this guideline, and not to its own record.

Links are written `[shown words](folder/name)` or with a claim's id behind `#`. Links to other
places are not for claims: what a claim rests on stands in its citations.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.linked_text import links_in
from generator.problems import Problem, did_you_mean

ID = "link-target"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each link to nothing, to elsewhere or to the record itself."""
    for entry in guideline.claims.values():
        for link in links_in(entry.claim.text):
            place = entry.place("text")
            if link.record == entry.record:
                yield Problem(ID, "the link leads to its own record", "Drop the link, keep the words.", place)
            elif link.record not in guideline.unread and not (
                link.target in guideline.records or link.target in guideline.claims
            ):
                fix = (
                    did_you_mean(link.target, [*guideline.records, *guideline.claims])
                    or "Use the id of a record, such as `folder/name`."
                )
                yield Problem(ID, f"the link leads to nothing: `{link.target}`", fix, place)
