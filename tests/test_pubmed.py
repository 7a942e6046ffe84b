"""The commands that ask PubMed and doi.org, against a server of our own on the loopback address."""

import datetime
import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cases import apply_case
from click.testing import CliRunner, Result
from ncbi import ESUMMARY, Reply, World

from generator import addresses, web
from generator.cli import main, outside, texts
from generator.guideline import Guideline
from generator.pubmed.differences import MAX_TOLD, compare_reference, retraction_state, set_retraction
from generator.pubmed.entrez import INTERVAL, Entrez
from generator.pubmed.summaries import fetch_summaries

FILE_111 = "content/references/111.yaml"
PENDING_DOI = "    doi: 10.1000/awaited\n"


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the commands would have slept."""
    slept: list[float] = []
    for room in (outside, texts):
        monkeypatch.setattr(room, "sleep", slept.append)
    return slept


@pytest.fixture
def project(tmp_path: Path) -> Path:
    apply_case({"edit": "content/pending.yaml", "replace": PENDING_DOI, "with": ""}, tmp_path)
    return tmp_path


@pytest.fixture
def run(project: Path, world: World, naps: list[float]) -> Callable[..., Result]:
    def invoke(command: str, *options: str) -> Result:
        return CliRunner().invoke(main, ["--project", str(project), command, "--server", world.address, *options])

    return invoke


def summary(pmid: str, **changes: Any) -> dict[str, Any]:
    """Return what ESummary says of a reference of the base guideline, with some fields changed."""
    known = {
        "uid": pmid,
        "pubdate": "2020 Jan 6",
        "epubdate": "2019 Dec 1",
        "source": f"J {pmid}",
        "authors": [{"name": name, "authtype": "Author", "clusterid": ""} for name in ("Abel A", "Baker B")],
        "title": f"Source {pmid}.",
        "volume": "1",
        "issue": "",
        "pages": "1-2",
        "pubtype": ["Journal Article"],
        "articleids": [
            {"idtype": "pubmed", "idtypen": 1, "value": pmid},
            {"idtype": "doi", "idtypen": 3, "value": f"10.1000/{pmid}"},
        ],
        "references": [],
        "pmcrefcount": "",
        "fulljournalname": f"Journal {pmid}",
    }
    return known | changes


def ids(**values: str) -> dict[str, list[dict[str, str]]]:
    return {"articleids": [{"idtype": kind, "value": value} for kind, value in values.items()]}


def authors(*names: str) -> dict[str, list[dict[str, str]]]:
    return {"authors": [{"name": name, "authtype": "Author", "clusterid": ""} for name in names]}


def notice(kind: str, pmid: int = 333) -> dict[str, list[dict[str, Any]]]:
    return {"references": [{"refsource": "J. 2021;1:1", "reftype": kind, "pmid": pmid, "note": ""}]}


def set_study(project: Path, *pmids: str) -> None:
    for pmid in pmids:
        file = project / f"content/references/{pmid}.yaml"
        file.write_text(file.read_text("utf-8") + "study: lamp\n", "utf-8")


def mark_checked(project: Path) -> None:
    for pmid in ("111", "222"):
        file = project / f"content/references/{pmid}.yaml"
        text = file.read_text("utf-8")
        assert "state: unchecked, checked_on: null" in text
        file.write_text(text.replace("unchecked, checked_on: null", "none-found, checked_on: 2026-01-01"), "utf-8")


# sources


def test_equal_records_differ_in_nothing(run: Callable[..., Result], world: World, project: Path) -> None:
    mark_checked(project)
    world.knows(summary("111", title="SOURCE &lt;i&gt;111&lt;/i&gt;."), summary("222", pages="1-2; discussion 3-4"))
    result = run("sources")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "2 references, 0 differences\n")


def test_the_request_is_as_the_documentation_asks(run: Callable[..., Result], world: World, naps: list[float]) -> None:
    world.knows(summary("111"), summary("222"))
    run("sources")
    query = {"db": ["pubmed"], "retmode": ["json"], "tool": [web.TOOL], "id": ["111,222"]}
    assert [parse_qs(urlsplit(asked).query) for asked in world.asked] == [query]
    assert naps == [INTERVAL]


def test_many_pmids_are_asked_in_batches(world: World, naps: list[float]) -> None:
    world.knows(summary("7"))
    pmids = [str(number) for number in range(1, 452)]
    assert list(fetch_summaries(pmids, Entrez(world.address, naps.append))) == ["7"]
    assert [len(parse_qs(urlsplit(asked).query)["id"][0].split(",")) for asked in world.asked] == [200, 200, 51]
    assert naps == [INTERVAL] * 3


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"title": "Another"}, ":1 title: 'Source 111' here, 'Another' in PubMed"),
        (
            {"source": "Blood", "fulljournalname": "Blood"},
            ":3 journal: 'Journal 111' here, 'Blood' in PubMed",
        ),
        ({"pubdate": "1999 Jul-Aug"}, ":4 year: '2020' here, '1999' in PubMed"),
        ({"volume": "12"}, ":5 volume: '1' here, '12' in PubMed"),
        ({"issue": "3"}, ":6 issue: could be filled: PubMed has '3'"),
        ({"pages": "1-9"}, ":7 pages: '1-2' here, '1-9' in PubMed"),
        (ids(doi="10.1000/other"), ":8 doi: '10.1000/111' here, '10.1000/other' in PubMed"),
        (ids(pmc="PMC5122160"), ":9 pmcid: could be filled: PubMed has 'PMC5122160'"),
        (
            {"pubtype": ["Journal Article", "Retracted Publication"]},
            ":14 retraction: 'none-found' here, 'retracted' in PubMed",
        ),
        (authors("Zeta Z", "Baker B"), ":2 authors: 'Abel A, Baker B' here, 'Zeta Z, Baker B' in PubMed"),
        (authors("Baker B", "Abel A"), ":2 authors: 'Abel A, Baker B' here, 'Baker B, Abel A' in PubMed"),
        (authors("Abel A"), ":2 authors: 'Abel A, Baker B' here, 'Abel A' in PubMed"),
        (
            {"pubtype": ["Retraction of Publication"]},
            ":14 retraction: the source is itself a notice: PubMed calls it Retraction of Publication",
        ),
        (
            {"pubtype": ["Expression of Concern"]},
            ":14 retraction: the source is itself a notice: PubMed calls it Expression of Concern",
        ),
        (
            {"pubtype": ["Published Erratum"]},
            ":14 retraction: the source is itself a notice: PubMed calls it Published Erratum",
        ),
        (
            {"pubtype": ["Journal Article", "Duplicate Publication"]},
            ":1 pmid: PubMed calls it a Duplicate Publication: cite the first one, or name its `study`",
        ),
        ({"error": "cannot get document summary"}, ":1 pmid: PubMed does not know PMID 111"),
        (ids(pubmed="333"), ":1 pmid: PubMed answers with another record, PMID '333': merged?"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-",
)
def test_a_difference_is_one_line_and_exits_with_1(
    changes: dict[str, Any], line: str, run: Callable[..., Result], world: World, project: Path
) -> None:
    mark_checked(project)
    world.knows(summary("111", **changes), summary("222", **notice("Comment in")))
    result = run("sources")
    assert (result.exit_code, result.stdout) == (1, FILE_111 + line + "\n")


@pytest.mark.parametrize(
    ("kinds", "types", "state"),
    [
        (("Erratum in", "Expression of concern in"), (), "concern"),
        (("Expression of concern in", "Erratum in"), (), "concern"),
        (("Erratum in", "Retraction in", "Expression of concern in"), (), "retracted"),
        (("Erratum in", "Comment in"), ("Retracted Publication",), "retracted"),
    ],
)
def test_of_several_notices_the_gravest_counts_in_whichever_order(
    kinds: tuple[str, ...], types: tuple[str, ...], state: str, world: World
) -> None:
    several = {"references": [each for kind in kinds for each in notice(kind)["references"]]}
    world.knows(summary("111", pubtype=["Journal Article", *types], **several))
    found = fetch_summaries(["111"], Entrez(world.address, lambda seconds: None))["111"]
    assert retraction_state(found) == state


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("Erratum in", "corrected"),
        ("Corrected and republished in", "corrected"),
        ("Update in", "corrected"),
        ("Partial retraction in", "concern"),
        ("Expression of concern in", "concern"),
        ("Retraction in", "retracted"),
        ("Retracted and republished in", "retracted"),
    ],
)
def test_a_notice_that_changes_what_a_paper_says_is_told_until_it_is_recorded(
    kind: str, state: str, run: Callable[..., Result], world: World, project: Path
) -> None:
    mark_checked(project)
    world.knows(summary("111", **notice(kind)), summary("222", **notice("Comment in")))
    assert run("sources").stdout == (
        f"{FILE_111}:14 retraction: 'none-found' here, '{state}' in PubMed\n"
        f"{FILE_111}:14 retraction: not among its `notices`: '{kind}', PMID '333'\n"
    )
    file = project / FILE_111
    text = (
        file.read_text("utf-8")
        .replace("state: none-found", f"state: {state}")
        .replace("01-01}", '01-01, notices: ["333"]}')
    )
    file.write_text(text, "utf-8")
    assert run("sources").exit_code == 0
    assert "written" in run("sources", "--write-retraction").stderr
    assert file.read_text("utf-8").endswith(', notices: ["333"]}\n')


def test_a_notice_without_a_pmid_is_told_until_the_state_says_it(
    run: Callable[..., Result], world: World, project: Path
) -> None:
    mark_checked(project)
    without = {"references": [{"refsource": "J. 2021;1:1", "reftype": "Erratum in", "pmid": "", "note": ""}]}
    world.knows(summary("111", **without), summary("222"))
    assert "not among its `notices`: 'Erratum in', without a PMID" in run("sources").stdout
    file = project / FILE_111
    file.write_text(file.read_text("utf-8").replace("state: none-found", "state: corrected"), "utf-8")
    assert run("sources").exit_code == 0


@pytest.mark.parametrize(
    ("recorded", "line"),
    [
        ("authors: null", ":2 authors: could be filled: PubMed has 'Hall RP 3rd, Lamp Study Group'\n"),
        ("authors: [Hall R, Lamp study group]", ""),
        ("authors: [Hall RP 3rd]\nauthors_complete: false", ""),
        ("authors: [Hill RP 3rd]\nauthors_complete: false", ":2 authors: 'Hill RP 3rd' here, "),
    ],
)
def test_authors_are_compared_by_family_and_group_in_their_order(
    recorded: str, line: str, run: Callable[..., Result], world: World, project: Path
) -> None:
    mark_checked(project)
    file = project / FILE_111
    file.write_text(file.read_text("utf-8").replace("authors: [Abel A, Baker B]", recorded), "utf-8")
    world.knows(summary("111", **authors("Hall RP 3rd", "Lamp Study Group")), summary("222"))
    assert run("sources").stdout.startswith(f"{FILE_111}{line}" if line else "")
    assert bool(run("sources").stdout) == bool(line)


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        (["Abel A", "Zeta Z"], "from the 40. on 'Omega O' here, 'Zeta Z' in PubMed"),
        (["Abel A"], "from the 40. on 'Omega O' here, '' in PubMed"),
        (["Abel A", "Omega O", "Zeta Z"], "from the 41. on '' here, 'Zeta Z' in PubMed"),
    ],
)
def test_of_a_long_list_of_authors_those_that_differ_are_told(
    theirs: list[str], told: str, run: Callable[..., Result], world: World, project: Path
) -> None:
    mark_checked(project)
    long = [f"Name{chr(97 + number % 26) * 9} A" for number in range(38)]
    file = project / FILE_111
    recorded = f"authors: [{', '.join([*long, 'Abel A', 'Omega O'])}]"
    file.write_text(file.read_text("utf-8").replace("authors: [Abel A, Baker B]", recorded), "utf-8")
    world.knows(summary("111", **authors(*long, *theirs)), summary("222"))
    assert run("sources").stdout == f"{FILE_111}:2 authors: {told}\n"


@pytest.mark.parametrize("kind", ["Republished from", "Update of", "Corrected and republished from"])
def test_two_references_that_pubmed_links_as_one_paper_are_told_until_they_count_once(
    kind: str, run: Callable[..., Result], world: World, project: Path
) -> None:
    mark_checked(project)
    world.knows(summary("111"), summary("222", **notice(kind, 111)))
    file = "content/references/222.yaml"
    assert run("sources").stdout == (
        f"{file}:1 pmid: PubMed shows one paper with PMID 111 ('{kind}'): keep one, or give both the same `study`\n"
    )
    set_study(project, "222")
    assert run("sources").exit_code == 1
    set_study(project, "111")
    assert (run("sources").exit_code, run("sources").stdout) == (0, "")


def test_a_link_that_both_references_have_is_told_once(run: Callable[..., Result], world: World, project: Path) -> None:
    mark_checked(project)
    world.knows(summary("111", **notice("Republished in", 222)), summary("222", **notice("Republished from", 111)))
    result = run("sources")
    assert (result.exit_code, result.stdout.count("one paper"), result.stdout.count("\n")) == (1, 1, 1)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (ids(pubmed="222", doi="10.1000/111"), "the same DOI"),
        (ids(pubmed="222", doi="10.1000/222", pmc="PMC9"), "the same PMCID"),
        ({"title": "SOURCE 111"}, "the same title and year"),
    ],
    ids=["doi", "pmcid", "title"],
)
def test_two_references_that_are_one_paper_in_pubmed_are_told(
    changes: dict[str, Any], why: str, run: Callable[..., Result], world: World, project: Path
) -> None:
    mark_checked(project)
    first = ids(pubmed="111", doi="10.1000/111", pmc="PMC9")
    world.knows(summary("111", **first), summary("222", **changes))
    assert f"222.yaml:1 pmid: PubMed shows one paper with PMID 111 ({why})" in run("sources").stdout


def test_versions_that_are_no_references_and_other_links_join_nothing(
    run: Callable[..., Result], world: World, project: Path
) -> None:
    mark_checked(project)
    world.knows(summary("111", **notice("Republished in", 333)), summary("222", **notice("Comment on", 111)))
    assert (run("sources").exit_code, run("sources").stdout) == (0, "")


def test_a_hostile_number_of_notices_is_bounded_and_counted(
    run: Callable[..., Result], world: World, project: Path
) -> None:
    mark_checked(project)
    many = [{"refsource": "", "reftype": "Erratum in", "pmid": number, "note": ""} for number in range(1000, 6000)]
    world.knows(summary("111", references=many), summary("222"))
    result = run("sources")
    assert result.stdout.count("\n") == MAX_TOLD + 1
    assert result.stdout.endswith(f"{FILE_111}:1 and {5001 - MAX_TOLD} more\n")
    assert "5,001 differences" in result.stderr


def test_an_abbreviation_that_is_recorded_is_compared(run: Callable[..., Result], world: World, project: Path) -> None:
    mark_checked(project)
    file = project / FILE_111
    added = "journal: Journal 111\njournal_abbreviation: Jl 111\n"
    file.write_text(file.read_text("utf-8").replace("journal: Journal 111\n", added), "utf-8")
    world.knows(summary("111"), summary("222"))
    assert run("sources").stdout == f"{FILE_111}:4 journal_abbreviation: 'Jl 111' here, 'J 111' in PubMed\n"


def test_a_pmid_missing_in_the_answer_is_reported(run: Callable[..., Result], world: World, project: Path) -> None:
    mark_checked(project)
    world.knows(summary("222"))
    result = run("sources")
    assert (result.exit_code, result.stdout) == (1, f"{FILE_111}:1 pmid: PubMed does not know PMID 111\n")


@pytest.mark.parametrize(
    ("field", "ours", "theirs"),
    [
        ("title", "Failure with IVIG therapy--United States", "Failure with IVIG therapy—United States."),
        ("title", "α2,6-sialylated IgG4 & IgA", "α2,6-sialylated IgG&lt;sub&gt;4&lt;/sub&gt; &amp; IgA."),
        ("source", "J Am Acad Dermatol", "J Am Acad Dermatol"),
        ("fulljournalname", "British Journal of Dermatology", "The British journal of dermatology"),
        (
            "fulljournalname",
            "Clinical Reviews in Allergy and Immunology",
            "Clinical reviews in allergy &amp; immunology",
        ),
        ("fulljournalname", "The Lancet", "Lancet (London, England)"),
        ("fulljournalname", "QJM", "QJM : monthly journal of the Association of Physicians"),
        ("issue", "1 suppl", "1 Suppl"),
        ("pages", "518-521", "518-21"),
        ("pages", "S59-64", "S59-S64"),
        ("pages", "357.e29-38", "357.e29-e38"),
        ("pages", "97–100", "97-100; quiz 101-2"),
        ("doi", "10.1016/0002-9343(91)90010-U", "10.1016/0002-9343(91)90010-u"),
    ],
)
def test_the_same_written_otherwise_is_equal(
    field: str, ours: str, theirs: str, world: World, guideline: Guideline
) -> None:
    ours_key = {"source": "journal", "fulljournalname": "journal"}.get(field, field)
    unchanged = {"title": "T", "journal": "J", "year": 2020, "volume": "1", "issue": None, "pages": "1-2"}
    unchanged |= {"authors": ("Abel A", "Baker B"), "authors_complete": True}
    identified = {"doi": "10.1000/111", "pmcid": None}
    reference = next(iter(guideline.references.values())).model_copy(update={**unchanged, **identified, ours_key: ours})
    changes = ids(doi=theirs) if field == "doi" else {field: theirs}
    world.knows(summary("111", **{"title": "T", "source": "J"} | changes))
    found = fetch_summaries(["111"], Entrez(world.address, lambda seconds: None))["111"]
    differences = compare_reference("111", reference, found)
    assert [each for each in differences if each.field != "retraction"] == []


def test_pages_that_pubmed_does_not_have_are_told(run: Callable[..., Result], world: World, project: Path) -> None:
    mark_checked(project)
    file = project / FILE_111
    file.write_text(file.read_text("utf-8").replace("pages: 1-2", "pages: 1-2; 7-9"), "utf-8")
    world.knows(summary("111"), summary("222"))
    assert run("sources").stdout == f"{FILE_111}:7 pages: '1-2; 7-9' here, '1-2' in PubMed\n"


def test_what_pubmed_does_not_know_is_not_compared(run: Callable[..., Result], world: World, project: Path) -> None:
    mark_checked(project)
    world.knows(summary("111", volume="", pages="", pubdate="", articleids=[]), summary("222"))
    assert run("sources").exit_code == 0


# sources: answers that fail, and hostile ones


def test_a_busy_server_is_asked_again(run: Callable[..., Result], world: World, naps: list[float]) -> None:
    world.knows(summary("111"), summary("222"))
    world.replies[ESUMMARY].insert(0, Reply(429, b'{"error": "API rate limit exceeded"}'))
    world.replies[ESUMMARY].insert(1, Reply(503))
    result = run("sources")
    assert result.exit_code == 1
    assert result.stdout.count("could be filled: PubMed has 'none-found'") == 2
    assert naps == [INTERVAL, 1.0, 4.0]


def test_a_server_that_fails_for_ever_exits_with_2(run: Callable[..., Result], world: World) -> None:
    world.answers(ESUMMARY, Reply(500))
    result = run("sources")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "error: PubMed: no answer: it answers 500\n"
    assert len(world.asked) == 1 + len(web.PAUSES)


def test_a_refusal_is_not_repeated(run: Callable[..., Result], world: World) -> None:
    world.answers(ESUMMARY, Reply(400))
    assert run("sources").stderr == "error: PubMed: no answer: it answers 400\n"
    assert len(world.asked) == 1


def test_a_silent_server_exits_with_2(
    run: Callable[..., Result], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "TIMEOUT", 0.05)
    world.answers(ESUMMARY, Reply(silent=True))
    result = run("sources")
    assert result.exit_code == 2
    assert "PubMed: no answer: 'timed out'" in result.stderr


def test_no_server_exits_with_2(project: Path, naps: list[float]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    command = ["--project", str(project), "sources", "--server", f"http://127.0.0.1:{port}"]
    result = CliRunner().invoke(main, command, env={"no_proxy": "127.0.0.1"})
    assert result.exit_code == 2
    assert "error: PubMed: no answer: " in result.stderr


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<html>", "PubMed's answer is not JSON"),
        (b'{"result": ', "PubMed's answer is not JSON"),
        (b"[" * 200_000, "PubMed's answer is not JSON"),
        (b"\xff\xfe\x00", "PubMed's answer is not JSON"),
        (b"[]", "PubMed's answer holds no `result`"),
        (b'{"error": "no\\n::error::"}', "PubMed's answer holds no `result`: 'no\\n::error::'"),
        (b'{"result": {"111": []}}', "PubMed's answer for PMID 111 is no object"),
        (b'{"result": {"111": {}}}', "PubMed's answer for PMID 111: `articleids` is not a list"),
        (json.dumps({"result": {"111": summary("111", title=1)}}).encode(), "PMID 111: `title` is not text"),
        (json.dumps({"result": {"111": summary("111", pubtype=[1])}}).encode(), "PMID 111: `pubtype` is not text"),
        (json.dumps({"result": {"111": summary("111", references=[1])}}).encode(), "`reftype` is not text"),
    ],
    ids=range(11),
)
def test_an_answer_that_cannot_be_read_exits_with_2(
    body: bytes, message: str, run: Callable[..., Result], world: World
) -> None:
    world.answers(ESUMMARY, Reply(body=body))
    result = run("sources")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")
    assert result.stderr.endswith(f"{message}\n")


def test_an_answer_without_end_is_not_read_to_it(
    run: Callable[..., Result], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "MAX_BYTES", 4096)
    world.answers(ESUMMARY, Reply(body=b" " * 5000))
    result = run("sources")
    assert (result.exit_code, result.stderr) == (2, "error: PubMed: the answer is larger than 4 KiB\n")


def test_a_hostile_title_is_shown_escaped(run: Callable[..., Result], world: World, project: Path) -> None:
    mark_checked(project)
    title = "A\n::error::b\r##[add-matcher]c\x1b[31m\u202e\ud800" + "d" * 1000
    world.knows(summary("111", title=title), summary("222"))
    result = run("sources")
    assert result.exit_code == 1
    shown = r"'A\n::error::b\r#\u0023[add-matcher]c\x1b[31m\u202e\ud800" + "d" * 264 + "...'"
    assert result.stdout == f"{FILE_111}:1 title: 'Source 111' here, {shown} in PubMed\n"


# sources --write-retraction


def test_the_retraction_is_written_and_every_other_byte_kept(
    run: Callable[..., Result], world: World, project: Path
) -> None:
    first, second = (project / f"content/references/{pmid}.yaml" for pmid in ("111", "222"))
    first.write_bytes(first.read_bytes().replace(b"retraction:", b"# caf\xc3\xa9  \nretraction:"))
    second.write_bytes(
        second.read_bytes().replace(
            b"retraction: {state: unchecked, checked_on: null}",
            b"retraction:\n    state: unchecked\n    checked_on: null",
        )
    )
    before = first.read_bytes(), second.read_bytes()
    world.knows(summary("111", pubtype=["Retracted Publication"], title="Other"), summary("222"))
    result = run("sources", "--write-retraction")
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat().encode()
    assert result.exit_code == 1
    assert "2 files written" in result.stderr
    assert first.read_bytes() == before[0].replace(b"unchecked", b"retracted").replace(
        b"checked_on: null", b"checked_on: " + today
    )
    assert second.read_bytes() == before[1].replace(b"unchecked", b"none-found").replace(
        b"checked_on: null", b"checked_on: " + today
    )


def test_a_reference_that_another_process_changed_meanwhile_is_not_written_over(
    run: Callable[..., Result], world: World, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = (project / FILE_111).read_bytes() + b"# by another\n"
    untouched = (project / "content/references/222.yaml").read_bytes()

    def meanwhile(*arguments: Any) -> Any:
        (project / FILE_111).write_bytes(other)
        return set_retraction(*arguments)

    monkeypatch.setattr(outside, "set_retraction", meanwhile)
    world.knows(summary("111", pubtype=["Retracted Publication"]), summary("222"))
    result = run("sources", "--write-retraction")
    assert (result.exit_code, (project / FILE_111).read_bytes()) == (2, other)
    assert f"{FILE_111} was changed meanwhile by somebody else; nothing was written" in result.stderr
    assert (project / "content/references/222.yaml").read_bytes() == untouched


def test_every_reference_of_the_guideline_can_be_written(guideline: Guideline) -> None:
    root = Path(__file__).parent.parent
    for pmid in guideline.references:
        before = (root / guideline.files[f"references/{pmid}"]).read_bytes().splitlines()
        after = set_retraction(b"\n".join(before), "concern", datetime.date(2026, 1, 2)).splitlines()
        changed = [new for old, new in zip(before, after, strict=True) if old != new]
        assert changed == [b"retraction: {state: concern, checked_on: 2026-01-02}"]


@pytest.mark.parametrize("merged", [[], [summary("111", **ids(pubmed="333"))]], ids=["unknown", "merged"])
def test_what_pubmed_does_not_know_is_not_written(
    merged: list[dict[str, Any]], run: Callable[..., Result], world: World, project: Path
) -> None:
    before = (project / FILE_111).read_bytes()
    world.knows(*merged, summary("222"))
    assert "1 file written" in run("sources", "--write-retraction").stderr
    assert (project / FILE_111).read_bytes() == before


def test_a_graver_state_is_kept(run: Callable[..., Result], world: World, project: Path) -> None:
    file = project / FILE_111
    file.write_bytes(file.read_bytes().replace(b"unchecked, checked_on: null", b"concern, checked_on: 2026-01-01"))
    before = file.read_bytes()
    world.knows(summary("111"), summary("222"))
    result = run("sources", "--write-retraction")
    assert "retraction: 'concern' here, 'none-found' in PubMed" in result.stdout
    assert file.read_bytes() == before


def test_a_retraction_that_cannot_be_edited_stops_the_writing(
    run: Callable[..., Result], world: World, project: Path
) -> None:
    file = project / "content/references/222.yaml"
    file.write_bytes(file.read_bytes().replace(b"state: unchecked, checked_on: null", b"state: unchecked"))
    before = (project / FILE_111).read_bytes()
    world.knows(summary("111"), summary("222"))
    result = run("sources", "--write-retraction")
    assert result.exit_code == 2
    assert "error: content/references/222.yaml: write its retraction as `retraction: {state: " in result.stderr
    assert (project / FILE_111).read_bytes() == before


def test_sources_in_a_graver_state_than_recorded_are_listed(
    run: Callable[..., Result], world: World, project: Path, tmp_path: Path
) -> None:
    graver = tmp_path / "graver.txt"
    world.knows(summary("111", **notice("Expression of concern in")), summary("222", pubtype=["Retracted Publication"]))
    assert run("sources", "--graver", str(graver)).exit_code == 1
    assert graver.read_text() == "111 concern\n222 retracted\n"
    file = project / FILE_111
    known = file.read_text("utf-8").replace("unchecked, checked_on: null", "concern, checked_on: 2026-01-01")
    file.write_text(known, "utf-8")
    another = ids(pubmed="223") | {"pubtype": ["Retracted Publication"]}
    world.knows(summary("111", **notice("Expression of concern in")), summary("222", **another))
    run("sources", "--graver", str(graver))
    assert graver.read_text() == "", "what PubMed says of another record is not said of this one"
    graver.unlink()
    world.answers(ESUMMARY, Reply(500))
    run("sources", "--graver", str(graver))
    assert not graver.exists()


def test_nothing_is_written_without_an_answer(run: Callable[..., Result], world: World, project: Path) -> None:
    before = (project / FILE_111).read_bytes()
    world.answers(ESUMMARY, Reply(500))
    assert run("sources", "--write-retraction").exit_code == 2
    assert (project / FILE_111).read_bytes() == before


# addresses


def test_addresses_that_are_found_exit_with_0(run: Callable[..., Result], world: World, naps: list[float]) -> None:
    world.answers("/10.1000/111", Reply())
    world.answers("/10.1000/222", Reply(302, headers={"Location": "/landing page"}))
    world.answers("/landing%20page", Reply())
    result = run("addresses")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "2 of 2 addresses asked\n2 found, 0 lost, 0 not checked\n"
    assert world.asked == ["HEAD /10.1000/111", "HEAD /10.1000/222", "HEAD /landing%20page"]
    assert naps == [INTERVAL] * 2


@pytest.mark.parametrize("status", [404, 410])
def test_a_lost_address_is_reported(status: int, run: Callable[..., Result], world: World) -> None:
    world.answers("/10.1000/111", Reply(301, headers={"Location": f"{world.address}/moved"}))
    world.answers("/moved", Reply(status))
    world.answers("/10.1000/222", Reply())
    result = run("addresses")
    assert result.exit_code == 1
    assert result.stdout == f"{FILE_111}:8 doi: https://doi.org/10.1000/111: '127.0.0.1' answers {status}\n"


def test_the_doi_of_a_pending_source_is_asked(run: Callable[..., Result], world: World, project: Path) -> None:
    world.answers("/10.1000/111", Reply())
    world.answers("/10.1000/222", Reply())
    file = project / "content/pending.yaml"
    file.write_text(file.read_text("utf-8").replace("    reason:", f"{PENDING_DOI}    reason:"), "utf-8")
    result = run("addresses")
    line = "content/pending.yaml:4 doi: https://doi.org/10.1000/awaited: '127.0.0.1' answers 404\n"
    assert (result.exit_code, result.stdout) == (1, line)


def test_a_host_that_answers_only_get_is_asked_with_get(run: Callable[..., Result], world: World) -> None:
    world.answers("HEAD /10.1000/111", Reply(405))
    world.answers("GET /10.1000/111", Reply(body=b"x" * 100_000))
    world.answers("HEAD /10.1000/222", Reply(404))
    world.answers("GET /10.1000/222", Reply())
    assert run("addresses").exit_code == 0


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_refusal_is_counted_as_not_checked(status: int, run: Callable[..., Result], world: World) -> None:
    world.answers("/10.1000/111", Reply(status))
    world.answers("/10.1000/222", Reply())
    result = run("addresses")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "1 found, 0 lost, 1 not checked" in result.stderr


@pytest.mark.parametrize(
    "target", ["/10.1000/111", "file:///etc/passwd", "http://[", "http://127.0.0.1:1/", "http://127.0.0.1:x/"]
)
def test_a_redirection_to_nowhere_is_counted_as_not_checked(
    target: str, run: Callable[..., Result], world: World
) -> None:
    """In a circle, to a file, to no address, to a closed port."""
    world.answers("/10.1000/111", Reply(302, headers={"Location": target}))
    world.answers("/10.1000/222", Reply())
    result = run("addresses")
    assert result.exit_code == 0
    assert "1 found, 0 lost, 1 not checked" in result.stderr
    assert len(world.asked) <= 1 + 2 * addresses.MAX_HOPS


@pytest.fixture
def gone(monkeypatch: pytest.MonkeyPatch) -> str:
    """An address whose host no name server knows."""
    look_up = socket.getaddrinfo

    def answer(host: str, *arguments: Any, **options: Any) -> Any:
        if host == "gone.example":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    monkeypatch.setenv("no_proxy", "*")
    return "http://gone.example"


def test_a_host_that_does_not_exist_is_reported(run: Callable[..., Result], world: World, gone: str) -> None:
    world.answers("/10.1000/111", Reply(302, headers={"Location": gone}))
    world.answers("/10.1000/222", Reply())
    result = run("addresses")
    assert result.exit_code == 1
    assert "leads to 'gone.example', which does not exist" in result.stdout


def test_no_network_loses_no_address(run: Callable[..., Result], gone: str) -> None:
    result = run("addresses", "--server", gone)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "error: none of 2 addresses answered" in result.stderr


def test_silence_is_counted_as_not_checked(
    run: Callable[..., Result], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "TIMEOUT", 0.1)
    world.answers("/10.1000/111", Reply(silent=True))
    world.answers("/10.1000/222", Reply())
    result = run("addresses")
    assert result.exit_code == 0
    assert "1 found, 0 lost, 1 not checked" in result.stderr


def test_silence_of_all_exits_with_2(run: Callable[..., Result], world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "TIMEOUT", 0.1)
    for pmid in ("111", "222"):
        world.answers(f"/10.1000/{pmid}", Reply(silent=True))
    result = run("addresses")
    assert result.exit_code == 2
    assert "error: none of 2 addresses answered" in result.stderr


@pytest.mark.parametrize("command", ["sources", "addresses"])
def test_a_server_is_an_http_address(command: str, project: Path) -> None:
    result = CliRunner().invoke(main, ["--project", str(project), command, "--server", "file:///etc/passwd"])
    assert result.exit_code == 2
    assert "is not an http or https address" in result.stderr


def test_a_comment_without_a_pmid_is_no_notice(run: Callable[..., Result], world: World, project: Path) -> None:
    mark_checked(project)
    world.knows(
        summary("111", references=[{"refsource": "J", "reftype": "Comment in", "pmid": "", "note": ""}]), summary("222")
    )
    assert run("sources").exit_code == 0
