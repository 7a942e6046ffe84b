"""Each question of the pathway has an answer for whom none of the others fits.

Without one a reader takes the nearest: "alone or with another drug?" presupposes treatment, as it has no "neither". The
answer begins with a word such as `None`, `No`, `Not`, `Neither`, `Other`, `Another` or `Unknown`.
"""

import re
from collections.abc import Iterator

from generator.guideline import Guideline
from generator.pathway import Question
from generator.problems import Problem

ID = "pathway-other"

_OPEN = frozenset({"no", "not", "none", "neither", "never", "other", "another", "unknown"})


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each question without such an answer."""
    for name, node in guideline.pathway.nodes.items():
        if isinstance(node, Question) and not any(_is_open(answer) for answer in node.answers):
            fix = "Add one such as `None of these`, or begin one with `No`, `Not` or `Another`."
            place = guideline.place("pathway", "nodes", name, "answers")
            yield Problem(ID, f"`{name}` has no answer for whom none fits", fix, place)


def _is_open(answer: str) -> bool:
    return not _OPEN.isdisjoint(re.findall(r"\w+", answer.casefold())[:1])
