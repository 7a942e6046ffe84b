"""The pages that are written by hand: which files they are, their sentences, and which of them name the topic.

A sentence names the topic if it holds a word of the intervention (`intervention` in guideline.yaml), or the name or a
synonym of a record, as whole words and whatever the case. The addresses of links are left out; code is read, a line
for a sentence. A sentence that speaks of the topic without naming it ("it cures them all") is not seen.
"""

import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.guideline import Guideline
from generator.places import Place

OTHER_PAGES = ("README.md", "mkdocs.yml")
"""What else is published: the front page of the repository, and the names and description of the site."""

SHORTEST = 3
"""Letters of the shortest name that is looked for; shorter ones are mostly parts of other words."""

_NAME_OF_SITE = "site_name: "
_FENCE = re.compile(r"\s*(?:```|~~~)")
_BEGINS = re.compile(r"\s*(?:#+ |[-*+] |\d+[.)] |\||>|[a-z_]+:(?: |$))")  # a heading, an item, a row, a key
_HEADING = re.compile(r"\s*#+ ")
_MARKER = re.compile(r"\A\s*(?:#+|[-*+>]|\d+[.)])\s+")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^\s()]*(?:\s+\"([^\"]*)\")?\)")
_ATTRIBUTES = re.compile(r"\{\s*[:#.][^{}\"]*\}|</?[A-Za-z]+>|[*`~\\]|(?<!\w)_+|_+(?!\w)")
_GAP = re.compile(r"[\s-]+")  # between the words of a name
_END = re.compile(r"(?<=[.!?])[\"')\]”’]*\s+")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a page as a reader sees it, without markup and on one line; its file and line."""

    file: str
    line: int
    text: str

    @property
    def sha256(self) -> str:
        """What the sentence is approved by."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place(self.file, self.line)


def is_page(path: PurePosixPath) -> bool:
    """Return whether a file of the project, by its path there, is a page that is read, if it is not a generated one."""
    return str(path) in OTHER_PAGES or (path.parts[:1] == ("docs",) and path.suffix == ".md")


def sentences_in(file: str, text: str) -> Iterator[Sentence]:
    """Yield the sentences of a page in their order; a heading, a list item and a row of a table end one."""
    for line, block in _blocks(text):
        plain = _plain(block)
        start = 0
        for end in (*(found.end() for found in _END.finditer(plain)), len(plain)):
            part = plain[start:end]
            if words := " ".join(part.split()):
                before = start + len(part) - len(part.lstrip())
                yield Sentence(file, line + plain.count("\n", 0, before), words)
            start = end


def naming(guideline: Guideline) -> Iterator[tuple[Sentence, str]]:
    """Yield each sentence of the hand-written pages that names the topic, with the first name in it.

    An abbreviation of a record's name, in capitals, is found as it is written; every other name whatever the case.
    The title of the guideline, alone in a line, is passed over: it is what the guideline says of itself.
    """
    names: set[str] = set()
    for record in guideline.records.values():
        names |= {record.name, *record.also_known_as}
    others = {*guideline.about.intervention, *(name for name in names if not name.isupper())}
    title = guideline.about.title
    sentences = [
        sentence
        for file, text in guideline.handwritten.items()
        for sentence in sentences_in(file, text)
        if sentence.text.removeprefix(_NAME_OF_SITE).strip("\"'") != title
    ]
    as_written = [unicodedata.normalize("NFKC", sentence.text) for sentence in sentences]
    folded = [text.casefold() for text in as_written]
    patterns = (
        (_pattern((name for name in names if name.isupper()), as_written), as_written),
        (_pattern((name.casefold() for name in others), folded), folded),
    )
    for index, sentence in enumerate(sentences):
        for pattern, texts in patterns:
            if found := pattern.search(texts[index]):
                yield sentence, found[0]
                break


def _pattern(names: Iterable[str], texts: Sequence[str]) -> re.Pattern[str]:
    """Return what finds the first and longest of those names whose words occur in the texts; to compile all is slow."""
    written = "\n".join({word for text in texts for word in _GAP.split(text)})
    words = {name: _GAP.split(unicodedata.normalize("NFKC", name)) for name in names if len(name) >= SHORTEST}
    found = [name for name in words if all(word in written for word in words[name])]
    found.sort(key=lambda name: (-len(name), name))
    each = "|".join(_GAP.pattern.join(map(re.escape, words[name])) for name in found) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{each})(?:e?s)?(?!\w)")


def approvals(guideline: Guideline) -> bytes:
    """Return content/approved-sentences.yaml with an entry for each sentence that needs one and no other.

    A sentence that was approved keeps its reason; a new one has an empty reason, which `check` asks for.
    """
    pages: dict[str, dict[str, str]] = {}
    for sentence, _ in naming(guideline):
        pages.setdefault(sentence.file, {})[sentence.sha256] = sentence.text
    lines = [_HEAD, "pages:" if pages else "pages: {}"]
    for file, sentences in pages.items():
        lines.append(f"  {json.dumps(file, ensure_ascii=False)}:")
        for hash_, text in sentences.items():
            reason = guideline.approved.get(file, {}).get(hash_, "")
            words = text if len(text) <= 110 else f"{text[:108]} …"
            lines += [f"    # {words}", f"    {hash_}: {json.dumps(reason, ensure_ascii=False)}"]
    return ("\n".join(lines) + "\n").encode()


_HEAD = """\
# yaml-language-server: $schema=../docs/schema/approved-sentences.schema.json
# Sentences of hand-written pages that name the topic and say no medicine, by SHA-256: why they say nothing of effect,
# dose or harm. The command `approve-sentences --write` lists them anew; a person gives the reasons."""


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line, from 1, and the text of each paragraph, heading, list item, row of a table and line of code."""
    block: list[str] = []
    begun, in_code = 1, False
    for number, line in enumerate([*text.splitlines(), ""], 1):
        fence = _FENCE.match(line) is not None
        ends = fence or in_code or not line.strip() or _BEGINS.match(line) or _HEADING.match(block[0] if block else "")
        if block and ends:
            yield begun, "\n".join(block)
            block = []
        in_code ^= fence
        if line.strip() and not fence:
            begun = begun if block else number
            block.append(line)


def _plain(block: str) -> str:
    text = html.unescape(_MARKER.sub("", block))
    for _ in range(2):  # a picture may be the text of a link
        text = _LINK.sub(lambda link: f"{link[1]} {link[2] or ''}".rstrip(), text)
    text = _ATTRIBUTES.sub("", text)
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
