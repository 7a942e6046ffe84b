"""The hooks of pre-commit are commands of the project that pass here, and need no network."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.cli import PROJECT

BIN = Path(sys.executable).parent
HOOKS: list[dict[str, Any]] = [
    hook
    for repository in yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    for hook in repository["hooks"]
]


def test_the_hooks_are_those_and_none_is_downloaded() -> None:
    config = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [repository["repo"] for repository in config["repos"]] == ["local"]
    assert [hook["id"] for hook in HOOKS] == ["check", "lock", "schema", "ruff", "ruff-format"]
    assert {hook["language"] for hook in HOOKS} == {"system"}


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_passes_here_and_looks_at_files_that_are_there(hook: dict[str, Any]) -> None:
    command, *arguments = hook["entry"].split()
    folder, _, name = command.rpartition("/")
    assert folder == ".venv/bin"
    result = subprocess.run([BIN / name, *arguments], cwd=PROJECT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    assert hook["pass_filenames"] is False
    tracked = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    assert [path for path in tracked.splitlines() if re.search(hook["files"], path)]
