"""What is computed once is shared by every output: the same each time it is asked for, and changed by nobody."""

import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cases import TESTS

import generator
from generator.cli import read
from generator.cli.taking_in import Work
from generator.evidence.lock import LockOutcome
from generator.facts.tallies import evidence_tallies
from generator.guideline import Guideline
from generator.review.report import marked

COLLECTS = {LockOutcome, Work}
"""A class that fills up as work goes on, before anybody is told of it."""
ASKED_ONCE = {evidence_tallies}


def members(package: str, kind: Callable[[object], bool]) -> Iterator[Any]:
    """Yield every class or function that a module below a package defines."""
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if module.name.startswith(package) and module.name != "generator.__main__":
            loaded = importlib.import_module(module.name)
            yield from (each for _, each in inspect.getmembers(loaded, kind) if each.__module__ == module.name)


def computed(function: Any) -> bool:
    """Return whether a public function computes something of the whole guideline and nothing else."""
    return not function.__name__.startswith("_") and list(inspect.signature(function).parameters) == ["guideline"]


FACTS = [each for each in members("generator.facts", inspect.isfunction) if computed(each)]
CLASSES = [each for each in members("generator", inspect.isclass) if dataclasses.is_dataclass(each)]


@pytest.fixture(scope="module")
def small() -> Guideline:
    guideline, _ = read(TESTS / "base")
    assert guideline is not None
    return guideline


@pytest.mark.parametrize("function", FACTS, ids=lambda function: function.__name__)
def test_what_is_to_be_known_is_computed_once(function: Any, small: Guideline) -> None:
    if function not in ASKED_ONCE:
        assert function(small) is function(small)


@pytest.mark.parametrize("class_", CLASSES, ids=lambda class_: class_.__name__)
def test_nobody_changes_what_is_shared(class_: Any) -> None:
    assert class_.__dataclass_params__.frozen == (class_ not in COLLECTS)


def test_one_word_changed_in_a_long_text_is_marked_alone() -> None:
    """Also where a word comes often."""
    text = ["of the lamp"] * 120
    before, after = " ".join(text), " ".join([*text[:60], "with the lamp", *text[61:]])
    assert [(mark, part) for mark, part in marked(before, after) if mark != "same"] == [
        ("gone", "of"),
        ("come", "with"),
    ]
