"""A file that cannot be read is reported once: no rule says of the others that what they name is missing."""

import shutil
from pathlib import Path

import pytest
from cases import TESTS, messages

CONTENT = TESTS / "show/content"
RECORDS = sorted(file.relative_to(CONTENT).as_posix() for file in CONTENT.glob("*/*.yaml"))


@pytest.mark.parametrize("name", RECORDS)
def test_a_file_that_cannot_be_read_is_the_only_problem(name: str, tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    file = tmp_path / "content" / name
    file.write_text(file.read_text("utf-8") + "\nno-such-key: 1\n", "utf-8")
    found = messages(tmp_path)
    assert len(found) == 1
    assert found[0].startswith(f"content/{name}:")
