"""What `check` passes, `build` builds: unusual content in the small guideline, each either refused or rendered whole.

A variant is a list of changes and what `check` says of it: nothing, or the ids of the rules that refuse it. Whatever is
not refused is rendered: pages, data files, and the data of the handbook and of the ward sheets.
"""

import json
import re
from pathlib import Path, PurePosixPath

import pytest
from cases import all_sheets, apply_case, as_text, change, whole
from click.testing import CliRunner

from generator.cli import all_rules, main, read
from generator.render import render
from generator.render.book.content import book_data
from generator.render.book.sheets import pocket_data
from generator.render.book.typesetting import prepare_pocket, prepare_volume
from generator.review.formats import to_html, to_json, to_markdown
from generator.review.report import make_report
from generator.schema import make_schemas

pytestmark = pytest.mark.wide

PEMPHIGUS, RENAL, DOSING = "indications/pemphigus", "adverse-events/renal", "practice/dosing"


def record(id_: str, group: str, *claims: str, name: str = "Another", more: str = "") -> dict[str, str]:
    """A new record whose claims cite a passage that is locked already, each in words of its own."""
    text = f"name: {name}\n{more}group: {group}\nstanding: unreviewed\nclaims:\n"
    for claim in claims:
        word = f"{id_}-for-{claim}".replace("/", "-").translate(str.maketrans("0123456789", "abcdefghij"))
        text += (
            f"\n  {claim}:\n    kind: background\n    text: Seldom-{word} failure.\n"
            '    cites:\n      - {pmid: "222", from: Renal failure, to: was rarely seen}\n'
        )
    return {"write": f"content/{id_}.yaml", "content": text}


def edit(file: str, before: str, after: str) -> dict[str, str]:
    return {"edit": f"content/{file}.yaml", "replace": before, "with": after}


def branch(id_: str) -> dict[str, str]:
    return edit("pathway", "indications: [indications/pemphigus]", f"indications: [indications/pemphigus, {id_}]")


def claim_named(name: str) -> list[dict[str, str]]:
    return [edit(RENAL, "  rare:\n", f"  {name}:\n"), edit("pathway", "renal#rare", f"renal#{name}")]


def group_named(section: str, before: str, after: str, record_: str) -> list[dict[str, str]]:
    return [
        edit("vocabulary", f"    {before}: {{", f"    {after}: {{"),
        edit(record_, f"group: {before}", f"group: {after}"),
    ]


def locked(before: str, after: str) -> dict[str, str]:
    return {"edit": "content/passages.lock.json", "replace": before, "with": after}


NOTHING_SAID = '[{"signs": "", "quantities": []}]'
LOCKED_FOR_RENAL = ', "checked_on": "2026-11-29", "via": "text", "cited_by": ["adverse-events/renal#rare"]'
SUMMARY = "{type: summary, outcome: response, statistic: median, value: 8, unit: patients}"
RATE = "{type: rate, outcome: renal failure, percent: 0, unit: patients}"
PROPORTION = "{type: proportion, outcome: response, events: 8, of: 10, unit: patients}"
COMPARISON = "{type: comparison, outcome: response, measure: odds-ratio, "

