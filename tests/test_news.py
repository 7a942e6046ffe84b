"""The weekly search for new papers: what is asked of PubMed, what is left out, and how the rest is told."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml
from cases import apply_case
from click.testing import CliRunner, Result
from ncbi import ESEARCH, Reply, World
from test_pubmed import ids, summary

from generator.cli import main, read, texts
from generator.facts.relevance import relevant
from generator.guideline import Guideline
from generator.pubmed.watch import MOST, PAGE
from generator.review.formats import MAX_COMMENT
from generator.review.news import News, Paper, to_issue

QUERY = "elixir[Title] OR lamp"
TODAY = datetime.now(tz=UTC).date()


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(texts, "sleep", lambda _: None)
    with World() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.over.set()
        server.shutdown()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    watch = f"watch: {{query: '{QUERY}'}}\nanswers_required: false"
    apply_case({"edit": "content/profile.yaml", "replace": "answers_required: false", "with": watch}, tmp_path)
    return tmp_path


@pytest.fixture
def run(project: Path, world: World) -> Callable[..., Result]:
    def invoke(*options: str) -> Result:
        return CliRunner().invoke(main, ["--project", str(project), "news", "--server", world.address, *options])

    return invoke


def found(world: World, *pmids: str, **more: Any) -> None:
    """Have PubMed find papers, page by page."""

    def search(form: dict[str, str]) -> Reply:
        start, most = int(form["retstart"]), int(form["retmax"])
        result = {"count": str(len(pmids)), "idlist": list(pmids)[start : start + most], **more}
        return Reply(body=json.dumps({"esearchresult": result}).encode())

    world.answers(ESEARCH, search)


def test_what_is_new_is_told_the_most_relevant_first(run: Callable[..., Result], world: World) -> None:
    found(world, "901", "902", "111", "903")
    world.knows(
        summary("901", title="Lamps."),
        summary("902", title="Pemphigus and the kidney.", **ids(doi="10.1000/902")),
        summary("903", title="Cited by its DOI.", **ids(doi="10.1000/222")),
    )
    result = run()
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        f"2 new of 4 that came into PubMed from {TODAY - timedelta(days=90)} to {TODAY}\n\n"
        "PMID 902: Pemphigus and the kidney. Abel A et al. J 902 2020\n  Pemphigus (3)\n\n"
        "PMID 901: Lamps. Abel A et al. J 901 2020\n"
    )
    asked = world.forms[0]
    assert (asked["term"], asked["datetype"]) == (QUERY, "edat")
    assert asked["mindate"] == f"{TODAY - timedelta(days=90):%Y/%m/%d}"
    assert asked["maxdate"] == f"{TODAY:%Y/%m/%d}"
    assert "111" not in world.forms[1]["id"].split(",")


def test_what_was_recorded_is_left_out_and_the_next_search_begins_there(
    run: Callable[..., Result], world: World, project: Path
) -> None:
    found(world, "901", "902")
    world.knows(summary("901"), summary("902", **ids(doi="10.1000/902")))
    first = run("--write")
    assert first.exit_code == 0, first.output
    found(world, "902", "903")
    world.knows(summary("903", **ids(doi="10.1000/903")))
    assert run("--write").stdout.startswith("1 new of 2")
    assert world.forms[2]["mindate"] == f"{TODAY - timedelta(days=14):%Y/%m/%d}"
    assert world.forms[3]["id"] == "903"
    runs = yaml.safe_load((project / "content/watched.yaml").read_text("utf-8"))["runs"]
    assert [(each["hits"], each["new"]) for each in runs] == [(2, ["901", "902"]), (2, ["903"])]
    guideline, problems = read(project)
    assert guideline is not None
    assert problems == []
    assert [(each.on, each.query) for each in guideline.watched] == [(TODAY, QUERY)] * 2
    assert run("--issue").stdout == ""


def test_many_hits_are_asked_page_by_page(run: Callable[..., Result], world: World) -> None:
    pmids = [str(number) for number in range(1000, 1000 + PAGE + 7)]
    found(world, *pmids)
    world.knows()
    assert f"{PAGE + 7} hits, 0 new" in run().stderr
    assert [form["retstart"] for form in world.forms if "term" in form] == ["0", str(PAGE)]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"count": str(MOST + 1)}, "more than 2000: narrow it"),
        ({"count": "9"}, "PubMed names 1 of 9 papers and no more"),
        ({"count": 1}, "`count` is no number"),
        ({"count": "-1"}, "`count` is no number"),
        ({"idlist": "1"}, "`idlist` is no list of PMIDs"),
        ({"idlist": ["1; ls"]}, "`idlist` is no list of PMIDs"),
        ({"errorlist": {"phrasesnotfound": ["elixr"], "fieldsnotfound": []}}, "does not understand the query: 'elixr'"),
        ({"ERROR": "##[error]\nbroken"}, r"does not understand the query: '#\u0023[error]\nbroken'"),
    ],
)
def test_an_answer_that_cannot_be_right_ends_it(
    more: dict[str, Any], says: str, run: Callable[..., Result], world: World, project: Path
) -> None:
    found(world, "901", **more)
    result = run("--write")
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert not (project / "content/watched.yaml").exists()


def test_without_a_query_or_with_a_broken_log_nothing_is_asked(
    run: Callable[..., Result], world: World, project: Path
) -> None:
    (project / "content/watched.yaml").write_text("runs: [{on: 2026-01-01}]\n", "utf-8")
    result = run("--write")
    assert result.exit_code == 2
    assert "it says what was seen" in result.stderr
    (project / "content/watched.yaml").unlink()
    profile = project / "content/profile.yaml"
    profile.write_text(profile.read_text("utf-8").replace(f"watch: {{query: '{QUERY}'}}\n", ""), "utf-8")
    result = run()
    assert result.exit_code == 2
    assert "has no `watch`" in result.stderr
    assert world.forms == []


def test_points_are_for_names_and_for_words_that_readers_type(guideline: Guideline) -> None:
    def points(title: str) -> dict[str, int]:
        return {record.id.partition("/")[2]: number for record, number in relevant(title, guideline)}

    assert points("IVIG in SCLEROMYXEDEMA: a trial")["scleromyxedema"] == 3
    assert "scleromyxedema" not in points("IVIG in sclero-myxedema")
    typed = guideline.profile.search.names["indications/scleromyxedema"][0]
    assert points(f"Scleromyxedema, or {typed}")["scleromyxedema"] >= 4
    assert points("") == {}


def test_what_pubmed_says_is_dead_text_in_the_issue(run: Callable[..., Result], world: World) -> None:
    found(world, "901")
    world.knows(summary("901", title="<img src=x> [a](https://evil.example) @maintainer #12 **b** <!-- -->"))
    text = run("--issue").stdout
    assert "PMID 901" in text
    for alive in ("<img", "](https://evil", "://evil", "@maintainer", "#12 ", "**b**", "<!--"):
        assert alive not in text
    assert "##[" not in run().stdout


def test_the_issue_is_never_longer_than_github_takes() -> None:
    """With the mark that it is known by, wherever the last paper that is shown ends."""
    papers = [Paper(str(number), "words " * 80, "J", []) for number in range(1, 400)]
    day = date(2026, 1, 1)
    for length in range(0, 500, 20):
        text = to_issue(News(day, day, 400, [Paper("1", "w" * length, "J", []), *papers]))
        assert MAX_COMMENT - 1000 < len(f"<!-- claimbook: news -->\n{text}") <= MAX_COMMENT
        assert "Not shown here, as an issue holds no more" in text
    assert to_issue(News(day, day, 0, [])) == ""


def test_a_key_that_the_server_repeats_is_not_shown(
    run: Callable[..., Result], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NCBI_API_KEY", "0123456789abcdef")
    found(world, "1", errorlist={"phrasesnotfound": ["api_key=0123456789abcdef"]})
    result = run()
    assert (result.exit_code, "0123456789abcdef" in result.output) == (2, False)
    assert "api_key=..." in result.output
