"""The walk of docs/another-guideline.md, from `init` to a published page: commands, files, output are the page's own.

A block of `sh` is run; a block of `text` after it is what it prints, to the letter but for three dots, and without
one it prints nothing. A block of `yaml` is the whole of the file that its first line names; a block of `diff` changes
lines.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import textwrap
from functools import cached_property
from pathlib import Path

import lxml.html
import pytest
import yaml
from cases import make_once, messages, tracked
from click.testing import CliRunner

from generator.cli import PROJECT, main

PAGE = (PROJECT / "docs/another-guideline.md").read_text("utf-8")
STEPS = re.findall(r"^## (\d+)\. (.*?)(?=^## )", PAGE, re.MULTILINE | re.DOTALL)
INSTALL, BEGIN, ANSWER, PUBLISH = 1, 2, 8, 10
EXAMPLE, PMID = "18436948", "21195583"


class Walk:
    """Somebody who follows the page in a folder, and stops at what is not as it says."""

    def __init__(self, folder: Path):
        self.here, self.folder, self.done = folder, folder, 0
        (folder / "bin").mkdir(exist_ok=True)

    @cached_property
    def environment(self) -> dict[str, str]:
        """That of a person with a bare machine: nothing of this checkout, no network for pip, a name for git."""
        bare = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_", "GIT_"))}
        places = (self.folder / "env/bin", self.folder / "bin", Path(sys.executable).parent)
        names = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        pip = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0"}
        quiet = {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        path = os.pathsep.join([*map(str, places), bare.get("PATH", os.defpath)])
        return {**bare, **names, **pip, **quiet, "GIT_CONFIG_GLOBAL": os.devnull, "PATH": path}

    def to(self, step: int) -> None:
        """Go on to the end of a step, from where this walk has come to."""
        for number, text in STEPS[self.done : step]:
            blocks = re.findall(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
            for (language, block), (after, shown) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
                if language == "sh":
                    self.run(block, shown if after == "text" else "")
                elif language == "yaml":
                    self.write(block)
                elif language == "diff":
                    self.change(block)
            self.done = int(number)

    def run(self, commands: str, shown: str) -> None:
        """Run commands where the last ones ended; they fail if, and only if, a problem is shown."""
        if "--texts" in commands:
            self.save_text()
        last = self.folder / "bin/last"
        script = f"{{ {commands}}}\nstatus=$?\npwd > '{last}'\nexit $status\n"
        made = subprocess.run(
            ["sh", "-c", script],
            cwd=self.here,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        pattern = re.escape(shown).replace(re.escape("...\n"), "(?:.*\n)*?").replace(re.escape("..."), ".*?")
        assert re.fullmatch(pattern, made.stdout), f"{commands}\nprinted:\n{made.stdout}\nthe page shows:\n{shown}"
        assert made.returncode == (1 if re.search(r"\[[a-z-]+\]$", shown, re.MULTILINE) else 0), commands
        self.here = Path(last.read_text("utf-8").strip())
        if "venv" in commands:
            self.lend_packages()

    def write(self, block: str) -> None:
        """Write a whole file, whose first line names it; it is there already."""
        file = self.here / block.partition("\n")[0].removeprefix("# ")
        assert file.is_file()
        file.write_text(block, "utf-8")

    def change(self, block: str) -> None:
        """Put lines in the place of others, each run of which is in its file once."""
        for name, changes in re.findall(r"^--- (\S+)\n((?:(?!--- ).*\n)+)", block, re.MULTILINE):
            file = self.here / name
            text = file.read_text("utf-8")
            for old, new in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)*)", changes, re.MULTILINE):
                before, after = (re.sub(r"^.", "", lines, flags=re.MULTILINE) for lines in (old, new))
                assert text.count(before) == 1, f"{name}: {before}"
                text = text.replace(before, after)
            file.write_text(text, "utf-8")

    def save_text(self) -> None:
        """Save a text of the source: the words alone by which its passages are found, or that claims repeat."""
        files = self.here.glob("content/*/*.yaml")
        records = [yaml.safe_load(file.read_text("utf-8")) for file in files]
        cited = [cite for record in records for claim in record.get("claims", {}).values() for cite in claim["cites"]]
        assert {cite["pmid"] for cite in cited} == {EXAMPLE, PMID}
        (self.here / f"../texts/{PMID}.txt").write_text(
            f"PMID {PMID}\n\nThis article is the first of a series: GRADE, systematic reviews, technology assessments, "
            "recommendations, addressing alternative management options.\n",
            "utf-8",
        )

    def lend_packages(self) -> None:
        """Let a new environment see the packages of the tests, which somebody with a network would have installed."""
        ours = [sysconfig.get_path("purelib"), *(path for path in sys.path if path.endswith("site-packages"))]
        for packages in self.folder.glob("env/lib/python*/site-packages"):
            (packages / "needed.pth").write_text("\n".join(dict.fromkeys(ours)) + "\n")


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """The walk from its second step on, with the program of this checkout."""
    started = Walk(tmp_path_factory.mktemp("walk"))
    command = started.folder / "bin/claimbook"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{PROJECT}" exec "{sys.executable}" -m generator "$@"\n', "utf-8")
    command.chmod(0o755)
    started.done = INSTALL
    return started


def test_the_page_has_ten_steps() -> None:
    assert [int(number) for number, _ in STEPS] == list(range(INSTALL, PUBLISH + 1))


@pytest.mark.parametrize("step", range(BEGIN, ANSWER + 1))
def test_a_step_does_what_the_page_says(step: int, walk: Walk) -> None:
    walk.to(step)


def test_the_numbers_that_it_shows_are_such_as_a_new_guideline_may_hold(tmp_path: Path) -> None:
    section = PAGE.partition("{ #numbers }")[2].partition("\n## ")[0]
    (block,) = re.findall(r"^```yaml\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    shown = re.findall(r"^data: .*\n(?: .*\n)*", block, re.MULTILINE)
    assert len(shown) == 3
    for number, each in enumerate(shown):
        project = tmp_path / str(number)
        assert CliRunner().invoke(main, ["init", str(project)]).exit_code == 0
        with (project / "content/harms/your-harm.yaml").open("a", encoding="utf-8") as file:
            file.write(textwrap.indent(each, "    "))
        found = {message.rpartition("[")[2].rstrip("]") for message in messages(project)}
        assert found <= {"figure-in-passage", "quantity-agrees"}, messages(project)
        assert "figure-in-passage" in found  # it was read


def test_each_command_that_it_names_is_there() -> None:
    named = set(re.findall(r"claimbook ([a-z][a-z-]*)", PAGE))
    assert named >= {"init", "check", "lock", "site", "sources", "desk", "review", "serve"}
    assert [name for name in named if CliRunner().invoke(main, [name, "--help"]).exit_code] == []
    assert "`make" not in CliRunner().invoke(main, ["--help"]).stdout  # which is of a project, and not of the program


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project at the end of all ten steps, with the program installed from its wheel."""

    def make(folder: Path) -> None:
        for name in tracked("generator", "overrides", "docs/assets", "pyproject.toml", "README.md", "LICENSE"):
            (folder / "program" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "program" / name).write_bytes((PROJECT / name).read_bytes())
        walk = Walk(folder)
        walk.here = folder / "program"
        walk.to(PUBLISH)

    return make_once(tmp_path_factory, "published", make) / "grading"


