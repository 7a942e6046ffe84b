"""Writing: only what changed, stale files gone, files of others untouched."""

import json
import os
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from generator import write
from generator.write import MANIFEST, WriteError, write_file, write_files


def files(**content: str) -> dict[PurePosixPath, bytes]:
    return {PurePosixPath(name.replace("__", "/") + ".md"): text.encode() for name, text in content.items()}


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    write_files(tmp_path, files(a="1", b="1"))
    before = (tmp_path / "a.md").stat().st_mtime_ns
    result = write_files(tmp_path, files(a="1", b="2"))
    assert (result.written, result.unchanged, result.removed) == (1, 1, 0)
    assert (tmp_path / "a.md").stat().st_mtime_ns == before
    assert (tmp_path / "b.md").read_text() == "2"


def test_stale_files_and_their_empty_folders_go(tmp_path: Path) -> None:
    write_files(tmp_path, files(a="1", x__y__b="1"))
    assert write_files(tmp_path, files(a="1")).removed == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANIFEST, "a.md"]


def test_a_hand_written_file_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "about.md").write_text("by hand")
    (tmp_path / "x").mkdir()
    (tmp_path / "x/mine.md").write_text("by hand")
    write_files(tmp_path, files(x__b="1"))
    write_files(tmp_path, {})
    assert (tmp_path / "about.md").read_text() == (tmp_path / "x/mine.md").read_text() == "by hand"


def test_a_hand_written_file_in_the_way_stops_everything(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("by hand")
    with pytest.raises(WriteError, match=r"b\.md is not a generated file"):
        write_files(tmp_path, files(a="1", b="1"))
    assert not (tmp_path / "a.md").exists()
    assert (tmp_path / "b.md").read_text() == "by hand"


def test_what_a_failed_call_wrote_is_known_as_generated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the next call, with other content, would take its own file for one of somebody else, and stop."""

    def full(path: Path, content: bytes) -> bool:
        if path.name == "b.md":
            raise OSError("no space left")
        return write_file(path, content)

    write_files(tmp_path, files(gone="1"))
    monkeypatch.setattr(write, "write_file", full)
    with pytest.raises(OSError, match="no space left"):
        write_files(tmp_path, files(a="1", b="1"))
    monkeypatch.undo()
    assert (tmp_path / "a.md").read_text() == "1"
    assert not (tmp_path / "b.md").exists()
    assert json.loads((tmp_path / MANIFEST).read_text()) == ["a.md", "b.md", "gone.md"]
    result = write_files(tmp_path, files(a="2", b="2"))
    assert (result.written, result.unchanged, result.removed) == (2, 0, 1)


@pytest.mark.parametrize(("owner", "step"), [(os, "fdopen"), (Path, "chmod"), (Path, "replace")])
def test_a_file_holds_the_old_content_or_the_new_and_no_part_of_it(
    owner: Any, step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever step fails, the file is as it was and nothing is left beside it."""

    def refuse(*_: object) -> None:
        raise OSError("no space left")

    file = tmp_path / "a.md"
    write_file(file, b"old")
    monkeypatch.setattr(owner, step, refuse)
    with pytest.raises(OSError, match="no space left"):
        write_file(file, b"new and longer")
    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


@pytest.mark.parametrize("path", ["../out.md", "/out.md", "x/../../out.md"])
def test_a_path_out_of_the_folder_is_refused(path: str, tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    with pytest.raises(WriteError, match="leads out of"):
        write_files(folder, {PurePosixPath(path): b"1"})
    assert not (tmp_path / "out.md").exists()


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "docs/x").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WriteError, match="leads out of"):
        write_files(tmp_path / "docs", files(x__a="1"))
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_damaged_manifest_is_reported(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("{")
    with pytest.raises(WriteError, match="is damaged"):
        write_files(tmp_path, files(a="1"))
