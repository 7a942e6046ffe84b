"""The comment and its label, written to a pull request through a GitHub of our own on loopback."""

import io
import json
import random
import re
import shutil
import stat
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from cases import TESTS, change, git
from click.testing import CliRunner, Result

from generator.cli import main
from generator.review import artifact
from generator.review.artifact import ArtifactError, read_artifact
from generator.review.formats import MARKER, MAX_COMMENT, most_that_fit
from generator.review.github import AUTHOR, GithubError, Issues, git_name
from generator.web import WebError, ask, is_private

HEAD, BASE = "a" * 40, "b" * 40


class Github:
    """Pull request 7 of `owner/name`: its comments and labels, and answers that fail when told to."""

    def __init__(self) -> None:
        self.comments: list[dict[str, Any]] = []
        self.issues: list[dict[str, Any]] = []
        self.listed: object = None
        self.labels: set[str] = {"content"}
        target = {"repo": {"full_name": "Owner/name"}, "sha": BASE}
        self.pull: dict[str, Any] = {"state": "open", "head": {"sha": HEAD}, "base": target}
        self.base = BASE
        self.tree: dict[str, str] = {}
        self.failures: list[int] = []
        self.lost_answers = 0
        self.requests: list[str] = []
        github = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length)) if length else None
                assert self.headers["Authorization"] == "Bearer secret"
                github.requests.append(f"{self.command} {self.path}")
                if github.failures:
                    status, content = github.failures.pop(0), {"message": "no"}
                else:
                    status, content = github.reply(self.command, self.path, body)
                data = content if isinstance(content, bytes) else json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PATCH = do_DELETE = answer  # noqa: N815

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    def reply(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        inside = path.removeprefix("/repos/owner/name")
        if inside == "/pulls/7":
            return 200, self.pull
        if inside == f"/git/trees/{HEAD}?recursive=1":
            blobs = [{"path": p, "type": "blob", "mode": "100644", "sha": sha} for p, sha in self.tree.items()]
            folders = [{"path": "content", "type": "tree", "mode": "040000", "sha": "c" * 40}]
            return 200, {"tree": [*folders, *blobs], "truncated": False}
        if inside == f"/compare/{BASE}...{HEAD}?per_page=1":
            return 200, {"merge_base_commit": {"sha": self.base}}
        if found := re.fullmatch(r"/issues/7/comments\?per_page=100&page=(\d+)", inside):
            start = 100 * (int(found[1]) - 1)
            return 200, self.comments[start : start + 100]
        if inside == "/issues/7/comments" and method == "POST":
            if len(body["body"]) > MAX_COMMENT:
                return 422, {"message": "too long"}
            self.comments.append(comment_of(len(self.comments) + 1, body["body"], "github-actions[bot]"))
            if self.lost_answers:
                self.lost_answers -= 1
                return 502, {}
            return 201, self.comments[-1]
        if found := re.fullmatch(r"/issues/comments/(\d+)", inside):
            self.comments[int(found[1]) - 1]["body"] = body["body"]
            return 200, {}
        if inside == "/issues/7/labels?per_page=100":
            return 200, [{"name": name} for name in sorted(self.labels)]
        if inside == "/issues/7/labels" and method == "POST":
            self.labels |= set(body["labels"])
            return 200, []
        if found := re.fullmatch(r"/issues/7/labels/(.+)", inside):
            self.labels.discard(found[1].replace("%3A", ":").replace("%20", " "))
            return 200, []
        if self.listed is not None and inside.startswith("/issues?"):
            return 200, self.listed
        if found := re.fullmatch(r"/issues\?state=open&per_page=100&page=(\d+)", inside):
            start = 100 * (int(found[1]) - 1)
            return 200, [each for each in self.issues if each["state"] == "open"][start : start + 100]
        if inside == "/issues" and method == "POST":
            self.issues.append(issue_of(len(self.issues) + 1, body["title"], body["body"], AUTHOR))
            if self.lost_answers:
                self.lost_answers -= 1
                return 502, {}
            return 201, self.issues[-1]
        if found := re.fullmatch(r"/issues/(\d+)", inside):
            self.issues[int(found[1]) - 1].update(body)
            return 200, {}
        return 404, {"message": "Not Found"}


def issue_of(number: int, title: str, body: str, author: str) -> dict[str, Any]:
    return {"number": number, "title": title, "body": body, "user": {"login": author}, "state": "open"}


def comment_of(number: int, body: str, author: str) -> dict[str, Any]:
    return {"id": number, "body": body, "user": {"login": author}}


@pytest.fixture
def github() -> Iterator[Github]:
    github = Github()
    yield github
    github.server.shutdown()
    github.server.server_close()
    github.thread.join()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waited: list[float] = []
    monkeypatch.setattr("generator.cli.reviewing.time.sleep", waited.append)
    return waited


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The main branch, one commit after the one from which the pull request departs."""
    folder = tmp_path / "main"
    shutil.copytree(TESTS / "base/content", folder / "content")
    git(folder, "init", "--quiet")
    git(folder, "add", "content")
    git(folder, "commit", "--quiet", "-m", "where it departs")
    (folder / "content/mechanisms/receptors.yaml").unlink()
    git(folder, "commit", "--quiet", "--all", "-m", "what others did since")
    return folder


def zipped(case: str, folder: Path, number: object = 7) -> bytes:
    """Return the artifact of a pull request that changes the small guideline as a case of the review says."""
    shutil.copytree(TESTS / "base/content", folder / "content")
    for edit in yaml.safe_load((TESTS / f"review/{case}.yaml").read_text("utf-8"))["edits"]:
        change(edit, folder)
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return packed({**files, "pull-request.json": json.dumps({"number": number}).encode()})


def packed(files: dict[str, bytes], edit: Callable[[zipfile.ZipInfo], None] = lambda entry: None) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            edit(entry)
            archive.writestr(entry, data)
    return content.getvalue()


def listed(content: bytes) -> dict[str, str]:
    """Return what GitHub lists of the commit that a zip was made of."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name for name in archive.namelist() if name != "pull-request.json"]
            return {name: git_name(archive.read(name)) for name in names}
    except (zipfile.BadZipFile, NotImplementedError):
        return {}


def run(project: Path, github: Github, content: bytes, head: str = HEAD, repository: str = "owner/name") -> Result:
    file = project.parent / "content.zip"
    file.write_bytes(content)
    github.base = git(project, "rev-parse", "HEAD^").strip()
    if not github.tree:
        github.tree = listed(content)
    server = f"http://127.0.0.1:{github.server.server_port}"
    command = ["--project", str(project), "comment", "--artifact", str(file), "--head-sha", head]
    command += ["--repository", repository, "--server", server, "--token", "secret"]
    return CliRunner().invoke(main, command)


def test_it_comments_and_then_keeps_that_comment(project: Path, github: Github, tmp_path: Path) -> None:
    github.comments = [comment_of(number, "words", "somebody") for number in range(1, 150)]
    github.comments.append(comment_of(150, f"{MARKER} of another", "somebody"))
    first = run(project, github, zipped("dose-changed", tmp_path / "one"))
    assert first.exit_code == 0, first.output
    assert "comment created: 1 change, impact Dose" in first.output
    assert len(github.comments) == 151
    written = github.comments[150]["body"]
    assert "Highest impact: Dose" in written
    assert "its newest commit (aaaaaaa" in written.replace("\u200b", "")
    assert "claim removed" not in written  # by others, after it departed
    assert github.labels == {"content", "impact: dose"}
    github.tree = {}
    second = run(project, github, zipped("claim-link-only", tmp_path / "two"))
    assert "comment updated" in second.output
    assert len(github.comments) == 151
    assert "Highest impact: Wording" in github.comments[150]["body"]
    assert github.comments[149]["body"] == f"{MARKER} of another"
    assert github.labels == {"content", "impact: wording"}
    github.tree = {}
    run(project, github, zipped("nothing", tmp_path / "three"))
    assert "No change of content" in github.comments[150]["body"]
    assert github.labels == {"content"}


def test_a_comment_that_would_be_too_long_is_cut(project: Path, github: Github, tmp_path: Path) -> None:
    content = zipped("nothing", tmp_path / "one")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    claim = "\n  c{}:\n    kind: efficacy\n    text: {}.\n    cites: [{{pmid: '111', from: Of ten, to: responded}}]\n"
    record = files["content/indications/pemphigus.yaml"].decode()
    record += "".join(claim.format(number, f"Words {number} " + "and words " * 30) for number in range(300))
    result = run(project, github, packed({**files, "content/indications/pemphigus.yaml": record.encode()}))
    assert result.exit_code == 0, result.output
    assert len(github.comments[0]["body"]) <= MAX_COMMENT
    assert "**Not shown here, as a comment holds no more:**" in github.comments[0]["body"]


def test_it_tries_again_where_github_is_busy(
    project: Path, github: Github, tmp_path: Path, no_waiting: list[float]
) -> None:
    github.failures = [502, 429]
    assert run(project, github, zipped("dose-changed", tmp_path / "one")).exit_code == 0
    assert no_waiting == [1.0, 4.0]
    github.failures = [500] * 4
    result = run(project, github, zipped("dose-changed", tmp_path / "two"))
    assert result.exit_code == 2
    assert "GET /pulls/7: no answer: it answers 500" in result.output
    github.failures = [403]
    result = run(project, github, zipped("dose-changed", tmp_path / "three"))
    assert "GET /pulls/7: GitHub answers 403" in result.output
    assert len(github.comments) == 1


@pytest.mark.parametrize(
    "pull",
    [
        {"state": "open", "head": {"sha": "b" * 40}, "base": {"repo": {"full_name": "owner/name"}, "sha": BASE}},
        {"state": "closed", "head": {"sha": HEAD}, "base": {"repo": {"full_name": "owner/name"}, "sha": BASE}},
        {"state": "open", "head": {"sha": HEAD}, "base": {"repo": {"full_name": "owner/other"}, "sha": BASE}},
    ],
    ids=["another commit", "closed", "another repository"],
)
def test_it_writes_to_no_other_pull_request(
    pull: dict[str, Any], project: Path, github: Github, tmp_path: Path
) -> None:
    github.pull = pull
    result = run(project, github, zipped("dose-changed", tmp_path / "one"))
    assert result.exit_code == 2
    assert "pull request 7 is not the one that was checked: nothing is written to it" in result.output
    assert github.requests == ["GET /repos/owner/name/pulls/7"]


def change_tree(github: Github, monkeypatch: pytest.MonkeyPatch, change: Callable[[dict[str, Any]], object]) -> None:
    known = github.reply

    def reply(method: str, path: str, body: Any) -> tuple[int, Any]:
        status, said = known(method, path, body)
        if "/git/trees/" in path:
            change(said)
        return status, said

    monkeypatch.setattr(github, "reply", reply)


@pytest.mark.parametrize(
    "change",
    [
        lambda tree: tree.update(truncated=True),
        lambda tree: tree["tree"][-1].update(mode="120000"),
        lambda tree: tree["tree"].pop(),
        lambda tree: tree["tree"][-1].update(sha="e" * 40),
    ],
    ids=["a list that is cut off", "a link handed in as a file", "a file more", "a file of other bytes"],
)
def test_what_is_not_the_content_of_the_commit_is_refused(
    change: Callable[[dict[str, Any]], object],
    project: Path,
    github: Github,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change_tree(github, monkeypatch, change)
    result = run(project, github, zipped("dose-changed", tmp_path / "one"))
    assert (result.exit_code, github.comments) == (2, [])
    assert "the content handed in is not that of the commit" in result.output


def test_a_link_that_is_not_handed_in_is_no_file_of_the_commit(
    project: Path, github: Github, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = {"path": "content/link.yaml", "type": "blob", "mode": "120000", "sha": "d" * 40}
    change_tree(github, monkeypatch, lambda tree: tree["tree"].append(link))
    assert run(project, github, zipped("dose-changed", tmp_path / "one")).exit_code == 0
    assert len(github.comments) == 1


PULL_FORM = "GitHub describes pull request 7 in a form that is not known"
TREE_FORM = "GitHub describes the tree of the commit in a form that is not known"
NO_BASE = "GitHub names no commit from which the pull request departs"


@pytest.mark.parametrize(
    ("asked", "answer", "why"),
    [
        ("/pulls/7", {"state": "open"}, PULL_FORM),
        ("/pulls/7", [], PULL_FORM),
        ("/git/trees/", {"tree": []}, TREE_FORM),
        ("/git/trees/", {"tree": ["a path"], "truncated": False}, TREE_FORM),
        ("/git/trees/", {"tree": [{"path": 1, "type": "blob", "mode": "", "sha": ""}], "truncated": False}, TREE_FORM),
        ("/compare/", {"status": "ahead"}, NO_BASE),
        ("/compare/", {"merge_base_commit": None}, NO_BASE),
    ],
)
def test_an_answer_of_another_form_is_refused(
    asked: str, answer: Any, why: str, project: Path, github: Github, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = github.reply
    monkeypatch.setattr(github, "reply", lambda *ask: (200, answer) if asked in ask[1] else known(*ask))
    result = run(project, github, zipped("dose-changed", tmp_path / "one"))
    assert result.exit_code == 2, result.output
    assert why in result.output
    assert github.comments == []


def test_content_that_is_not_of_the_commit_is_refused(project: Path, github: Github, tmp_path: Path) -> None:
    """As where a pull request changes the workflow to hand in the content of the main branch."""
    github.tree = listed(zipped("dose-changed", tmp_path / "real"))
    result = run(project, github, zipped("nothing", tmp_path / "handed-in"))
    assert result.exit_code == 2
    assert "the content handed in is not that of the commit: nothing is written" in result.output
    assert github.comments == []


def test_a_comment_whose_answer_is_lost_is_not_written_twice(project: Path, github: Github, tmp_path: Path) -> None:
    github.lost_answers = 1
    result = run(project, github, zipped("dose-changed", tmp_path / "one"))
    assert result.exit_code == 0, result.output
    assert len(github.comments) == 1
    assert "comment updated" in result.output


def test_comments_of_ghosts_and_lost_labels_are_no_fault(project: Path, github: Github, tmp_path: Path) -> None:
    github.comments = [{"id": 1, "body": None, "user": None}]
    github.labels = {"impact: wording"}
    result = run(project, github, zipped("dose-changed", tmp_path / "one"))
    assert result.exit_code == 0, result.output
    assert github.labels == {"impact: dose"}


def test_a_label_that_somebody_takes_away_meanwhile_is_gone(
    project: Path, github: Github, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    github.labels = {"impact: wording"}
    known = github.reply

    def reply(method: str, path: str, body: Any) -> tuple[int, Any]:
        if method == "DELETE":
            github.labels.clear()
            return 404, {"message": "Label does not exist"}
        return known(method, path, body)

    monkeypatch.setattr(github, "reply", reply)
    result = run(project, github, zipped("dose-changed", tmp_path / "one"))
    assert (result.exit_code, github.labels) == (0, {"impact: dose"}), result.output


@pytest.mark.parametrize("server", ["file:///etc", "ftp://x", "x"])
def test_a_server_of_another_kind_is_refused(server: str, tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    file.write_bytes(b"")
    command = ["comment", "--artifact", str(file), "--head-sha", HEAD, "--repository", "o/n", "--token", "t"]
    result = CliRunner().invoke(main, [*command, "--server", server])
    assert result.exit_code == 2
    assert "is not an http or https address" in result.output


def test_a_number_that_github_does_not_know_is_refused(project: Path, github: Github, tmp_path: Path) -> None:
    result = run(project, github, zipped("dose-changed", tmp_path / "one", number=8))
    assert result.exit_code == 2
    assert "GitHub answers 404" in result.output


@pytest.mark.parametrize("number", [0, -7, "7", 7.5, True, None, 10**12])
def test_a_number_that_is_none_is_refused(number: object, project: Path, github: Github, tmp_path: Path) -> None:
    result = run(project, github, zipped("dose-changed", tmp_path / "one", number=number))
    assert result.exit_code == 2
    assert "the number of the pull request is none" in result.output
    assert github.requests == []


@pytest.mark.parametrize("repository", ["owner", "owner/name/..", "owner/..", "owner/na me", "http://evil.invalid/x"])
def test_a_repository_of_another_form_is_refused(
    repository: str, project: Path, github: Github, tmp_path: Path
) -> None:
    result = run(project, github, zipped("dose-changed", tmp_path / "one"), repository=repository)
    assert result.exit_code == 2
    assert github.requests == []


NUMBER = {"pull-request.json": b'{"number": 7}'}


def bent(content: bytes) -> bytes:
    """Return a zip with a byte in the middle of its packed data changed."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :]


def lzma(entry: zipfile.ZipInfo) -> None:
    entry.compress_type = zipfile.ZIP_LZMA


def link(entry: zipfile.ZipInfo) -> None:
    if entry.filename.startswith("content/"):
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16


def forged(files: dict[str, bytes]) -> bytes:
    """Return a zip whose directory says that a large file is small."""
    content = packed(files)
    size = len(files["content/pending.yaml"]).to_bytes(4, "little")
    assert content.count(size) == 2
    return content.replace(size, (10).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (packed({**NUMBER, "content/../../etc/passwd": b""}), "leads out of the folder"),
        (packed({**NUMBER, "/content/x.yaml": b""}), "leads out of the folder"),
        (packed({**NUMBER, "content\\..\\x.yaml": b""}), "leads out of the folder"),
        (packed({**NUMBER, "C:/content/x.yaml": b""}), "leads out of the folder"),
        (packed({**NUMBER, "generator/cli.py": b""}), "neither content nor a page nor pull-request.json"),
        (packed({**NUMBER, "docs/scripts/guideline.js": b""}), "neither content nor a page nor pull-request.json"),
        (packed({**NUMBER, "docs/../../about.md": b""}), "leads out of the folder"),
        (packed({**NUMBER, "other/README.md": b""}), "neither content nor a page nor pull-request.json"),
        (packed({**NUMBER, "content/link.yaml": b"/etc/passwd"}, link), "is not a plain file"),
        (packed({f"content/{number}.yaml": b"" for number in range(5001)}), "more than 5000 files"),
        (packed({**NUMBER, "content/pending.yaml": bytes(65 * 1024 * 1024)}), "unpacks to more than 64 MiB"),
        (forged({**NUMBER, "content/pending.yaml": bytes(123_457)}), "the zip is damaged"),
        (packed({**NUMBER, "content/x.yaml": b"a"}, lzma), "is packed in another way"),
        (packed({**NUMBER, f"content/{'x' * 300}.yaml": b""}), "its name is too long"),
        (packed({**NUMBER, "content/x": b"", "content/x/y.yaml": b""}), ""),
        (bent(packed({"content/x.yaml": random.Random(7).randbytes(5000), **NUMBER})), "the zip is damaged"),
        (packed({}), "holds no number"),
        (packed({"pull-request.json": b"[" * 100_000}), "the zip is damaged, or holds no number"),
        (b"no zip", "the zip is damaged"),
        (b"", "the zip is damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_hostile_artifact_is_refused(content: bytes, why: str, project: Path, github: Github) -> None:
    result = run(project, github, content)
    assert result.exit_code == 2, result.output
    assert isinstance(result.exception, SystemExit)
    assert why in result.output
    assert not [request for request in github.requests if not request.startswith("GET")]


def test_a_name_twice_and_a_large_zip_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("content/x.yaml", "a")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("content/x.yaml", "b")
    with pytest.raises(ArtifactError, match="a name twice"):
        read_artifact(content.getvalue())
    monkeypatch.setattr(artifact, "MAX_ZIP", 10)
    with pytest.raises(ArtifactError, match="is larger than"):
        read_artifact(packed(NUMBER))


def test_a_stray_file_is_commented_on(project: Path, github: Github, tmp_path: Path) -> None:
    content = zipped("dose-changed", tmp_path / "one")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    result = run(project, github, packed({**files, "content/my notes (1).txt": b"x", "content/.hidden": b""}))
    assert result.exit_code == 0, result.output
    assert "my notes (1).txt" in github.comments[0]["body"]
    assert "content/.hidden" in github.comments[0]["body"]


def test_broken_content_is_commented_on(project: Path, github: Github, tmp_path: Path) -> None:
    result = run(project, github, zipped("broken-after", tmp_path / "one"))
    assert result.exit_code == 0, result.output
    assert "Problems to mend" in github.comments[0]["body"]
    assert "dose changed" in github.comments[0]["body"]


def test_a_page_that_says_medicine_is_commented_on(project: Path, github: Github, tmp_path: Path) -> None:
    """Also where the commit from which the pull request departs has no such page."""
    result = run(project, github, zipped("page-says-medicine", tmp_path / "one"))
    assert result.exit_code == 0, result.output
    assert "The elixir cures pemphigus." in github.comments[0]["body"]
    assert "names &#96;elixir&#96; and is not approved" in github.comments[0]["body"]
    assert github.labels == {"content", "impact: wording"}


def test_a_page_that_is_not_of_the_commit_is_refused(project: Path, github: Github, tmp_path: Path) -> None:
    github.tree = {**listed(zipped("nothing", tmp_path / "real")), "docs/about.md": git_name(b"medicine")}
    result = run(project, github, zipped("nothing", tmp_path / "handed-in"))
    assert result.exit_code == 2
    assert "the content handed in is not that of the commit: nothing is written" in result.output


# one issue of a kind


MARK = "<!-- claimbook: falls -->"


@pytest.fixture
def keep(github: Github, tmp_path: Path) -> Callable[..., Result]:
    def invoke(
        body: str, title: str = "Sources", key: str = "falls", repository: str = "owner/name", token: str = "secret"
    ) -> Result:
        (tmp_path / "body.md").write_text(body, "utf-8")
        server = f"http://127.0.0.1:{github.server.server_port}"
        command = ["issue", key, "--title", title, "--body", str(tmp_path / "body.md"), "--repository", repository]
        return CliRunner().invoke(main, [*command, "--server", server, "--token", token])

    return invoke


def test_there_is_one_issue_and_it_is_kept(keep: Callable[..., Result], github: Github) -> None:
    github.issues = [issue_of(number, "Words", "words", "somebody") for number in range(1, 130)]
    github.issues.append(issue_of(130, "Forged", f"{MARK}\nof another", "somebody"))
    github.issues.append({**issue_of(131, "A pull request", MARK, AUTHOR), "pull_request": {}})
    github.issues.append(issue_of(132, "Of another kind", "<!-- claimbook: news -->\nx", AUTHOR))
    assert "issue falls: created" in keep("one source").stderr
    assert "issue falls: updated" in keep("two sources", "Two sources").stderr
    assert len(github.issues) == 133
    assert github.issues[132]["title"] == "Two sources"
    assert github.issues[132]["body"] == f"{MARK}\ntwo sources"
    assert [each["body"] for each in github.issues[129:132]] == [
        f"{MARK}\nof another",
        MARK,
        "<!-- claimbook: news -->\nx",
    ]


@pytest.mark.parametrize("token", ["ghp_secret\r", "ghp_secret\n", "ghp secret", "ghp_secr\u00e9t", ""])
def test_a_token_of_another_form_is_neither_sent_nor_shown(
    token: str, github: Github, keep: Callable[..., Result]
) -> None:
    result = keep("one source", token=token)
    assert (result.exit_code, github.requests) == (2, [])
    assert "the token is none" in result.output
    assert "ghp" not in result.output


def test_a_token_goes_over_http_to_loopback_alone(tmp_path: Path) -> None:
    with pytest.raises(GithubError, match="not sent over http"):
        Issues("http://api.example", "owner/name", "secret", lambda _: None)
    assert all(map(is_private, ("https://api.example", "http://127.0.0.1:1", "http://[::1]", "http://localhost")))


@pytest.mark.parametrize("value", ["Bearer secret\r", "Bearer secr\u2026t"])
def test_what_a_header_holds_is_not_said(value: str, github: Github) -> None:
    address = f"http://127.0.0.1:{github.server.server_port}/"
    with pytest.raises(WebError, match="what no header may") as refused:
        ask(address, lambda _: None, headers={"Authorization": value}, pauses=())
    assert "secr" not in str(refused.value)


def test_it_closes_when_nothing_is_left_to_say(keep: Callable[..., Result], github: Github) -> None:
    assert "issue falls: nothing to say" in keep("").stderr
    assert github.issues == []
    keep("one source")
    assert "issue falls: closed" in keep("").stderr
    assert (github.issues[0]["state"], github.issues[0]["state_reason"]) == ("closed", "completed")
    assert "issue falls: created" in keep("another").stderr
    assert len(github.issues) == 2


def test_an_issue_that_is_too_long_with_its_mark_is_not_sent(keep: Callable[..., Result], github: Github) -> None:
    room = MAX_COMMENT - len(f"{MARK}\n")
    assert "issue falls: created" in keep("x" * room).stderr
    result = keep("y" * (room + 1))
    assert (result.exit_code, github.issues[0]["body"]) == (2, f"{MARK}\n{'x' * room}")
    assert "error: an issue of 65537 characters is longer than GitHub takes" in result.stderr


@pytest.mark.parametrize(("limit", "fits"), [(99, 10), (10, 10), (9, 9), (4, 4), (1, 1), (0, 0), (-1, 0)])
def test_as_much_is_shown_as_fits(limit: int, fits: int) -> None:
    assert most_that_fit(lambda number: "x" * number, 10, limit) == fits


def test_an_issue_is_not_written_twice_where_the_answer_is_lost(keep: Callable[..., Result], github: Github) -> None:
    github.lost_answers = 1
    assert "issue falls: updated" in keep("one source").stderr
    assert len(github.issues) == 1


@pytest.mark.parametrize(("key", "repository"), [("-->x", "owner/name"), ("falls", "owner/../name"), ("falls", "x")])
def test_an_issue_of_no_known_form_is_refused(
    key: str, repository: str, keep: Callable[..., Result], github: Github
) -> None:
    result = keep("one source", key=key, repository=repository)
    assert result.exit_code == 2
    assert github.requests == []


def test_what_github_says_of_its_issues_is_not_trusted(keep: Callable[..., Result], github: Github) -> None:
    for listed in ({"message": "no"}, ["x"], [None]):
        github.issues = []
        github.listed = listed
        result = keep("one source")
        assert result.exit_code == 2, listed
        assert result.stderr.startswith("error: ")
