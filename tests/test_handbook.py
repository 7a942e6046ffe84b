"""The handbook, read back: every claim and PMID is in it, every link leads somewhere, and text stays text."""

import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import segno
from cases import TESTS, all_sheets, examples, whole
from hypothesis import given
from hypothesis import strategies as st
from printed import gaps_at_rules, read_pages, squeezed
from pypdf import PdfReader

from generator import press
from generator.cli import PROJECT, read
from generator.facts.answers import answers_of
from generator.facts.claims import claims_of
from generator.facts.edition import edition_line
from generator.facts.records import records_of
from generator.facts.steps import walk
from generator.guideline import Guideline
from generator.linked_text import plain_text
from generator.render.book.content import book_data
from generator.render.book.typesetting import prepare_pocket, prepare_sheet, prepare_volume
from generator.render.draw.flowchart import draw_part
from generator.speech import speech_in


def typeset(guideline: Guideline, paper: str = "a4") -> PdfReader:
    return PdfReader(io.BytesIO(prepare_volume(guideline, whole(guideline), paper).typeset()))


@pytest.fixture(scope="module")
def pdf(site: Path) -> bytes:
    """The handbook as the site has it."""
    return (site / "handbook.pdf").read_bytes()


@pytest.fixture(scope="module")
def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


@pytest.fixture(scope="module")
def extracted(pdf: bytes) -> list[tuple[list[str], float]]:
    """Of each page its lines and the size of its smallest text."""
    return read_pages(pdf)


@pytest.fixture(scope="module")
def text(extracted: list[tuple[list[str], float]]) -> str:
    """All pages without their heads and feet, as a claim may run over them."""
    return squeezed("".join("".join(lines[1:-1]) for lines, _ in extracted))


def test_every_claim_is_in_it(guideline: Guideline, text: str) -> None:
    assert [id_ for id_, e in guideline.claims.items() if squeezed(plain_text(e.claim.text)) not in text] == []


def test_no_answer_breaks_over_a_side(guideline: Guideline, extracted: list[tuple[list[str], float]]) -> None:
    """Nobody reads an answer without the question beside it."""
    pages = [squeezed("".join(lines[1:-1])) for lines, _ in extracted]
    answers = [answer for record in records_of(guideline).values() for answer in answers_of(record)]
    asked = {answer.id: (squeezed(answer.question.name), squeezed(answer.answer.text)) for answer in answers}
    assert len(asked) > 300
    found = {id_ for id_, (name, told) in asked.items() for page in pages if name + told in page}
    assert sorted(asked.keys() - found) == []


def test_no_id_is_printed(guideline: Guideline, text: str) -> None:
    """They are of no use on paper: pages are named."""
    assert [id_ for id_ in guideline.claims if squeezed(id_) in text] == []


def test_the_contents_list_the_parts_first(extracted: list[tuple[list[str], float]], guideline: Guideline) -> None:
    contents = next(lines for lines, _ in extracted if "Contents" in lines)
    lines = [line.partition(" .")[0].strip() for line in contents]
    parts = [kind.title for kind in guideline.profile.kinds.values()]
    at = lines.index("How to read this book")
    assert lines[at : at + 8] == ["How to read this book", *parts, "Pathway", "Sources", "Index of terms"]


def test_each_disagreement_is_told_once_and_linked_from_both_sides(guideline: Guideline, text: str) -> None:
    told = [(e, each) for e in guideline.claims.values() for each in e.claim.disagrees_with]
    assert len(told) > 20
    for entry, each in told:
        assert text.count(squeezed(each.because)) == 1
        both = {entry.id, each.claim}
        assert all(both - {id_} <= {o.id for o in claims_of(guideline)[id_].opponents} for id_ in both)


def test_every_pmid_and_every_pending_paper_is_in_it(guideline: Guideline, text: str) -> None:
    assert [pmid for pmid in guideline.references if pmid not in text] == []
    assert [s.label for s in guideline.pending.values() if squeezed(s.label) not in text] == []


def brackets_in(data: object) -> Iterator[list[int]]:
    """Yield the numbers of sources of each bracket of what is to be printed."""
    if isinstance(data, dict) and {"marks", "sources"} <= data.keys():
        yield [int(source["n"]) for source in data["sources"]]
        return
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from brackets_in(part)


def test_the_numbers_of_a_bracket_rise(guideline: Guideline) -> None:
    brackets = list(brackets_in(book_data(guideline, "a4", whole(guideline))))
    assert max(map(len, brackets)) > 2
    assert [numbers for numbers in brackets if numbers != sorted(numbers)] == []


