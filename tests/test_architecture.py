"""The page on the architecture says what is there."""

import re
import tomllib

import pytest

from generator.cli import PROJECT

PAGE = (PROJECT / "docs/architecture.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`([A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*/?)`", PAGE)))
FILES = [name for name in NAMED if "/" in name or name.endswith((".py", ".yml", ".yaml", ".toml", ".md", ".txt"))]


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_it_names_exists(name: str) -> None:
    assert (PROJECT / name).is_dir() if name.endswith("/") else (PROJECT / name).is_file()


def test_it_names_files() -> None:
    assert len(FILES) > 40


def test_its_layers_are_those_that_the_imports_keep() -> None:
    contract = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0]
    block = PAGE.partition("```text\n")[2].partition("```")[0]
    assert [re.split(r"  +", line)[0] for line in block.splitlines()] == contract["layers"]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("generator/links.py", "FOLDERS"),
        ("generator/render/data/exports.py", "export_makers"),
        ("generator/cli/common.py", "ROOMS"),
        ("generator/data.py", "Data"),
    ],
)
def test_a_name_that_it_sends_to_is_in_that_file(file: str, name: str) -> None:
    assert f"`{name}`" in PAGE
    assert re.search(rf"^\s*{name}\b|def {name}\b", (PROJECT / file).read_text("utf-8"), re.MULTILINE)
