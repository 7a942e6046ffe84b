"""A file or the text of an issue to the one proposal in it. All of it is a stranger's, and none of it is run."""

import codecs
import re
from collections.abc import Iterator
from typing import Any

from generator.places import Place
from generator.problems import Problem
from generator.proposals.model import FORMAT, PROPOSED
from generator.yaml_source import Document, read_yaml
from generator.yaml_source.decoding import Refusal

RULE = "proposal-form"
RULES = {
    RULE: "A proposal is one object of JSON, as the form makes it: alone in its file, or the one block between "
    "```json and ``` in the text of an issue, with no other block, tag or comment there, and nothing behind it "
    "if it has the heading Proposal. It goes into a record that exists and that a program can add to.",
}

_FENCE = re.compile(rb" {0,3}(`{3,}|~{3,})")
_TAG = re.compile(rb"<[A-Za-z/!?]")
_HEADING = re.compile(rb" {0,3}### Proposal[ \t]*")
_CURLY = re.compile("(?:“|”|„)proposal(?:“|”)[ \\t]*:".encode())
_SEND = "Send one object of JSON as the form makes it, between ```json and ```, and nothing that hides or follows it."


def read_letter(raw: bytes) -> Document:
    """Return the data of the proposal that a file holds, by the same strict reading as that of the content.

    Whoever accepts an issue has to see what is applied: text around the block that could hide it, or be taken for it,
    is refused. JSON is read as the YAML that it is: repeated keys, depth, size and characters are looked at there, and
    the lines of refusals are those of the file.
    """
    raw = raw.removeprefix(codecs.BOM_UTF8)
    lines = [line.removesuffix(b"\r") for line in raw.split(b"\n")]
    if b'"proposal"' not in raw and _CURLY.search(raw):
        fix = "Send the file, or copy the proposal as the form shows it: a program for letters has changed it."
        return Document(None, [Refusal(1, RULE, "its quotation marks are not straight", fix)], raw)
    if _is_alone(raw):
        return read_yaml(raw)
    refusals, block = _find_block(lines)
    return Document(None, refusals, raw) if refusals else read_yaml(block)


def _is_alone(raw: bytes) -> bool:
    return raw.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{"


def _find_block(lines: list[bytes]) -> tuple[list[Refusal], bytes]:
    """Return what is wrong with a text around the one block of JSON, and what stands in it on the lines of the text."""
    fenced = list(_fences(lines))
    blocks = [span for info, span in fenced if info == b"json" and span.stop <= len(lines)]
    others = [span for info, span in fenced if span not in blocks]
    if len(blocks) != 1:
        wrong = "the text holds no proposal" if not blocks else f"the text holds {len(blocks)} proposals"
        return [Refusal(1, RULE, wrong, _SEND)], b""
    (block,) = blocks
    outside = [Refusal(span.start + 1, RULE, "another block of code", _SEND) for span in others]
    outside += _refuse_tags(lines, block)
    headings = [number for number, line in enumerate(lines) if number not in block and _HEADING.fullmatch(line)]
    after = [number for number in range(block.stop, len(lines)) if lines[number].strip()]
    if headings and after:
        outside.append(Refusal(after[0] + 1, RULE, "text behind the proposal", _SEND))
    if headings and any(line.strip() for line in lines[headings[-1] + 1 : block.start]):
        outside.append(Refusal(headings[-1] + 2, RULE, "text between the heading and the proposal", _SEND))
    return outside, b"\n" * (block.start + 1) + b"\n".join(lines[block.start + 1 : block.stop - 1])


def _refuse_tags(lines: list[bytes], block: range) -> Iterator[Refusal]:
    """Yield a refusal for each line outside of a block with a tag or a comment: what is behind it may not be seen."""
    for number, line in enumerate(lines):
        if number not in block and _TAG.search(line):
            yield Refusal(number + 1, RULE, "a tag or a comment of HTML, which hides text", _SEND)


def _fences(lines: list[bytes]) -> Iterator[tuple[bytes, range]]:
    """Yield the word behind the opening fence of each block of code, and its lines, as CommonMark (0.31, 4.5) has it.

    One that is not closed ends behind the last line.
    """
    fence, info, start = b"", b"", 0
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        behind = line[found.end() :].strip(b" \t") if found else b""
        if not fence:
            if found and not (found[1][:1] == b"`" and b"`" in behind):
                fence, info, start = found[1], behind, number
        elif found and not behind and found[1].startswith(fence):
            yield info, range(start, number + 1)
            fence = b""
    if fence:
        yield info, range(start, len(lines) + 1)


def refuse_hidden(raw: bytes, file: str) -> Problem | None:
    """Return the problem of a sound proposal that stands alone, and where a tag would hide a part of it in an issue."""
    found = next(_refuse_tags(raw.split(b"\n"), range(0)), None) if _is_alone(raw) else None
    return Problem(found.rule, found.wrong, found.fix, Place(file, found.line)) if found else None


def refuse_kind(document: Document, file: str) -> Problem | None:
    """Return the problem of data that is no proposal of this form, or has what is an editor's, before its keys."""
    data: Any = document.data
    if not isinstance(data, dict):
        return Problem(RULE, "this is no proposal", "Send one object of JSON as the form makes it.", Place(file, 1))
    if data.get("proposal") != FORMAT or isinstance(data["proposal"], bool):
        return Problem(RULE, f"`proposal` is not {FORMAT}", "Make it anew on the site's form.", Place(file, 1))
    if data.get("what") not in PROPOSED:
        return Problem(RULE, f"`what` is none of {', '.join(PROPOSED)}", "Make it anew on the form.", Place(file, 1))
    if data["what"] == "claim" and isinstance(data.get("content"), dict) and "formerly" in data["content"]:
        path = ("content", "formerly")
        place = Place(file, document.line_of(path), path)
        return Problem(RULE, "`formerly` sends other addresses here: it is an editor's", "Leave it out.", place)
    return None