def test_rules_stand_apart_from_the_letters_above_and_below(pdf: bytes) -> None:
    with pypdfium2.PdfDocument(pdf) as document:
        gaps = [gap for page in list(document)[5:40] for gap in gaps_at_rules(page)]
    assert len(gaps) > 100
    assert min(gap for pair in gaps for gap in pair) >= 2


def test_every_node_of_the_pathway_is_in_it(guideline: Guideline, text: str) -> None:
    assert [name for name, node in guideline.pathway.nodes.items() if squeezed(node.label) not in text] == []


def points_of(page: pikepdf.Page) -> Iterator[tuple[float, float]]:
    """Yield the points, in points from the lower left corner, that the paths on a page run through."""
    here, stack = pikepdf.Matrix(), []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                stack.append(here)
            case "Q":
                here = stack.pop()
            case "cm":
                here = pikepdf.Matrix(*map(float, operands)) @ here
            case "m" | "l" | "c":
                numbers = [float(number) for number in operands]
                yield here.transform((numbers[-2], numbers[-1]))


@pytest.mark.wide
@pytest.mark.parametrize("paper", ["a4", pytest.param("us-letter", marks=pytest.mark.slow)])
def test_no_drawing_runs_over_the_edge_of_its_page(guideline: Guideline, pdf: bytes, paper: str) -> None:
    drawn = 0
    with pikepdf.open(
        io.BytesIO(pdf if paper == "a4" else prepare_volume(guideline, whole(guideline), paper).typeset())
    ) as document:
        for number, page in enumerate(document.pages, start=1):
            _, _, width, height = map(float, page.mediabox)
            points = list(points_of(page))
            drawn += len(points) > 100
            outside = [(x, y) for x, y in points if not (0 <= x <= width and 40 <= y <= height - 40)]
            assert outside == [], number
    assert drawn > 20


def test_no_text_is_smaller_than_eight_points_and_a_half(extracted: list[tuple[list[str], float]]) -> None:
    assert {number: size for number, (_, size) in enumerate(extracted, start=1) if size < 8.49} == {}


def test_no_dose_breaks_at_its_slash(extracted: list[tuple[list[str], float]]) -> None:
    ends = [
        line for lines, _ in extracted for line in lines if re.search(r"\d[ \u00a0]?(?:[kmµ]?g|[md]?[lL]|IU)/$", line)
    ]
    assert ends == []


def test_charts_in_parts_show_every_step_once(guideline: Guideline) -> None:
    walked = walk(guideline.pathway, guideline.about.own)
    cut = 0
    for part in walked.parts:
        charts = draw_part(walked, part, speech_in("en"), (680, 870))
        assert all(chart.size[0] <= 680 and chart.size[1] <= 870 for chart in charts)
        assert len({chart.id for chart in charts}) == len(charts)
        of_how_many = [f"({n} of {len(charts)})" for n in range(1, len(charts) + 1)] if len(charts) > 1 else []
        assert re.findall(r"\(\d+ of \d+\)", " ".join(chart.title for chart in charts)) == of_how_many
        whole = [name for chart in draw_part(walked, part, speech_in("en")) for name in chart.nodes]
        assert sorted(name for chart in charts for name in chart.nodes) == sorted(whole)
        cut += len(charts) > 1
    assert cut


def test_each_page_says_version_date_and_standing(
    guideline: Guideline, extracted: list[tuple[list[str], float]]
) -> None:
    foot = edition_line(guideline)
    feet = [f"{foot} {number} / {len(extracted)}" for number in range(1, len(extracted) + 1)]
    assert [lines[-1] for lines, _ in extracted] == feet
    assert [lines[0] for lines, _ in extracted[1:] if not lines[0].endswith(guideline.about.title)] == []


def test_every_link_inside_has_its_target(reader: PdfReader) -> None:
    pages = {page.indirect_reference.idnum for page in reader.pages}
    names = set(reader.named_destinations)
    inside = 0
    for page in reader.pages:
        for annotation in page.get("/Annots") or []:
            link = annotation.get_object()
            action = link.get("/A", {})
            target = link.get("/Dest", action.get("/D") if action.get("/S") == "/GoTo" else None)
            if target is None:
                assert str(action["/URI"]).startswith(("https://pubmed.ncbi.nlm.nih.gov/", "https://doi.org/"))
                continue
            inside += 1
            assert target in names if isinstance(target, str) else target[0].idnum in pages
    assert inside > 2000


def test_it_is_tagged_with_language_and_title(reader: PdfReader, guideline: Guideline) -> None:
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert str(catalog["/Lang"]).startswith("en")
    assert reader.metadata is not None
    assert reader.metadata.title == guideline.about.title
    assert "pdfuaid" in catalog["/Metadata"].get_data().decode()
    assert len(reader.outline) > 5


