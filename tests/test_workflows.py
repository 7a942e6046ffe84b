"""What runs on GitHub: least rights, pinned actions, no text of others in a script, and commands that exist."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path, PurePosixPath
from typing import Any

import click
import pytest
import yaml
from cases import git

from generator.cli import PROJECT, main
from generator.handwritten import is_page
from generator.links import handbook, offline_copy, pocket

FOLDER = PROJECT / ".github/workflows"
FILES = sorted(FOLDER.glob("*.yml"))
DEPENDABOT = PROJECT / ".github/dependabot.yml"
UNTRUSTED = ("content.yml",)
"""Workflows that run what a stranger has written."""


class Loader(yaml.SafeLoader):
    """YAML as GitHub reads it: `on` is a word."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(file: Path) -> dict[str, Any]:
    workflow = yaml.load(file.read_text("utf-8"), Loader)
    assert isinstance(workflow, dict)
    return workflow


def steps(file: Path) -> list[dict[str, Any]]:
    return [step for job in read(file)["jobs"].values() for step in job["steps"]]


def scripts(file: Path) -> list[str]:
    return [step["run"] for step in steps(file) if "run" in step]


each_workflow = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


def test_the_workflows_are_those() -> None:
    names = ["comment.yml", "content.yml", "evidence.yml", "links.yml", "news.yml", "proposal.yml"]
    names += ["release.yml", "site.yml"]
    assert [file.name for file in FOLDER.iterdir() if file not in FILES] == []
    assert [file.name for file in FILES] == names


