"""Claims that are false on purpose: what is changed, and that the text beside it tells of it."""

from dataclasses import replace
from typing import Any

import pytest
from cases import TESTS

from generator.cli import read
from generator.comparing.alter import alter, rank
from generator.data import Dose, Proportion, Summary
from generator.evidence.wording import describe_data
from generator.guideline import ClaimEntry, Guideline


@pytest.fixture(scope="module")
def small() -> Guideline:
    guideline = read(TESTS / "base")[0]
    assert guideline is not None
    return guideline


def claim(small: Guideline, text: str, data: Any = None, id_: str = "adverse-events/renal#rare") -> ClaimEntry:
    entry = small.claims[id_]
    return replace(entry, claim=entry.claim.model_copy(update={"text": text, "data": data}))


@pytest.mark.parametrize(
    ("text", "false", "what"),
    [
        ("The score fell.", "The score rose.", "direction: 'fell' became 'rose'"),
        ("Higher doses helped.", "Lower doses helped.", "direction: 'Higher' became 'Lower'"),
        ("It was rarely seen.", "It was commonly seen.", "frequency: 'rarely' became 'commonly'"),
        ("It lasted 4 weeks.", "It lasted 4 days.", "unit: 'weeks' became 'days'"),
        ("Relief took 20 mg/kg.", "Relief took 20 g/kg.", "unit: 'mg/kg' became 'g/kg'"),
        ("Seen in adults.", "Seen in children.", "population: 'adults' became 'children'"),
        ("Mice recovered.", "Patients recovered.", "population: 'Mice' became 'Patients'"),
        ("It came before the drug.", "It came after the drug.", "comparator: 'before' became 'after'"),
        ("In an uncontrolled series.", "In a randomised series.", "design: 'uncontrolled' became 'randomised'"),
        ("A prospective look.", "A retrospective look.", "design: 'prospective' became 'retrospective'"),
        ("A significant drop.", "An insignificant drop.", "significance: 'significant' became 'insignificant'"),
        ("It may help.", "It will help.", "hedge: 'may' became 'will'"),
        ("It may be of use.", "It is of use.", "hedge: 'may be' became 'is'"),
        ("It probably helps.", "It helps.", "hedge: 'probably' became ''"),
        ("It did not help.", "It did help.", "negation: 'not' became ''"),
        ("No patient fell ill.", "Every patient fell ill.", "negation: 'No patient' became 'Every patient'"),
        (
            "No serious harms came.",
            "Several serious harms came.",
            "negation: 'No serious harms' became 'Several serious harms'",
        ),
        ("It was given.", "It was not given.", "negation added: 'was' became 'was not'"),
    ],
)
def test_a_claim_comes_to_say_something_else(text: str, false: str, what: str, small: Guideline) -> None:
    found = {alter(claim(small, text), text, str(seed)) for seed in range(40)}
    assert (false, what) in {(one.claim.text, one.what) for one in found if one}
    assert text not in {one.claim.text for one in found if one}


@pytest.mark.parametrize("text", ["Dose and Miceland, a mg/kg-like isle.", "It may not be changed."])
def test_no_part_of_a_word_is_changed(text: str, small: Guideline) -> None:
    for seed in range(40):
        one = alter(claim(small, text), text, str(seed))
        assert one is None or one.claim.text in ("It will not be changed.", "It may be changed.")


def test_a_negation_is_added_only_where_nothing_else_fits(small: Guideline) -> None:
    kinds = {alter(claim(small, "It was higher."), "", str(seed)) for seed in range(40)}
    assert {one.what.partition(":")[0] for one in kinds if one} == {"direction"}


@pytest.mark.parametrize("text", ["In a prospective cohort.", "In 4 weeks.", "In adults.", "Before the drug."])
def test_what_the_text_beside_it_does_not_tell_is_not_changed(text: str, small: Guideline) -> None:
    """No reader could see it there, and would miss it with good reason."""
    assert alter(claim(small, text), "The marker sank.", "seed") is None
    assert alter(claim(small, text), f"The marker sank. {text}".upper(), "seed") is not None


