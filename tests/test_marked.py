"""Which words and figures of a claim and its passages are marked."""

import pytest

from generator.guideline import Guideline
from generator.meaning.lexicon import lexicon_of
from generator.meaning.marked import mark_both

CASES = {
    "a figure on both sides": (
        "It was 8 of 10 patients.",
        "Of ten patients, eight responded.",
        ["=8", "=10 patients"],
        ["=ten patients", "=eight"],
    ),
    "another figure": ("It took 3 weeks.", "It took four weeks.", ["!3 weeks"], ["!four weeks"]),
    "another unit": ("It took 3 weeks.", "It took 3 months.", ["!3 weeks"], ["!3 months"]),
    "the same time in another unit": ("It took 14 days.", "It took two weeks.", ["=14 days"], ["=two weeks"]),
    "a figure of patients beside one of time": (
        "Of 9 patients, 3 improved.",
        "They were followed for 9 months and 3 weeks.",
        ["!9 patients", "!3", "!improved"],
        ["!9 months", "!3 weeks"],
    ),
    "a count in words": ("There were 9 patients.", "Nine patients came.", ["=9 patients"], ["=Nine patients"]),
    "a number of two words": (
        "There were 97 studies.",
        "Ninety-seven studies were found.",
        ["=97 studies"],
        ["=Ninety-seven studies"],
    ),
    "a negation that was lost": ("It helped.", "It did not help.", [], ["!not"]),
    "a negation that came in": ("It did not help.", "It helped.", ["!not"], []),
    "a doubt that was dropped": ("It helps.", "It may help.", [], ["!may"]),
    "a doubt that was added, which is the safe side": ("It may help.", "It helps.", [], []),
    "a direction": ("The score fell.", "The score rose.", ["!fell"], ["!rose"]),
    "nothing": ("It was seen.", "It was seen.", [], []),
    "nothing at all": ("", "", [], []),
}


@pytest.mark.parametrize("what", CASES)
def test_marks(what: str, guideline: Guideline) -> None:
    claim, passage, ours, theirs = CASES[what]
    said, (found,) = mark_both(claim, [passage], lexicon_of(guideline))
    assert "".join(part.text for part in said) == claim
    assert "".join(part.text for part in found) == passage
    signs = {"same": "=", "differs": "!"}
    assert [signs[mark] + text for text, mark in said if mark] == ours
    assert [signs[mark] + text for text, mark in found if mark] == theirs


def test_what_a_claim_may_bear_and_what_is_told_beside_is_not_marked(guideline: Guideline) -> None:
    lexicon = lexicon_of(guideline)
    said, _ = mark_both("In a retrospective cohort of 2019 it was seen.", ["It was seen."], lexicon)
    assert [part.text for part in said if part.mark] == ["retrospective", "cohort", "2019"]
    said, _ = mark_both(
        "In a retrospective cohort of 2019 it was seen.",
        ["It was seen."],
        lexicon,
        borne={"design:retrospective", "design:cohort"},
        beside=["Abel 2019"],
    )
    assert [part for part in said if part.mark == "differs"] == []


def test_every_claim_of_the_content_is_shown_as_it_is(guideline: Guideline) -> None:
    """Each is marked against itself, and nothing of it differs."""
    lexicon = lexicon_of(guideline)
    for entry in list(guideline.claims.values())[::10]:
        said, (other,) = mark_both(entry.claim.text, [entry.claim.text], lexicon)
        assert said == other
        assert not [part for part in said if part.mark == "differs"]
