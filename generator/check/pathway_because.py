"""What the pathway advises rests on answers or claims, or says that no evidence is cited; what it names exists.

An action, an outcome, and a line of a checklist that leads nowhere advise. An answer that is not known is shown as a
gap. A node with `no_evidence` names neither claims nor answers, and its label says so. An urgent outcome may name
nothing: it shows the sentence that the profile has for its kind; it never says that no evidence is cited.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.pathway import Checklist, Item, Node, Question, is_urgent, parts_that_say
from generator.problems import Problem, did_you_mean

ID = "pathway-because"
NO_EVIDENCE = "No cited evidence"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each part that advises on nothing, and each claim and answer that does not exist."""
    for name, node in guideline.pathway.nodes.items():
        place = guideline.place("pathway", "nodes", name)
        if is_urgent(node) and (node.no_evidence or node.label.startswith(NO_EVIDENCE)):
            yield Problem(
                ID, f"`{name}` is urgent and lacks evidence", "Drop `no_evidence`, and say what it is.", place
            )
        elif node.no_evidence and (node.because or node.says or node.tells or not node.label.startswith(NO_EVIDENCE)):
            fix = f"Drop `because` and `says` and begin the label with `{NO_EVIDENCE}`, or drop `no_evidence`."
            yield Problem(ID, f"`{name}` both has and lacks evidence", fix, place)
        for path, part in parts_that_say(node):
            if not part.because and not part.says and _advises(part):
                wrong = f"`{name}` advises and rests on no claim" + (f": `{part.label}`" if path else "")
                fix = "List answers under `says` or claims under `because`"
                fix += "." if path else ", or set `no_evidence: true`."
                yield Problem(ID, wrong, fix, guideline.place("pathway", "nodes", name, *path))
            yield from _missing(name, path, part, guideline)


def _advises(part: Node | Item) -> bool:
    if isinstance(part, Item):
        return part.leads is None
    return not (isinstance(part, Question | Checklist) or part.tells or part.no_evidence or is_urgent(part))


def _missing(name: str, path: tuple[str | int, ...], part: Node | Item, guideline: Guideline) -> Iterator[Problem]:
    for index, claim in enumerate(part.because):
        if claim not in guideline.claims and claim.partition("#")[0] not in guideline.unread:
            fix = did_you_mean(claim, guideline.claims) or "Name a claim by its full id."
            place = guideline.place("pathway", "nodes", name, *path, "because", index)
            yield Problem(ID, f"`{name}` rests on a claim that does not exist: `{claim}`", fix, place)
    for index, answer in enumerate(part.says):
        if answer not in guideline.answers and answer.partition("#")[0] not in guideline.unread:
            fix = did_you_mean(answer, guideline.answers) or "Name an answer by its full id."
            place = guideline.place("pathway", "nodes", name, *path, "says", index)
            yield Problem(ID, f"`{name}` says an answer that does not exist: `{answer}`", fix, place)