def test_a_number_is_exchanged_for_another_of_the_passage_in_words_and_data_alike(small: Guideline) -> None:
    data = Proportion(type="proportion", outcome="8 or better", events=8, of=18, unit="patients")
    entry = claim(small, "Of 18, 8 had 8.8 (8).", data, "indications/pemphigus#response")
    found = [alter(entry, "", str(seed)) for seed in range(40)]
    one = next(one for one in found if one and one.what == "number: '8' became '10'")
    assert one.claim.text == "Of 18, 10 had 8.8 (8)."
    assert describe_data(one.claim.data, small) == "10 or better: 10 of 18 patients"


@pytest.mark.parametrize("text", ["Of 101 all.", "In 0.8 of them.", "As F(ab')7.", "As IgG7.", "As IL-7.", "As p7/7."])
def test_a_number_that_could_not_stand_there_is_not_put_in(text: str, small: Guideline) -> None:
    """The passage gives 10 and 8: too large, too small, or no number of its own."""
    one = alter(claim(small, text, None, "indications/pemphigus#response"), "", "seed")
    assert one is None


@pytest.mark.parametrize(("text", "fits"), [("In 80%.", False), ("In 80 %.", False), ("In 80.", True)])
def test_no_percentage_becomes_more_than_a_hundred(text: str, fits: bool, small: Guideline) -> None:
    entry = claim(small, text, None, "indications/pemphigus#response")
    passages = {key: passage.model_copy(update={"figures": ("120",)}) for key, passage in small.passages.items()}
    one = alter(replace(entry, guideline=replace(small, passages=passages)), "", "seed")
    assert (one is not None) == fits


def test_a_number_that_the_claim_gives_too_is_not_put_in(small: Guideline) -> None:
    entry = claim(small, "Of 10, 8.", None, "indications/pemphigus#response")
    assert alter(entry, "", "seed") is None


def test_the_unit_of_data_changes_with_the_words(small: Guideline) -> None:
    text = "It was 2 g/kg in 4 weeks."
    dose = Dose.model_validate_json(
        '{"type":"dose","amount":2,"unit":"g/kg","per":"cycle","every":"4 weeks","route":"iv"}'
    )
    found = {alter(claim(small, text, dose), text, str(seed)) for seed in range(60)}
    told = {describe_data(one.claim.data, small).partition(",")[0] for one in found if one and "g/kg" in one.what}
    assert told == {"2 mg/kg per cycle"}
    weeks = {str(one.claim.data.every) for one in found if one and "'weeks' became" in one.what}
    assert weeks == {"4 days", "4 months"}
    spread = Summary.model_validate_json(
        '{"type":"summary","outcome":"time","statistic":"median","value":4,"unit":"weeks","range":[2,6]}'
    )
    one = alter(claim(small, "It took 4 weeks.", spread), "weeks", "seed")
    assert one is not None
    assert describe_data(one.claim.data, small).partition(" 4 ")[2].split(",")[0] in ("days", "months")


def test_a_term_of_the_vocabulary_is_left_alone(small: Guideline) -> None:
    data = Proportion(type="proportion", outcome="men", events=8, of=18, unit="men")
    one = alter(claim(small, "Seen in men.", data), "men", "seed")
    assert one is not None
    assert (one.claim.data.outcome, one.claim.data.unit) == ("women", "men")


def test_the_same_seed_gives_the_same_claim_and_another_another(small: Guideline) -> None:
    text = "It may be higher in adults after 4 weeks, not before."
    found = [alter(claim(small, text), text, str(seed)) for seed in range(40)]
    assert found == [alter(claim(small, text), text, str(seed)) for seed in range(40)]
    assert len({one.what for one in found if one}) > 4
    assert rank("a", "b") == rank("a", "b") != rank("b", "a")


def test_a_claim_that_nothing_fits_stays_as_it_is(small: Guideline) -> None:
    assert alter(claim(small, "Zinc sank."), "Zinc sank.", "seed") is None


def test_most_claims_of_the_guideline_can_be_changed(guideline: Guideline) -> None:
    changed = [alter(entry, entry.claim.text, "seed") for entry in guideline.claims.values()]
    assert sum(one is not None for one in changed) > 0.8 * len(changed)
    kinds = {one.what.partition(":")[0] for one in changed if one}
    assert len(kinds) > 8
    assert all(
        one.claim.text != entry.claim.text
        for one, entry in zip(changed, guideline.claims.values(), strict=True)
        if one is not None
    )
