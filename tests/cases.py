"""Bad cases: a valid small guideline with one thing changed, and the messages that it must give.

A case is a YAML file in `tests/check/<rule>/` with `edit`, `replace` and `with`; or `write` with `content` (or
`bytes`, as Latin-1); or `delete`; and `expect`, the exact lines that `check` prints.
"""

import shutil
from pathlib import Path

from generator.cli import read

TESTS = Path(__file__).parent


def apply_case(case: dict[str, str], project: Path) -> None:
    """Copy the valid guideline into a folder and change it as the case says."""
    shutil.copytree(TESTS / "base" / "content", project / "content")
    if "edit" in case:
        file = project / case["edit"]
        before = file.read_text("utf-8")
        assert case["replace"] in before, f"{case['edit']} does not hold {case['replace']!r}"
        file.write_text(before.replace(case["replace"], case["with"], 1), "utf-8")
    elif "write" in case:
        content = case["content"].encode() if "content" in case else case["bytes"].encode("latin-1")
        (project / case["write"]).write_bytes(content)
    else:
        target = project / case["delete"]
        shutil.rmtree(target) if target.is_dir() else target.unlink()


def messages(project: Path) -> list[str]:
    """Return the lines of text that `check` prints for a project."""
    return [str(problem) for problem in read(project)[1]]
