"""Ward sheets as plain data: of each record what its readers need at the bedside, on one side of paper.

The template leaves out what finds no room, the last question first, and says which; never what the profile keeps.
"""

from collections.abc import Mapping
from typing import Any

from generator import elsewhere, links
from generator.facts.answers import answers_of, class_harms, questions_of
from generator.facts.edition import edition_line
from generator.facts.records import RecordFacts, records_of
from generator.facts.regimens import any_by_weight, shown_regimens, weight_tables, weights_of
from generator.facts.sources import sources_of
from generator.guideline import Guideline
from generator.model import Record, Review
from generator.render.book.telling import Numbering, Teller, code_of, stops_told
from generator.render.book.volumes import Volume, pocket_volumes, sheet_records
from generator.speech import Speech, to_say

_HEAVIEST = 100
"""The greatest body weight on a sheet, in kg."""


def sheet_data(guideline: Guideline, record: str, paper: str) -> dict[str, Any]:
    """Return what one sheet shows."""
    facts = records_of(guideline)[record]
    return _paper(guideline, paper, f"{facts.record.name}: {guideline.about.title}") | {
        "sheets": [_sheet(facts, pocket=False)],
        "beside": _beside(guideline, {}),
        "pocket": None,
    }


def pocket_data(guideline: Guideline, paper: str, volume: Volume) -> dict[str, Any]:
    """Return what a volume of the pocket edition shows: its sheets, and in each the harms that go with every disease.

    Its contents are those of all volumes: a reader sees which to open.
    """
    about, records, speech = guideline.about, records_of(guideline), guideline.about.speech
    numbers = Numbering()
    ways = {
        id_: {"to": _label(id_)} if id_ in volume.records else {"volume": str(other.number)}
        for other in pocket_volumes(guideline)
        for id_ in other.records
    }
    title = speech.say("{title}: pocket edition", title=about.title) + volume.name(speech)
    return _paper(guideline, paper, title) | {
        "sheets": [_sheet(records[id_], pocket=True) for id_ in volume.records],
        "beside": _beside(guideline, ways),
        "pocket": {
            "scope": about.scope,
            "contents": [
                {
                    "kind": guideline.profile.kinds[kind].title,
                    "sheets": [
                        {"name": records[id_].record.name} | way
                        for id_, way in ways.items()
                        if records[id_].kind == kind
                    ],
                }
                for kind in guideline.profile.sheets.keep
            ],
            "how": speech.say(_HOW, grams=f" {speech.say(_GRAMS)}" if any_by_weight(guideline) else ""),
            "harms": _harms(guideline, Teller(numbers, lambda _: {}, read=False)),
            "stops": stops_told(guideline),
            "sources": _sources(guideline, numbers),
        },
    }


def _paper(guideline: Guideline, paper: str, title: str) -> dict[str, Any]:
    profile = guideline.profile
    asked = profile.questions_of(profile.harm)
    return {
        "title": title,
        "paper": paper,
        "edition": edition_line(guideline),
        "harms-title": profile.class_harms_title,
        "harms-tell": ", ".join(asked[name].name for name in profile.in_order(profile.harm, profile.sheets.harms_tell)),
    }


def _sheet(facts: RecordFacts, *, pocket: bool) -> dict[str, Any]:
    """Return a sheet. In the pocket edition, where they are told once for all, it only names the harms of all."""
    guideline, record, profile = facts.guideline, facts.record, facts.guideline.profile
    numbers = Numbering()
    teller = Teller(numbers, lambda _: {}, read=False)
    kept, main = set(profile.sheets.keep[facts.kind]), set(profile.matrix.get(facts.kind, ()))
    address = guideline.about.address
    page = links.absolute(address, links.record_page(facts.id)) if address else ""
    kind = profile.kinds[facts.kind].title
    tables = weight_tables(shown_regimens(facts), guideline) if facts.is_treated else []
    weights = [weight for weight in weights_of(tables) if weight <= _HEAVIEST]
    shown = {
        "name": record.name,
        "label": _label(facts.id),
        "kind": kind,
        "about": " · ".join((kind, facts.group.name, *(() if pocket else record.also_known_as))),
        "standing": _standing(record, guideline.about.speech),
        "address": page,
        "qr": code_of(page) if page else None,
        "answers": [
            teller.question(each)
            | {"kept": not kept.isdisjoint(each.told_with), "main": not main.isdisjoint(each.told_with)}
            for each in questions_of(facts).values()
            if not each.is_told_before
        ],
        "weights": [str(weight) for weight in weights],
        "doses": teller.grams(tables, weights, facts),
        "harms": _harms(guideline, None if pocket else teller) if facts.is_treated else [],
    }
    return shown | {"sources": _sources(guideline, numbers)}


def _standing(record: Record, speech: Speech) -> str:
    """Return whether the sheet itself was reviewed: the edition as a whole may stand otherwise."""
    standing = record.standing
    who = speech.say(_NOBODY)
    if isinstance(standing, Review):
        who = speech.say("This sheet was reviewed on {date}", date=speech.date(standing.reviewed_on))
    return f"{who}. {speech.say('Not a substitute for clinical judgement.')}"


def _harms(guideline: Guideline, teller: Teller | None) -> list[dict[str, Any]]:
    """Return the harms that go with every disease, with their answers if there is who tells them."""
    sheets = guideline.profile.sheets
    return [
        {
            "name": harm.record.record.name,
            "answers": [
                teller.answer(answer)
                for answer in answers_of(harm.record)
                if teller and answer.name in sheets.harms_tell
            ],
        }
        for harm in class_harms(guideline)
    ]


def _beside(guideline: Guideline, ways: Mapping[str, dict[str, str]]) -> list[dict[str, Any]]:
    """Return the sheets that go with those of diseases, and where the same copy has them."""
    known = sheet_records(guideline)
    return [
        {"where": guideline.records[id_].name, "cites": [], "ways": [ways[id_]] if id_ in ways else []}
        for id_ in guideline.profile.sheets.beside
        if id_ in known
    ]


def _sources(guideline: Guideline, numbers: Mapping[str, int]) -> list[dict[str, str]]:
    sources = sources_of(guideline)
    return [
        {
            "n": str(number),
            "pmid": pmid,
            "url": elsewhere.pubmed(pmid),
            "name": sources[pmid].short_name,
            "year": str(sources[pmid].reference.year or ""),
            "state": sources[pmid].state,
            "read": sources[pmid].read_in_part,
        }
        for pmid, number in numbers.items()
    ]


def _label(record: str) -> str:
    return record.replace("/", ":")


_NOBODY = to_say("No clinician has reviewed this sheet")
_GRAMS = to_say("Grams are a weight multiplied by the regimen as it stands.")
_HOW = to_say(
    "Each sheet holds the answers of one record: what the sources cited there together say.{grams} What found no room "
    "is named on the sheet, under More on the page, and stands on the page of the site. After the day of expiry "
    "compare each sheet with the site before you use it."
)
