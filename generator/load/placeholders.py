"""What of a new guideline is still to be replaced: capitals after the word that begins each, and names of files."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from generator.guideline import Guideline
from generator.yaml_source.decoding import MAX_BYTES

_PLACEHOLDER = re.compile(r"\bYOUR(?: [A-Z]+)+\b")
_NAME = re.compile(r"\byour(?:-[a-z]+)+\b")
_BESIDE = ("docs/manifest.webmanifest", "requirements.txt")


class Placeholder(NamedTuple):
    """A placeholder: its file, its line and its words."""

    file: str
    line: int
    words: str


def read_placeholders(project: Path, guideline: Guideline) -> list[Placeholder]:
    """Return the placeholders of the content, the hand-written pages and what is beside them, by file and line."""
    texts = dict(guideline.handwritten)
    beside = [project / name for name in _BESIDE]
    for path in (*project.glob("content/*.yaml"), *project.glob("content/*/*.yaml"), *beside):
        is_link = path.is_symlink() or path.parent.is_symlink()
        if path.is_file() and not is_link and path.stat().st_size <= MAX_BYTES:  # what is larger is no content
            texts[path.relative_to(project).as_posix()] = path.read_text("utf-8", errors="replace")
    return [found for file in sorted(texts) for found in _in(file, texts[file])]


def _in(file: str, text: str) -> Iterator[Placeholder]:
    """Yield the placeholders of a file: its name, if it is one, which becomes an address; then those of each line."""
    is_content = file.startswith("content/")
    if is_content and (name := _NAME.fullmatch(PurePosixPath(file).stem)):
        yield Placeholder(file, 1, f"{name[0]}, the name of the file")
    in_code = False  # what a page shows as an example is not to be replaced
    for number, line in enumerate(text.split("\n"), 1):
        in_code ^= file.endswith(".md") and line.startswith("```")
        if not in_code:
            names = _NAME.findall(line) if is_content else []
            for words in (*_PLACEHOLDER.findall(line), *dict.fromkeys(names)):
                yield Placeholder(file, number, words)
