"""Make the generated part of a folder equal a mapping of files. The only room that writes, and that
reads what was built.

A manifest in the folder names what was written, so that stale files go and files of others are never touched. What
takes long to make is kept in a cache by what it is made of; what must never be seen half done is built in a workplace
and swapped in. Of those who write to one project, or hold one file, the others wait or are told.
"""

import ctypes
import fcntl
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
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


def read_files(folder: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield every file below a folder with its path there, in order of the paths, one at a time.

    Raises WriteError for a symbolic link, which could name a file elsewhere.
    """
    paths = sorted(PurePosixPath(path.relative_to(folder).as_posix()) for path in folder.rglob("*"))
    for path in paths:
        if (folder / path).is_symlink():
            raise WriteError(f"{folder / path} is a symbolic link; a copy of the site has none")
        if (folder / path).is_file():
            yield path, (folder / path).read_bytes()


def kept(cache: Path, key: str, make: Callable[[], bytes]) -> bytes:
    """Return what a cache keeps under a key, a SHA-256 over all that it is made of; what it lacks is made and kept.

    The folder may be deleted at any time, and two processes may use it at once: a file in it is whole or absent.
    """
    path = cache / key
    try:
        content = path.read_bytes()
        os.utime(path)  # kept since it was used last
    except FileNotFoundError:
        content = make()
        with suppress(FileNotFoundError, FileExistsError):  # the folder went while the file came
            write_file(path, content)
    return content


def forget_unused(cache: Path, before: float) -> None:
    """Delete what a cache keeps and nobody used since a time, in seconds of the epoch."""
    with suppress(FileNotFoundError):  # somebody else deletes them
        for path in cache.iterdir():
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)


@contextmanager
def workplace(parent: Path) -> Iterator[Path]:
    """Give an empty folder to build in, and delete it at the end; so are those that a killed process left behind.

    A process holds a lock on its own folder, so that the work of another that still runs is not touched.
    """
    parent.mkdir(parents=True, exist_ok=True)
    with _locked(parent):  # nobody takes a folder for left behind before its own process has locked it
        for left in parent.glob("work-*"):
            with suppress(BlockingIOError), _locked(left, fcntl.LOCK_NB):
                shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(dir=parent, prefix="work-"))
        lock = ExitStack()
        lock.enter_context(_locked(folder))
    with lock:
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(folder: Path, how: int = 0) -> Iterator[None]:
    """Hold the lock of a folder, which ends with the process. Raises BlockingIOError with LOCK_NB if another has it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | how)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def writing_alone(project: Path) -> Iterator[None]:
    """Let one process or thread at a time read, change and write the content of a project; the others wait."""
    folder = project / ".cache/writing"
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        yield


class HeldError(WriteError):
    """Another process holds a file; the message is what it says there of itself, which may be nothing."""


@contextmanager
def hold(path: Path) -> Iterator[Callable[[str], None]]:
    """Hold a file until the end, and give what says in it where its holder is. Raises HeldError if another holds it.

    The hold ends with the process, so that a file which a dead one left behind is taken over.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    with ExitStack() as lock:
        try:
            lock.enter_context(_locked(path, fcntl.LOCK_NB))
        except BlockingIOError:
            raise HeldError(path.read_text("utf-8")) from None

        def sign(words: str) -> None:
            path.write_text(words, "utf-8")

        sign("")
        yield sign


_AT_CWD, _EXCHANGE = -100, 2


def swap_in(new: Path, target: Path) -> None:
    """Put a folder that was built aside, on the same disk, in the place of another, which is deleted afterwards.

    On Linux the two are exchanged in one step (`renameat2`), so that whoever looks sees one or the other, whole.
    Elsewhere the old one is renamed away first, and for a moment there is none.
    """
    if not target.exists():
        new.rename(target)
        return
    try:
        code = ctypes.CDLL(None).renameat2(_AT_CWD, os.fsencode(new), _AT_CWD, os.fsencode(target), _EXCHANGE)
    except AttributeError:
        code = -1
    if code != 0:
        old = new.with_name(f"{new.name}-old")
        target.rename(old)
        new.rename(target)


def write_folder(folder: Path, files: Mapping[PurePosixPath, bytes]) -> None:
    """Make a new folder of some files, as a whole or not at all. Raises WriteError where something is there already.

    An empty folder is replaced; a link is not followed. The folder above it exists.
    """
    aside = Path(tempfile.mkdtemp(dir=folder.absolute().parent, prefix=".new-"))
    try:
        for path, content in files.items():
            write_file(_inside(aside, path), content)
        aside.chmod(0o755)
        aside.rename(folder)  # the system refuses a file, a link, and a folder that holds something
    except OSError as error:
        raise WriteError(f"{folder} is not a new or empty folder: {error.strerror}") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _inside(folder: Path, path: PurePosixPath) -> Path:
    target = folder / path
    if path.is_absolute() or ".." in path.parts or not target.resolve().is_relative_to(folder.resolve()):
        raise WriteError(f"{path} leads out of {folder}")
    return target


def write_file(path: Path, content: bytes) -> bool:
    """Write one file atomically where it differs; return whether it did."""
    if path.is_file() and path.read_bytes() == content:
        return False
    ready = _staged(path, content)
    try:
        ready.replace(path)
    finally:
        ready.unlink(missing_ok=True)
    return True


def write_together(folder: Path, files: Mapping[str, bytes], known: Mapping[str, bytes | None] | None = None) -> None:
    """Write some files below a folder, all or none: those that were written are put back if another cannot be.

    `known` is what they held when they were read, None for nothing. Raises OSError, and WriteError where one of them
    holds something else now.
    """
    before = {folder / name: content_of(folder / name) for name in files}
    staged: dict[Path, Path] = {}
    try:
        for name, content in files.items():
            staged[folder / name] = _staged(folder / name, content)
        for name, content_known in (known or {}).items():
            if content_of(folder / name) != content_known:
                raise WriteError(f"{name} was changed meanwhile by somebody else")
        for path, aside in staged.items():
            aside.replace(path)
    except BaseException:
        for path, aside in staged.items():
            aside.unlink(missing_ok=True)
            was = before[path]
            if was is None:
                path.unlink(missing_ok=True)
            elif was != content_of(path):
                write_file(path, was)
        raise


def content_of(path: Path) -> bytes | None:
    """Return what a file holds, None for nothing; so `write_together` is told what was known. Raises OSError."""
    return path.read_bytes() if path.is_file() else None


def _staged(path: Path, content: bytes) -> Path:
    """Write a content beside the file that it is for, and return where."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).chmod(stat.S_IMODE(path.stat().st_mode) if path.is_file() else 0o644)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


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
