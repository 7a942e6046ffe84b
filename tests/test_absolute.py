"""How many of 100 on each side of a trial."""

import pytest

from generator.evidence.intervals import difference
from generator.facts.absolute import PerHundred, all_per_hundred
from generator.facts.claims import claims_of
from generator.guideline import Guideline


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((37, 47, 21, 48), "calm: globulin 79, water 44; 35 more (95 % interval 15 to 51)"),
        ((3, 79, 14, 79), "calm: globulin 4, water 18; 14 fewer (95 % interval 4 to 24)"),
        ((5, 20, 4, 20), "calm: globulin 25, water 20; 5 more (95 % interval 21 fewer to 30 more)"),
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
