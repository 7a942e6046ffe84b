"""The real content keeps every rule, and to see that takes no more than it needs."""

import subprocess
import sys

import pytest

from generator.cli import PROJECT, read
from generator.guideline import Guideline
from generator.places import Place
from generator.problems import Problem


def test_the_content_has_no_problem(loaded: tuple[Guideline, list[Problem]]) -> None:
    """That each rule bites is shown by its cases in `tests/check/`."""
    assert [str(problem) for problem in loaded[1]] == []


def test_nothing_looks_for_a_line_while_there_is_no_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    """To find one, a file is read a second time, and more slowly."""

    def refuse(place: Place) -> int:
        raise AssertionError(place.file)

    monkeypatch.setattr(Place, "line", property(refuse))
    assert read(PROJECT)[1] == []
    with pytest.raises(AssertionError, match=r"x\.yaml"):
        str(Problem("rule", "wrong", "fix", Place("x.yaml", lambda: 1)))


def test_check_waits_for_nothing_that_only_rendering_needs() -> None:
    code = "import sys; from generator.cli import main; main(['check'], standalone_mode=False); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    modules = run.stdout.split()
    assert "generator.check.sentence" in modules
    assert not {"jinja2", "mkdocs", "pikepdf", "typst", "generator.render", "generator.review"} & set(modules)
