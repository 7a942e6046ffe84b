"""`--texts pubmed`: the same lock as from a folder of texts, asked for once, and kept outside of the project."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cases import TESTS
from click.testing import CliRunner, Result
from ncbi import EFETCH, Reply, World, answer, paper

from generator.cli import main, texts

LOCK = "content/passages.lock.json"
KEY = "0123456789abcdef0123456789abcdef0123"
PAPERS = {
    "111": paper(
        "111",
        title="Source 111.",
        abstract=[
            ("BACKGROUND", "Of ten <i>patients</i>, eight responded."),
            ("RESULTS", "We propose the receptors as the target. The dose was 2&#xa0;g/kg per cycle."),
        ],
    ),
    "222": paper(
        "222", title="Source 222.", abstract=[("", "None of the patients responded. Renal failure was rarely seen.")]
    ),
}
EMPTY = '{"passages": [\n\n]}\n'
Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(TESTS / "base/content", tmp_path / "project/content")
    return tmp_path / "project"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def run(project: Path, cache: Path, world: World, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(texts, "sleep", lambda seconds: None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))

    def invoke(command: str, *options: str, **settings: str) -> Result:
        arguments = ["--project", str(project), command, "--texts", "pubmed", "--server", world.address, *options]
        return CliRunner().invoke(main, arguments, catch_exceptions=False, **settings)  # type: ignore[arg-type]

    return invoke


def kept(cache: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in cache.rglob("*") if path.is_file()}


def rows(project: Path) -> list[str]:
    lines = (project / LOCK).read_text("utf-8").splitlines()
    return [line.partition('"checked_on"')[0] for line in lines]


def test_the_lock_from_pubmed_is_the_lock_from_a_folder(run: Run, project: Path, world: World, tmp_path: Path) -> None:
    """Of abstracts as the folder keeps them: `Label: text`, in capitals or not, with blank lines and a title or not."""
    texts = {
        "111": "Source 111\nBackground: Of ten patients, eight responded.\n\nResults: We propose the receptors as "
        "the target. The dose was 2 g/kg per cycle.\n",
        "222": "None of the patients responded. Renal failure was rarely seen.",
    }
    (tmp_path / "texts").mkdir()
    for pmid, text in texts.items():
        (tmp_path / f"texts/{pmid}.txt").write_text(text, "utf-8")
    (project / LOCK).write_text(EMPTY, "utf-8")
    CliRunner().invoke(main, ["--project", str(project), "lock", "--texts", str(tmp_path / "texts")])
    before = rows(project)
    (project / LOCK).write_text(EMPTY, "utf-8")
    world.holds(PAPERS)
    result = run("lock")
    assert (result.exit_code, result.stdout, rows(project)) == (0, "", before)
    assert '"parts": ["background"]' in before[1]
    assert "texts of PubMed: 2 asked for now, 0 kept\n" in result.stderr
    assert "5 located in texts" in result.stderr
    assert "whose text" not in result.stderr


def test_a_text_is_asked_for_once_and_says_how_old_it_is(run: Run, cache: Path, world: World) -> None:
    world.holds(PAPERS)
    run("lock")
    host = world.address.removeprefix("http://").replace(":", "%3A")
    folder = cache / "claimbook/pubmed" / host
    assert kept(folder) == {
        "111.txt": "Source 111\nBACKGROUND: Of ten patients, eight responded.\n"
        "RESULTS: We propose the receptors as the target. The dose was 2 g/kg per cycle.\n",
        "222.txt": "Source 222\nNone of the patients responded. Renal failure was rarely seen.\n",
    }
    old = (folder / "111.txt").stat().st_mtime - 3 * 24 * 60 * 60 - 60
    os.utime(folder / "111.txt", (old, old))
    assert "texts of PubMed: 0 asked for now, 2 kept, the oldest for 3 days (`--refresh`" in run("lock").stderr
    assert len(world.asked) == 1
    assert "texts of PubMed: 2 asked for now, 0 kept\n" in run("lock", "--refresh").stderr
    assert len(world.asked) == 2
    assert "2 kept, the oldest for 0 days" in run("lock").stderr


def test_another_server_has_another_folder(run: Run, cache: Path, world: World) -> None:
    world.holds(PAPERS)
    run("lock")
    run("lock", "--server", world.address.replace("127.0.0.1", "localhost"))
    assert len(world.asked) == 2
    assert len([*cache.rglob("*.txt")]) == 4


@pytest.mark.parametrize("way", ["--cache", "XDG_CACHE_HOME", "link"])
def test_a_cache_in_the_project_is_refused(
    way: str, run: Run, project: Path, tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.holds(PAPERS)
    inside, options = project / ".cache", []
    if way == "XDG_CACHE_HOME":
        monkeypatch.setenv(way, str(inside))
    elif way == "link":
        inside.mkdir()
        (tmp_path / "link").symlink_to(inside)
        options = ["--cache", str(tmp_path / "link")]
    else:
        options = [way, str(inside)]
    result = run("lock", *options)
    assert result.exit_code == 2
    assert "is in the project: the text of a source is not ours to keep there" in result.stderr
    assert not world.asked
    assert not [*inside.rglob("*.txt")]


def test_what_pubmed_lacks_is_said_and_its_lock_is_kept(run: Run, project: Path, world: World) -> None:
    world.holds({"111": paper("111", title="Source 111.", abstract=())})
    before = (project / LOCK).read_bytes()
    result = run("lock")
    assert "PubMed has no record of PMID 222\n" in result.stderr
    assert "without an abstract in PubMed, so the title alone: 111\n" in result.stderr
    assert "not locked: 111: the first words stand 0 times" in result.stdout
    assert (result.exit_code, (project / LOCK).read_bytes()) == (1, before)


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(500), "error: PubMed: no answer: it answers 500\n"),
        (Reply(200, b"<html>"), "error: PubMed's answer cannot be read: it is not well-formed"),
        (Reply(200, answer("&x;")), "error: PubMed's answer cannot be read: it declares or uses an entity\n"),
    ],
    ids=range(3),
)
def test_without_an_answer_nothing_is_written(
    reply: Reply, message: str, run: Run, project: Path, cache: Path, world: World
) -> None:
    world.answers(EFETCH, reply)
    before = (project / LOCK).read_bytes()
    result = run("lock")
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert (kept(cache), (project / LOCK).read_bytes()) == ({}, before)


def test_a_cache_that_cannot_be_written_is_no_traceback(run: Run, cache: Path, world: World) -> None:
    world.holds(PAPERS)
    cache.write_text("a file", "utf-8")
    result = run("lock")
    assert result.exit_code == 2
    assert "error: the cache cannot be written: " in result.stderr


def test_the_key_is_sent_and_shown_nowhere(
    run: Run, cache: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NCBI_API_KEY", f" {KEY}\n")
    world.holds(PAPERS)
    result = run("lock")
    assert world.forms[0]["api_key"] == KEY
    assert not any(KEY in asked for asked in world.asked)
    assert KEY not in result.output + str(sorted(cache.rglob("*"))) + str(kept(cache))


@pytest.mark.parametrize("key", [KEY, "".join(f"&#{ord(sign)};" for sign in KEY)])
def test_a_key_that_the_server_repeats_is_not_shown(
    key: str, run: Run, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NCBI_API_KEY", KEY)
    world.answers(EFETCH, Reply(body=f"<eFetchResult><ERROR>API key {key} invalid</ERROR></eFetchResult>".encode()))
    result = run("lock")
    assert (result.exit_code, "API key ... invalid" in result.output, KEY in result.output) == (2, True, False)


@pytest.mark.parametrize(
    ("key", "server", "message"),
    [
        ("no key!", "", "NCBI_API_KEY is not a key: a key is letters and digits"),
        ("a&b=c", "", "NCBI_API_KEY is not a key"),
        (KEY, "http://eutils.example", "NCBI_API_KEY is not sent over http"),
    ],
)
def test_a_key_that_is_none_or_would_be_overheard_is_not_sent(
    key: str, server: str, message: str, run: Run, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NCBI_API_KEY", key)
    result = run("lock", *(["--server", server] if server else []))
    assert result.exit_code == 2
    assert message in result.stderr
    assert key not in result.output
    assert not world.asked


def test_compare_shows_passages_from_pubmed(run: Run, world: World) -> None:
    world.holds(PAPERS)
    result = run("compare", "--batch", "1", input="q\n")
    assert "Of ten patients, eight responded" in result.stdout
    assert result.exit_code == 1


@pytest.mark.parametrize("way", ["folder", "link", "project"])
@pytest.mark.parametrize(
    "command", [["lock"], ["compare"], ["desk", "indications/nowhere"], ["desk", "--take", __file__]], ids=range(4)
)
def test_a_folder_of_texts_in_the_project_is_refused(
    command: list[str], way: str, project: Path, tmp_path: Path
) -> None:
    inside = project / "content" / "texts" if way != "project" else project
    inside.mkdir(exist_ok=True)
    (tmp_path / "link").symlink_to(inside)
    chosen = tmp_path / "link" if way == "link" else inside
    result = CliRunner().invoke(main, ["--project", str(project), *command, "--texts", str(chosen)])
    assert result.exit_code == 2
    assert f"{chosen} is in the project: the text of a source is not ours to keep there" in result.stderr


@pytest.mark.parametrize("command", ["lock", "compare"])
def test_texts_are_a_folder_or_pubmed(command: str, project: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--project", str(project), command, "--texts", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "is no folder, and not `pubmed`" in result.stderr
