"""Grams for a body weight."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from cases import TESTS

from generator.data import Dose
from generator.evidence.doses import Grams, WeightDose, rounded, weight_dose
from generator.evidence.wording import describe_unstated_days
from generator.facts.regimens import doses_by_topic
from generator.guideline import Guideline
from generator.links import DOSES, regimen_anchor
from generator.render.site.pages import page_makers


def dose(**fields: object) -> Dose:
    return Dose.model_validate({"type": "dose", "unit": "g/kg", "per": "cycle", "route": "iv", **fields})


def by_weight(fields: dict[str, object], guideline: Guideline) -> WeightDose:
    found = weight_dose(dose(**fields), guideline)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("fields", "weight", "cycle", "day"),
    [
        ({"amount": 2, "days": 5}, 70, "140", "28"),
        ({"amount": 2, "days": "2-5"}, 70, "140", "28–70"),
        ({"amount": "2-3", "days": 3}, 60, "120–180", "40–60"),
        ({"amount": 2}, 70, "140", "None"),
        ({"amount": 400, "unit": "mg/kg", "per": "day", "days": 5}, 70, "140", "28"),
        ({"amount": Decimal("0.4"), "per": "day"}, 10, "None", "4"),
        ({"amount": Decimal("0.4"), "per": "day", "days": 5}, 12, "24", "4.8"),
        ({"amount": 2, "days": "≥2"}, 70, "140", "None"),
        ({"amount": 2, "per": "infusion", "hours": "8-12"}, 70, "140", "None"),
        ({"amount": 2, "days": 4, "role": "average"}, 70, "140", "None"),
        ({"amount": Decimal("0.7"), "per": "day", "days": 4, "role": "average"}, 10, "None", "7"),
    ],
)
def test_grams(fields: dict[str, object], weight: int, cycle: str, day: str, guideline: Guideline) -> None:
    regimen = by_weight(fields, guideline)
    assert (str(regimen.by_cycle(weight)), str(regimen.by_day(weight))) == (cycle, day)


@pytest.mark.parametrize(
    ("fields", "expected"), [({"amount": 2}, True), ({"amount": "≥2"}, False), ({"amount": 30, "unit": "g"}, False)]
)
def test_only_regimens_by_weight_without_a_bound_are_computed(
    fields: dict[str, object], expected: bool, guideline: Guideline
) -> None:
    assert (weight_dose(dose(**fields), guideline) is not None) is expected


@pytest.mark.parametrize(
    ("grams", "shown"), [("9.94", "9.9"), ("9.95", "10"), ("10.5", "11"), ("3.0", "3"), ("0.05", "0.1")]
)
def test_rounding(grams: str, shown: str) -> None:
    assert rounded(Decimal(grams)) == shown


CASES = json.loads((TESTS / "doses.json").read_text("utf-8"))["grams"]


@pytest.mark.parametrize("case", CASES, ids=[case["says"][0] for case in CASES])
def test_the_generator_computes_what_the_page_does(case: dict[str, Any], guideline: Guideline) -> None:
    """The page is held to the same table in tests/browser/test_scripts.py."""
    regimen = by_weight(case["dose"], guideline)
    weight: Any = Decimal(re.sub(r"[^0-9,.]", "", case["typed"]).rstrip(".").replace(",", "."))
    grams = [f"{regimen.at_once(weight)}"]
    if "days" in case["dose"]:
        grams.append(f"{(regimen.by_cycle if regimen.is_daily else regimen.by_day)(weight)}")
    assert re.findall(r"(\S+) g (?:per|each|in all|as)", " ".join(case["says"])) == grams
    assert describe_unstated_days(regimen.dose, guideline) == case.get("unstated", "")
    assert case.get("unstated", "").replace("-", "–") in case["says"][0]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"per": "infusion", "hours": "8-12"}, "over 8-12 hours"),
        ({"per": "infusion"}, "for the hours see its words"),
        ({"days": "≥2"}, "over ≥2 days"),
        ({"days": 4, "role": "average"}, "an average: for its days see its words"),
        ({"role": "average"}, "an average: for its days see its words"),
        ({"days": 4, "role": "studied"}, ""),
    ],
)
def test_what_stands_beside_grams_without_plain_days(fields: dict[str, Any], said: str, guideline: Guideline) -> None:
    assert describe_unstated_days(dose(amount=2, **fields), guideline) == said


def test_every_total_without_days_says_so_on_its_line_and_over_its_table(guideline: Guideline) -> None:
    topics = doses_by_topic(guideline)
    without = [each for topic in topics.values() for each in topic.regimens if each.by_weight and not each.dose.days]
    assert {each.unstated_days.split()[-1] for each in without} == {"stated", "words", "hours"}
    page = page_makers(guideline, {})[DOSES]()
    for each in without:
        [line] = [line for line in page.split("\n") if f'id="{regimen_anchor(each.claim.id)}"' in line]
        assert f'data-unstated="{each.unstated_days}"' in line.replace("\xa0", " ")
    names = [table.name for topic in topics.values() for table in topic.tables]
    assert [name for name in names if not re.search(" (over|for how many days|for the hours|an average:) ", name)] == []


def test_a_column_of_rounded_grams_says_so(guideline: Guideline) -> None:
    heads = {head for topic in doses_by_topic(guideline).values() for table in topic.tables for head in table.heads}
    assert {"g each day", "g each day, rounded", "g per cycle"} <= heads
    assert (Grams(Decimal("28.8"), Decimal(30)).is_rounded, Grams(Decimal("9.5"), Decimal(30)).is_rounded) == (
        True,
        False,
    )


def test_what_sources_lean_against_is_told_before_the_dose_and_all_before_grams(guideline: Guideline) -> None:
    def told(name: str) -> list[str]:
        return [answer.name for answer in doses_by_topic(guideline)[f"indications/{name}"].answers]

    assert told("toxic-epidermal-necrolysis") == ["place", "dose", "harms", "contraindications"]
    assert told("dermatomyositis") == ["dose", "place", "harms", "contraindications"]
    page = page_makers(guideline, {})[DOSES]()
    section = page[page.index("{ #doses--indications--toxic-epidermal-necrolysis }") :]
    assert (
        section.index("the sources are </span>against")
        < section.index("[Dose and schedule]")
        < section.index("regimen")
    )
    assert re.search(r"\n\n\*\*\[When not\]", section)
    assert re.search(r"\[Place in therapy\].*the sources are </span>against.*\n\{ \.against \}\n", section)
    assert section[: section.index("regimen")].count("{ .against }") == 1
