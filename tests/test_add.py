"""`add`: the record of a source from PubMed, whole or not at all, whatever PubMed says."""

import datetime
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cases import TESTS, messages
from click.testing import CliRunner, Result
from ncbi import EFETCH, ESEARCH, Reply, World, answer, chapter, paper

from generator.cli import adding, main, texts
from generator.cli.common import read
from generator.cli.trying import try_files
from generator.yaml_source import read_yaml

FILE = "content/references/777.yaml"
TODAY = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
UNCITED = f"{FILE}:2: no claim cites PMID 777. Cite it in a claim, or delete the file. [reference-cited]"
NO_READ = f"{FILE}:22 read: is empty. Write one of the terms of `readings` in content/vocabulary.yaml. [id-form]"
Run = Callable[..., Result]
TRIAL = {
    "kinds": ("Journal Article", "Randomized Controlled Trial"),
    "headings": ("Lamps", "Humans"),
}


SAID = {
    "rct": "Randomized Controlled Trial",
    "meta-analysis": "Meta-Analysis",
    "systematic-review": "Systematic Review",
    "narrative-review": "Review",
    "human": "Humans",
}
"""How PubMed says some terms of the vocabulary."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(TESTS / "base/content", tmp_path / "project/content")
    vocabulary = tmp_path / "project/content/vocabulary.yaml"
    text = vocabulary.read_text("utf-8")
    for term, said in SAID.items():
        text, count = re.subn(rf"(?m)^(    {term}: {{.*)}}$", rf"\1, pubmed: [{said}]}}", text)
        assert count == 1
    vocabulary.write_text(text, "utf-8")
    return tmp_path / "project"


@pytest.fixture
def run(project: Path, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(texts, "sleep", lambda seconds: None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def invoke(*arguments: str) -> Result:
        command = ["--project", str(project), "add", "--server", world.address, *arguments]
        return CliRunner().invoke(main, command, catch_exceptions=False)

    return invoke


def snapshot(project: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}


# what is written


def test_what_another_process_added_meanwhile_is_not_written_over(
    run: Run, project: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = project / "content/references/777.yaml"

    def meanwhile(*arguments: Any) -> Any:
        tried = try_files(*arguments)
        file.write_text("of another", "utf-8")
        return tried

    world.holds({"777": paper("777", **TRIAL)})  # type: ignore[arg-type]
    monkeypatch.setattr(adding, "try_files", meanwhile)
    result = run("777")
    assert (result.exit_code, file.read_text("utf-8")) == (2, "of another")
    assert "777.yaml was changed meanwhile by somebody else; nothing was written" in result.stderr


def test_a_source_comes_in_filled_in(run: Run, project: Path, world: World, tmp_path: Path) -> None:
    world.holds(
        {
            "777": paper(
                "777",
                title='Lamps: "old" &amp; # new.',
                groups=("Lamp Study Group", "LAMP II"),
                pmc="PMC7",
                notices=[("ErratumIn", "888"), ("CommentIn", "889"), ("ErratumIn", "")],
                complete=False,
                **TRIAL,  # type: ignore[arg-type]
            )
        }
    )
    result = run("777")
    host = world.address.removeprefix("http://").replace(":", "%3A")
    text = tmp_path / f"cache/claimbook/pubmed/{host}/777.txt"
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[:5] == [
        f"{FILE}: written: 'Lamps: \"old\" & # new'",
        f"retraction: corrected on {TODAY}, notices: PMID 888",
        "to be confirmed: design: rct (PubMed says 'Randomized Controlled Trial'), "
        "species: human (PubMed says 'Humans')",
        "to be filled in: read",
        f"its text: {text}",
    ]
    assert text.read_text("utf-8") == 'Lamps: "old" & # new\nNone of the patients responded.\n'
    assert (project / FILE).read_text("utf-8").splitlines() == [
        "# yaml-language-server: $schema=../../docs/schema/reference.schema.json",
        'title: "Lamps: \\"old\\" & # new"',
        'authors: ["Abel A", "Baker BC Jr", "Lamp Study Group", "LAMP II"]',
        "authors_complete: false",
        'group_authors: ["LAMP II"]',
        'journal: "Journal of lamps"',
        'journal_abbreviation: "J Lamps"',
        "year: 2020",
        'volume: "12"',
        'issue: "3"',
        'pages: "77-84"',
        'doi: "10.1000/777"',
        'pmcid: "PMC7"',
        '# To be confirmed: PubMed says "Randomized Controlled Trial".',
        "design: rct",
        "synthesises: null",
        "study: null",
        '# To be confirmed: PubMed says "Humans".',
        "species: human",
        "participants: null",
        "# One of abstract, secondary-report.",
        "read:",
        f'retraction: {{state: corrected, checked_on: {TODAY}, notices: ["888"]}}',
    ]
    assert messages(project) == [NO_READ]


def test_what_is_to_be_filled_in_is_all_that_is_left_but_a_claim(run: Run, project: Path, world: World) -> None:
    world.holds({"777": paper("777", **TRIAL)})  # type: ignore[arg-type]
    assert run("777").exit_code == 0
    file = project / FILE
    file.write_text(file.read_text("utf-8").replace("\nread:\n", "\nread: abstract\n"), "utf-8")
    assert messages(project) == [UNCITED]


def test_without_a_publication_type_nothing_is_guessed(run: Run, project: Path, world: World) -> None:
    world.holds({"777": paper("777")})
    result = run("777")
    assert "to be confirmed" not in result.stdout
    assert "to be filled in: design, species, read\n" in result.stdout
    assert [line for line in (project / FILE).read_text("utf-8").splitlines() if line.endswith(":")] == [
        "design:",
        "species:",
        "read:",
    ]


def test_a_paper_without_a_design_comes_in_also_where_the_first_design_pools(
    run: Run, project: Path, world: World
) -> None:
    vocabulary = project / "content/vocabulary.yaml"
    text = vocabulary.read_text("utf-8")
    (pools,) = re.findall(r"(?m)^    meta-analysis: .*\n", text)
    text = text.replace(pools, "").replace("  designs:\n", f"  designs:\n{pools}")
    vocabulary.write_text(text, "utf-8")
    world.holds({"777": paper("777")})
    result = run("777")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "to be filled in: design, species, read\n" in result.stdout


def test_a_review_that_pools_has_to_say_what(run: Run, project: Path, world: World) -> None:
    world.holds({"777": paper("777", kinds=("Systematic Review", "Meta-Analysis"), headings=("Humans",))})
    result = run("777")
    assert "to be confirmed: design: meta-analysis (PubMed says 'Meta-Analysis')" in result.stdout
    assert "to be filled in: read, synthesises\n" in result.stdout
    assert "# One of randomised, unstated.\nsynthesises:\n" in (project / FILE).read_text("utf-8")


@pytest.mark.parametrize(
    ("kinds", "notices", "retraction"),
    [
        (("Journal Article",), [], "{state: none-found, checked_on: DAY}"),
        (("Retracted Publication",), [], "{state: retracted, checked_on: DAY}"),
        (("Journal Article",), [("RetractionIn", "9")], '{state: retracted, checked_on: DAY, notices: ["9"]}'),
        (("Journal Article",), [("ExpressionOfConcernIn", "9")], '{state: concern, checked_on: DAY, notices: ["9"]}'),
        (("Journal Article",), [("RetractionOf", "9"), ("CommentIn", "8")], "{state: none-found, checked_on: DAY}"),
    ],
)
def test_the_retraction_is_that_of_today(
    kinds: tuple[str, ...],
    notices: list[tuple[str, str]],
    retraction: str,
    run: Run,
    project: Path,
    world: World,
) -> None:
    world.holds({"777": paper("777", kinds=kinds, notices=notices)})
    assert run("777").exit_code == 0
    assert (project / FILE).read_text("utf-8").endswith(f"retraction: {retraction.replace('DAY', TODAY)}\n")
    written = read_yaml((project / FILE).read_bytes()).data["retraction"]
    assert written["checked_on"] == TODAY


# by DOI


@pytest.mark.parametrize(
    "typed",
    [
        *("10.1000/777", "10.1000/777 ", "doi:10.1000/777"),
        "https://doi.org/10.1000/777",
        "http://dx.doi.org/10.1000%2F777",
    ],
)
def test_a_doi_is_found_as_it_was_copied(typed: str, run: Run, project: Path, world: World) -> None:
    world.holds({"777": paper("777"), "999": paper("999")}, {'"10.1000/777"[doi]': ["999", "777"]})
    assert run(typed).exit_code == 0
    assert (project / FILE).is_file()


def test_a_doi_ignores_case(run: Run, project: Path, world: World) -> None:
    world.holds({"777": paper("777", doi="10.1000/ABC")}, {'"10.1000/abc"[doi]': ["777"]})
    assert run("10.1000/abc").exit_code == 0


@pytest.mark.parametrize(
    ("hits", "said"),
    [
        ([], "0 records of PubMed with this DOI\n"),
        (
            ["999"],
            "0 records of PubMed with this DOI; the search brought:\n  PMID 999: 'Lamps in pemphigus', 'J Lamps'",
        ),
        (["777", "778"], "2 records of PubMed with this DOI; the search brought:\n  PMID 777: "),
    ],
)
def test_a_doi_that_names_no_one_record_is_refused_and_the_hits_are_listed(
    hits: list[str], said: str, run: Run, project: Path, world: World
) -> None:
    papers = {"777": paper("777"), "778": paper("778", doi="10.1000/777"), "999": paper("999")}
    world.holds(papers, {'"10.1000/777"[doi]': hits})
    before = snapshot(project)
    result = run("10.1000/777")
    assert (result.exit_code, result.stdout, snapshot(project)) == (1, "", before)
    assert result.stderr.startswith(f"'10.1000/777': not added: {said}")


@pytest.mark.parametrize("typed", ["0", "PMC7", "10.1/x", "lamps", "10.1000/x\n::error::", "-", "../../etc", "777 888"])
def test_what_is_neither_is_wrong_usage(typed: str, run: Run, world: World) -> None:
    result = run("--", typed)
    assert result.exit_code == 2
    assert "is neither a PMID nor a DOI" in result.stderr
    assert not world.asked


# what is refused


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (paper("777", kinds=["Retraction of Publication"]), "it is itself a notice: PubMed calls it Retraction of"),
        (paper("777", kinds=["Published Erratum"]), "it is itself a notice: PubMed calls it Published Erratum"),
        (paper("777", kinds=["Expression of Concern"]), "it is itself a notice"),
        (paper("777", kinds=["Duplicate Publication"]), "PubMed calls it a Duplicate Publication"),
        (paper("777", notices=[("RepublishedFrom", "111")]), "one paper with PMID 111 ('Republished from')"),
        (paper("777", notices=[("UpdateOf", "111")]), "PubMed shows one paper with PMID 111 ('Update of')"),
        (paper("777", doi="10.1000/111"), "1 problem with it"),
        (paper("777", doi="10.1000/AWAITED"), "it waits in content/pending.yaml as `awaited`: `add --pending --write`"),
        (paper("777", title="Source 111."), "1 problem with it"),
        (paper("777", title=""), "its title in PubMed does not fit: ''"),
        (paper("777", title="x" * 501), "its title in PubMed does not fit: 'xxx"),
        (paper("777", title="\u041f\u0435\u043c"), "1 problem with it"),
        (paper("777", journal="", medline_ta=""), "its journal in PubMed does not fit: 'J. {Lamps}'"),
        (chapter("777", "Lamps", "They shine."), "it is a chapter of a book in PubMed"),
        (paper("778"), "PubMed has no record of PMID 777"),
        ("", "PubMed has no record of PMID 777"),
    ],
    ids=range(16),
)
def test_what_is_no_new_source_is_refused(xml: str, said: str, run: Run, project: Path, world: World) -> None:
    xml = xml.replace("J. Lamps", "J. {Lamps}")
    world.answers(EFETCH, Reply(body=answer(xml)))
    before = snapshot(project)
    result = run("777")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "'777': not added: " in result.stderr
    assert said in result.stderr
    assert snapshot(project) == before


@pytest.mark.parametrize("source", ["111", "10.1000/111", "https://doi.org/10.1000/222"])
def test_what_is_here_is_not_asked_for(source: str, run: Run, project: Path, world: World) -> None:
    before = snapshot(project)
    result = run(source)
    assert (result.exit_code, snapshot(project), world.asked) == (1, before, [])
    assert "it is here already" in result.stderr


def test_a_source_whose_file_cannot_be_read_is_here(run: Run, project: Path, world: World) -> None:
    (project / FILE).write_text("title: [", "utf-8")
    before = snapshot(project)
    result = run("777")
    assert (result.exit_code, snapshot(project), world.asked) == (1, before, [])
    assert f"it is here already: {FILE}" in result.stderr


def test_a_paper_that_waits_by_its_pmid_is_taken_in_from_there(run: Run, project: Path, world: World) -> None:
    pending = project / "content/pending.yaml"
    pending.write_text(pending.read_text("utf-8").replace("doi: 10.1000/awaited", 'pmid: "777"'), "utf-8")
    world.answers(EFETCH, Reply(body=answer(paper("777"))))
    result = run("777")
    assert result.exit_code == 1
    assert "it waits in content/pending.yaml as `awaited`: `add --pending --write`" in result.stderr
    assert not (project / FILE).exists()


@pytest.mark.parametrize("there", ["broken", "link", "folder"])
def test_nothing_is_overwritten(there: str, run: Run, project: Path, world: World, tmp_path: Path) -> None:
    world.holds({"777": paper("777")})
    if there == "broken":
        (project / FILE).write_text("{", "utf-8")
    elif there == "link":
        (project / FILE).symlink_to(tmp_path / "elsewhere")
    else:
        (project / "content/references").rename(tmp_path / "references")
        (project / "content/references").symlink_to(tmp_path / "references")
    before = snapshot(project)
    assert run("777").exit_code == 1
    assert snapshot(project) == before
    assert not (tmp_path / "elsewhere").exists()
    assert not (tmp_path / "references/777.yaml").exists()


@pytest.mark.parametrize(
    ("path", "reply"),
    [
        (ESEARCH, Reply(500)),
        (ESEARCH, Reply(body=b"<html>")),
        (ESEARCH, Reply(body=b'{"esearchresult": {"ERROR": "Search Backend failed", "idlist": []}}')),
        (ESEARCH, Reply(body=b'{"esearchresult": {"count": "0"}}')),
        (ESEARCH, Reply(body=b'{"esearchresult": {"idlist": ["../x"]}}')),
        (ESEARCH, Reply(body=b'{"esearchresult": {"idlist": {"1": 2}}}')),
        (ESEARCH, Reply(body=b'{"error": "API rate limit exceeded"}')),
        (EFETCH, Reply(body=b"<html>")),
        (EFETCH, Reply(429)),
    ],
    ids=range(9),
)
def test_without_an_answer_nothing_is_written(
    path: str, reply: Reply, run: Run, project: Path, world: World, tmp_path: Path
) -> None:
    world.holds({"777": paper("777")}, {'"10.1000/777"[doi]': ["777"]})
    world.answers(path, reply)
    before = snapshot(project)
    result = run("10.1000/777")
    assert (result.exit_code, result.stderr.startswith("error: PubMed")) == (2, True)
    assert result.stderr.endswith(". Without PubMed, `new reference PMID` begins the record.\n")
    assert snapshot(project) == before
    assert not (tmp_path / "cache").exists()


def test_a_search_that_brings_more_than_was_asked_for_is_cut(run: Run, world: World) -> None:
    ids = [str(number) for number in range(1000, 3000)]
    world.holds({}, {'"10.1000/777"[doi]': ids})
    assert run("10.1000/777").exit_code == 1
    assert len(world.forms[-1]["id"].split(",")) == 20


def test_a_cache_in_the_project_is_refused_before_anything_is_asked(run: Run, project: Path, world: World) -> None:
    result = run("777", "--cache", str(project / "cache"))
    assert (result.exit_code, world.asked) == (2, [])
    assert "is in the project" in result.stderr


# what is hostile


HOSTILE = [
    "Lamps &lt;script&gt;alert(1)&lt;/script&gt; x",
    "<i>Lamps</i> &amp;lt;img src=x onerror=alert(1)&amp;gt;",
    "Lamps\n::error::x\n##[add-matcher]/etc/passwd",
    "key: [a, b] # &amp;anchor *alias !tag | &gt;",
    "'single' \"double\" \\back\\ `tick` {{ 7*7 }} {% raw %} #{x} $(id)",
    "- a\n- b",
    "null",
    "2020",
    "~",
    "%YAML 1.1",
    "--- ...",
    "\u202egnp.x\u202c \ufeff\u00ad\u2066",
    "G\u0075\u0308rcan \u212b \ufb01",
    "x" * 500,
    "<![CDATA[]]><!-- --><sup><i>2</i></sup>",
]


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_title_is_text_or_is_refused(title: str, run: Run, project: Path, world: World) -> None:
    world.holds({"777": paper("777", title=title, abstract=[("", title)])})
    before = snapshot(project)
    result = run("777")
    assert result.exit_code in (0, 1)
    assert "##[" not in result.output
    assert "\n::" not in result.output
    if result.exit_code == 1:
        assert snapshot(project) == before
        return
    assert snapshot(project).keys() - before.keys() == {project / FILE}
    document = read_yaml((project / FILE).read_bytes())
    assert not document.refusals
    assert isinstance(document.data["title"], str)
    file = project / FILE
    text = file.read_text("utf-8")
    for key, term in (("design", "rct"), ("species", "human"), ("read", "abstract")):
        text = text.replace(f"\n{key}:\n", f"\n{key}: {term}\n")
    file.write_text(text, "utf-8")
    assert messages(project) == [UNCITED]


def test_hostile_fields_are_left_out_and_told(run: Run, project: Path, world: World) -> None:
    xml = paper(
        "777",
        authors=("Abel\u202e\x85 A", "{Baker} B", "C" * 300 + " C", "O'Neil-\u00d1andu O"),
        volume="1\n2: {x}",
        issue='"',
        pages="1" * 300,
        doi="https://doi.org/10.1000/x y",
        pmc="PMC7/../../x",
        date="<Year>99999</Year>",
    )
    world.holds({"777": xml})
    result = run("777")
    assert result.exit_code == 0
    told = [line for line in result.stdout.splitlines() if line.startswith("left out: ")]
    assert len(told) == 7
    assert all(len(line) < 400 for line in told)
    data = read_yaml((project / FILE).read_bytes()).data
    assert data["authors"] == ("Abel A", "O'Neil-\u00d1andu O")
    assert data["authors_complete"] is False
    assert [data[key] for key in ("volume", "issue", "pages", "doi", "pmcid", "year")] == [None] * 6


def test_more_than_a_file_holds_is_refused(run: Run, project: Path, world: World) -> None:
    world.holds({"777": paper("777", authors=[f"{'Abel' * 40}{number} A" for number in range(2_000)])})
    before = snapshot(project)
    result = run("777")
    assert (result.exit_code, snapshot(project)) == (1, before)
    assert "[yaml-size]" in result.stderr


def test_the_guess_is_of_the_vocabulary_and_of_no_code(run: Run, project: Path, world: World) -> None:
    vocabulary = project / "content/vocabulary.yaml"
    text = vocabulary.read_text("utf-8").replace("pubmed: [Review]", "pubmed: [Review, Lamp Lecture]")
    vocabulary.write_text(text, "utf-8")
    world.holds({"777": paper("777", kinds=["Lamp Lecture"])})
    assert "design: narrative-review (PubMed says 'Lamp Lecture')" in run("777").stdout
    guideline, _ = read(project)
    assert guideline is not None
    assert json.dumps(list(guideline.term("designs", "narrative-review").pubmed)) == '["Review", "Lamp Lecture"]'
