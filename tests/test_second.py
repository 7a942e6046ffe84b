"""A small guideline on another topic, `tests/second/`, with no change of code: other kinds, terms, words and pages.

What is made of it says nothing of the first: no name of its topic, of a record or of a kind.
"""

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from cases import TESTS, as_text, change, make_once, messages, run_in, search_data
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from generator.cli import PROJECT, main, read
from generator.guideline import Guideline
from generator.links import BY_HAND, FOLDERS
from generator.review import compare
from generator.vocabulary import SECTIONS

SECOND = TESTS / "second"
HARM, DISEASE = "content/harms/severe-events.yaml", "content/diseases/pemphigus.yaml"
# Names of records, or synonyms, that are English or words of a format whatever a guideline is about.
ORDINARY = ("children", "cycle", "guidelines", "pg", "price", "schedule", "stroke")
# What the program is made of and others have written: it is looked at by nobody who reads the guideline.
BY_OTHERS = re.compile(r"assets/(javascripts|stylesheets|images)/|minisearch|\.(png|woff2?)$")


@pytest.fixture(scope="module")
def second() -> Guideline:
    guideline, problems = read(SECOND)
    assert guideline is not None
    assert problems == []
    return guideline


@pytest.fixture(scope="session")
def second_workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of the second guideline, with the program and its scripts and styles, in which the site was built."""

    def build(folder: Path) -> None:
        shutil.copytree(SECOND, folder, dirs_exist_ok=True)
        for name in ("generator", "overrides", "docs/assets"):
            shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        run_in(folder, "generator", "site")

    return make_once(tmp_path_factory, "second", build)


def review(tmp_path: Path, edit: dict[str, str], *options: str) -> Result:
    """Return the review of a change of the second guideline's content."""
    shutil.copytree(SECOND, tmp_path, dirs_exist_ok=True)
    change(edit, tmp_path)
    return CliRunner().invoke(main, ["--project", str(tmp_path), "review", str(SECOND), str(tmp_path), *options])


def test_it_has_no_problem() -> None:
    assert messages(SECOND) == []


def test_it_shares_no_kind_term_group_or_question_with_the_first(second: Guideline, guideline: Guideline) -> None:
    kinds, others = second.profile.kinds, guideline.profile.kinds
    assert not kinds.keys() & {*others, *FOLDERS}
    for name in ("name", "title", "badge"):
        assert not {getattr(kind, name) for kind in kinds.values()} & {getattr(kind, name) for kind in others.values()}
    asked, otherwise = ({name for by in each.profile.questions.values() for name in by} for each in (second, guideline))
    assert asked & otherwise == set()
    groups, otherwise = (
        {g for kind in each.profile.kinds for g in each.groups_of(kind)} for each in (second, guideline)
    )
    assert groups & otherwise == set()
    terms, otherwise = (
        {(section, term) for section in SECTIONS for term in each.vocabulary.sections[section]}
        for each in (second, guideline)
    )
    assert terms & otherwise == set()
    assert not second.records.keys() & guideline.records.keys()


def test_it_has_what_a_guideline_has(second: Guideline) -> None:
    """Each part of the format that the machine shows in its own way is there once at least."""
    claims = [entry.claim for entry in second.claims.values()]
    assert len(second.records) == 3
    assert {claim.data.type for claim in claims if claim.data} >= {"comparison", "dose"}
    assert second.disagreements
    nodes = second.pathway.nodes.values()
    assert {node.kind for node in nodes} == {"question", "checklist", "action", "outcome"}
    assert {getattr(node, "urgent", None) for node in nodes} > {"emergency", "contraindication"}


def test_it_has_the_pages_by_hand_that_others_link_to_and_no_more() -> None:
    """Its site is built strictly, so that a link to any other is refused."""
    assert {path.name for path in (SECOND / "docs").glob("*.md")} == {page.name for page in BY_HAND}
    parts = {page.name: re.findall(r"{ #(.+) }", (SECOND / "docs" / page).read_text("utf-8")) for page in BY_HAND}
    assert parts == {page.name: list(parts) for page, parts in BY_HAND.items()}


