"""Where claims are used: the answers that rest on them, the records that tell them, the steps of the pathway."""

from collections.abc import Mapping, Sequence

from generator.answers import Answer
from generator.facts.answers import AnswerFacts, answers_of
from generator.facts.records import RecordFacts, records_of
from generator.fields import ANSWER
from generator.graph import diseases_at
from generator.guideline import Guideline, once
from generator.pathway import claims_named, parts_that_say


@once
def answers_by_claim(guideline: Guideline) -> Mapping[str, Sequence[AnswerFacts]]:
    """Return the answers that rest on each claim that any rests on, by its id."""
    found: dict[str, dict[str, AnswerFacts]] = {}
    for record in records_of(guideline).values():
        for answer in answers_of(record):
            for each in answer.answer.support:
                found.setdefault(each.claim, {})[answer.id] = answer
    return {claim: list(answers.values()) for claim, answers in found.items()}


@once
def records_by_told(guideline: Guideline) -> Mapping[str, Sequence[RecordFacts]]:
    """Return, for each claim by id, the records whose answers rest on it, or name it as what says otherwise or near."""
    found: dict[str, dict[str, RecordFacts]] = {}
    for record in records_of(guideline).values():
        said = [answer.answer for answer in answers_of(record)]
        named = [each.claim for answer in said for each in answer.support]
        named += [id_ for answer in said for id_ in answer.otherwise]
        named += [id_ for each in record.record.not_known for id_ in each.beside]
        for claim in named:
            found.setdefault(claim, {})[record.id] = record
    return {claim: list(records.values()) for claim, records in found.items()}


@once
def steps_by_support(guideline: Guideline) -> Mapping[str, Sequence[str]]:
    """Return, for each claim and answer by id, the names of the steps that say it or rest on it."""
    found: dict[str, dict[str, None]] = {}
    diseases = diseases_at(guideline.pathway)
    for name, node in guideline.pathway.nodes.items():
        says = [id_ for _, part in parts_that_say(node) for id_ in part.says]
        says += [f"{disease}#{ANSWER}{question}" for disease in diseases[name] for question in node.tells]
        answers = [answer for id_ in says if isinstance(answer := guideline.answers.get(id_), Answer)]
        because = [id_ for _, part in parts_that_say(node) for id_ in claims_named(part)]
        for id_ in (*says, *because, *(one.claim for answer in answers for one in answer.support)):
            found.setdefault(id_, {})[name] = None
    return {id_: [*names] for id_, names in found.items()}