def test_zizmor_finds_nothing() -> None:
    command = [Path(sys.executable).parent / "zizmor", "--offline", "--persona", "pedantic", "--no-progress"]
    result = subprocess.run([*command, FOLDER, DEPENDABOT], capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_zizmor_is_told_to_pass_over_one_thing_only() -> None:
    """The trigger of comment.yml, which is dangerous to a workflow that runs what it downloads."""
    ignored = [line for file in FILES for line in file.read_text("utf-8").splitlines() if "zizmor:" in line]
    assert [line.split("#")[1].split("]")[0] for line in ignored] == [" zizmor: ignore[dangerous-triggers"]


@each_workflow
def test_actions_are_pinned_by_commit_and_say_their_version(file: Path) -> None:
    lines = [line for line in file.read_text("utf-8").splitlines() if re.match(r"\s*(- )?uses:", line)]
    assert len(lines) == sum("uses" in step for step in steps(file))
    assert lines
    for line in lines:
        assert re.fullmatch(r"\s*(- )?uses: actions/[a-z-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+", line), line


def test_an_action_has_one_pin() -> None:
    pins = {step["uses"] for file in FILES for step in steps(file) if "uses" in step}
    assert len(pins) == len({pin.partition("@")[0] for pin in pins})


@each_workflow
def test_every_job_ends_in_time_and_every_workflow_runs_once_at_a_time(file: Path) -> None:
    assert "group" in read(file)["concurrency"]
    assert all(0 < job["timeout-minutes"] <= 60 for job in read(file)["jobs"].values())


@each_workflow
def test_rights_are_reading_until_a_job_says_why_it_needs_more(file: Path) -> None:
    assert read(file)["permissions"] in ({}, {"contents": "read"})
    widened = {key for job in read(file)["jobs"].values() for key, right in job.get("permissions", {}).items() if right}
    said = set(re.findall(r"^      ([a-z-]+): (?:read|write) # \S", file.read_text("utf-8"), re.MULTILINE))
    assert widened == said


def test_who_may_write_what() -> None:
    """What runs code of a pull request may write nothing; what may write runs on the default branch or on a tag."""
    writes = {
        f"{file.stem}/{job_id}": {key for key, right in job.get("permissions", {}).items() if right == "write"}
        for file in FILES
        for job_id, job in read(file)["jobs"].items()
    }
    assert {job: rights for job, rights in writes.items() if rights} == {
        "comment/comment": {"issues", "pull-requests"},
        "evidence/evidence": {"issues"},
        "proposal/proposal": {"contents", "issues", "pull-requests"},
        "news/news": {"issues"},
        "release/release": {"attestations", "contents", "id-token"},
        "site/deploy": {"id-token", "pages"},
    }


@each_workflow
def test_checkout_leaves_no_token_behind(file: Path) -> None:
    for step in steps(file):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@each_workflow
def test_no_workflow_runs_a_pull_request_with_the_rights_of_the_project(file: Path) -> None:
    assert "pull_request_target" not in file.read_text("utf-8")
    on_pull_request = "pull_request" in read(file)["on"]
    assert on_pull_request == (file.name in UNTRUSTED)
    if on_pull_request:
        assert not re.search(r"secrets|github\.token|_TOKEN", str(read(file)))
        assert all("permissions" not in job for job in read(file)["jobs"].values())


def test_one_secret_is_for_those_who_ask_pubmed_and_for_no_other_step() -> None:
    asking = {"sources", "news"}
    given = {file.name: re.findall(r"secrets\.\w+", file.read_text("utf-8")) for file in FILES}
    key = ["secrets.NCBI_API_KEY"]
    assert {name: found for name, found in given.items() if found} == {"evidence.yml": key, "news.yml": key}
    for step in (step for file in FILES for step in steps(file)):
        commands = set(re.findall(r"-m generator ([a-z-]+)", step.get("run", "")))
        assert ("NCBI_API_KEY" in step.get("env", {})) == bool(commands & asking), step.get("name")


@each_workflow
def test_no_script_has_text_pasted_into_it(file: Path) -> None:
    assert not [script for script in scripts(file) if "${{" in script]


def test_the_comment_is_made_by_base_code_from_a_file_that_is_not_unpacked() -> None:
    workflow = read(FOLDER / "comment.yml")
    assert workflow["on"] == {
        "workflow_run": {"workflows": [read(FOLDER / "content.yml")["name"]], "types": ["completed"]}
    }
    used = [step for step in steps(FOLDER / "comment.yml") if "uses" in step]
    assert [step["uses"].partition("@")[0] for step in used] == ["actions/checkout"]
    assert used[0]["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert not re.search(r"unzip|zipfile|tar |gh run download", "\n".join(scripts(FOLDER / "comment.yml")))


PROPOSAL = FOLDER / "proposal.yml"


def named(file: Path, name: str) -> dict[str, Any]:
    return next(step for step in steps(file) if step.get("name") == name)


def test_a_proposal_is_applied_by_base_code_once_a_maintainer_has_set_a_label() -> None:
    """No word of the issue is an expression: its number and who set the label are, and neither stands in a command."""
    workflow = read(PROPOSAL)
    assert workflow["on"] == {"issues": {"types": ["labeled"]}}
    assert workflow["jobs"]["proposal"]["if"] == "github.event.label.name == 'accepted-proposal'"
    used = [step for step in steps(PROPOSAL) if "uses" in step]
    assert [step["uses"].partition("@")[0] for step in used] == ["actions/checkout"]
    assert used[0]["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    expressions = set(re.findall(r"\$\{\{ (.*?) \}\}", PROPOSAL.read_text("utf-8")))
    assert {each for each in expressions if each.startswith("github.event.")} == {
        *("github.event.issue.number", "github.event.repository.default_branch", "github.event.sender.login"),
    }


def test_whoever_runs_others_code_has_no_token() -> None:
    """The token is given to the steps that call GitHub: packages are installed, and the issue read, without."""
    with_token = [step["name"] for step in steps(PROPOSAL) if "GH_TOKEN" in step.get("env", {})]
    assert with_token == [step["name"] for step in steps(PROPOSAL) if re.search(r"\bgh |git push", step.get("run", ""))]
    assert "GH_TOKEN" not in read(PROPOSAL)["jobs"]["proposal"]["env"]


@pytest.mark.parametrize(
    ("right", "status"),
    [("admin", 0), ("write", 0), ("read", 1), ("none", 1), ("", 1), ("writer", 1), ("read\nwrites", 1)],
)
def test_the_label_counts_if_it_was_set_by_somebody_who_may_write(right: str, status: int, tmp_path: Path) -> None:
    """The script of the workflow itself, with a `gh` that answers so."""
    gh = tmp_path / "gh"
    gh.write_text(
        '#!/bin/sh\ntest "$*" = "api repos/o/r/collaborators/somebody/permission --jq .permission" || exit 9\n'
        f"printf '%s\\n' '{right}'\n"
    )
    gh.chmod(0o755)
    script = named(PROPOSAL, "Refuse a label of somebody who may not write")["run"]
    environment = {"GITHUB_REPOSITORY": "o/r", "ACTOR": "somebody", "PATH": f"{tmp_path}:/usr/bin:/bin"}
    assert subprocess.run(["bash", "-e", "-c", script], env=environment, check=False).returncode == status


@pytest.mark.skipif(not shutil.which("jq"), reason="jq is missing")
@pytest.mark.parametrize(
    "body", ["$(touch x) `touch x` ${{ github.token }}\n'; touch x; '", "```json\n{}\n```\r\n", None]
)
def test_the_text_of_an_issue_goes_into_a_file_as_it_is(body: str | None, tmp_path: Path) -> None:
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"issue": {"body": body}}))
    script = named(PROPOSAL, "The text of the issue as a file")["run"]
    environment = {"GITHUB_EVENT_PATH": str(event), "RUNNER_TEMP": str(tmp_path), "PATH": "/usr/bin:/bin"}
    subprocess.run(["bash", "-e", "-c", script], env=environment, cwd=tmp_path, check=True)
    assert (tmp_path / "proposal.md").read_bytes() == f"{body or ''}\n".encode()
    assert {path.name for path in tmp_path.iterdir()} == {"event.json", "proposal.md"}