CLEAN: dict[str, list[dict[str, str]]] = {
    "indication without branch": [record("indications/other", "bullous", "seen")],
    # names that fold together
    "record and claim joined are another record": [record("adverse-events/renal-rare", "kidney", "seen")],
    "two joins of two records": [
        record(f"{DOSING}-usual", "giving", "a-b"),
        record(f"{DOSING}-usual-a", "giving", "b"),
    ],
    "same name in another kind": [record("mechanisms/renal", "fc", "rare"), record("practice/renal", "giving", "rare")],
    "same title twice": [record("adverse-events/other", "kidney", "seen", name="Renal failure")],
    "titles that differ in case": [record("adverse-events/other", "kidney", "seen", name="RENAL FAILURE")],
    "synonym is the name of another": [
        record("adverse-events/other", "kidney", "seen", more="also_known_as: [Renal failure, Pemphigus]\n")
    ],
    "synonym in two cases": [record("adverse-events/other", "kidney", "seen", more="also_known_as: [x, X]\n")],
    # names of pages, anchors and reserved words
    "record named like a page": [record(f"practice/{name}", "giving", "seen") for name in ("about", "method", "data")],
    "record named like a kind": [record("indications/practice", "bullous", "seen"), branch("indications/practice")],
    "record of digits": [record("adverse-events/111", "kidney", "222")],
    "record named like a device": [record("adverse-events/con", "kidney", "nul")],
    "record named null": [record("adverse-events/null", "kidney", "seen")],
    "record with a long name": [record(f"adverse-events/{'long-' * 30}name", "kidney", "seen")],
    "title of 200 characters": [record("adverse-events/other", "kidney", "seen", name="W" * 200)],
    "title of one letter": [record("adverse-events/other", "kidney", "seen", name="Ω")],
    "title of digits": [record("adverse-events/other", "kidney", "seen", name="111")],
    "title that begins with a sign": [record("adverse-events/other", "kidney", "seen", name="'=1+1 # ! - x'")],
    "claims named like anchors and reserved words": [
        record(
            "adverse-events/other",
            "kidney",
            *(
                "top",
                "about",
                "sources",
                "references",
                "glance",
                "background",
                "frequency",
                "plot-rates",
                "kind",
                "true",
            ),
            *(
                "null",
                "1",
                "source-111",
                "ref-222",
                "node",
                "constructor",
                "proto",
                "passage",
                "answer",
                "index",
                "other",
            ),
        )
    ],
    # groups and vocabulary
    "groups of one name": [
        *group_named("adverse-event-groups", "kidney", "overview", RENAL),
        *group_named("practice-groups", "giving", "overview", DOSING),
    ],
    "group with the name of a record": group_named("adverse-event-groups", "kidney", "renal", RENAL),
    "group that nobody uses": [
        edit("vocabulary", "    kidney: {", "    unused: {name: U, meaning: U.}\n    kidney: {")
    ],
    "kind of claim that no table lists": [
        edit(
            "vocabulary",
            "    efficacy: {",
            "    curiosity: {name: Curious, meaning: C., impact: none}\n    efficacy: {",
        ),
        edit(RENAL, "kind: frequency", "kind: curiosity"),
    ],
    "design renamed": [
        edit("vocabulary", "    cohort: {", "    followed: {"),
        edit("references/222", "design: cohort", "design: followed"),
    ],
    "species renamed": [
        edit("vocabulary", "    human: {", "    people: {"),
        *[edit(f"references/{pmid}", "species: human", "species: people") for pmid in ("111", "222")],
    ],
    "denominator renamed": [
        edit("vocabulary", "    patients: {", "    people: {name: people, meaning: P.}\n    patients: {"),
        edit(PEMPHIGUS, "unit: patients", "unit: people"),
    ],
    "period of dosing renamed": [
        edit("vocabulary", "    cycle: {", "    round: {"),
        edit(DOSING, "per: cycle", "per: round"),
    ],
    "term shown as markup": [edit("vocabulary", "name: Kidney,", "name: '*_Kidney_* #1 $x$ @y',")],
    "population removed": [
        edit("vocabulary", "    adults: {name: Adults, meaning: Adults only.}", "    {}"),
        edit(PEMPHIGUS, "    population: [adults]\n", ""),
    ],
    # data that has little
    "comparison without arms": [edit(PEMPHIGUS, PROPORTION, f"{COMPARISON}value: 8}}")],
    "arms without numbers": [edit(PEMPHIGUS, PROPORTION, f"{COMPARISON}arms: [{{name: a}}, {{name: a}}]}}")],
    "empty arms": [edit(PEMPHIGUS, PROPORTION, f"{COMPARISON}value: 10, arms: []}}")],
    "interval of one point": [edit(PEMPHIGUS, PROPORTION, f"{COMPARISON}value: 8, ci: [8, 8]}}")],
    "summary alone": [edit(PEMPHIGUS, PROPORTION, SUMMARY)],
    "all of all": [edit(PEMPHIGUS, PROPORTION, PROPORTION.replace("events: 8", "events: 10"))],
    "percent with a bound": [
        edit(PEMPHIGUS, PROPORTION, PROPORTION.replace("events: 8, of: 10", "percent: '>10'")),
        edit(PEMPHIGUS, "Of 10 patients, 8 responded", "Over 10 % responded"),
        locked('["10 patients", "8"]', '["10 %"]'),
    ],
    "total that nobody knows": [
        edit(PEMPHIGUS, PROPORTION, PROPORTION.replace("of: 10", "of_unknown: The abstract gives no total"))
    ],
    "rate of none without counts": [
        edit(RENAL, "    text: Renal failure was rare", f"    data: {RATE}\n    text: Renal failure was rare, in 0 %"),
        # the figure that the passage would print
        locked('37b18", "words": 5, "figures": []', '37b18", "words": 5, "figures": ["0"]'),
        locked(NOTHING_SAID + LOCKED_FOR_RENAL, NOTHING_SAID.replace("[]", '["0 %"]') + LOCKED_FOR_RENAL),
    ],
    # what limits a claim, and what is shown elsewhere
    "claim about something else": [edit(RENAL, "    kind:", "    subject: disease\n    as_of: 1999\n    kind:")],
    "a source that cannot be right": [
        edit(RENAL, "    kind:", "    sic: '8 of 10 is not 90 %, #1 $x$ @y & all'\n    kind:")
    ],
    "claims shown elsewhere": [
        edit(
            DOSING, "group: giving", "group: giving\nshows: [adverse-events/renal#rare, mechanisms/receptors#proposed]"
        ),
        edit(RENAL, "group: kidney", f"group: kidney\nshows: [{DOSING}#usual]"),
    ],
    "part of a text": [edit(RENAL, "to: was rarely seen", "to: was rarely seen, part: results, bearing: qualifies")],
    "no list of signs": [{"delete": "content/signs.yaml"}],
    "no data at all": [edit(PEMPHIGUS, f"    data: {PROPORTION}\n", "")],
    "empty lists": [
        edit(PEMPHIGUS, "also_known_as: [PV]", "also_known_as: []"),
        edit(PEMPHIGUS, "population: [adults]", "population: []\n    supersedes: []"),
    ],
    "no pending sources": [
        {"write": "content/pending.yaml", "content": "sources: {}\n"},
        edit("searches", ", awaited]", "]"),
    ],
    "no searches": [{"write": "content/searches.yaml", "content": "searches: []\n"}],
    "no log of searches": [{"delete": "content/searches.yaml"}],
    "search of least": [
        {
            "write": "content/searches.yaml",
            "content": "searches: [{query: q, place: p, on: 2026-01-01, hits: null, for: [practice/dosing]}]\n",
        }
    ],
    "reference of least": [
        {
            "write": "content/references/222.yaml",
            "content": "title: T\njournal: J\ndesign: cohort\nspecies: human\nread: abstract\n"
            "retraction: {state: unchecked}\n",
        }
    ],
    "reference without authors": [edit("references/222", "authors: [Abel A, Baker B]", "authors: []")],
    "text of one link": [edit(RENAL, "Renal failure was rare.", '"[Renal failure](mechanisms/receptors#proposed)."')],
    "everything superseded": [
        edit(RENAL, "kind: frequency", "supersedes: [indications/pemphigus#no-response]\n    kind: frequency")
    ],
    # the pathway
    "pathway of one node": [
        {
            "write": "content/pathway.yaml",
            "content": "start: only\nstages:\n  s: {name: S}\nnodes:\n  only: {stage: s, kind: outcome, "
            "label: No cited evidence, indications: [indications/pemphigus], no_evidence: true}\n",
        }
    ],
    "node named like an anchor": [
        {
            "edit": "content/pathway.yaml",
            "replace": "  none-cited:\n",
            "with": "  table:\n",
        },
        edit("pathway", "another: none-cited", "another: table"),
    ],
    "stages of one name": [edit("pathway", "response: {name: Response}", "response: {name: Indication}")],
    "stages in another order": [
        edit("pathway", "  indication: {name: Indication}\n", ""),
        edit("pathway", "  response: {name: Response}\n", "  response: {name: Response}\n  indication: {name: I}\n"),
    ],
    "return to the start": [edit("pathway", "    return_to: judge", "    return_to: disease")],
    "labels of one text": [edit("pathway", "label: Stop", "label: Go on with the dose")],
}

