"""Every state of a source, a citation or a claim reaches every output: a table of how often each is named where.

`UPDATE_GOLDEN=1` writes the table anew; it is read by a person before it is committed. What must hold of it whatever it
says is asserted beside it: whoever names the retracted source says that it is retracted, and so on.
"""

import csv
import io
import os
import re
import shutil
from html import unescape

import pytest
from cases import TESTS, as_text
from click.testing import CliRunner
from pypdf import PdfReader

from generator.cli import all_rules, main, read
from generator.facts.claims import claims_of
from generator.facts.marks import MARKS
from generator.guideline import Guideline
from generator.render import render
from generator.render.book.typesetting import printings
from generator.render.data.tables import tables_of
from generator.review.formats import to_html, to_json, to_markdown, to_text
from generator.review.report import make_report

TABLE = TESTS / "states.txt"
RETRACTED, CONCERN, IN_PART = "111", "222", "333"  # PMIDs; the last is corrected too
OLD = "practice/dosing#usual"  # superseded by the claim on response
WORDS = {**MARKS, "superseded": "uperseded", "supersedes": "upersedes", "in part": "part of the abstract"}
WORDS |= {"not counted": "retracted, not counted", "as of": "as of 1999", "sic": "so in the source"}
WORDS |= {"indirect": "indirect: another disease", "not known": "not known"}
LIMITED = {
    "indications/pemphigus#no-response": ("comparator", "as of"),
    "adverse-events/renal#rare": ("disease",),
    OLD: ("product",),
    "mechanisms/receptors#proposed": ("class",),
    "mechanisms/receptors#unknown": ("sic",),
}
"""What limits each claim, by the names of the words."""

