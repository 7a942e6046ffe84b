"""The commands, as their user meets them."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from cases import TESTS, apply_case, git
from click.testing import CliRunner, Result

from generator.cli import PROJECT, all_rules, main, read
from generator.cli.calling import command

BAD = {
    "edit": "content/indications/pemphigus.yaml",
    "replace": "text: No patient responded.",
    "with": 'text: "No %0A::error:: patient, responded"',
}
GOOD = {"edit": "content/pending.yaml", "replace": "awaited", "with": "awaited"}


def run(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--project", str(project), *arguments])


def test_check_of_good_content_exits_with_0(tmp_path: Path) -> None:
    apply_case(GOOD, tmp_path)
    result = run(tmp_path, "check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "4 records, 5 claims, 2 references: no problem" in result.stderr


MODULE = "python -m generator"


@pytest.mark.parametrize(
    ("called", "named"),
    [
        ("/env/bin/claimbook", "claimbook"),
        ("claimbook", "claimbook"),
        ("/x/generator/__main__.py", "python -m generator"),
    ],
)
def test_what_is_to_be_run_is_named_as_the_program_was_called(
    called: str, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [called, "check"])
    apply_case({**GOOD, "with": "awaited <b>"}, tmp_path)
    for arguments in (("check",), ("build",)):
        assert f"`{named} explain RULE` says what a rule asks" in run(tmp_path, *arguments).stderr
    assert f"`{named} lock --texts DIR`" in run(tmp_path, "explain", "passage-locked").stdout
    assert f"`{named} explain` lists them" in run(tmp_path, "explain", "x").stderr
    expected = [sys.executable, "-m", "generator"] if " " in named else [sys.executable, str(Path(called).absolute())]
    assert command() == expected


def test_no_other_room_of_the_commands_names_the_program() -> None:
    """A message that is written whole says `python -m generator` to whoever has called `claimbook`."""
    for path in (PROJECT / "generator/cli").glob("*.py"):
        assert path.name == "calling.py" or MODULE not in path.read_text("utf-8"), path


LEFT_BEHIND = (
    *(".DS_Store", "._pemphigus.yaml", ".pemphigus.yaml.swp", ".#pemphigus.yaml", "pemphigus.yaml~"),
    *("#pemphigus.yaml#", "pemphigus.yaml.bak", "pemphigus.yaml.orig", "pemphigus.yaml.tmp"),
)


@pytest.mark.parametrize("folder", ["content", "content/indications", "content/references", "content/changes"])
def test_what_an_editor_leaves_behind_is_passed_over_and_not_committed(folder: str, tmp_path: Path) -> None:
    """Emacs makes a link that leads to nothing. A note is reported as before."""
    apply_case(GOOD, tmp_path)
    clean = read(tmp_path)[0]
    for name in LEFT_BEHIND:
        path = tmp_path / folder / name
        path.symlink_to("user@host.1") if name.startswith(".#") else path.write_text("x", "utf-8")
    guideline, problems = read(tmp_path)
    assert problems == []
    assert replace(guideline, line_of=clean.line_of) == clean
    assert run(tmp_path, "build").exit_code == 0
    shutil.copy(PROJECT / ".gitignore", tmp_path)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "content")
    assert not [name for name in git(tmp_path, "ls-files").splitlines() if Path(name).name in LEFT_BEHIND]
    (tmp_path / folder / "notes.txt").write_text("x", "utf-8")
    assert run(tmp_path, "check").exit_code == 1


def test_check_of_bad_content_exits_with_1_and_says_where(tmp_path: Path) -> None:
    apply_case(BAD, tmp_path)
    result = run(tmp_path, "check")
    assert result.exit_code == 1
    assert result.stdout.startswith("content/indications/pemphigus.yaml:18 claims.no-response.text: ")


def test_check_as_json(tmp_path: Path) -> None:
    apply_case(BAD, tmp_path)
    rows = json.loads(run(tmp_path, "check", "--format", "json").stdout)
    assert {"file", "line", "where", "rule", "wrong", "fix"} == set(rows[0])
    assert (rows[0]["line"], rows[0]["rule"]) == (18, "sentence")


def test_check_as_github_annotations_lets_no_content_become_a_command(tmp_path: Path) -> None:
    apply_case(BAD | {"with": 'kindd: "x"\n    text: No.\n    "a\\n::error::b": 1'}, tmp_path)
    lines = run(tmp_path, "check", "--format", "github").stdout.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("::error file=content/indications/pemphigus.yaml,line=") for line in lines)
    assert any("%0A::error::b" in line for line in lines)


def test_check_as_sarif(tmp_path: Path) -> None:
    """The properties that SARIF 2.1.0 requires, the places, the rules, and no sign that is not seen."""
    apply_case(BAD | {"with": 'kindd: "x"\n    text: No.\n    "a\\n##[error]b": 1'}, tmp_path)
    (tmp_path / "content/indications/My ÄÖ.yaml").write_text("x", "utf-8")
    printed = run(tmp_path, "check", "--format", "sarif").stdout
    log = json.loads(printed)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    (found,) = log["runs"]
    driver = found["tool"]["driver"]
    assert driver["name"] == "generator check"
    rules = [rule["id"] for rule in driver["rules"]]
    assert rules == sorted(set(rules))
    assert all(rule["fullDescription"]["text"] == all_rules()[rule["id"]] for rule in driver["rules"])
    rows = json.loads(run(tmp_path, "check", "--format", "json").stdout)
    assert len(found["results"]) == len(rows) == 3
    for result, row in zip(found["results"], rows, strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == row["rule"]
        assert result["level"] == "error"
        assert result["message"]["text"].endswith(row["fix"])
        assert result["message"]["text"].isprintable()
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert unquote(place["artifactLocation"]["uri"]) == row["file"]
        assert place["region"] == {"startLine": row["line"]}
    assert "content/indications/My%20%C3%84%C3%96.yaml" in printed
    assert "##[" not in printed


def test_check_of_good_content_as_sarif_has_no_result(tmp_path: Path) -> None:
    apply_case(GOOD, tmp_path)
    result = run(tmp_path, "check", "--format", "sarif")
    (found,) = json.loads(result.stdout)["runs"]
    assert (result.exit_code, found["results"], found["tool"]["driver"]["rules"]) == (0, [], [])


def test_build_writes_nothing_where_content_is_bad(tmp_path: Path) -> None:
    apply_case(BAD, tmp_path)
    result = run(tmp_path, "build")
    assert result.exit_code == 1
    assert "nothing was written" in result.stderr
    assert not (tmp_path / "docs").exists()


def test_build_says_which_file_is_in_its_way(tmp_path: Path) -> None:
    apply_case(GOOD, tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/evidence.md").write_text("mine")
    result = run(tmp_path, "build")
    assert result.exit_code == 2
    assert "evidence.md is not a generated file" in result.stderr


@pytest.mark.parametrize("rule", all_rules())
def test_explain_tells_of_every_rule(rule: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["explain", rule])
    assert result.exit_code == 0
    assert len(result.output) > len(rule) + 40


def test_explain_of_an_unknown_rule_is_wrong_usage() -> None:
    result = CliRunner().invoke(main, ["explain", "nonsense"])
    assert result.exit_code == 2
    assert "no rule is named 'nonsense'" in result.output


@pytest.mark.parametrize("command", [[], *([name] for name in main.commands)], ids=" ".join)
def test_help_is_there(command: list[str]) -> None:
    result = CliRunner().invoke(main, [*command, "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_a_fault_of_ours_exits_with_2(tmp_path: Path) -> None:
    """Here the folder of the project is no folder of ours to write to."""
    apply_case(GOOD, tmp_path)
    command = [sys.executable, "-m", "generator", "--project", str(tmp_path), "handbook", "-o", "/proc/nothing/x.pdf"]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    assert result.returncode == 2


def test_version_says_whether_it_is_as_recorded(tmp_path: Path) -> None:
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    run = CliRunner()
    recorded = run.invoke(main, ["--project", str(tmp_path), "version", "--released"])
    assert (recorded.exit_code, recorded.output) == (0, "1.0.0\n")
    pending = tmp_path / "content/pending.yaml"
    pending.write_text(pending.read_text("utf-8").replace("A trial", "Another trial", 1), "utf-8")
    changed = run.invoke(main, ["--project", str(tmp_path), "version", "--released"])
    assert changed.exit_code == 1
    assert changed.output.startswith("1.0.0+")
    assert run.invoke(main, ["--project", str(tmp_path), "version"]).exit_code == 0


def test_the_project_is_the_folder_in_which_a_command_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    assert "4 records, 5 claims, 2 references: no problem" in CliRunner().invoke(main, ["check"]).stderr
    (tmp_path / "content/guideline.yaml").unlink()
    assert "content/guideline.yaml:1: the file is missing" in CliRunner().invoke(main, ["check"]).stdout
