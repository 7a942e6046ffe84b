"""What the content would be with some files changed: looked for in a copy, so that nothing is half taken in."""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.cli.common import read
from generator.guideline import Guideline
from generator.problems import Problem
from generator.write import write_file


def try_files(
    project: Path, files: Mapping[str, bytes], guideline: Guideline, known: dict[object, Any]
) -> tuple[Guideline | None, list[Problem]]:
    """Return the guideline and all problems that a project would have with some files changed or added.

    `known` is what was remembered when `guideline` was read.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(project / "content", copy / "content", symlinks=True)
        for page, text in guideline.handwritten.items():
            write_file(copy / page, text.encode())
        for file, content in files.items():
            write_file(copy / file, content)
        return read(copy, known=known)


def new_problems(before: Sequence[Problem], after: Sequence[Problem]) -> list[Problem]:
    """Return the problems that were not there before, wherever the lines of those that were have moved."""
    there = {_what(problem) for problem in before}
    return [problem for problem in after if _what(problem) not in there]


def _what(problem: Problem) -> tuple[object, ...]:
    return problem.rule, problem.place.file, problem.place.path, problem.wrong
