"""A question has two or more different answers, a checklist different items; an action has one way on.

Answers that differ in capitals only are one answer. An action has `next` or `return_to`, and not both; `return_when`
says when to take a `return_to`.
"""

from collections.abc import Iterator, Sequence

from generator.guideline import Guideline
from generator.pathway import Action, Checklist, Outcome, Question
from generator.problems import Problem

ID = "pathway-answers"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each question with too few or equal answers, and each action without one way on."""
    for name, node in guideline.pathway.nodes.items():
        place = guideline.place("pathway", "nodes", name)
        if isinstance(node, Question):
            if len(node.answers) < 2:
                fix = "Add the other answer, or make it an action."
                yield Problem(ID, f"`{name}` has {len(node.answers)} answer", fix, place)
            if _repeats([*node.answers]):
                yield Problem(ID, f"`{name}` has the same answer twice", "Word them differently, or drop one.", place)
        if isinstance(node, Checklist) and _repeats([item.label for item in node.items]):
            yield Problem(ID, f"`{name}` has the same item twice", "Word them differently, or drop one.", place)
        if isinstance(node, Action) and (node.next is None) == (node.return_to is None):
            fix = "Write `next`, or `return_to`, or make it an outcome."
            yield Problem(ID, f"`{name}` has {'no way' if node.next is None else 'two ways'} on", fix, place)
        if isinstance(node, Outcome) and node.return_when and not node.return_to:
            yield Problem(
                ID, f"`{name}` says when to go back and has no way back", "Add `return_to`, or drop it.", place
            )


def _repeats(labels: Sequence[str]) -> bool:
    return len({label.casefold() for label in labels}) < len(labels)
