"""Ticks stand in the order of acting, fluid waits for the heart, an alarm sign stops what a mild reaction slows."""

from collections.abc import Iterator

import pytest

from generator.answers import Answer, Step
from generator.guideline import Guideline

ADRENALINE = "adverse-events/anaphylaxis#adrenaline-any-anaphylaxis"
DEPLETED = "adverse-events/anaphylaxis#iga-depleted-product"
OVERLOAD = "adverse-events/fluid-overload-and-cardiac#circulatory-overload-risk-factors"
SLOWED = "adverse-events/infusion-reactions#management-immediate"
WELL_HYDRATED = {
    "practice/infusion-rate-and-product#slow-infusion-hydrated-patients",
    "practice/premedication-and-hydration#hydration-and-slow-rate",
}


def _answers(guideline: Guideline) -> Iterator[tuple[str, Answer]]:
    for id_, record in guideline.records.items():
        for name, answer in record.answers.items():
            yield f"{id_}#answer--{name}", answer


def _rests_on(step: Step, *claims: str) -> bool:
    return any(support.claim in claims for support in step.rests_on)


def test_the_infusion_is_stopped_first_and_adrenaline_given_second(guideline: Guideline) -> None:
    lists = [
        (id_, answer.steps)
        for id_, answer in _answers(guideline)
        if any(_rests_on(step, ADRENALINE) for step in answer.steps)
    ]
    assert lists
    for id_, steps in lists:
        stops = [index for index, step in enumerate(steps) if step.do == "stop"]
        given = next(index for index, step in enumerate(steps) if _rests_on(step, ADRENALINE))
        assert stops, id_
        assert "emergency protocol" in steps[stops[0]].text, id_
        assert "alarm sign" in steps[stops[0]].text or id_.startswith("adverse-events/anaphylaxis"), id_
        assert given == stops[0] + 1, id_
        slower = [index for index, step in enumerate(steps) if "slow" in step.text and "reaction" in step.text]
        assert all(index > given for index in slower), id_


def test_what_stops_a_running_infusion_is_the_first_tick_of_its_page(guideline: Guideline) -> None:
    first, second, *_ = guideline.records["practice/infusion-rate-and-product"].answers["steps"].steps
    assert first.do == "stop"
    assert "alarm sign" in first.text
    assert _rests_on(second, ADRENALINE)


@pytest.mark.parametrize("harm", ["acute-renal-failure", "haemolysis", "thromboembolic-events"])
def test_what_to_do_in_a_grave_harm_begins_with_stopping(harm: str, guideline: Guideline) -> None:
    first, _, _ = guideline.records[f"adverse-events/{harm}"].answers["management"].text.partition(";")
    assert "stop" in first
    assert first.index("stop") < first.index("emergency protocol")


def test_a_product_for_the_deficiency_is_never_a_step_of_the_emergency(guideline: Guideline) -> None:
    steps = guideline.records["adverse-events/anaphylaxis"].answers["management"].steps
    assert steps
    assert not any(_rests_on(step, DEPLETED) for step in steps)


def test_whoever_is_told_of_that_product_is_told_whom_to_ask(guideline: Guideline) -> None:
    told = [
        (id_, text)
        for id_, answer in _answers(guideline)
        for _, text, support in answer.told()
        if any(each.claim == DEPLETED for each in support) and "depleted" in text
    ]
    assert told
    assert [id_ for id_, text in told if "ask a specialist" not in text] == []


@pytest.mark.parametrize("id_", ["practice/premedication-and-hydration", "practice/infusion-rate-and-product"])
def test_the_heart_and_the_kidney_are_checked_before_fluid_is_given(id_: str, guideline: Guideline) -> None:
    steps = guideline.records[id_].answers["steps"].steps
    checked = next(index for index, step in enumerate(steps) if step.do == "check" and _rests_on(step, OVERLOAD))
    fluid = [index for index, step in enumerate(steps) if step.do == "give" and _rests_on(step, *WELL_HYDRATED)]
    assert fluid
    assert checked < min(fluid)


def test_only_a_mild_reaction_slows_the_infusion(guideline: Guideline) -> None:
    slowed = [
        (id_, text)
        for id_, answer in _answers(guideline)
        for _, text, support in answer.told()
        if any(each.claim == SLOWED for each in support) and "slow" in text and "reaction" in text
    ]
    assert slowed
    assert [id_ for id_, text in slowed if "mild" not in text] == []


def test_whoever_is_told_of_hydration_is_told_that_the_heart_comes_first(guideline: Guideline) -> None:
    told = [
        (id_, answer)
        for id_, answer in _answers(guideline)
        if "hydrated" in answer.text or "after hydration" in answer.text or "good hydration" in answer.text
    ]
    assert told
    without = [
        id_
        for id_, answer in told
        if not any(each.claim == OVERLOAD for _, _, support in answer.told() for each in support)
    ]
    assert without == []
