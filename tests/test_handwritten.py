"""Hand-written pages: what a sentence is, which of them name the topic, and that none is approved by itself."""

from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from cases import apply_case
from click.testing import CliRunner

from generator.check import handwritten_page
from generator.cli import PROJECT, main, read
from generator.guideline import Guideline
from generator.handwritten import approvals, is_page, sentences_in

NOTHING = {"edit": "content/pending.yaml", "replace": "awaited", "with": "awaited"}


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two\nlines! Three?", [(1, "One."), (1, "Two lines!"), (2, "Three?")]),
        ("# Head { #id }\ntext *in* __pieces__ of snake_case", [(1, "Head"), (2, "text in pieces of snake_case")]),
        ("- a\n  b\n- c\n\n1. d", [(1, "a b"), (3, "c"), (5, "d")]),
        ('See [the\npage](x.md#y "a title"), [![alt](a.png)](b.md).', [(1, "See the page a title, alt.")]),
        ("a\n```sh\nmake x\nmake y\n```\nb", [(1, "a"), (3, "make x"), (4, "make y"), (6, "b")]),
        ("IV&#73;G IV<b></b>IG I\u00adVIG ＩＶＩＧ", [(1, "IVIG IVIG IVIG IVIG")]),
        ("| a | b |\n| --- | --- |\n| c | d |", [(1, "| a | b |"), (2, "| --- | --- |"), (3, "| c | d |")]),
        ("", []),
        ("\n\n", []),
    ],
)
def test_sentences_are_those_that_a_reader_sees(text: str, sentences: list[tuple[int, str]]) -> None:
    assert [(sentence.line, sentence.text) for sentence in sentences_in("docs/x.md", text)] == sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "IVIG cures pemphigus.",
        "ivig is safe.",
        "High-dose\nintravenous   immunoglobulins help.",
        "[Scleromyxedema](x.md) goes away.",
        "**Scler**omyxedema goes away.",
        "SJS/TEN needs it at once.",
    ],
)
@pytest.mark.parametrize("file", ["docs/about.md", "docs/decisions/yaml.md", "README.md"])
def test_medicine_on_a_real_page_is_a_problem(sentence: str, file: str, guideline: Guideline) -> None:
    pages = {**guideline.handwritten, file: f"{guideline.handwritten[file]}\n\n{sentence}\n"}
    found = list(handwritten_page.check(replace(guideline, handwritten=pages)))
    assert [problem.place.file for problem in found] == [file]
    assert found[0].place.line == guideline.handwritten[file].count("\n") + 3


@pytest.mark.parametrize("line", ["# {}", "site_name: {}", 'site_name: "{}"'])
def test_the_title_alone_in_a_line_needs_no_approval(line: str, guideline: Guideline) -> None:
    title = guideline.about.title
    assert "IVIG" in title
    for text, count in ((line.format(title), 0), (line.format(f"{title} helps"), 1)):
        pages = {"mkdocs.yml": f"{text}\n"}
        found = list(handwritten_page.check(replace(guideline, handwritten=pages, approved={})))
        assert len(found) == count, text


def test_a_word_changed_in_an_approved_sentence_is_read_again(guideline: Guideline) -> None:
    page = guideline.handwritten["docs/about.md"]
    changed = page.replace("diseases of the\nskin", "diseases\nof the skin", 1)
    assert not list(
        handwritten_page.check(replace(guideline, handwritten={**guideline.handwritten, "docs/about.md": changed}))
    )
    changed = page.replace("diseases of the\nskin", "cancers of the\nskin", 1)
    assert changed != page
    found = handwritten_page.check(replace(guideline, handwritten={**guideline.handwritten, "docs/about.md": changed}))
    assert sorted(problem.place.file for problem in found) == ["content/approved-sentences.yaml", "docs/about.md"]


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("README.md", True),
        ("mkdocs.yml", True),
        ("docs/about.md", True),
        ("docs/decisions/yaml.md", True),
        ("docs/.md", False),
        ("docs/assets/minisearch.js", False),
        ("other/README.md", False),
        ("SECURITY.md", False),
    ],
)
def test_which_files_are_pages(path: str, answer: bool) -> None:
    assert is_page(PurePosixPath(path)) is answer


def test_a_linked_page_and_a_linked_folder_are_refused(tmp_path: Path) -> None:
    apply_case(NOTHING, tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/x.md").write_text("Elixir cures.\n", "utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/x.md").symlink_to(tmp_path / "elsewhere/x.md")
    (tmp_path / "docs/folder").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "README.md").symlink_to("nowhere")
    found = {(problem.place.file, problem.rule) for problem in read(tmp_path)[1]}
    assert found == {(file, "page-form") for file in ("docs/x.md", "docs/folder", "README.md")}


def test_generated_pages_are_not_read(tmp_path: Path) -> None:
    apply_case(NOTHING, tmp_path)
    (tmp_path / "docs").mkdir()
    for name in ("index.md", "about.md"):
        (tmp_path / "docs" / name).write_text("Nothing here.\n", "utf-8")
    (tmp_path / "docs/.generated.json").write_text('["index.md"]', "utf-8")
    guideline, problems = read(tmp_path)
    assert problems == []
    assert guideline is not None
    assert list(guideline.handwritten) == ["docs/about.md"]


def test_a_page_that_is_too_large_is_refused(tmp_path: Path) -> None:
    apply_case(NOTHING, tmp_path)
    (tmp_path / "README.md").write_text("word " * 60_000, "utf-8")
    assert [problem.wrong for problem in read(tmp_path)[1]] == ["more than 262144 bytes"]


def test_approving_asks_a_person_for_the_reason(tmp_path: Path) -> None:
    apply_case(
        {"write": "docs/about.md", "content": "The elixir is what this is about.\n\nThe elixir: a name.\n"}, tmp_path
    )
    file = tmp_path / "content/approved-sentences.yaml"
    runner = CliRunner()
    printed = runner.invoke(main, ["--project", str(tmp_path), "approve-sentences"])
    assert printed.exit_code == 0
    assert not file.exists()
    written = runner.invoke(main, ["--project", str(tmp_path), "approve-sentences", "--write"])
    assert written.exit_code == 0
    assert file.read_text("utf-8") == printed.stdout
    assert {problem.rule for problem in read(tmp_path)[1]} == {"label-form"}
    again = runner.invoke(main, ["--project", str(tmp_path), "approve-sentences", "--write"])
    assert again.exit_code == 1  # or the reasons that are there would be lost with those that are not
    file.write_text(file.read_text("utf-8").replace('""', "Says what the site is about."), "utf-8")
    assert read(tmp_path)[1] == []
    fingerprint = read(tmp_path)[0].fingerprint
    (tmp_path / "docs/about.md").write_text("The elixir is what this is about.\n", "utf-8")
    assert [problem.rule for problem in read(tmp_path)[1]] == ["handwritten-page"]
    assert runner.invoke(main, ["--project", str(tmp_path), "approve-sentences", "--write"]).exit_code == 0
    assert file.read_text("utf-8").count("Says what the site is about.") == 1
    guideline, problems = read(tmp_path)
    assert problems == []
    assert guideline.fingerprint == fingerprint  # what is approved is not content


def test_the_list_is_as_it_is_written_and_names_no_way_to_call_the_program(guideline: Guideline) -> None:
    """It is kept, and whoever reads it may have the program installed or not."""
    written = approvals(guideline)
    assert written == (PROJECT / "content/approved-sentences.yaml").read_bytes()
    assert b"python -m generator approve" not in written
