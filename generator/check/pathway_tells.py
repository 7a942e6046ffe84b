"""What a step of the pathway tells of the disease is known: every way to it is about one, which answers the question.

The steps that many diseases share tell each reader what his own disease answers. A way is about the disease of its last
node that is about a single one. What a step asks to be known is one of the questions that it tells.
"""

from collections.abc import Iterator

from generator.fields import ANSWER
from generator.graph import diseases_at
from generator.guideline import Guideline
from generator.pathway import Action
from generator.problems import Problem, did_you_mean

ID = "pathway-tells"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each question that is unknown, way without a disease, and disease without an answer."""
    asked = guideline.profile.questions_of(guideline.profile.treated)
    for name, node in guideline.pathway.nodes.items():
        gap = node.unknown if isinstance(node, Action) else None
        if gap and gap.question not in node.tells:
            fix = f"It tells: {', '.join(node.tells)}." if node.tells else "Add `tells`."
            wrong = f"`{name}` asks whether `{gap.question}` is known and does not tell it"
            yield Problem(ID, wrong, fix, guideline.place("pathway", "nodes", name, "unknown", "question"))
    telling = {name: node for name, node in guideline.pathway.nodes.items() if node.tells}
    diseases = diseases_at(guideline.pathway) if telling else {}
    for name, node in telling.items():
        place = guideline.place("pathway", "nodes", name, "tells")
        for index, question in enumerate(node.tells):
            if question not in asked:
                fix = did_you_mean(question, asked) or f"Questions: {', '.join(asked)}."
                wrong = f"`{question}` is no question of {guideline.profile.treated}"
                yield Problem(ID, wrong, fix, guideline.place("pathway", "nodes", name, "tells", index))
        if None in diseases[name]:
            fix = "Lead each way through a node with one disease under `indications`."
            yield Problem(ID, f"a way without a disease comes to `{name}`", fix, place)
        for disease in diseases[name]:
            if disease is None or disease not in guideline.records:
                continue
            for question in node.tells:
                if question in asked and f"{disease}#{ANSWER}{question}" not in guideline.answers:
                    fix = "Answer it there, or say that it is not known."
                    yield Problem(ID, f"`{name}` tells `{question}`, which `{disease}` does not answer", fix, place)
