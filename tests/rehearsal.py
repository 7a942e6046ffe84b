"""A rehearsal of the workflows outside of GitHub: their commands, in order, on a bare repository and a GitHub of ours.

What is written in a workflow is taken from it: commands, conditions, what a step is given. Each expression and
condition is looked up in a table here, and one that is not there ends the rehearsal. What cannot be run here has a
stand-in, with the reason in `docs/security.md`.
"""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cases import git
from test_github import Github
from test_workflows import FOLDER, read

from generator.links import handbook, offline_copy, pocket

REPOSITORY, NUMBER, RUN = "owner/name", "7", "41"
TOKEN = "secret"
KEY = "0123456789abcdef"
SLUG = "ivig-dermatology"

GH = """#!{python}
import hashlib, io, json, os, sys, urllib.request, zipfile
from pathlib import Path

base = os.environ["GITHUB_API_URL"]
token = os.environ.get("GH_TOKEN") or os.environ["GITHUB_TOKEN"]
repository = os.environ.get("GH_REPO") or os.environ["GITHUB_REPOSITORY"]

def newest(said):
    return max((each["id"] for each in said["artifacts"]), default="")

JQ = {{".artifacts | max_by(.id) | .id // empty": newest, ".permission": lambda said: said["permission"]}}

def ask(path, data=None):
    headers = {{"Authorization": f"Bearer {{token}}"}}
    request = urllib.request.Request(f"{{base}}/{{path}}", headers=headers, data=data and json.dumps(data).encode())
    return urllib.request.build_opener(urllib.request.ProxyHandler({{}})).open(request).read()

def option(name):
    return words[words.index(name) + 1]

words = sys.argv[1:]
if words[0] == "api":
    said = ask(words[1])
    sys.stdout.buffer.write(f"{{JQ[option('--jq')](json.loads(said))}}\\n".encode() if "--jq" in words else said)
elif words[:2] == ["run", "download"]:
    found = json.loads(ask(f"repos/{{repository}}/actions/runs/{{words[2]}}/artifacts?name={{option('--name')}}"))
    content = ask(f"repos/{{repository}}/actions/artifacts/{{found['artifacts'][-1]['id']}}/zip")
    zipfile.ZipFile(io.BytesIO(content)).extractall(option("--dir"))
elif words[:2] == ["release", "create"]:
    assert words[3] == "--verify-tag"
    files = {{Path(name).name: hashlib.sha256(Path(name).read_bytes()).hexdigest() for name in words[8:]}}
    ask(f"repos/{{repository}}/releases", {{"tag_name": words[2], "title": option("--title"), "files": files}})
elif words == ["auth", "setup-git"]:
    pass
elif words[:2] == ["pr", "create"]:
    body = Path(option("--body-file")).read_text("utf-8")
    ask(f"repos/{{repository}}/pulls", {{"head": option("--head"), "title": option("--title"), "body": body}})
elif words[:2] == ["issue", "comment"]:
    body = Path(option("--body-file")).read_text("utf-8")
    ask(f"repos/{{repository}}/issues/{{words[2]}}/comments", {{"body": body}})
else:
    sys.exit(f"no such command: {{words}}")
"""
"""What stands for GitHub's command: as much of it as the workflows use, and nothing else."""

JQ = """#!{python}
import json, sys
from pathlib import Path

assert sys.argv[1:3] == ["-r", '.issue.body // ""'], sys.argv
print(json.loads(Path(sys.argv[3]).read_bytes())["issue"]["body"] or "")
"""
"""What stands for jq, which the runner has."""

PYTHON = """#!/bin/bash
case "$3" in
  sources|news) exec {python} "$@" --server "$PUBMED" ;;
  addresses) exec {python} "$@" --server "$DOIS" ;;
  *) exec {python} "$@" ;;
esac
"""
"""What stands for the interpreter of the environment: the one here, which asks our PubMed and our resolver of DOIs."""


