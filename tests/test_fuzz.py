"""Whatever is read, linked or rendered, nothing raises, and every text comes out as it went in."""

import csv
import io
import json
import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import pytest
from cases import TESTS, examples
from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as st
from pydantic import ValidationError
from test_hostile import unguarded

from generator.cli import all_rules, read
from generator.elsewhere import passage
from generator.guideline import Guideline
from generator.linked_text import Link, links_in, plain_text, split_text
from generator.model import Citation
from generator.render.data.exports import render_exports
from generator.render.site.pages import render_pages
from generator.review.formats import MAX_COMMENT, to_html, to_json, to_markdown, to_text
from generator.review.report import make_report
from generator.sources import Reference
from generator.walks import values_in
from generator.yaml_source import read_yaml

BASE = TESTS / "base"
YAML = sorted((BASE / "content").rglob("*.yaml"))
READ = sorted(path for path in (BASE / "content").rglob("*") if path.is_file())
SIGNS = st.sampled_from("[]{}:,-#&*!|>'\"%@`?<=~ \n\t\\/._()0123456789abcnoé\u202e\u200b\x00\x1b\ufeff")
WORDS = st.sampled_from(
    (
        *("null", "true", ".inf", "1e9", "!!python/name:os.system ", "&a ", "*a", "<<: ", "---\n", "...\n"),
        *("%YAML 1.1\n", "\\ud800", "0x1F", "9" * 30, "[" * 25, "? ", "- ", ": ", "{{ x }}", "](javascript:x)"),
        "indications/pemphigus#x",
    )
)
PIECES = st.one_of(SIGNS, WORDS, st.text(max_size=5)).map(lambda text: text.encode("utf-8", "surrogatepass"))


@st.composite
def mutated(draw: st.DrawFn, files: list[Path]) -> tuple[Path, bytes]:
    """Draw a file and its bytes with up to four stretches replaced by something else or by another of their lines."""
    file = draw(st.sampled_from(files))
    raw = file.read_bytes()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(raw)))
        end = min(len(raw), start + draw(st.sampled_from([0, 1, 2, 8, 40])))
        lines = raw.splitlines(keepends=True) or [b""]
        raw = raw[:start] + draw(st.one_of(PIECES, st.binary(max_size=3), st.sampled_from(lines))) + raw[end:]
    return file, raw


@examples(600)
@given(st.one_of(st.binary(max_size=300), mutated(YAML).map(lambda drawn: drawn[1])))
def test_any_file_gives_data_with_lines_or_refusals_with_a_line(raw: bytes) -> None:
    document = read_yaml(raw)
    last = raw.count(b"\n") + raw.count(b"\r") + 1
    assert (document.data is None) or not document.refusals
    assert all(1 <= refusal.line <= last + 1 and refusal.wrong and refusal.fix for refusal in document.refusals)
    assert all(1 <= document.line_of(path) <= last for path, _ in values_in(document.data))


@examples(500)
@given(mutated(READ))
def test_a_mutated_project_is_read_and_every_problem_has_a_file_and_a_line(drawn: tuple[Path, bytes]) -> None:
    file, raw = drawn
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        shutil.copytree(BASE / "content", project / "content")
        (project / file.relative_to(BASE)).write_bytes(raw)
        guideline, problems = read(project)
        assert guideline is not None or problems
        for problem in problems:
            assert (project / problem.place.file).exists()
            assert problem.place.line >= 1
            assert problem.rule in all_rules()


