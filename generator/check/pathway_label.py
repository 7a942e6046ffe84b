"""A label of the pathway, or of an item of a checklist, has at most 64 characters, and an answer at most 40.

Longer ones cannot be drawn legibly; what needs more words is for the claims.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.pathway import Action, Outcome, Question, parts_that_say
from generator.problems import Problem

ID = "pathway-label"
MAX_LABEL, MAX_ANSWER = 64, 40


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each label or answer that is too long to draw."""
    for name, node in guideline.pathway.nodes.items():
        for path, part in parts_that_say(node):
            if len(part.label) > MAX_LABEL:
                place = guideline.place("pathway", "nodes", name, *path, "label")
                wrong = f"{'an item' if path else 'the label'} of `{name}` has {len(part.label)} characters"
                yield Problem(ID, wrong, f"Shorten it to {MAX_LABEL}.", place)
        answers: dict[str, tuple[str, ...]] = (
            {answer: ("answers", answer) for answer in node.answers} if isinstance(node, Question) else {}
        )
        if isinstance(node, Action) and node.unknown:
            answers[node.unknown.answer] = ("unknown", "answer")
        if isinstance(node, Outcome) and node.return_when:
            answers[node.return_when] = ("return_when",)
        for answer, written in answers.items():
            if len(answer) > MAX_ANSWER:
                place = guideline.place("pathway", "nodes", name, *written)
                fix = f"Shorten it to {MAX_ANSWER}."
                yield Problem(ID, f"an answer of `{name}` has {len(answer)} characters", fix, place)