@pytest.mark.parametrize(
    ("edit", "impact"),
    [
        ({"edit": HARM, "replace": "of the arm), and 16", "with": "of the arm), but 16"}, "safety"),
        ({"edit": HARM, "replace": "(grade 3 or 4), and 16", "with": "(grade 3 or 4), but 16"}, "safety"),
        ({"edit": DISEASE, "replace": "and 15 of 44 (34%)", "with": "15 of 44 (34%)"}, "position-in-therapy"),
        ({"edit": DISEASE, "replace": "amount: 1000", "with": "amount: 500"}, "dose"),
    ],
    ids=["comparison of harms", "answer on a harm", "comparison of treatments", "dose"],
)
def test_what_a_change_means_goes_by_what_its_kind_counts_as(
    edit: dict[str, str], impact: str, second: Guideline, tmp_path: Path
) -> None:
    result = review(tmp_path, edit, "--format", "json")
    assert [each["impact"] for each in json.loads(result.stdout)["changes"]] == [impact]
    after, _ = read(tmp_path)
    assert after is not None
    assert [each.impact for each in compare(second, after)] == [impact]


def test_the_comment_on_a_changed_harm_asks_for_the_review_of_safety(tmp_path: Path) -> None:
    edit = {"edit": HARM, "replace": "some infections were fatal", "with": "some infections were severe"}
    comment = review(tmp_path, edit).stdout
    assert re.search(r"^### Safety", comment, re.MULTILINE)
    assert re.search(r"~~fatal\.?~~|<del>fatal\.?</del>", comment)
    assert "harms/severe-events" in comment


# ---- What is built.