@pytest.mark.slow
@examples(100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutated(YAML), mutated(YAML))
def test_any_two_versions_are_compared_and_shown(
    base: Guideline, one: tuple[Path, bytes], other: tuple[Path, bytes]
) -> None:
    """What is read of a mutated project, against the valid one, both ways."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        shutil.copytree(BASE / "content", project / "content")
        for file, raw in (one, other):
            (project / file.relative_to(BASE)).write_bytes(raw)
        guideline, problems = read(project)
    assume(guideline is not None)
    for before, after in ((base, guideline), (guideline, base)):
        report = make_report(before, after, ("one", "other"), ([], problems))
        assert len(to_markdown(report)) <= MAX_COMMENT
        assert json.loads(to_json(report))["impact"] == report.impact
        assert to_text(report)
        assert to_html(report, {})


LINKED = st.text(alphabet=st.one_of(st.sampled_from("[]()#/ ab\n\\"), st.characters(codec="utf-8")), max_size=60)


@examples(300)
@given(LINKED)
def test_the_parts_of_a_text_join_to_the_text(text: str) -> None:
    parts = list(split_text(text))
    assert "".join(f"[{part.words}]({part.target})" if isinstance(part, Link) else part for part in parts) == text
    assert links_in(text) == [part for part in parts if isinstance(part, Link)]
    assert plain_text(text) == "".join(part.words if isinstance(part, Link) else part for part in parts)


@examples(200)
@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40), st.sampled_from(["abstract", "results"]))
def test_a_passage_has_an_address_on_pubmed_in_plain_characters(start: str, end: str, section: str) -> None:
    try:
        cite = Citation.model_validate({"pmid": "111", "from": start, "to": end, "section": section})
    except ValidationError:
        assume(False)
    address = passage(cite)
    assert address.isascii()
    assert address.isprintable()
    assert not set(address) & set(" \"'<>()[]{}|\\^`")
    assert address.startswith("https://pubmed.ncbi.nlm.nih.gov/111/")
    if section == "abstract":
        assert [unquote(end_) for end_ in address.split("#:~:text=")[1].split(",")] == [start, end]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Guideline:
    """The small valid guideline."""
    folder = tmp_path_factory.mktemp("fuzz")
    shutil.copytree(BASE / "content", folder / "content")
    guideline, problems = read(folder)
    assert guideline is not None
    assert problems == []
    return guideline


# What `yaml_source` refuses in every text is left out.
CHARACTERS = st.one_of(
    st.sampled_from("<>&\"'*_`|#$@{}[]()=+-;:%\\~^!/. ab,19"),
    st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")),
)
TEXTS = st.text(alphabet=CHARACTERS, min_size=1, max_size=30)


def with_texts(base: Guideline, title: str, label: str) -> Guideline:
    """Return the guideline with a title and a label wherever their like is shown; ValidationError where one is not."""
    fields: dict[str, Any] = {"title": title, "journal": label, "authors": (label, "Abel A"), "volume": label}
    fields |= {"issue": label, "pages": label}
    record = base.records["adverse-events/renal"]
    renamed = type(record).model_validate({**dict(record), "name": label, "also_known_as": (label, f"A {label}")})
    node = base.pathway.nodes["stop"].model_copy(update={"label": label})
    pathway = base.pathway.model_copy(update={"nodes": {**base.pathway.nodes, "stop": node}})
    return replace(
        base,
        records={**base.records, "adverse-events/renal": renamed},
        references={**base.references, "111": Reference.model_validate({**dict(base.references["111"]), **fields})},
        pending={"awaited": base.pending["awaited"].model_copy(update={"label": title, "journal": label})},
        pathway=pathway,
    )


@pytest.mark.slow
@examples(60, suppress_health_check=[HealthCheck.filter_too_much])
@given(TEXTS, TEXTS)
def test_any_title_and_label_that_is_admitted_is_rendered_and_read_back(
    base: Guideline, title: str, label: str
) -> None:
    try:
        guideline = with_texts(base, title, label)
    except ValidationError:
        assume(False)
    pages = render_pages(guideline, {})
    assert PurePosixPath("references/111.md") in pages
    assert not [path for path, text in pages.items() if re.search("<[A-Za-z!?/]", title) and title in text]

    files = {path.name: text for path, text in render_exports(guideline).items()}
    data = json.loads(files["guideline.json"])
    assert data["references"]["111"]["title"] == title
    assert data["records"]["adverse-events/renal"]["also_known_as"] == [label, f"A {label}"]
    assert data["pathway"]["nodes"]["stop"]["label"] == label
    assert json.loads(files["references.csl.json"])[0]["title"] == title

    row = next(csv.DictReader(io.StringIO(files["references.csv"], newline="")))
    assert unguarded(row["title"]) == unguarded(title)
    assert unguarded(row["journal"]) == unguarded(label)
    assert not row["title"].startswith(("=", "+", "-", "@"))
    assert files["references.ris"].count("\r\nER  - \r\n") == len(guideline.references)