@pytest.mark.slow
def test_the_page_of_the_record_tells_the_answer_and_its_source_at_its_address(published: Path) -> None:
    page = lxml.html.document_fromstring((published / "site/uses/recommending/index.html").read_text("utf-8"))
    text = " ".join(page.text_content().split())
    assert "An article of 2011 guides whoever uses GRADE for recommendations" in text
    assert f"PMID {PMID}" in text
    assert "nreviewed" in text
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://example.org/grading/uses/recommending/"]


@pytest.mark.slow
def test_what_is_left_to_replace_is_what_the_page_says(published: Path) -> None:
    said = CliRunner().invoke(main, ["--project", str(published), "check", "--placeholders"]).stderr
    left = {line.split(":")[0].strip() for line in said.splitlines()[3:]}
    pages = {"README.md", *(f"docs/{name}.md" for name in ("intended-purpose", "method", "review"))}
    records = {f"content/{id_}.yaml" for id_ in ("harms/your-harm", "topics/your-topic", "background/how-sure")}
    assert left == pages | records | {"content/profile.yaml"}


@pytest.mark.slow
def test_the_next_version_says_what_it_changes_since_the_one_that_was_tagged(published: Path, tmp_path: Path) -> None:
    project = tmp_path / "grading"
    shutil.copytree(published, project, ignore=shutil.ignore_patterns("site*", ".cache"))
    about = project / "content/guideline.yaml"
    text = about.read_text("utf-8")
    command = ["--project", str(project), "record-changes", "v0.1.0"]
    about.write_text(text.replace("When to grade", "Whether to grade"), "utf-8")
    refused = CliRunner().invoke(main, command)
    assert refused.exit_code == 2
    assert "version 0.1.0 is recorded, and the content is no longer what it was: raise `version`" in refused.stderr
    about.write_text(about.read_text("utf-8").replace("version: 0.1.0", "version: 0.2.0"), "utf-8")
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    recorded = json.loads((project / "content/changes/0.2.0.json").read_text("utf-8"))
    assert (recorded["since"], {each["kind"] for each in recorded["changes"]}) == ("0.1.0", {"guideline-changed"})


@pytest.mark.slow
def test_what_is_pushed_is_what_the_workflow_needs_and_nothing_that_is_made(published: Path) -> None:
    command = ["git", "-C", str(published), "ls-files"]
    names = set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines())
    assert {".github/workflows/check.yml", "Makefile", "requirements.txt", "tests/test_content.py"} <= names
    wheel = next(line for line in (published / "requirements.txt").read_text("utf-8").splitlines() if line[:2] == "./")
    assert wheel.removeprefix("./") in names
    assert not [name for name in names if name.startswith(("site", "docs/uses/", ".cache"))]
