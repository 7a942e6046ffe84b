"""What a search for evidence is said to have brought is a reference, or a source that waits in `pending.yaml`.

A paper that is neither has no place in the log but in the words about what was left out.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.problems import Problem, did_you_mean

ID = "search-kept"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each source that a search names and that is neither a reference nor pending."""
    for index, search in enumerate(guideline.searches):
        for number, name in enumerate(search.kept):
            known = name in guideline.references or name in guideline.pending
            if not known and not {f"references/{name}", "pending"} & guideline.unread:
                place = guideline.place("searches", "searches", index, "kept", number)
                fix = did_you_mean(name, guideline.pending) or "Correct it, or say under `left_out` what came of it."
                yield Problem(ID, f"`{name}` is neither a reference nor a pending source", fix, place)