REFUSED: dict[str, tuple[list[dict[str, str]], set[str]]] = {
    "record named index": ([record("indications/index", "bullous", "seen")], {"stray-file"}),
    "answer reserved": (claim_named("a--b"), {"id-form"}),
    "stage that no node has": (
        [edit("pathway", "response: {name: Response}", "response: {name: R}\n  x: {name: X}")],
        {"pathway-reachable"},
    ),
    "no claims": ([record("adverse-events/other", "kidney")], {"wrong-type"}),
    "no species means people": (
        [
            edit(
                "vocabulary",
                "    human: {name: Human, meaning: Patients., means: [people]}",
                "    human: {name: Human, meaning: P.}",
            ),
            edit("vocabulary", "meaning: Unstated., means: [people]}", "meaning: Unstated.}"),
        ],
        {"term-needed"},
    ),
}

TYPESET = (
    "record and claim joined are another record",
    "two joins of two records",
    "kind of claim that no table lists",
    "same title twice",
)
"""What could trip the handbook's own rules for labels and sections."""


def make(changes: list[dict[str, str]], project: Path) -> None:
    apply_case(changes[0], project)
    for further in changes[1:]:
        change(further, project)
    CliRunner().invoke(main, ["--project", str(project), "lock"])


@pytest.mark.parametrize("name", CLEAN)
def test_what_check_passes_is_rendered(name: str, tmp_path: Path) -> None:
    make(CLEAN[name], tmp_path)
    guideline, problems = read(tmp_path)
    assert guideline is not None
    assert list(map(str, problems)) == []
    pages = render(guideline, all_rules())
    assert json.dumps(book_data(guideline, "us-letter", whole(guideline)))
    assert json.dumps(pocket_data(guideline, "a4", all_sheets(guideline)))
    make_schemas(guideline)
    report = make_report(guideline, guideline, ("a", "b"), ([], []))
    assert to_markdown(report)
    assert to_html(report, {})
    assert to_json(report)
    for path, content in pages.items():
        ids = re.findall(r"\{ #([^ }]+)", content.decode("utf-8", errors="replace")) if path.suffix == ".md" else []
        assert len(ids) == len(set(ids)), (str(path), [id_ for id_ in ids if ids.count(id_) > 1])