def test_the_artifacts_are_those_that_are_asked_for() -> None:
    uploads = {
        step["with"]["name"]: step["with"]["path"]
        for step in steps(FOLDER / "content.yml")
        if step.get("uses", "").startswith("actions/upload-artifact@")
    }
    assert uploads == {"content": "pull-request/", "review": "review/"}
    assert any("artifacts?name=content" in script for script in scripts(FOLDER / "comment.yml"))


def test_the_suite_runs_on_every_python_that_the_project_allows() -> None:
    job = read(FOLDER / "content.yml")["jobs"]["test"]
    assert job["strategy"]["matrix"] == {"python": ["3.11", "3.12", "3.13", "3.14"]}
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["requires-python"] == f">={job['strategy']['matrix']['python'][0]}"
    steps_ = {step.get("uses", step.get("run", "")).partition("@")[0]: step for step in job["steps"]}
    assert list(steps_) == ["actions/checkout", "actions/setup-python", "make types", "make test", "make test-all"]
    assert steps_["actions/setup-python"]["with"] == {"python-version": "${{ matrix.python }}"}
    assert steps_["make test"]["env"] == steps_["make test-all"]["env"] == {"CI": "true"}


def test_other_engines_build_the_site_of_a_pull_request() -> None:
    called = [step.get("run") for step in read(FOLDER / "content.yml")["jobs"]["check"]["steps"]]
    assert called[-3:] == ["make site", ".ci/engine properdocs", ".ci/engine zensical"]


