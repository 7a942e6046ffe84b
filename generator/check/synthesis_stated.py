"""A systematic review or meta-analysis says what it pools (`synthesises`), and no other design does.

A pool of randomised trials and a pool of case reports are both called meta-analysis; the strength of the cited
evidence must not take one for the other.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.notions import POOLS
from generator.problems import Problem

ID = "synthesis-stated"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each reference where `synthesises` is missing or out of place."""
    for pmid, reference in guideline.references.items():
        pools = guideline.means("designs", reference.design, POOLS)
        if pools != (reference.synthesises is not None):
            wrong = f"a {reference.design} {'without' if pools else 'with'} `synthesises`"
            fix = (
                "Add `synthesises:` (one that says so where the source does not say)."
                if pools
                else "Remove `synthesises`."
            )
            yield Problem(ID, wrong, fix, guideline.place(f"references/{pmid}", "design"))