class Hub(Github):
    """A GitHub that keeps a bare repository, artifacts and releases besides."""

    def __init__(self, bare: Path) -> None:
        super().__init__()
        self.bare = bare
        self.artifacts: list[tuple[str, bytes]] = []
        self.releases: list[dict[str, Any]] = []
        self.proposed: list[dict[str, Any]] = []
        self.permission = "write"
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def commit(self, name: str) -> str:
        return git(self.bare, "rev-parse", name).strip()

    def opened(self, base: str, head: str) -> None:
        """Have a pull request from one branch to another, and the merge of both that is tried."""
        head, base = self.commit(head), self.commit(base)
        tree = git(self.bare, "merge-tree", "--write-tree", base, head).strip()
        merge = git(self.bare, "commit-tree", tree, "-p", base, "-p", head, "-m", "merge").strip()
        git(self.bare, "update-ref", f"refs/pull/{NUMBER}/merge", merge)
        target = {"repo": {"full_name": REPOSITORY}, "sha": base}
        self.pull = {"state": "open", "head": {"sha": head}, "base": target}

    def artifact(self, name: str) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(next(content for known, content in self.artifacts[::-1] if known == name)))

    def reply(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        inside = path.removeprefix(f"/repos/{REPOSITORY}")
        if found := re.fullmatch(rf"/actions/runs/{RUN}/artifacts\?name=(.+)", inside):
            named = [number for number, (name, _) in enumerate(self.artifacts) if name == found[1]]
            return 200, {"artifacts": [{"id": number} for number in named]}
        if found := re.fullmatch(r"/actions/artifacts/(\d+)/zip", inside):
            return 200, self.artifacts[int(found[1])][1]
        if found := re.fullmatch(r"/git/trees/([0-9a-f]{40})\?recursive=1", inside):
            rows = [line.split(None, 3) for line in git(self.bare, "ls-tree", "-r", found[1]).splitlines()]
            keys = ("mode", "type", "sha", "path")
            return 200, {"tree": [dict(zip(keys, row, strict=True)) for row in rows], "truncated": False}
        if found := re.fullmatch(r"/compare/([0-9a-f]{40})\.\.\.([0-9a-f]{40})\?per_page=1", inside):
            return 200, {"merge_base_commit": {"sha": git(self.bare, "merge-base", found[1], found[2]).strip()}}
        if inside == "/releases" and method == "POST":
            if f"refs/tags/{body['tag_name']}" not in git(self.bare, "for-each-ref", "--format=%(refname)"):
                return 404, {"message": "no such tag"}
            self.releases.append(body)
            return 201, {}
        if inside == "/collaborators/somebody/permission":
            return 200, {"permission": self.permission}
        if inside == "/pulls" and method == "POST":
            if f"refs/heads/{body['head']}" not in git(self.bare, "for-each-ref", "--format=%(refname)"):
                return 422, {"message": "no such branch"}
            self.proposed.append(body)
            return 201, {}
        return super().reply(method, path, body)


@dataclass
class Step:
    """A step as it went: its name or action, how it ended, and what it said; `in_place` says that a stand-in ran."""

    name: str
    ended: str
    said: str = ""
    in_place: bool = False


@dataclass
class Stage:
    """Where a workflow is rehearsed: what happened (`event`, the ref and its commit), the hub, and servers outside."""

    folder: Path
    hub: Hub
    event: str
    ref: str
    outside: Mapping[str, str] = field(default_factory=dict)
    jobs: dict[str, list[Step]] = field(default_factory=dict)
    body: str = ""
    """The text of the issue that the event is about, if it is about one."""

    @property
    def expressions(self) -> dict[str, str]:
        """What each expression that a workflow may use is here; one that is not listed ends the rehearsal."""
        return {
            "github.token": TOKEN,
            "secrets.NCBI_API_KEY": KEY,
            "github.repository": REPOSITORY,
            "github.event.pull_request.number": NUMBER,
            "github.event.issue.number": NUMBER,
            "github.event.sender.login": "somebody",
            "github.event.repository.default_branch": "main",
            "github.event.workflow_run.id": RUN,
            "github.event.workflow_run.head_sha": self.hub.pull["head"]["sha"],
        }

    def conditions(self, work: Path, failed: str = "") -> dict[str, bool]:
        """Whether each condition that a workflow may state holds here; `failed` is the id of the step that failed."""
        return {
            "github.event.label.name == 'accepted-proposal'": self.event == "issues",
            "failure() && steps.apply.outcome == 'failure'": failed == "apply",
            "github.event_name == 'pull_request'": self.event == "pull_request",
            "github.event.workflow_run.event == 'pull_request' && "
            "github.event.workflow_run.conclusion != 'cancelled'": self.event == "workflow_run",
            "!cancelled()": True,
            **{
                f"!cancelled() && hashFiles('{name}') != ''": (work / name).is_file()
                for name in ("graver.txt", "falls.md")
            },
        }

    def rehearse(self, name: str, jobs: Collection[str] = (), without: Collection[str] = ()) -> dict[str, str]:
        """Run the jobs of a workflow, all of them or some, with or without some steps; return how each ended."""
        ends: dict[str, str] = {}
        for id_, job in read(FOLDER / name)["jobs"].items():
            if jobs and id_ not in jobs:
                continue
            needed = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
            if any(ends[each] != "success" for each in needed) or not self._holds(job.get("if"), self.folder):
                ends[id_] = "skipped"
                continue
            self.jobs[id_] = []
            for values in _matrix(job):
                steps = [step for step in job["steps"] if step.get("name") not in without]
                self._job(id_, steps, values, job.get("env", {}))
            ends[id_] = "failure" if any(step.ended == "failure" for step in self.jobs[id_]) else "success"
        return ends

    def said(self, job: str, step: str) -> str:
        return next(each.said for each in self.jobs[job] if each.name == step)

    def _holds(self, condition: str | None, work: Path, failed: str = "") -> bool:
        if condition is None:
            return True
        bare = re.sub(r"^\$\{\{\s*|\s*\}\}$", "", condition.strip())
        return self.conditions(work, failed)[bare]

    def _filled(self, text: object, matrix: Mapping[str, str]) -> str:
        known = {**self.expressions, **{f"matrix.{key}": value for key, value in matrix.items()}}
        return re.sub(r"\$\{\{\s*(.*?)\s*\}\}", lambda found: known[found[1]], str(text))

    def _job(
        self, id_: str, steps: Sequence[dict[str, Any]], matrix: Mapping[str, str], env: Mapping[str, str]
    ) -> None:
        work = self.folder / f"{id_}-{len(list(self.folder.iterdir()))}"
        work.mkdir()
        failed, failed_id = False, ""
        for step in steps:
            name = name_of(step)
            if not self._holds(step.get("if"), work, failed_id) or (failed and "if" not in step):
                self.jobs[id_].append(Step(name, "skipped"))
                continue
            given = {key: self._filled(value, matrix) for key, value in step.get("with", {}).items()}
            stand_in = IN_PLACE.get(command_of(step))
            if stand_in:
                done = Step(name, *stand_in(self, work, given), in_place=True)
            else:
                done = Step(name, *self._run(step["run"], work, {**env, **step.get("env", {})}, matrix))
            if done.ended == "failure":
                failed, failed_id = True, failed_id or step.get("id", "without an id")
            self.jobs[id_].append(done)

    def _run(self, script: str, work: Path, env: Mapping[str, str], matrix: Mapping[str, str]) -> tuple[str, str]:
        event = self.folder / "event.json"
        event.write_text(json.dumps({"issue": {"body": self.body}}), "utf-8")
        file = self.folder / "script.sh"
        file.write_text(script, "utf-8")
        # As the runner has it: what the step names beside what every step is given, and nothing of this machine's.
        environment = {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.folder / "home"),
            "CI": "true",
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_REF_NAME": self.ref,
            "GITHUB_RUN_ID": RUN,
            "GITHUB_API_URL": self.hub.address,
            "GITHUB_EVENT_PATH": str(event),
            "RUNNER_TEMP": str(self.folder / "home"),
            "no_proxy": "127.0.0.1",
            **self.outside,
            **{key: self._filled(value, matrix) for key, value in env.items()},
        }
        command = ["bash", "-e", str(file)]
        result = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, timeout=600)
        return "success" if result.returncode == 0 else "failure", result.stdout + result.stderr


