"""The content as git has it at a revision: data only, nothing of it is run; and a commit of a few files."""

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from generator.handwritten import OTHER_PAGES, is_page

MAX_FILE = 16 * 1024 * 1024
MAX_FILES = 20_000

_READ = ("content/", "docs/", *OTHER_PAGES)


class RevisionError(Exception):
    """Git does not know the revision, or its content cannot be written out safely."""


def content_at(project: Path, revision: str) -> dict[PurePosixPath, bytes]:
    """Return the files below `content/` and the pages at a revision of the repository that a project is in, by path.

    Symbolic links and submodules are left out: a record that is one is then missing, which `check` reports. Raises
    RevisionError for a revision that git does not know, and for content that is too large.
    """
    listing = _git(project, ["ls-tree", "-r", "-z", "-l", commit_of(project, revision), *_READ], revision)
    entries = [entry.split(b"\t", 1) for entry in listing.split(b"\0") if entry]
    blobs = []
    for head, name in entries[: MAX_FILES + 1]:
        mode, kind, blob, size = head.split()
        path = PurePosixPath(name.decode("utf-8", errors="replace"))
        if kind == b"blob" and mode != b"120000" and (path.parts[0] == "content" or is_page(path)):
            if int(size) > MAX_FILE or ".." in path.parts or path.is_absolute():
                raise RevisionError(f"{revision}: {str(path)!r} is too large, or leads out of the folder")
            blobs.append((path, blob, int(size)))
    if len(blobs) > MAX_FILES:
        raise RevisionError(f"{revision} holds more than {MAX_FILES} files of content")
    answer = _git(project, ["cat-file", "--batch"], revision, b"".join(blob + b"\n" for _, blob, _ in blobs))
    files, at = {}, 0
    for path, _, length in blobs:
        at = answer.index(b"\n", at) + 1
        files[path] = answer[at : at + length]
        at += length + 1
    return files


def commit_of(project: Path, revision: str) -> str:
    """Return the full name of the commit that a revision means. Raises RevisionError if git does not know it."""
    if not re.fullmatch(r"[^\s\x00-\x1f\x7f-][^\x00-\x20\x7f]{0,199}", revision):
        raise RevisionError(f"{revision!r} is not the name of a revision")
    name = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
    return _git(project, name, revision).decode().strip()


def departure(project: Path, base: str, head: str) -> str:
    """Return the full name of the newest commit that two revisions share: where the branch of `head` departs.

    What others added to `base` since is then no change of `head`. Raises RevisionError if they share none, or git does
    not know one of them.
    """
    commits = [commit_of(project, revision) for revision in (base, head)]
    try:
        return _git(project, ["merge-base", *commits], base).decode().strip()
    except RevisionError:
        raise RevisionError(f"{base} and {head} share no commit (in a shallow clone: git fetch --unshallow)") from None


def changed_files(project: Path, files: Sequence[str]) -> list[str]:
    """Return those of some files that differ from the newest commit, or that git does not know."""
    said = _git(project, ["status", "--porcelain", "-z", "--untracked-files=all", "--", *files], "HEAD")
    return [entry[3:].decode("utf-8", errors="replace") for entry in said.split(b"\0") if entry]


def commit_files(project: Path, files: Sequence[str], message: str) -> str:
    """Commit some files and nothing else, whatever is staged besides; return the short name of the commit.

    Raises RevisionError if git refuses, or a hook does.
    """
    _git(project, ["add", "--intent-to-add", "--", *files], "HEAD")
    silent = "git did not commit and does not say why: a hook of the repository may have refused it"
    _git(project, ["commit", "--quiet", "--file=-", "--only", "--", *files], "HEAD", message.encode(), silent)
    return _git(project, ["rev-parse", "--short", "HEAD"], "HEAD").decode().strip()


def _git(project: Path, arguments: list[str], revision: str, given: bytes = b"", silent: str = "") -> bytes:
    try:
        result = subprocess.run(["git", *arguments], cwd=project, input=given, capture_output=True, check=False)  # noqa: S603, S607
    except OSError as error:
        raise RevisionError(f"git cannot be run: {error.strerror}") from error
    if result.returncode:
        said = result.stderr.decode("utf-8", errors="replace").strip()
        raise RevisionError(said or silent or f"git knows no revision {revision!r}")
    return result.stdout
