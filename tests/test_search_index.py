"""What the search looks through: first sentences in whole, with their marks; nothing of a page that is no statement."""

from pathlib import PurePosixPath

import pytest
from cases import search_data

from generator.cli import all_rules
from generator.facts.answers import answers_of
from generator.facts.claims import claims_of
from generator.facts.records import records_of
from generator.guideline import Guideline
from generator.render.data.search_index import search_makers
from generator.render.site.pages import page_makers


@pytest.fixture(scope="module")
def data(guideline: Guideline, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[object]]]:
    folder = tmp_path_factory.mktemp("index")
    (folder / "search").mkdir()
    for path, make in search_makers(guideline, page_makers(guideline, all_rules())).items():
        (folder / path).write_text(make(), "utf-8")
    return search_data(folder)


def test_an_answer_is_shown_by_its_first_sentence_in_whole_with_its_marks(
    data: dict[str, list[list[object]]], guideline: Guideline
) -> None:
    shown = {f"{record[0]}#{answer[1]}": answer[3:] for record in data["records"] for answer in record[5]}
    answers = [answer for facts in records_of(guideline).values() for answer in answers_of(facts)]
    assert len(answers) > 300
    for answer in answers:
        says, marks, more = shown[f"{answer.record.id}#{answer.name}"]
        assert says == answer.first
        assert f"{says} {more}".startswith(answer.answer.text)
        assert set(answer.marks) <= set(marks.split(" · ")), answer.id
        assert ("disputed" in marks) or not answer.answer.otherwise, answer.id


def test_what_is_not_known_is_said_to_be_so(data: dict[str, list[list[object]]], guideline: Guideline) -> None:
    shown = {f"{record[0]}#{answer[1]}": answer[3] for record in data["records"] for answer in record[5]}
    for id_, record in guideline.records.items():
        for unknown in record.not_known:
            told = [shown.get(f"{id_}#{name}") for name in unknown.questions]
            assert f"Not known. {unknown.because}" in told


def test_a_claim_is_shown_in_whole_with_its_marks(data: dict[str, list[list[object]]], guideline: Guideline) -> None:
    shown = {claim[0]: claim for claim in data["claims"]}
    for id_, facts in claims_of(guideline).items():
        assert shown[id_][2] == facts.plain_text
        assert all(mark in shown[id_][3] for mark in facts.marks)
        assert all(cite.marked_name in shown[id_][4] for cite in facts.citations)


def test_no_text_of_the_standing_is_searched_or_shown(data: dict[str, list[list[object]]]) -> None:
    pages = [*data["pages"], *data["project"]]
    texts = [str(text) for record in data["records"] for text in record[4]] + [str(page[3]) for page in pages]
    assert not [text for text in texts if text.startswith("Unreviewed") or "evidence shown is incomplete" in text]
    assert not [text for text in texts if "](" in text or "{ ." in text or "<" in text.replace("P<", "")]


def test_pages_about_the_project_are_apart(data: dict[str, list[list[object]]], guideline: Guideline) -> None:
    lists = {str(page[0]) for page in (*data["pages"], *data["across"])}
    project = {str(page[0]) for page in data["project"]}
    assert {"doses.md", "missing.md", "indications/index.md", "questions/indications/dose.md"} <= lists
    assert {"rules.md", "format.md", "architecture.md", "decisions/loop.md"} <= project
    assert not lists & project
    made = {page for page in page_makers(guideline, {}) if page.parts[0] not in ("references", *data["kinds"])}
    assert {str(page) for page in made} - lists - project == {"index.md"}
    assert PurePosixPath("index.md") in made
