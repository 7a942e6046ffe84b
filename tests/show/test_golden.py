"""What shows is as it was read, to the letter: each output of a guideline that has every field against a golden file.

`UPDATE_GOLDEN=1` writes the golden files anew; each is read by a person before it is committed.
"""

import difflib
import os
import re

import pytest
from outputs import SHOW, outputs

EXPECTED = SHOW / "expected"
NAMES = sorted(path.relative_to(EXPECTED).as_posix() for path in EXPECTED.rglob("*") if path.is_file())
UPDATE = bool(os.environ.get("UPDATE_GOLDEN"))


@pytest.mark.parametrize("name", NAMES)
def test_the_output_is_as_it_was_read(name: str) -> None:
    found = outputs().get(name, "")
    if UPDATE:
        write_golden(name, found)
        return
    expected = (EXPECTED / name).read_bytes().decode()
    if found != expected:
        lines = difflib.unified_diff(
            by_element(expected), by_element(found), f"expected/{name}", "found", n=1, lineterm=""
        )
        pytest.fail(f"{name} is not as it was read:\n" + "\n".join(lines), pytrace=False)


def test_every_output_has_its_golden_file_and_no_golden_file_is_stale() -> None:
    if UPDATE:
        for name in {*NAMES, *outputs()}:
            write_golden(name, outputs().get(name, ""))
    else:
        assert sorted(outputs()) == NAMES


def by_element(text: str) -> list[str]:
    """Return the lines of a text, a drawing by its elements."""
    return re.sub(r"(?<=>)(?=<)", "\n", text).split("\n")


def write_golden(name: str, text: str) -> None:
    """Write a golden file, or remove it where the output is gone."""
    file = EXPECTED / name
    if name not in outputs():
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