def command_of(step: Mapping[str, Any]) -> str:
    """Return the command of a step, or its action without the version."""
    return str(step.get("run") or step["uses"].partition("@")[0]).strip()


def name_of(step: Mapping[str, Any]) -> str:
    """Return the name of a step; of an action without one, the action."""
    return str(step.get("name") or command_of(step))


def _matrix(job: dict[str, Any]) -> list[dict[str, str]]:
    (values,) = (job.get("strategy") or {}).get("matrix", {"": [""]}).items()
    return [{values[0]: value} for value in values[1]]


# What stands for an action, or for a command that cannot be run here: it returns how it ended and what it said.

StandIn = Callable[[Stage, Path, dict[str, str]], tuple[str, str]]


def _checkout(stage: Stage, work: Path, given: dict[str, str]) -> tuple[str, str]:
    ref = given.get("ref") or (f"refs/pull/{NUMBER}/merge" if stage.event == "pull_request" else stage.ref)
    depth = given.get("fetch-depth", "1")
    git(work, "init", "--quiet")
    git(work, "remote", "add", "origin", stage.hub.bare.as_uri())
    git(work, "fetch", "--quiet", *(["--depth", depth] if depth != "0" else []), "origin", ref)
    git(work, "checkout", "--quiet", "FETCH_HEAD")
    return "success", git(work, "log", "-1", "--format=%H")