def test_packing_the_content_leaves_content_pages_and_number(tmp_path: Path) -> None:
    """The script of the workflow itself, in a folder with something in `content/`."""
    (tmp_path / "content/practice").mkdir(parents=True)
    (tmp_path / "content/practice/dosing.yaml").write_text("name: before\n")
    (tmp_path / "docs/assets").mkdir(parents=True)
    for page in ("README.md", "mkdocs.yml", "docs/about.md", "docs/assets/why.md", "docs/assets/x.css", "docs/.md"):
        (tmp_path / page).write_text("before\n")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "-m", "main")
    git(tmp_path, "checkout", "--quiet", "-b", "change")
    (tmp_path / "content/practice/dosing.yaml").write_text("name: Dosing\n")
    (tmp_path / "content/practice/link.yaml").symlink_to("/etc/passwd")
    (tmp_path / "docs/link.md").symlink_to("/etc/passwd")
    (tmp_path / "docs/about.md").write_text("after\n")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "-m", "change")
    git(tmp_path, "checkout", "--quiet", "main")
    git(tmp_path, "merge", "--quiet", "--no-ff", "change")
    script = next(script for script in scripts(FOLDER / "content.yml") if "pull-request.json" in script)
    environment = {"NUMBER": "12", "PATH": "/usr/bin:/bin"}
    subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, env=environment, check=True)
    packed = tmp_path / "pull-request"
    assert (packed / "pull-request.json").read_text() == '{"number": 12}\n'
    assert (packed / "content/practice/dosing.yaml").read_text() == "name: Dosing\n"
    assert (packed / "docs/about.md").read_text() == "after\n"
    files = {str(path.relative_to(packed)) for path in packed.rglob("*") if path.is_symlink() or path.is_file()}
    pages = {"README.md", "mkdocs.yml", "docs/about.md", "docs/assets/why.md"}
    assert files == {"content/practice/dosing.yaml", "pull-request.json", *pages}
    assert pages == {path for path in files if is_page(PurePosixPath(path))}


@pytest.mark.parametrize(("tag", "status"), [("v1.2.3", 0), ("v1.2.4", 1), ("1.2.3", 1), ("v1.2.3 ", 1)])
def test_a_release_has_the_tag_of_its_version(tag: str, status: int, tmp_path: Path) -> None:
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\ntest "$*" = "-m generator version --released" && echo 1.2.3\n')
    python.chmod(0o755)
    script = next(script for script in scripts(FOLDER / "release.yml") if "GITHUB_REF_NAME" in script)
    environment = {"GITHUB_REF_NAME": tag, "PATH": "/usr/bin:/bin"}
    result = subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert result.returncode == status
    assert ("::error::the tag is not v1.2.3" in result.stdout) == bool(status)


def test_a_release_holds_files_that_the_site_has(tmp_path: Path) -> None:
    """The script of the workflow itself, on files of the names that `links` gives them."""
    (tmp_path / "site").mkdir()
    names = {handbook(1, 1), handbook(2, 3), pocket(1, 1), pocket(2, 3), offline_copy("ivig-dermatology")}
    for path in names:
        (tmp_path / "site" / path).write_text(str(path))
    script = next(script for script in scripts(FOLDER / "release.yml") if "SHA256SUMS" in script)
    subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, check=True)
    assert {path.name for path in (tmp_path / "release").iterdir()} == {*map(str, names), "SHA256SUMS"}
    subprocess.run(["sha256sum", "--quiet", "--check", "SHA256SUMS"], cwd=tmp_path / "release", check=True)


@each_workflow
def test_what_a_workflow_calls_exists(file: Path) -> None:
    """Commands of the generator with their options, targets of the Makefile, scripts in .ci/."""
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = "\n".join(scripts(file))
    for target in re.findall(r"^make ([a-z-]+)", text, re.MULTILINE):
        assert target in targets, f"make {target}"
    for script in re.findall(r"^(\.ci/[a-z]+)", text, re.MULTILINE):
        assert (PROJECT / script).is_file(), script
    for call in re.findall(r"-m generator (.*)", text):
        name = call.split()[0]
        command = main.get_command(click.Context(main), name)
        assert command, f"generator {name}"
        known = {option for parameter in command.params for option in parameter.opts}
        assert set(re.findall(r"(?<=\s)--[a-z-]+", call)) <= known, call
