"""What the benchmark saves has a place to change, again and again; its times are measured by nobody here."""

import shutil
from pathlib import Path

import pytest

from generator.cli import PROJECT
from tools.benchmark import SAVED, edit


@pytest.mark.parametrize("file", SAVED.values(), ids=SAVED)
def test_each_file_can_be_changed_anew(file: str, tmp_path: Path) -> None:
    copy = tmp_path / Path(file).name
    shutil.copy(PROJECT / file, copy)
    seen = [copy.read_bytes()]
    for _ in range(2):
        edit(copy)
        assert copy.read_bytes() != seen[-1]
        seen.append(copy.read_bytes())
