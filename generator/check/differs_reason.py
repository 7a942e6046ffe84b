"""A difference judged right in `content/comparisons.json` has a reason, and no reason is given more than five times.

A rule that compares the meaning of a claim with its passage errs now and then; a reader who judges a claim right all
the same says why. If one reason is given again and again, it is the rule that is wrong, and not so many claims.
"""

from collections import Counter
from collections.abc import Iterator

from generator.check.comparison_current import place_of
from generator.guideline import Guideline
from generator.problems import Problem

ID = "differs-reason"

MOST = 5


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each judgement without a reason, and for each reason that is given too often."""
    judged = [(id_, one) for id_, compared in guideline.comparisons.items() for one in compared.differs]
    reasons = [_folded(difference.because) for _, difference in judged]
    uses = Counter(reasons)
    for (id_, difference), reason in zip(judged, reasons, strict=True):
        if not reason:
            wrong = f"`{id_}`: no reason is given why this is right: {difference.what}"
            fix = f"Compare it again: run `python -m generator compare {id_} --texts DIR`."
            yield Problem(ID, wrong, fix, place_of(id_, guideline))
    for reason, number in uses.items():
        if reason and number > MOST:
            first, difference = judged[reasons.index(reason)]
            wrong = f"one reason is given {number} times, more than {MOST}: {difference.because}"
            rules = sorted({one.rule for _, one in judged if _folded(one.because) == reason})
            fix = f"Correct the rule ({', '.join(rules)}), or say of each claim why it is right."
            yield Problem(ID, wrong, fix, place_of(first, guideline))


def _folded(reason: str) -> str:
    """Return a reason without case, full stop and spaces that say nothing."""
    return " ".join(reason.casefold().split()).rstrip(".")
