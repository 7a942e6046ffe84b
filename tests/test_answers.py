"""What a reader must know of an answer, of answers made of the claims of a small guideline."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from generator.answers import Support
from generator.facts.answers import AnswerFacts, questions_of
from generator.facts.claims import claims_of
from generator.facts.records import records_of
from generator.facts.steps import Backing
from generator.guideline import Guideline

CRACKLE = "indications/crackle"


def answer(guideline: Guideline, question: str, *claims: str | Support, **changes: Any) -> AnswerFacts:
    """Return the answer to a question as if it rested on some claims of its record and nothing said otherwise."""
    facts = questions_of(records_of(guideline)[CRACKLE])[question].answer
    assert facts is not None
    rests_on = tuple(each if isinstance(each, Support) else support(each) for each in claims)
    return replace(facts, answer=facts.answer.model_copy(update={"rests_on": rests_on, "otherwise": (), **changes}))


def support(claim: str, **more: str) -> Support:
    return Support.model_validate({"claim": f"{CRACKLE}#{claim}", **more})


def with_references(guideline: Guideline, changes: Mapping[str, Mapping[str, Any]]) -> Guideline:
    references = {pmid: guideline.references[pmid].model_copy(update=more) for pmid, more in changes.items()}
    return replace(guideline, references={**guideline.references, **references})


@pytest.mark.parametrize(("year", "named"), [(2022, "Bowman 2023"), (2024, "Draper 2024")])
def test_of_several_guidelines_the_newest_is_named_whichever_is_cited_first(
    year: int, named: str, shown: Guideline
) -> None:
    guideline = with_references(shown, {"113": {"design": "guideline", "year": year}})
    for claims in (("third", "hearts"), ("hearts", "third")):
        assert named in answer(guideline, "place", *claims).basis_name


def test_of_100_nothing_is_told_that_was_counted_in_others(shown: Guideline) -> None:
    assert len(answer(shown, "effect", "against-placebo").per_hundred) == 1
    assert answer(shown, "effect", support("against-placebo", indirect="population")).per_hundred == []


def test_a_source_has_the_states_of_all_its_citations_though_the_first_has_none(shown: Guideline) -> None:
    for claims in (("hearts", "pooled"), ("pooled", "hearts")):
        found = {cite.source.pmid: states for cite, states in answer(shown, "effect", *claims).sources}
        assert "contradicts the claim" in found["113"]


def test_what_is_disputed_is_said_of_the_answer_if_none_is_named_that_says_otherwise(shown: Guideline) -> None:
    assert answer(shown, "effect", "response").dispute == "these sources disagree"
    assert answer(shown, "effect", "against-placebo").dispute == ""
    told = answer(shown, "effect", "response", otherwise=(f"{CRACKLE}#no-response",))
    assert (told.dispute, told.remarks[0]) == ("1 claim disputes it", "1 claim disputes it")


def test_a_step_mentions_what_says_otherwise_and_what_is_near_a_gap_and_tells_neither(shown: Guideline) -> None:
    questions = questions_of(records_of(shown)[CRACKLE])
    step = Backing([questions["effect"], questions["contraindications"]], [])
    beside = [f"{CRACKLE}#no-response", "indications/glimmer#unchanged", f"{CRACKLE}#weeks"]
    assert [claim.id for claim in step.mentioned] == [*(claim.id for claim in step.told), *beside]
    assert not {*beside} & {claim.id for claim in step.told}


def test_passages_of_a_source_that_bear_on_a_claim_otherwise_are_apart(shown: Guideline) -> None:
    third = claims_of(shown)[f"{CRACKLE}#third"]
    first, second = third.claim.cites

    def groups(bearing: str) -> list[list[str]]:
        cites = (first, second.model_copy(update={"bearing": bearing}))
        changed = replace(third, entry=replace(third.entry, claim=third.claim.model_copy(update={"cites": cites})))
        return [[cite.citation.start for cite in group] for group in changed.passages]

    assert groups("supports") == [[first.start, second.start]]
    assert groups("contradicts") == [[first.start], [second.start]]
