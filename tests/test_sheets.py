"""Ward sheets, read back: one side of paper each, with what may not be left out; and all of them, two to a page."""

import io
import json
import math
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from cases import TESTS
from click.testing import CliRunner
from printed import gaps_at_rules, read_pages, squeezed
from pypdf import PdfReader

from generator.cli import main, read
from generator.facts.answers import answers_of, class_harms, questions_of
from generator.facts.edition import edition_line
from generator.facts.records import records_of
from generator.guideline import Guideline
from generator.model import Answer
from generator.press import typeset
from generator.render.book.sheets import sheet_data, sheet_records
from generator.render.book.typesetting import prepare_sheet, printings


def read_pdf(pdf: bytes) -> list[tuple[str, float]]:
    """Return of each page its words, squeezed, and the size of its smallest text."""
    return [(squeezed("".join(lines)), size) for lines, size in read_pages(pdf)]


def pages_of(data: Mapping[str, Any]) -> list[tuple[str, float]]:
    return read_pdf(typeset("sheet", json.dumps(data).encode(), 0))


@pytest.fixture(scope="module")
def sheets(site: Path) -> dict[str, list[tuple[str, float]]]:
    """The pages of every sheet, by record, as the site has it."""
    return {
        path.relative_to(site).with_suffix("").as_posix(): read_pdf(path.read_bytes()) for path in site.glob("*/*.pdf")
    }


@pytest.fixture(scope="module")
def pocket(site: Path) -> list[tuple[str, float]]:
    return read_pdf((site / "pocket.pdf").read_bytes())


def test_each_indication_adverse_event_and_practice_topic_has_a_sheet(
    guideline: Guideline, sheets: dict[str, list[tuple[str, float]]]
) -> None:
    kinds = ("indications/", "adverse-events/", "practice/")
    assert sorted(sheets) == sorted(id_ for id_ in guideline.records if id_.startswith(kinds))


def test_each_is_one_side_of_paper(sheets: dict[str, list[tuple[str, float]]]) -> None:
    assert {id_: len(pages) for id_, pages in sheets.items() if len(pages) != 1} == {}


def test_no_text_is_smaller_than_eight_points_and_a_half(
    sheets: dict[str, list[tuple[str, float]]], pocket: list[tuple[str, float]]
) -> None:
    pages = [*(page for pages in sheets.values() for page in pages), *pocket]
    assert [size for _, size in pages if size < 8.49] == []


def test_each_says_that_it_is_unreviewed_and_when_it_expires(
    guideline: Guideline, sheets: dict[str, list[tuple[str, float]]]
) -> None:
    line = squeezed(f"{edition_line(guideline)} No clinician has reviewed this sheet.")
    assert "Expires" in line
    assert [id_ for id_, pages in sheets.items() if line not in pages[0][0]] == []


def test_each_answer_is_told_or_named_as_left_out_and_none_that_is_kept_is(
    guideline: Guideline, sheets: dict[str, list[tuple[str, float]]]
) -> None:
    left_out = 0
    for id_, [(words, _)] in sheets.items():
        facts = records_of(guideline)[id_]
        kept = guideline.profile.sheets.keep[facts.kind]
        more = words.partition("Moreonthepage:")[2].partition(".")[0]
        for name, each in questions_of(facts).items():
            told = each.answer.answer.text if each.answer else each.not_known.not_known.because  # type: ignore[union-attr]
            if squeezed(told) not in words:
                assert name not in kept, id_
                assert squeezed(each.question.name) in more
                left_out += 1
    assert left_out < len(sheets) / 4


def test_each_indication_tells_what_shows_the_harms_of_all(
    guideline: Guideline, sheets: dict[str, list[tuple[str, float]]]
) -> None:
    harms = class_harms(guideline)
    told = [a.answer.text for h in harms for a in h.answers if a.name in guideline.profile.sheets.harms_tell]
    assert len(told) > 4
    for id_, [(words, _)] in sheets.items():
        for text in told if id_.startswith("indications/") else ():
            assert squeezed(text) in words, id_


def test_rules_stand_apart_from_the_letters_above_and_below(site: Path) -> None:
    with pypdfium2.PdfDocument(site / "indications/toxic-epidermal-necrolysis.pdf") as document:
        gaps = gaps_at_rules(document[0])
    assert len(gaps) > 8
    assert min(gap for pair in gaps for gap in pair) >= 1.5


def test_each_source_that_is_named_has_its_pmid(sheets: dict[str, list[tuple[str, float]]]) -> None:
    for id_, [(words, _)] in sheets.items():
        answers, _, sources = words.rpartition("Sources,withPMID")
        numbers = {n for group in re.findall(r"\[([\d,]+)", answers) for n in group.split(",")}
        listed = dict(re.findall(r"(?:^|;)(\d{1,2})(?=\D)[^;]*?,(\d+)(?=[(;.])", sources))
        assert numbers == listed.keys(), id_


def test_the_pocket_edition_has_all_of_them_each_on_half_a_page(
    guideline: Guideline, pocket: list[tuple[str, float]]
) -> None:
    sheets = sheet_records(guideline)
    before = 3  # halves: two of contents, one of the harms of all
    assert len(pocket) == math.ceil((before + len(sheets)) / 2) <= 40
    text = "".join(words for words, _ in pocket)
    names = [guideline.records[id_].name for id_ in sheets]
    assert [name for name in names if text.count(squeezed(name)) < 2] == []
    assert text.count(squeezed(edition_line(guideline))) == len(sheets) + 2


