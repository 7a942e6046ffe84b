"""A file that a stranger sent is not waited for, and not read without an end."""

import os
import shutil
from pathlib import Path

import pytest
from cases import TESTS
from click.testing import CliRunner

from generator.cli import main
from generator.cli.given import read_given

COMMANDS = (
    ("desk", "--take"),
    ("without", "--found"),
    ("add", "--pending", "--claims"),
    ("apply-proposal",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("what", ["pipe", "large"])
def test_a_pipe_and_a_large_file_are_refused(command: tuple[str, ...], what: str, tmp_path: Path) -> None:
    shutil.copytree(TESTS / "base/content", tmp_path / "project/content")
    file = tmp_path / "given"
    if what == "pipe":
        os.mkfifo(file)
    else:
        file.touch()
        os.truncate(file, 2**40)  # a hole: it takes no room on the disk
    result = CliRunner().invoke(main, ["--project", str(tmp_path / "project"), *command, str(file)])
    assert result.exit_code in (1, 2)
    assert ("not a plain file" if what == "pipe" else "has more than") in result.output
    assert "Traceback" not in result.output


def test_a_file_of_just_that_size_is_read(tmp_path: Path) -> None:
    (tmp_path / "given").write_bytes(b"1234")
    assert read_given(tmp_path / "given", 4) == b"1234"
    with pytest.raises(OSError, match="more than 3 bytes"):
        read_given(tmp_path / "given", 3)
