"""Make the generated part of a folder equal a mapping of files. The only room that writes, and that
reads what was built.

A manifest in the folder names what was written, so that stale files go and files of others are never touched.
"""

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

MANIFEST = ".generated.json"


class WriteError(Exception):
    """A file that the generator did not write stands where it would write, or a path leaves the folder."""


@dataclass(frozen=True)
class Written:
    """What a call changed: files written, files left as they were, files removed."""

    written: int
    unchanged: int
    removed: int


def write_files(folder: Path, files: Mapping[PurePosixPath, bytes]) -> Written:
    """Write files below a folder where they differ, each atomically, and remove those of the last time that are gone.

    Raises WriteError, before anything is written, where a file of somebody else is in the way.
    """
    before = _read_manifest(folder)
    for path, content in files.items():
        target = _inside(folder, path)
        if path not in before and target.exists() and target.read_bytes() != content:
            raise WriteError(f"{target} is not a generated file: move or delete it, or name the record otherwise")
    stale = before - files.keys()
    folder.mkdir(parents=True, exist_ok=True)
    _write_manifest(folder, before | files.keys())
    changed = [path for path, content in files.items() if write_file(folder / path, content)]
    for path in stale:
        _inside(folder, path).unlink(missing_ok=True)
        _remove_empty_parents(folder, path)
    _write_manifest(folder, files.keys())
    return Written(len(changed), len(files) - len(changed), len(stale))


def read_files(folder: Path) -> dict[PurePosixPath, bytes]:
    """Return every file below a folder by its path there.

    Raises WriteError for a symbolic link, which could name a file elsewhere.
    """
    files = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            raise WriteError(f"{path} is a symbolic link; a copy of the site has none")
        if path.is_file():
            files[PurePosixPath(path.relative_to(folder).as_posix())] = path.read_bytes()
    return files


def _inside(folder: Path, path: PurePosixPath) -> Path:
    target = folder / path
    if path.is_absolute() or ".." in path.parts or not target.resolve().is_relative_to(folder.resolve()):
        raise WriteError(f"{path} leads out of {folder}")
    return target


def write_file(path: Path, content: bytes) -> bool:
    """Write one file atomically where it differs; return whether it did."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True


def _read_manifest(folder: Path) -> set[PurePosixPath]:
    path = folder / MANIFEST
    if not path.is_file():
        return set()
    try:
        return {PurePosixPath(name) for name in json.loads(path.read_text("utf-8"))}
    except (ValueError, TypeError):
        raise WriteError(f"{path} is damaged: delete it and the generated pages, then build again") from None


def _write_manifest(folder: Path, paths: Iterable[PurePosixPath]) -> None:
    write_file(folder / MANIFEST, (json.dumps(sorted(map(str, paths)), indent=0) + "\n").encode())


def _remove_empty_parents(folder: Path, path: PurePosixPath) -> None:
    for parent in path.parents:
        if parent != PurePosixPath(".") and (folder / parent).is_dir() and not any((folder / parent).iterdir()):
            (folder / parent).rmdir()