def _setup(stage: Stage, work: Path, given: dict[str, str]) -> tuple[str, str]:
    """Have the environment that the targets of the Makefile make: the interpreter here, and the mark of being done."""
    python = work / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(PYTHON.format(python=sys.executable), "utf-8")
    python.chmod(0o755)
    lock = (work / "requirements.lock").read_bytes()
    sum_ = subprocess.run(["cksum"], input=lock, capture_output=True, check=True).stdout.decode().strip()
    (work / f".venv/.locked-{sum_.replace(' ', '-')}").touch()
    return "success", ""


def _with_setup(stage: Stage, work: Path, given: dict[str, str]) -> tuple[str, str]:
    ended = _checkout(stage, work, given)
    _setup(stage, work, given)
    return ended


def _upload(stage: Stage, work: Path, given: dict[str, str]) -> tuple[str, str]:
    folder, content = work / given["path"], io.BytesIO()
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    if given.get("include-hidden-files") != "True":
        files = [file for file in files if not any(part.startswith(".") for part in file.relative_to(folder).parts)]
    if not files:
        return ("failure" if given["if-no-files-found"] == "error" else "success"), "no files were found"
    with zipfile.ZipFile(content, "w") as archive:
        for file in files:
            archive.write(file, file.relative_to(folder))
    stage.hub.artifacts.append((given["name"], content.getvalue()))
    return "success", ""


def _upload_pages(stage: Stage, work: Path, given: dict[str, str]) -> tuple[str, str]:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        archive.add(work / given["path"], ".")
    stage.hub.artifacts.append(("github-pages", content.getvalue()))
    return "success", ""


def _deploy(stage: Stage, work: Path, given: dict[str, str]) -> tuple[str, str]:
    uploaded = any(name == "github-pages" for name, _ in stage.hub.artifacts)
    return "success" if uploaded else "failure", ""


def _attest(stage: Stage, work: Path, given: dict[str, str]) -> tuple[str, str]:
    found = sorted(work.glob(given["subject-path"]))
    said = "\n".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}" for file in found)
    return "success" if found else "failure", said


def _site(stage: Stage, work: Path, given: dict[str, str]) -> tuple[str, str]:
    """Have files of the names that the site has."""
    for name in (Path("index.html"), handbook(1, 1), pocket(1, 1), offline_copy(SLUG)):
        (work / "site" / name).parent.mkdir(exist_ok=True)
        (work / "site" / name).write_text(f"{name}\n", "utf-8")
    return "success", ""


def _nothing(stage: Stage, work: Path, given: dict[str, str]) -> tuple[str, str]:
    return "success", ""


IN_PLACE: dict[str, StandIn] = {
    "actions/checkout": _with_setup,
    "actions/setup-python": _nothing,
    "actions/upload-artifact": _upload,
    "actions/upload-pages-artifact": _upload_pages,
    "actions/deploy-pages": _deploy,
    "actions/attest-build-provenance": _attest,
    "make setup": _nothing,
    "make site": _site,
    "make types": _nothing,
    "make test": _nothing,
    "make test-all": _nothing,
    ".ci/engine properdocs": _nothing,
    ".ci/engine zensical": _nothing,
}
"""What stands for a step, by its command or action. `docs/security.md` lists each, with what was not seen by it."""


def make_tools(folder: Path) -> None:
    """Write what stands for GitHub's command and for jq."""
    (folder / "bin").mkdir()
    (folder / "home").mkdir()
    for name, text in (("gh", GH), ("jq", JQ)):
        file = folder / "bin" / name
        file.write_text(text.format(python=sys.executable), "utf-8")
        file.chmod(0o755)
