"""The house keeps its order: imports, style, types, and no word of one machine."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from cases import KINDS

from generator.cli import PROJECT
from generator.cli.preparing import navigation
from generator.guideline import Guideline

BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        ["lint-imports", "--no-cache"],
        ["ruff", "check", "generator", "tests", "tools"],
        ["ruff", "format", "--check", "generator", "tests", "tools"],
        ["mypy"],
    ],
    ids=" ".join,
)
def test_tool_finds_nothing(command: list[str]) -> None:
    result = subprocess.run([BIN / command[0], *command[1:]], cwd=PROJECT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_record_is_in_the_navigation(guideline: Guideline) -> None:
    pages = [page for kind in KINDS for entry in navigation(guideline, kind) for page in entry.values()]
    assert sorted(pages) == sorted(f"{record}.md" for record in guideline.records)


def test_every_kind_has_a_section_that_the_hook_fills() -> None:
    """The hook finds the section of a kind by its index page; a renamed one would leave the records out."""
    config = yaml.load((PROJECT / "mkdocs.yml").read_text("utf-8"), yaml.BaseLoader)
    sections = [pages for section in config["nav"] for pages in section.values() if isinstance(pages, list)]
    assert all([f"{kind}/index.md"] in sections for kind in KINDS)


def test_only_cli_prints_and_exits() -> None:
    for path in PROJECT.glob("generator/**/*.py"):
        text = path.read_text("utf-8")
        room = path.relative_to(PROJECT / "generator").parts[0]
        if room not in ("cli", "__main__.py", "mkdocs_site.py", "press.py"):  # the last two are processes of their own
            assert not re.search(r"\bprint\(|sys\.exit|os\.environ|click\.echo", text), path
        own = ("press.py", "worker.py", "bundles.py", "mkdocs_site.py", "folder.py")  # these read a template or a site
        if room not in ("load", "write.py", "cli", "preview") and path.name not in own:
            assert not re.search(r"(?<!\.)\bopen\(|read_text|read_bytes|write_text|write_bytes", text), path


def test_no_committed_file_is_generated() -> None:
    tracked = subprocess.run(["git", "ls-files", "docs"], cwd=PROJECT, capture_output=True, text=True, check=True)
    generated = {"docs/index.md", "docs/evidence.md", "docs/disagreements.md", "docs/missing.md", "docs/searches.md"}
    names = tracked.stdout.splitlines()
    assert not [name for name in names if name in generated or name.split("/")[1] in (*KINDS, "references")]


def test_the_type_checker_sees_what_a_field_holds(tmp_path: Path) -> None:
    """A type that is made by a function is `Any` to it: then it checks nothing, and says nothing."""
    snippet = tmp_path / "snippet.py"
    snippet.write_text(
        "from generator.changes import Change\n"
        "from generator.data import Arm, Dose\n"
        "from generator.model import Citation, Claim, Record\n"
        "from generator.sources import Reference\n"
        "def show(c: Claim, r: Record, s: Citation, x: Reference, d: Dose, a: Arm, k: Change) -> None:\n"
        "    reveal_type((c.kind, c.population, c.disagrees_with))\n"
        "    reveal_type((r.name, r.claims))\n"
        "    reveal_type((s.pmid, s.start))\n"
        "    reveal_type((x.design, x.synthesises, x.doi))\n"
        "    reveal_type((d.amount, d.every, a.mean))\n"
        "    reveal_type((k.kind, k.impact, k.pmids))\n"
        "Change(kind=1, impact='dose', where='x', title='x')  # type: ignore[arg-type]\n",
        "utf-8",
    )
    command = [sys.executable, "-m", "mypy", "--config-file", PROJECT / "pyproject.toml", snippet]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    assert re.findall(r'Revealed type is "(.*)"', result.stdout) == [
        "tuple[str, tuple[str, ...], tuple[generator.model.Disagreement, ...]]",
        "tuple[str, typing.Mapping[str, generator.model.Claim]]",
        "tuple[str, str]",
        "tuple[str, str | None, str | None]",
        "tuple[generator.quantities.Quantity, generator.quantities.Period | None, decimal.Decimal | None]",
        "tuple[str, str, tuple[str, ...]]",
    ]


def test_no_type_is_kept_from_the_type_checker() -> None:
    lines = [line for path in PROJECT.glob("generator/**/*.py") for line in path.read_text("utf-8").splitlines()]
    assert not [line for line in lines if re.search(r"type: ignore|\bcast\(", line)]


def test_each_bug_set_by_hand_still_has_its_place() -> None:
    """A bug whose text has gone from its file would be passed over, and its tests never tried."""
    bugs = [bug for group in yaml.safe_load((PROJECT / "tools/bugs.yaml").read_text("utf-8")).values() for bug in group]
    assert len(bugs) >= 60
    assert [bug for bug in bugs if (PROJECT / bug["file"]).read_text("utf-8").count(bug["replace"]) != 1] == []