def test_it_is_small(pdf: bytes) -> None:
    assert len(pdf) < 3_000_000


@pytest.mark.slow
def test_it_is_the_same_from_another_process(pdf: bytes, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "generator", "handbook", "-o", str(tmp_path / "handbook.pdf")]
    environment = {"PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    subprocess.run(command, cwd=PROJECT, env=environment, check=True, capture_output=True)
    assert (tmp_path / "handbook.pdf").read_bytes() == pdf


def test_a_number_stays_on_the_line_of_its_unit_in_print(base: Guideline) -> None:
    """In the texts alone: the data are those that were made."""
    text = prepare_volume(base, whole(base)).data.decode()
    assert "2\u00a0g/kg" in text
    assert re.search(r"\d (g/kg|%|days)", text) is None
    made = json.dumps(book_data(base, "a4", whole(base)), ensure_ascii=False)
    plain = [json.loads(words.replace("\u00a0", " ")) for words in (text, made)]
    assert plain[0] == plain[1]


def test_the_key_of_what_is_kept_changes_with_all_that_a_pdf_is_made_of(
    base: Guideline, monkeypatch: pytest.MonkeyPatch
) -> None:
    another = base.about.model_copy(update={"title": "Another"})
    later = base.about.model_copy(update={"date": base.about.date.replace(year=2030)})
    keys = [
        prepare_volume(base, whole(base)).key,
        prepare_volume(base, whole(base), "us-letter").key,
        prepare_sheet(base, "practice/dosing").key,
        prepare_pocket(base, all_sheets(base)).key,
        prepare_volume(replace(base, about=another), whole(base)).key,
        prepare_volume(replace(base, about=later), whole(base)).key,
        replace(prepare_volume(base, whole(base)), time=0).key,
    ]
    assert prepare_volume(base, whole(base)).key == keys[0]
    for changed in ("typst", "pikepdf"):
        monkeypatch.setattr(press, "version", lambda name, changed=changed: "9" if name == changed else "1")
        keys.append(prepare_volume(base, whole(base)).key)
    monkeypatch.undo()
    monkeypatch.setattr(press, "files_of", lambda _: {"main": b"another"})
    keys.append(prepare_volume(base, whole(base)).key)
    assert len(set(keys)) == len(keys) == 10
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in keys)


@pytest.fixture
def base(tmp_path: Path) -> Guideline:
    """The small guideline of the tests."""
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    guideline, _ = read(tmp_path)
    assert guideline is not None
    return guideline


def test_a_copy_leads_to_what_has_changed_since(base: Guideline) -> None:
    """By a link and a code on the cover, once the site has an address."""
    about = base.about.model_copy(update={"address": "https://example.org/ivig/", "version": "1.2.3+abcdefg"})
    hosted = typeset(replace(base, about=about))
    address = "https://example.org/ivig/changes/#version--1-2-3"
    words = [squeezed(page.extract_text()) for page in hosted.pages]
    assert squeezed(f"What has changed since this copy: {address}") in words[0]
    code = next(iter(hosted.pages[0].images)).image.convert("1")
    matrix = [bytes(row) for row in segno.make(address, error="m", micro=False).matrix_iter(scale=4, border=2)]
    assert code.size == (len(matrix[0]), len(matrix))
    drawn = [bytes(int(code.getpixel((x, y)) == 0) for x in range(code.width)) for y in range(code.height)]
    assert drawn == matrix


def test_without_an_address_it_says_so(reader: PdfReader) -> None:
    assert squeezed("This copy names no address: the site is not hosted yet.") in squeezed(
        reader.pages[0].extract_text()
    )
    assert len(reader.pages[0].images) == 0


def test_letter_paper(base: Guideline) -> None:
    assert [round(float(x)) for x in typeset(base, "us-letter").pages[0].mediabox[2:]] == [612, 792]


@pytest.mark.slow
@examples(15)
@given(st.text(alphabet="#$@*_`[](){}<>\\/\"'~=+-:;.%abc1 ", min_size=1, max_size=40).filter(lambda t: t.strip() == t))
def test_no_text_becomes_typst(tmp_path_factory: pytest.TempPathFactory, hostile: str) -> None:
    folder = tmp_path_factory.mktemp("book")
    shutil.copytree(TESTS / "base/content", folder / "content")
    guideline, _ = read(folder)
    assert guideline is not None
    title = f"A{hostile}Z"
    reference = guideline.references["111"].model_copy(update={"title": title})
    guideline.references["111"] = reference  # type: ignore[index]
    assert squeezed(title) in squeezed("".join(page.extract_text() for page in typeset(guideline).pages))
