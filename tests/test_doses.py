"""Grams for a body weight."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from cases import TESTS

from generator.answers import Support
from generator.data import Dose
from generator.evidence.doses import Grams, WeightDose, rounded, weight_dose
from generator.evidence.wording import describe_unstated_days
from generator.facts.claims import claims_of
from generator.facts.records import records_of
from generator.facts.regimens import doses_by_topic, regimens_of, shown_regimens, weight_tables
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
        ({"amount": Decimal("0.4"), "per": "day", "days": "≥2"}, 70, "None", "28"),
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


def test_a_regimen_of_a_study_is_told_once_and_one_that_differs_in_any_part_beside_it(guideline: Guideline) -> None:
    some = next(iter(doses_by_topic(guideline).values())).regimens[0].claim
    told = {
        "first": dose(amount=2),
        "again": dose(amount=2),
        "bound": dose(amount="≥2"),
        "unit": dose(amount=2, unit="mg/kg"),
        "days": dose(amount=2, days=5),
        "per": dose(amount=2, per="month"),
        "every": dose(amount=2, every="4 weeks"),
        "at once": dose(amount=2, per="infusion"),
        "hours": dose(amount=2, per="infusion", hours="8-12"),
        "role": dose(amount=2, role="maintenance"),
    }
    claims = [
        replace(some, entry=replace(some.entry, name=name, claim=some.claim.model_copy(update={"data": data})))
        for name, data in told.items()
    ]
    apart = [name for name in told if name not in ("first", "again", "role")]
    # of the three that give the same the one whose role is known is told
    assert [each.claim.entry.name for each in regimens_of(claims)] == [*apart, "role"]
    without = regimens_of(each for each in claims if each.entry.name != "role")
    assert [each.claim.entry.name for each in without] == ["first", *apart]


def changed(guideline: Guideline, id_: str, claim: str, **changes: object) -> Guideline:
    """Return a guideline in which a claim has other values."""
    record = guideline.records[id_]
    claims = {**record.claims, claim: record.claims[claim].model_copy(update=changes)}
    return replace(guideline, records={**guideline.records, id_: record.model_copy(update={"claims": claims})})


def test_a_dose_is_of_the_disease_of_its_record_and_of_a_practice_of_that_which_it_links_to(shown: Guideline) -> None:
    text = "As in [glimmer](indications/glimmer) patients had 1-2 g/kg a cycle."
    linking = claims_of(changed(shown, "indications/crackle", "cycles", text=text))
    (regimen,) = regimens_of([linking["indications/crackle#cycles"]])
    assert regimen.topic == "indications/crackle"
    (regimen,) = regimens_of([claims_of(shown)["practice/dosing#child"]])
    assert regimen.topic == "indications/crackle"


def test_of_equal_regimens_the_one_that_is_not_superseded_is_told(shown: Guideline) -> None:
    told = claims_of(shown)
    old, new = (told[f"indications/crackle#{name}"] for name in ("daily", "weeks"))
    assert old.superseded_by
    newer = replace(new, entry=replace(new.entry, claim=new.claim.model_copy(update={"data": old.claim.data})))
    for claims in ([old, newer], [newer, old]):
        assert [each.claim.id for each in regimens_of(claims)] == [new.id]


def test_no_grams_are_of_a_comparator_or_of_a_dose_that_did_harm(shown: Guideline) -> None:
    crackle, hiccups = "indications/crackle", "adverse-events/hiccups"

    def told(guideline: Guideline) -> tuple[list[str], list[str]]:
        regimens = shown_regimens(records_of(guideline)[crackle])
        everywhere = [each.claim.id for topic in doses_by_topic(guideline).values() for each in topic.regimens]
        return [each.claim.entry.name for each in regimens], [id_ for id_ in everywhere if id_.startswith(hiccups)]

    assert told(shown) == (["child", "cycles"], [])
    assert told(changed(shown, crackle, "cycles", subject="comparator"))[0] == ["child"]
    harmful = changed(shown, hiccups, "told", data=dose(amount=2))  # an answer of the disease rests on it
    assert told(harmful) == (["child", "cycles"], [])


def test_grams_of_a_record_are_marked_where_its_answer_calls_the_claim_indirect(shown: Guideline) -> None:
    crackle = "indications/crackle"
    record = shown.records[crackle]
    rests_on = (Support(claim=f"{crackle}#cycles", indirect="dose"),)
    answer = record.answers["dose"].model_copy(update={"rests_on": rests_on})
    answers = {**record.answers, "dose": answer}
    other = replace(shown, records={**shown.records, crackle: record.model_copy(update={"answers": answers})})
    for guideline, marked in ((shown, False), (other, True)):
        regimens = {each.claim.entry.name: each for each in shown_regimens(records_of(guideline)[crackle])}
        assert ("indirect: another dose" in regimens["cycles"].marks) is marked


def test_roles_that_the_profile_keeps_apart_have_tables_of_their_own(guideline: Guideline) -> None:
    some = next(one for topic in doses_by_topic(guideline).values() for one in topic.regimens if one.by_weight)
    roles = ("starting", "maintenance", "usual")
    same = [replace(some, dose=some.dose.model_copy(update={"role": role})) for role in roles]
    tables = weight_tables(same, guideline)
    assert [[one.dose.role for one in table.regimens] for table in tables] == [["starting", "usual"], ["maintenance"]]
    assert [table.apart for table in tables] == ["", "maintenance"]


def test_a_column_of_rounded_grams_says_so(guideline: Guideline) -> None:
    heads = {head for topic in doses_by_topic(guideline).values() for table in topic.tables for head in table.heads}
    assert {"g each day", "g each day, rounded", "g per cycle", "g in all", "g in all, every week"} <= heads
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


def test_a_note_on_weights_that_is_medicine_says_what_it_means_with_its_source(guideline: Guideline) -> None:
    page = page_makers(guideline, {})[DOSES]()
    note = next(line for line in page.splitlines() if 'class="weight-note" data-from="18"' in line)
    for words in ("35\u00a0g or more a day", "thromboembolism", "indirect", "ask a specialist"):
        assert words in note
    assert note.index("specialist") < note.index("PMID&nbsp;21679973")


def test_what_the_page_says_itself_keeps_a_number_on_the_line_of_its_unit(guideline: Guideline) -> None:
    page = page_makers(guideline, {})[DOSES]()
    assert "whole gram from 10\u00a0g" in page
    assert "with the volume at 5% and 10%" in page
