"""How many of 100 on each side of a trial."""

from dataclasses import replace
from decimal import Decimal

import pytest

from generator.data import Comparison
from generator.evidence.intervals import Interval, difference
from generator.facts.absolute import PerHundred, all_per_hundred, per_hundred
from generator.facts.claims import claims_of
from generator.guideline import Guideline


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((37, 47, 21, 48), "calm: globulin 79, water 44; 35 more (95% interval 15 to 51)"),
        ((3, 79, 14, 79), "calm: globulin 4, water 18; 14 fewer (95% interval 4 to 24)"),
        ((5, 20, 4, 20), "calm: globulin 25, water 20; 5 more (95% interval 21 fewer to 30 more)"),
    ],
)
def test_the_words_say_both_sides_and_how_many_more_or_fewer(
    counts: tuple[int, int, int, int], words: str, guideline: Guideline
) -> None:
    """Limits computed by hand from Newcombe 1998, method 10."""
    events_a, of_a, events_b, of_b = counts
    claim = next(iter(claims_of(guideline).values()))
    shares = (events_a / of_a, events_b / of_b)
    found = PerHundred(claim, "calm", ("globulin", "water"), shares, difference(*counts))
    assert found.words == words


def test_a_limit_of_nothing_is_neither_more_nor_fewer_alone(guideline: Guideline) -> None:
    claim = next(iter(claims_of(guideline).values()))
    found = PerHundred(claim, "calm", ("globulin", "water"), (0.3, 0.2), Interval(0.1, 0.0, 0.2))
    assert found.words.endswith("10 more (95% interval 0 more to 20 more)")


@pytest.mark.parametrize(
    ("events", "of", "is_told"), [("16", 20, True), ("20", 20, True), ("21", 20, False), ("16.5", 20, False)]
)
def test_only_whole_patients_of_as_many_as_there_were_are_told(
    events: str, of: int, is_told: bool, shown: Guideline
) -> None:
    claim = claims_of(shown)["indications/crackle#against-placebo"]
    data = claim.claim.data
    assert isinstance(data, Comparison)
    arms = (data.arms[0].model_copy(update={"events": Decimal(events), "of": of}), data.arms[1])
    changed = claim.claim.model_copy(update={"data": data.model_copy(update={"arms": arms})})
    found = per_hundred(replace(claim, entry=replace(claim.entry, claim=changed)))
    assert (found is not None) is is_told


def test_only_trials_that_count_are_told(guideline: Guideline) -> None:
    """Of real content: trials that observed both sides; no series, no expected deaths, no odds ratio alone."""
    told = {each.claim.id for each in all_per_hundred(list(claims_of(guideline).values()))}
    assert "indications/dermatomyositis#response-difference-proderm" in told
    assert "indications/kawasaki-disease#coronary-abnormalities-7-weeks" in told
    assert not told & {
        "indications/toxic-epidermal-necrolysis#deaths-observed-against-predicted",
        "indications/toxic-epidermal-necrolysis#scorten-miami-series",
        "indications/multisystem-inflammatory-syndrome-in-children#failure-of-ivig-alone",
    }
