"""The table of what is wrong with a proposal, as the generator finds it; a browser is held to it as well."""

import json
import re
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from cases import TESTS
from pydantic import TypeAdapter, ValidationError
from test_proposals import changed

from generator.cli.proposing import RefusedError, take
from generator.places import KeyPath
from generator.problems import Problem
from generator.proposals.model import QUOTED, Note

CASES: dict[str, dict[str, Any]] = yaml.safe_load((TESTS / "proposals/cases.yaml").read_text("utf-8"))
LETTER = "letter.json"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nothing is written into it: what a proposal would do is looked at in a copy."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(TESTS / "base/content", folder / "content")
    return folder


@pytest.fixture(scope="module")
def known() -> dict[object, Any]:
    return {}


def at(problem: Problem, proposal: dict[str, Any]) -> str:
    """Return the path of a problem in the proposal, and its rule."""
    path: KeyPath = problem.place.path
    if problem.place.file != LETTER:
        start = {"claim": ("claims", proposal.get("name")), "answer": ("answers", proposal.get("name")), "source": ()}
        inside = start[proposal["what"]]
        assert path[: len(inside)] == inside, problem
        path = ("content", *path[len(inside) :])
    if problem.rule == "missing-key" and (key := re.match(r"`(\w+)` is missing", problem.wrong)):
        path = (*path, key[1])
    if problem.rule == "cites-pmid":
        path = ("content", "cites")
    if problem.rule == "proposal-form" and not path:
        path = ("pmid",) if "PMID" in problem.wrong else ("name",)
    return f"{'.'.join(map(str, path))} {problem.rule}"


@pytest.mark.parametrize("name", CASES)
def test_what_the_generator_finds_wrong_with_a_proposal(name: str, project: Path, known: dict[object, Any]) -> None:
    letter = changed(CASES[name])
    found: list[str] = []
    try:
        take(project, letter, LETTER, known)
    except RefusedError as refused:
        found = [at(problem, json.loads(letter)) for problem in refused.problems]
    assert sorted(found) == sorted([*CASES[name]["problems"], *CASES[name].get("here", ())])


@pytest.mark.parametrize(
    "text",
    ["«" * 1500 + "a " * 8 + " " * 1500, "«a a a a a a a a" + " " * 3000, "«a a a a a a a a  " * 180, ' "a' * 1000],
)
def test_a_hostile_note_is_looked_at_within_a_second(text: str) -> None:
    start = time.process_time()
    assert not re.search(QUOTED, text)
    with pytest.raises(ValidationError):
        TypeAdapter[str](Note).validate_python(text)
    assert time.process_time() - start < 1


def test_the_table_has_cases_of_each_kind_and_most_rules_of_form() -> None:
    kinds = [case["like"] for case in CASES.values()]
    assert all(kinds.count(kind) >= 6 for kind in ("claim", "answer", "error", "source"))
    assert len({problem.partition(" ")[2] for case in CASES.values() for problem in case["problems"]}) >= 18
