"""The folder of a project: what is in it by name, its bytes, and what reading it found: problems and a fingerprint."""

import hashlib
import os
import re
from pathlib import Path
from typing import Any

from generator.places import Place
from generator.problems import Problem

# Hidden files, those of the Finder, and what vim, Emacs and merge tools leave beside a file.
_LEFT_BEHIND = re.compile(r"\..*|.*(?:~|\.swp|\.bak|\.tmp|\.orig)|#.*#", re.DOTALL)


class Folder:
    """Reads files below a project, and collects the problems and the ids of what could not be read.

    `known` remembers what files held by their bytes; with `from_git` also what editors leave was committed, and counts.
    """

    def __init__(self, project: Path, from_git: bool, known: dict[object, Any]):
        self.project = project
        self.known = known
        self.problems: list[Problem] = []
        self.unread: list[str] = []
        self._from_git = from_git
        self._digest = hashlib.sha256()

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the names and bytes of all files of content read so far, in hexadecimal."""
        return self._digest.hexdigest()

    def content_of(self, file: str) -> bytes:
        """Return the bytes of a file of content, which count for the fingerprint."""
        with open(self.project / file, "rb") as opened:
            content = opened.read()
        self._digest.update(f"{file} {len(content)} ".encode() + content)
        return content

    def inside(self, folder: str) -> list[os.DirEntry[str]]:
        """Return what a folder holds, by name; nothing where there is no folder."""
        base = self.project / folder
        entries = sorted(os.scandir(base), key=lambda entry: entry.name) if base.is_dir() else []
        for entry in entries:
            if entry.name.startswith(".new-"):
                self.report("stray-file", "a write was broken off here", "Delete it.", f"{folder}/{entry.name}")
        return [entry for entry in entries if self._from_git or not _LEFT_BEHIND.fullmatch(entry.name)]

    def is_file(self, file: str) -> bool:
        """Return whether a plain file is there, and no link to one."""
        path = self.project / file
        return path.is_file() and not path.is_symlink()

    def report(self, rule: str, wrong: str, fix: str, file: str, line: int = 1) -> None:
        """Add a problem of a whole file, or of a line of it."""
        self.problems.append(Problem(rule, wrong, fix, Place(file, line)))