def halves_of(pocket: list[tuple[str, float]], guideline: Guideline) -> dict[str, str]:
    """Return the words of each sheet of the pocket edition: from its head to that of the next."""
    text = "".join(words for words, _ in pocket)
    heads = {}
    for id_ in sheet_records(guideline):
        facts = records_of(guideline)[id_]
        kind = guideline.profile.kinds[facts.kind].title
        heads[id_] = text.index(squeezed(f"{facts.record.name}{kind} · {facts.group.name} Unreviewed."))
    ends = dict(pairwise([*sorted(heads.values()), len(text)]))
    return {id_: text[start : ends[start]] for id_, start in heads.items()}


def test_what_prints_grams_also_says_whether_it_is_an_option_what_it_does_and_when_not(
    guideline: Guideline, sheets: dict[str, list[tuple[str, float]]], pocket: list[tuple[str, float]]
) -> None:
    printed = 0
    single = {id_: words for id_, [(words, _)] in sheets.items()}
    for id_, words in (*single.items(), *halves_of(pocket, guideline).items()):
        if "Gramsforaweight" in words:
            asked = questions_of(records_of(guideline)[id_])
            for name in ("place", "effect", "dose", "harms", "contraindications"):
                each = asked[name]
                told = each.answer.answer.text if each.answer else each.not_known.not_known.because  # type: ignore[union-attr]
                assert squeezed(told) in words, (id_, name)
            printed += 1
    assert printed > 50


def test_what_the_pathway_stops_at_is_told_once_in_the_pocket_edition_and_led_to_from_each_indication(
    guideline: Guideline, pocket: list[tuple[str, float]]
) -> None:
    stops = {answer.stops for record in records_of(guideline).values() for answer in answers_of(record) if answer.stops}
    text = "".join(words for words, _ in pocket)
    assert [text.count(squeezed(told)) for told in stops] == [1]
    [page] = [number for number, (words, _) in enumerate(pocket, 1) if squeezed(next(iter(stops))) in words]
    for id_, words in halves_of(pocket, guideline).items():
        told = any(answer.stops for answer in answers_of(records_of(guideline)[id_]))
        assert words.count(f"Morestops:p.{page}.") == told, id_


@pytest.fixture
def base(tmp_path: Path) -> Guideline:
    """The small guideline of the tests."""
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    guideline, _ = read(tmp_path)
    assert guideline is not None
    return guideline


def with_answers(base: Guideline, sentences: int) -> Guideline:
    """Return the small guideline with two long answers: that of place is kept, that of effect may go."""
    support = tuple(f"indications/pemphigus#{name}" for name in ("response", "no-response"))
    answers = {
        name: Answer.model_validate({"text": f"All of {name}. " * sentences, "rests_on": support})
        for name in ("place", "effect")
    }
    record = base.records["indications/pemphigus"].model_copy(update={"answers": answers})
    return replace(base, records={**base.records, "indications/pemphigus": record})


@pytest.mark.parametrize(("sentences", "told"), [(4, True), (150, True), (450, False)])
def test_what_finds_no_room_is_left_out_and_named(base: Guideline, sentences: int, told: bool) -> None:
    [(words, size)] = pages_of(sheet_data(with_answers(base, sentences), "indications/pemphigus", "a4"))
    assert words.count("Allofplace.") == sentences
    assert words.count("Allofeffect.") == (sentences if told else 0)
    assert ("Moreonthepage:Effect." in words) != told
    assert size > 8.49


def test_what_is_kept_is_told_even_if_it_needs_a_second_side(base: Guideline) -> None:
    pages = pages_of(sheet_data(with_answers(base, 900), "indications/pemphigus", "a4"))
    assert len(pages) == 2
    words = "".join(words.replace("QuestionAnswer", "") for words, _ in pages)
    assert words.count("Allofplace.") == 900


def test_a_sheet_leads_to_its_page(base: Guideline) -> None:
    about = base.about.model_copy(update={"address": "https://example.org/ivig/"})
    data = sheet_data(replace(base, about=about), "practice/dosing", "a4")
    [(words, _)] = pages_of(data)
    assert "https://example.org/ivig/practice/dosing/" in words
    reader = PdfReader(io.BytesIO(typeset("sheet", json.dumps(data).encode(), 0)))
    assert len(reader.pages[0].images) == 1
    assert "The site has no address yet" not in words
    [(without, _)] = pages_of(sheet_data(base, "practice/dosing", "a4"))
    assert squeezed("The site has no address yet") in without


def test_the_site_has_the_sheet_of_each_record(guideline: Guideline, site: Path) -> None:
    found = sorted(path.relative_to(site).as_posix() for path in site.glob("*/*.pdf"))
    assert found == sorted(f"{id_}.pdf" for id_ in sheet_records(guideline))
    assert sorted(["handbook.pdf", "pocket.pdf", *found]) == sorted(str(path) for path, _ in printings(guideline))
    assert sum((site / path).stat().st_size for path in found) < 75_000 * len(found)


def test_letter_paper(base: Guideline) -> None:
    reader = PdfReader(io.BytesIO(prepare_sheet(base, "practice/dosing", "us-letter").typeset()))
    assert [round(float(x)) for x in reader.pages[0].mediabox[2:]] == [612, 792]


@pytest.mark.parametrize("record", ["indications/nothing", "mechanisms/receptors"])
def test_the_command_refuses_a_record_without_a_sheet(record: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main, ["--project", str(TESTS / "base"), "sheet", record, "-o", str(tmp_path / "x.pdf")]
    )
    assert result.exit_code == 2
    assert f"no record with a ward sheet has the id '{record}'" in result.output
    assert not (tmp_path / "x.pdf").exists()
