"""Where the rules about numbers draw their lines: what is reported, and what is not."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from cases import TESTS

from generator.check import figure_in_passage, numbers_agree
from generator.cli import read
from generator.guideline import Guideline
from generator.model import Claim

RECORD = "indications/pemphigus"


@pytest.fixture(scope="module")
def small() -> Guideline:
    guideline, problems = read(TESTS / "base")
    assert guideline is not None
    assert problems == []
    return guideline


def with_claim(guideline: Guideline, fields: Mapping[str, Any], figures: tuple[str, ...] = ()) -> Guideline:
    """Return a guideline with one claim, that cites one passage in which these figures stand."""
    cite = {"pmid": "111", "from": "Of ten patients", "to": "eight responded"}
    claim = Claim.model_validate({"kind": "efficacy", "text": "T.", "cites": (cite,), **fields})
    record = guideline.records[RECORD].model_copy(update={"claims": {"response": claim}})
    passages = {
        key: passage.model_copy(update={"figures": figures})
        for key, passage in guideline.passages.items()
        if key == claim.cites[0].key
    }
    return replace(guideline, records={RECORD: record}, passages=passages)


@pytest.mark.parametrize(
    ("text", "figures", "missing"),
    [
        ("Of 8.", ("8",), []),
        ("Of 8.", ("9", "8"), []),
        ("Of 8.", ("18", "80"), ["8"]),
        ("Of eight.", ("8",), []),
        ("Of 8.0.", ("8",), []),  # by value
        ("Of 8.", ("8.00",), []),
        ("Of 8.", (), ["8"]),
        ("Of 8 and 9.", ("9",), ["8"]),
        ("A p of 0.029.", ("029",), []),  # printed without its zero
        ("A p of 0.299.", ("299",), []),
        ("A p of 0.05.", ("05",), []),
        ("A p of 0.29.", ("29",), ["0.29"]),  # 29 is a count as well
        ("A p of 0.029.", ("29",), ["0.029"]),
        ("Of 1.029.", ("029",), ["1.029"]),
        ("In version 1.2.3.", ("1.2.3",), []),  # no number: by its signs
        ("In version 1.2.3.", ("1.2.4", "4"), ["1.2.3"]),
        ("In version 1.2.3.", ("1.2",), ["1.2.3"]),
    ],
)
def test_numerals_are_found_among_the_figures(
    text: str, figures: tuple[str, ...], missing: list[str], small: Guideline
) -> None:
    found = figure_in_passage.check(with_claim(small, {"text": text}, figures))
    assert [problem.wrong.split(" is not among")[0] for problem in found] == missing


def test_a_claim_whose_passages_are_not_all_locked_is_left_out(small: Guideline) -> None:
    guideline = replace(with_claim(small, {"text": "Of 8."}), passages={})
    assert list(figure_in_passage.check(guideline)) == []


def share(**fields: Any) -> dict[str, Any]:
    return {"type": "proportion", "outcome": "o", "unit": "patients", **fields}


def comparison(**fields: Any) -> dict[str, Any]:
    return {"type": "comparison", "outcome": "o", "measure": "risk", **fields}


def summary(**fields: Any) -> dict[str, Any]:
    return {"type": "summary", "outcome": "o", "statistic": "median", "unit": "days", **fields}


def dose(**fields: Any) -> dict[str, Any]:
    return {"type": "dose", "unit": "g/kg", "per": "cycle", "route": "iv", **fields}


NO_TOTAL = "events without `of`, or without `of_unknown` and a reason"
ONE_ARM = "a comparison with one arm: name the other, or give the number as a proportion or a summary"


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (share(events=8, of=10), []),
        (share(events=10, of=10), []),
        (share(events=11, of=10), ["11 events of 10"]),
        (share(events=0, of=10), []),
        (share(events=0, of=10, percent=0), []),
        (share(of=10, percent=100), []),
        (share(of=10, percent=101), ["`percent` is 101"]),
        (share(of=10, percent=-1), ["`percent` is -1"]),
        (share(percent="90-101"), ["`percent` is 101"]),
        (share(of=10), ["neither events nor a percentage"]),
        # events have a total, or a reason why not
        (share(events=8), [NO_TOTAL]),
        (share(events=0), [NO_TOTAL]),
        (share(events=8, percent=80), [NO_TOTAL]),
        (share(events=8, of_unknown="Not told."), []),
        (share(events=8, percent=80, of_unknown="Not told."), []),
        (share(events=8, of=10, of_unknown="Not told."), ["both `of` and `of_unknown`"]),
        (share(percent=80, of_unknown="Not told."), []),
        (share(percent=80), []),
        # the percentage of the counts, within half a point or one unit of its last digit
        (share(events=1, of=3, percent="33.3"), []),
        (share(events=1, of=3, percent=33), []),
        (share(events=1, of=3, percent=34), []),
        (share(events=1, of=3, percent=35), ["1 of 3 is 33.3%, not 35%"]),
        (share(events=1, of=3, percent="33.8"), []),
        (share(events=1, of=3, percent="33.9"), ["1 of 3 is 33.3%, not 33.9%"]),
        (share(events=1, of=8, percent="13.0"), []),  # exactly half a point
        (share(events=1, of=8, percent="12.0"), []),
        (share(events=1, of=8, percent="13.1"), ["1 of 8 is 12.5%, not 13.1%"]),
        (share(events=1, of=2, percent=51), []),  # exactly one unit
        (share(events=1, of=2, percent=52), ["1 of 2 is 50.0%, not 52%"]),
        (share(events=1, of=2, percent="≥70"), []),
        (share(events=1, of=2, percent="60-70"), []),
        # intervals
        (share(events=8, of=10, ci=(44, 97)), []),
        (share(events=8, of=10, ci=(44, 44)), []),
        (share(events=8, of=10, ci=(97, 44)), ["`ci` runs downwards"]),
        (summary(value=7, range=(1, 9), iqr=(6, 8)), []),
        (summary(value=7, range=(9, 1)), ["`range` runs downwards"]),
        (summary(value=7, iqr=(8, 6)), ["`iqr` runs downwards"]),
        (summary(value=7, ci=(7, 9)), []),
        (summary(value=9, ci=(7, 9)), []),
        (summary(value=Decimal("6.9"), ci=(7, 9)), ["the value 6.9 is outside its interval"]),
        (summary(value=Decimal("9.1"), ci=(7, 9)), ["the value 9.1 is outside its interval"]),
        (comparison(value=Decimal("3.2"), measure="odds-ratio", ci=(Decimal("1.1"), 4)), []),
        (
            comparison(value=Decimal("0.9"), measure="odds-ratio", ci=(Decimal("1.1"), 4)),
            ["the value 0.9 is outside its interval"],
        ),
        # comparisons
        (comparison(), ["neither arms nor a value nor p"]),
        (comparison(p="0.03"), []),
        (comparison(p=1), []),
        (comparison(p=0), []),
        (comparison(p="1.1"), ["`p` is 1.1"]),
        (
            comparison(
                arms=(
                    {"name": "a", "events": 3, "of": 4},
                    {"name": "b"},
                )
            ),
            [],
        ),
        (comparison(arms=({"name": "a", "events": 5, "of": 4}, {"name": "b"})), ["5 events of 4"]),
        (comparison(arms=({"name": "a", "events": -1, "of": 4}, {"name": "b"})), ["-1 events"]),
        (comparison(arms=({"name": "a", "events": 0, "of": 4}, {"name": "b"})), []),
        (comparison(arms=({"name": "a", "events": 3}, {"name": "b"})), [NO_TOTAL]),
        (comparison(arms=({"name": "a", "events": 3, "of_unknown": "Not told."}, {"name": "b"})), []),
        (
            comparison(arms=({"name": "a", "events": 3, "of": 4, "of_unknown": "Not told."}, {"name": "b"})),
            ["both `of` and `of_unknown`"],
        ),
        (comparison(arms=({"name": "a", "percent": 30}, {"name": "b", "of": 7})), []),
        # a comparison has two arms, unless it compares with what was expected
        (comparison(arms=({"name": "a", "of": 4},)), [ONE_ARM]),
        (comparison(arms=({"name": "a", "of": 4},), value=3), [ONE_ARM]),
        (comparison(arms=({"name": "a", "of": 4},), measure="mortality-ratio"), []),
        (comparison(arms=({"name": "a"}, {"name": "b"}, {"name": "c"})), []),
        # doses
        (dose(amount=2, days=5), []),
        (dose(amount=0), []),
        (dose(amount="-0.5"), ["`amount` is -0.5"]),
        (dose(amount=2, days=-1), ["`days` is -1"]),
        (dose(amount=2, days=0), []),
    ],
)
def test_numbers_that_cannot_both_be_right(data: dict[str, Any], wrong: list[str], small: Guideline) -> None:
    found = numbers_agree.check(with_claim(small, {"data": data}))
    assert [problem.wrong for problem in found] == wrong