def page(project: Path, address: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring((project / "site" / address / "index.html").read_text("utf-8"))


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.slow
def test_its_kinds_have_pages_titles_and_places_in_the_navigation(second: Guideline, second_workshop: Path) -> None:
    for id_, kind in second.profile.kinds.items():
        listed = page(second_workshop, id_)
        assert words(listed.find(".//h1")) == kind.title
        assert kind.title in [words(link) for link in page(second_workshop, "").find_class("md-tabs__link")]
        for record in (each for each in second.records if each.startswith(f"{id_}/")):
            assert f"{record.partition('/')[2]}/" in {link.get("href") for link in listed.find(".//article").iter("a")}
            assert words(page(second_workshop, record).find(".//h1")) == second.records[record].name


@pytest.mark.slow
def test_its_pathway_asks_its_own_question_and_says_its_own_sentences(second: Guideline, second_workshop: Path) -> None:
    pathway = page(second_workshop, "pathway")
    assert words(pathway.find(".//h1")) == second.profile.topic.question
    text = words(pathway)
    assert all(answer in text for answer in second.pathway.nodes["patient"].answers)
    assert second.profile.emergency in text
    assert second.profile.contraindication in text


@pytest.mark.slow
def test_its_search_has_its_badges_and_its_words(second: Guideline, second_workshop: Path) -> None:
    data = search_data(second_workshop / "site")
    assert data["kinds"] == {id_: kind.badge for id_, kind in second.profile.kinds.items()}
    assert {record[0] for record in data["records"]} == second.records.keys()
    assert data["everywhere"] == list(second.about.intervention)


@pytest.mark.slow
def test_its_regimens_stand_on_the_page_of_doses(second: Guideline, second_workshop: Path) -> None:
    doses = {id_ for id_, entry in second.claims.items() if entry.claim.data and entry.claim.data.type == "dose"}
    with (second_workshop / "site/data/doses.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["claim"] for row in csv.DictReader(file)} == doses
    assert len(doses) == 4
    told = page(second_workshop, "doses")
    assert len(told.find_class("regimen")) == len(doses)
    assert [name for name in ("calculator", "computed", "weight-form") if told.xpath(f"//*[@id='{name}']")] == []


@pytest.mark.slow
def test_no_page_speaks_of_weights_and_grams_where_no_regimen_goes_by_weight(second_workshop: Path) -> None:
    """The format, its rules and the schemas do, for whoever has such regimens; milligrams are a word of its own."""
    for name, text in texts(second_workshop):
        if name.endswith((".html", ".pdf")) and not re.search(r"/(format|rules|vocabulary)/", name):
            shown = text if name.endswith(".pdf") else lxml.html.document_fromstring(text).text_content()
            assert re.findall(r"(?i)\b(?:grams?|body weight|calculator)\b", shown) == [], name


@pytest.mark.slow
def test_the_page_of_its_disease_tells_the_harms_that_go_with_all(second: Guideline, second_workshop: Path) -> None:
    (told,) = page(second_workshop, "diseases/pemphigus").find_class("class-harms")
    text = words(told)
    assert second.profile.class_harms_title in words(told.getparent())
    for harm in second.profile.class_harms:
        assert second.records[harm].name in text
        for question in second.profile.class_harms_tell:
            assert second.records[harm].answers[question].text in text


@pytest.mark.slow
def test_its_data_fit_their_schemas(second: Guideline, second_workshop: Path) -> None:
    site = second_workshop / "site"

    def load(path: str) -> object:
        return json.loads((site / path).read_text("utf-8"))

    whole, single = (Draft202012Validator(load(f"data/{name}.schema.json")) for name in ("guideline", "record"))
    assert list(whole.iter_errors(load("data/guideline.json"))) == []
    for id_ in second.records:
        assert list(single.iter_errors(load(f"{id_}.json"))) == []


@pytest.mark.slow
def test_its_copy_and_its_books_are_there(second: Guideline, second_workshop: Path) -> None:
    site = second_workshop / "site"
    copy = zipfile.ZipFile(site / f"{second.profile.topic.slug}-offline.zip")
    assert copy.testzip() is None
    for id_ in second.records:
        assert any(name.endswith(f"{id_}/index.html") or name.endswith(f"{id_}.html") for name in copy.namelist())
    for name in ("handbook.pdf", "pocket.pdf"):
        text = printed((site / name).read_bytes())
        assert second.about.title in text
        assert all(record.name in text for record in second.records.values())
    for id_, record in second.records.items():
        assert record.name in printed((site / f"{id_}.pdf").read_bytes())


def printed(pdf: bytes) -> str:
    """Return the words of a PDF and of its metadata."""
    reader = PdfReader(io.BytesIO(pdf))
    text = " ".join(side.extract_text() for side in reader.pages)
    return " ".join([*text.split(), *map(str, (reader.metadata or {}).values())])


@pytest.fixture(scope="module")
def foreign(guideline: Guideline) -> set[str]:
    """Words of the first guideline which the second does not say itself: of its topic, its records and their ids."""
    about, topic = guideline.about, guideline.profile.topic
    said = {*about.intervention, topic.name, topic.slug, "globulin", "gammaglobulin", *guideline.records}
    for record in guideline.records.values():
        said |= {record.name, *record.also_known_as}
    said = {each for each in unsaid(said) if each.casefold() not in ORDINARY}
    assert len(said) > 100
    return said


def unsaid(words: set[str]) -> set[str]:
    """Return those of some words that the second guideline does not say itself."""
    own = " ".join(path.read_text("utf-8") for path in SECOND.rglob("*") if path.is_file())
    return words - found_in(own, words)


def found_in(text: str, words: set[str]) -> set[str]:
    """Return those of some words that stand in a text; AD and SLE are names, `ad` and `sle` are not."""
    folded = text.casefold()
    there = {each for each in words if each.casefold() in folded}
    flags = {each: re.RegexFlag(0) if each.isupper() and len(each) < 6 else re.IGNORECASE for each in there}
    return {each for each in there if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text, flags[each])}


def texts(project: Path) -> Iterator[tuple[str, str]]:
    """Yield each file that is made, with its path and its text."""
    for path in sorted(project.glob("site*/**/*")):
        name = path.relative_to(project).as_posix()
        if not path.is_file() or BY_OTHERS.search(name) or path.suffix == ".zip":
            continue
        content = path.read_bytes()
        yield name, f"{name} {printed(content) if path.suffix == '.pdf' else as_text(content)}"


@pytest.mark.slow
def test_nothing_that_is_made_names_the_first_guideline(foreign: set[str], second_workshop: Path) -> None:
    found = {name: here for name, text in texts(second_workshop) if (here := found_in(text, foreign))}
    assert found == {}


@pytest.mark.slow
def test_no_page_for_readers_speaks_of_the_kinds_of_the_first(guideline: Guideline, second_workshop: Path) -> None:
    """Those on the format and the rules speak of keys, as they are typed."""
    kinds = unsaid({word for kind in guideline.profile.kinds.values() for word in (kind.title, kind.name)})
    assert len(kinds) > 3
    for path in sorted((second_workshop / "site").rglob("*.html")):
        name = path.parent.name
        if name not in ("format", "rules"):
            assert found_in(lxml.html.document_fromstring(path.read_text("utf-8")).text_content(), kinds) == set(), name