@pytest.mark.parametrize("name", TYPESET)
def test_what_check_passes_is_typeset(name: str, tmp_path: Path) -> None:
    make(CLEAN[name], tmp_path)
    guideline, problems = read(tmp_path)
    assert problems == []
    assert guideline is not None
    assert prepare_volume(guideline, whole(guideline)).typeset().startswith(b"%PDF")
    assert prepare_pocket(guideline, all_sheets(guideline)).typeset().startswith(b"%PDF")


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_break_is_refused_at_its_place(name: str, tmp_path: Path) -> None:
    changes, rules = REFUSED[name]
    make(changes, tmp_path)
    _, problems = read(tmp_path)
    found = {problem.rule for problem in problems}
    assert rules <= found
    for problem in problems:
        assert (tmp_path / problem.place.file).is_file()
        assert problem.place.line >= 1


def test_a_disease_that_the_pathway_does_not_ask_about_is_said_so(tmp_path: Path) -> None:
    make(CLEAN["indication without branch"], tmp_path)
    guideline, problems = read(tmp_path)
    assert problems == []
    assert guideline is not None
    pages = {path: as_text(content) for path, content in render(guideline, {}).items()}
    words = "The pathway does not ask about this disease."
    assert words in pages[PurePosixPath("indications/other.md")]
    assert words not in pages[PurePosixPath("indications/pemphigus.md")]
    assert words not in pages[PurePosixPath("mechanisms/receptors.md")]