EDITS = {
    "references/111.yaml": [("state: unchecked, checked_on: null", "state: retracted, checked_on: 2026-01-01")],
    "references/222.yaml": [("state: unchecked, checked_on: null", "state: concern, checked_on: 2026-01-01")],
    "vocabulary.yaml": [
        (
            "    abstract: {",
            "    abstract-part: {name: Part of the abstract, meaning: It broke., means: [in-part]}\n    abstract: {",
        ),
    ],
    "indications/pemphigus.yaml": [
        (
            "claims:\n",
            "answers:\n  effect:\n    text: Of 10 patients, 8 responded.\n    direction: either-way\n"
            "    rests_on:\n      - indications/pemphigus#response\n"
            "      - {claim: mechanisms/receptors#proposed, indirect: disease}\n"
            "    otherwise: [indications/pemphigus#no-response]\n"
            f"not_known: [{{questions: [place], because: Nobody says., beside: [{OLD}]}}]\nclaims:\n",
        ),
        (
            "to: eight responded}",
            "to: eight responded}\n"
            '      - {pmid: "222", from: Renal failure, to: was rarely seen, bearing: qualifies}\n'
            '      - {pmid: "333", from: Nobody in, to: responded, bearing: contradicts}',
        ),
        ("    population: [adults]\n", f"    population: [adults]\n    supersedes: [{OLD}]\n"),
        ("  no-response:\n", "  no-response:\n    subject: comparator\n    as_of: 1999\n"),
    ],
    "adverse-events/renal.yaml": [
        (
            "claims:\n",
            "answers:\n  frequency:\n    text: Renal failure was rare.\n"
            "    rests_on: [adverse-events/renal#rare]\nclaims:\n",
        ),
        ("  rare:\n", "  rare:\n    subject: disease\n"),
    ],
    "practice/dosing.yaml": [
        ("claims:\n", f"not_known: [{{questions: [steps, basis], because: Nobody says., beside: [{OLD}]}}]\nclaims:\n"),
        ("  usual:\n", "  usual:\n    subject: product\n"),
        ("to: per cycle}", 'to: per cycle}\n      - {pmid: "333", from: Everybody had, to: a dose}'),
    ],
    "mechanisms/receptors.yaml": [
        ("  proposed:\n", "  proposed:\n    subject: class\n"),
        (
            "to: as the target}",
            'to: as the target}\n      - {pmid: "333", from: Everybody had, to: a dose}\n\n'
            "  unknown:\n    kind: evidence-gap\n    sic: The figure and the text differ.\n"
            "    text: The target may be unknown.\n    cites:\n"
            '      - {pmid: "333", from: Nobody in, to: responded}\n'
            '      - {pmid: "111", from: We propose, to: as the target}\n'
            '      - {pmid: "222", from: Renal failure, to: was rarely seen}',
        ),
    ],
    "changes/1.0.0.json": [
        (
            '"changes": []',
            '"changes": [{"kind": "claim-added", "impact": "dose", "where": "practice/dosing#usual", "title": "Dosing",'
            ' "before": "", "after": "A dose.", "notes": [], "pmids": ["111", "222", "333"]}]',
        )
    ],
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Guideline:
    """The small guideline of the tests with every state in it, read from files, its passages locked."""
    project = tmp_path_factory.mktemp("states") / "project"
    shutil.copytree(TESTS / "base/content", project / "content")
    shutil.copytree(TESTS / "texts", project.parent / "texts")
    (project.parent / "texts/333.txt").write_text("Everybody had a dose. Nobody in the group responded.", "utf-8")
    source = (project / "content/references/111.yaml").read_text("utf-8")
    third = source.replace("111", "333").replace("read: abstract", "read: abstract-part").replace("rct", "cohort")
    third = third.replace("state: unchecked, checked_on: null", "state: corrected, checked_on: 2026-01-01")
    (project / "content/references/333.yaml").write_text(third, "utf-8")
    for name, edits in EDITS.items():
        file = project / "content" / name
        for old, new in edits:
            text = file.read_text("utf-8")
            assert old in text, (name, old)
            file.write_text(text.replace(old, new, 1), "utf-8")
    locked = CliRunner().invoke(main, ["--project", str(project), "lock", "--texts", str(project.parent / "texts")])
    assert locked.exit_code == 0, locked.output
    guideline, problems = read(project)
    assert guideline is not None
    assert problems == []
    return guideline


@pytest.fixture(scope="module")
def outputs(small: Guideline) -> dict[str, str]:
    """Every output as the text that a reader or a program meets, by its path; what a browser copies beside it."""
    texts = {}
    for path, content in render(small, all_rules()).items():
        texts[str(path)] = unescape(as_text(content)).replace("\u00a0", " ")
    for path, printing in printings(small):
        pages = PdfReader(io.BytesIO(printing.typeset())).pages
        texts[str(path)] = " ".join(" ".join(page.extract_text() for page in pages).split())
    copied = [
        unescape(text)
        for path, text in sorted(texts.items())
        if path.endswith(".md")
        for text in re.findall(r'data-quotation="([^"]*)"', text)
    ]
    texts["clipboard"] = "\n".join(copied)
    before, _ = read(TESTS / "base")
    report = make_report(before, small, ("a", "b"), ([], []))
    texts["review.md"], texts["review.html"] = unescape(to_markdown(report)), unescape(to_html(report, {}))
    return texts | {"review.txt": to_text(report), "review.json": to_json(report)}


def counted(text: str, word: str) -> int:
    return text.count(word) if word.isupper() else text.casefold().count(word.casefold())


def test_each_state_is_named_in_each_output_as_often_as_was_read(outputs: dict[str, str]) -> None:
    width = max(map(len, outputs))
    rows = [f"{'output':<{width}}  {'  '.join(WORDS)}"]
    for path, text in sorted(outputs.items()):
        numbers = (f"{counted(text, word):>{len(state)}}" for state, word in WORDS.items())
        rows.append(f"{path:<{width}}  {'  '.join(numbers)}")
    table = "\n".join(rows) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        TABLE.write_text(table, "utf-8")
    assert table == TABLE.read_text("utf-8")


WITHOUT_MEDICINE = (
    *("a-z.md", "format.md", "rules.md", "vocabulary.md", "index.md", "llms.txt", "robots.txt"),
    *("data/guideline.schema.json", "data/record.schema.json", "data/datapackage.json", "data/records.csv"),
    "data/codes.csv",
)
BARE = ("data/pathway.dot", "pathway-key/none-cited.md")  # labels of steps alone
NUMBERS = "data/pmids.txt"  # PMIDs alone, for programs that take nothing else and ask PubMed


@pytest.mark.parametrize(
    ("pmid", "word"),
    [
        (RETRACTED, WORDS["retracted"]),
        (CONCERN, WORDS["concern"]),
        (IN_PART, WORDS["in part"]),
        (IN_PART, WORDS["corrected"]),
    ],
)
def test_whoever_names_a_source_names_its_state(outputs: dict[str, str], pmid: str, word: str) -> None:
    naming = [path for path, text in outputs.items() if re.search(rf"(?<![\da-f]){pmid}(?![\da-f])", text)]
    assert len(naming) > 25
    assert [path for path in naming if not counted(outputs[path], word)] == [NUMBERS]


def test_no_output_is_without_a_state_but_those_that_name_no_source(outputs: dict[str, str]) -> None:
    bare = {path for path, text in outputs.items() if not any(counted(text, word) for word in WORDS.values())}
    indexes = {path for path in outputs if path.endswith("/index.md") and not path.startswith("references/")}
    assert bare <= {*WITHOUT_MEDICINE, *BARE, NUMBERS} | indexes, bare


def test_wherever_a_superseded_claim_is_shown_it_says_so(small: Guideline, outputs: dict[str, str]) -> None:
    text = small.claims[OLD].claim.text.rstrip(".")
    showing = [path for path, shown in outputs.items() if text in shown or OLD in shown]
    assert len(showing) > 10
    assert [path for path in showing if not re.search("[Ss]upersede[sd]", outputs[path])] == []


@pytest.mark.parametrize("id_", LIMITED)
def test_wherever_a_claim_is_shown_it_says_what_limits_it(id_: str, small: Guideline, outputs: dict[str, str]) -> None:
    """A step of the pathway names claims by where they stand; the index of changes and the feed quote old ones."""
    text = claims_of(small)[id_].plain_text.rstrip(".")
    words = [WORDS[name] for name in LIMITED[id_]]
    showing = [path for path, shown in outputs.items() if text in shown]
    assert len(showing) > 5
    assert [path for path in showing if not all(counted(outputs[path], word) for word in words)] == []


@pytest.mark.parametrize("table", ["numbers", "doses", "support"])
def test_a_table_that_names_no_source_tells_the_states_of_the_sources(small: Guideline, table: str) -> None:
    rows = list(csv.DictReader(tables_of(small)[table].csv.removeprefix("\ufeff").splitlines()))
    assert rows
    for row in rows:
        facts = claims_of(small)[row["claim"]]
        assert set(row["marks"].split(", ") if row["marks"] else ()) >= {
            state for cite in facts.citations for state in cite.states
        }, row


def test_a_retracted_source_counts_neither_for_level_nor_for_number(small: Guideline, outputs: dict[str, str]) -> None:
    usual = claims_of(small)[OLD]
    assert usual.strength_label == "Observational study · 1 source · 1 retracted, not counted"
    assert "Randomised trial | 1" not in outputs["evidence.md"]
    assert "1 of them retracted, not counted" in outputs["evidence.md"]


def test_a_claim_on_retracted_sources_alone_has_no_strength(small: Guideline) -> None:
    from dataclasses import replace

    retracted = small.references[RETRACTED].retraction
    references = {
        pmid: reference.model_copy(update={"retraction": retracted}) for pmid, reference in small.references.items()
    }
    facts = claims_of(replace(small, references=references))[OLD]
    assert facts.strength is None
    assert facts.strength_label == facts.level_name == "No supporting source that counts"
