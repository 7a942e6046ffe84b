"""Writing: only what changed, stale files gone, files of others untouched; what is kept, built aside and swapped in."""

import ctypes
import json
import os
import shutil
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from cases import TESTS, messages

from generator import write
from generator.cli import PROJECT
from generator.write import (
    MANIFEST,
    WriteError,
    forget_unused,
    kept,
    read_files,
    swap_in,
    workplace,
    write_file,
    write_files,
)


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


def test_what_is_kept_is_made_once_and_anew_when_the_folder_is_gone(tmp_path: Path) -> None:
    made = []

    def make() -> bytes:
        made.append(1)
        return b"pdf"

    for _ in range(3):
        assert kept(tmp_path / "cache", "key", make) == b"pdf"
    assert len(made) == 1
    assert kept(tmp_path / "cache", "other", make) == b"pdf"
    shutil.rmtree(tmp_path / "cache")
    assert kept(tmp_path / "cache", "key", make) == b"pdf"
    assert len(made) == 3


def test_what_is_used_is_kept_and_what_is_not_is_forgotten(tmp_path: Path) -> None:
    for key in ("used", "unused"):
        kept(tmp_path, key, lambda: b"pdf")
        os.utime(tmp_path / key, (1, 1))
    kept(tmp_path, "used", lambda: b"never made")
    forget_unused(tmp_path, 1000)
    assert [path.name for path in tmp_path.iterdir()] == ["used"]
    forget_unused(tmp_path / "no such folder", 1000)


KEEP = """
import sys
from pathlib import Path
from generator.write import forget_unused, kept
for number in range(400):
    content = bytes([number % 7]) * 300_000
    assert kept(Path(sys.argv[1]), str(number % 7), lambda: content) == content, number
    forget_unused(Path(sys.argv[1]), 0)
"""


def test_two_processes_use_a_cache_at_once_while_a_third_deletes_it(tmp_path: Path) -> None:
    """Each gets whole files whatever the others do."""
    cache = tmp_path / "cache"
    running = [subprocess.Popen([sys.executable, "-c", KEEP, cache], cwd=PROJECT) for _ in range(2)]
    deleted = 0
    while any(process.poll() is None for process in running):
        deleted += cache.exists()
        shutil.rmtree(cache, ignore_errors=True)
    assert [process.returncode for process in running] == [0, 0]
    assert deleted


HOLD = """
import sys, time
from pathlib import Path
from generator.write import workplace
with workplace(Path(sys.argv[1])) as folder:
    (folder / "half").touch()
    print(folder, flush=True)
    time.sleep(60)
"""


def test_a_workplace_is_gone_at_the_end_also_after_an_error(tmp_path: Path) -> None:
    with workplace(tmp_path) as folder:
        assert list(folder.iterdir()) == []
        (folder / "x").touch()
    with pytest.raises(OSError, match="no space left"), workplace(tmp_path) as folder:
        raise OSError("no space left")
    assert list(tmp_path.iterdir()) == []


def test_the_workplace_of_a_killed_process_goes_and_that_of_a_living_one_stays(tmp_path: Path) -> None:
    living, killed = (
        subprocess.Popen([sys.executable, "-c", HOLD, tmp_path], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    )
    try:
        folders = [Path(process.stdout.readline().strip()) for process in (living, killed)]
        with workplace(tmp_path) as own:
            assert own not in folders
            assert all((folder / "half").exists() for folder in folders)
        killed.kill()
        killed.wait()
        assert (folders[1] / "half").exists()
        with workplace(tmp_path):
            assert (folders[0] / "half").exists()
            assert not folders[1].exists()
    finally:
        for process in (living, killed):
            process.kill()
            process.communicate()


def whole(folder: Path, name: str) -> Path:
    folder.mkdir()
    for part in "abc":
        (folder / part).write_text(name)
    return folder


def test_a_folder_is_swapped_in_and_whole_at_every_moment(tmp_path: Path) -> None:
    """Whoever looks into the folder while others are put in its place sees all files of it, never none."""
    target = tmp_path / "site"
    swap_in(whole(tmp_path / "first", "0"), target)
    seen: Counter[object] = Counter()
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            try:
                seen[tuple(sorted(os.listdir(target)))] += 1
            except FileNotFoundError:
                seen["none"] += 1

    looker = threading.Thread(target=look)
    looker.start()
    try:
        for number in range(1, 100):
            new = whole(tmp_path / f"new-{number}", str(number))
            swap_in(new, target)
            assert (target / "a").read_text() == str(number)
            assert (new / "a").read_text() == str(number - 1)
    finally:
        over.set()
        looker.join()
    assert seen.keys() == {("a", "b", "c")}
    assert seen.total() > 100


def test_where_folders_cannot_be_exchanged_the_old_one_is_renamed_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = whole(tmp_path / "site", "old")
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    swap_in(whole(tmp_path / "new", "new"), target)
    assert (target / "a").read_text() == "new"
    assert not (tmp_path / "new").exists()
    assert (tmp_path / "new-old/a").read_text() == "old"


def test_a_folder_with_a_link_is_not_read(tmp_path: Path) -> None:
    whole(tmp_path / "site", "x")
    assert [str(path) for path, _ in read_files(tmp_path / "site")] == ["a", "b", "c"]
    (tmp_path / "site/d").symlink_to("/etc/passwd")
    with pytest.raises(WriteError, match="is a symbolic link"):
        list(read_files(tmp_path / "site"))


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
def test_a_file_keeps_its_mode(mode: int, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"before")
    file.chmod(mode)
    write_file(file, b"after")
    assert file.stat().st_mode & 0o777 == mode


@pytest.mark.parametrize("folder", ["content", "content/indications"])
def test_what_a_write_left_that_was_broken_off_is_told(folder: str, tmp_path: Path) -> None:
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    (tmp_path / folder / ".new-abc123").write_bytes(b"half")
    assert messages(tmp_path) == [f"{folder}/.new-abc123:1: a write was broken off here. Delete it. [stray-file]"]


@pytest.mark.parametrize("when", ["before", "while it writes"])
def test_a_file_that_somebody_makes_meanwhile_stays(when: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was there when it was read; of what is written together nothing is then."""
    staged = write._staged
    file = tmp_path / "file"

    def meanwhile(path: Path, content: bytes) -> Path:
        file.write_bytes(b"theirs")
        return staged(path, content)

    if when == "before":
        file.write_bytes(b"theirs")
    else:
        monkeypatch.setattr(write, "_staged", meanwhile)
    with pytest.raises(WriteError, match="file was changed meanwhile by somebody else"):
        write.write_together(tmp_path, {"other": b"ours", "file": b"ours"}, {"file": None})
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"theirs")]
