"""A file or the text of an issue to the one proposal in it. All of it is a stranger's, and none of it is run."""

import re
from typing import Any

from generator.places import Place
from generator.problems import Problem
from generator.proposals.model import FORMAT, KINDS
from generator.yaml_source import Document, read_yaml
from generator.yaml_source.decoding import Refusal

RULE = "proposal-form"
RULES = {
    RULE: "A proposal is one object of JSON, as the form makes it: alone in its file, or the one block between "
    "```json and ``` in the text of an issue. It goes into a record that exists and that a program can add to.",
}

_OPENS = re.compile(rb" {0,3}```json[ \t]*\r?")
_CLOSES = re.compile(rb" {0,3}```[ \t]*\r?")


def read_letter(raw: bytes) -> Document:
    """Return the data of the proposal that a file holds, by the same strict reading as that of the content.

    JSON is read as the YAML that it is: repeated keys, depth, size and characters are looked at there, and the lines
    of refusals are those of the file.
    """
    blocks = list(_blocks(raw))
    if raw.lstrip()[:1] != b"{":
        if len(blocks) != 1:
            wrong = "the text holds no proposal" if not blocks else f"the text holds {len(blocks)} proposals"
            fix = "Send one object of JSON as the form makes it, between ```json and ```."
            return Document(None, [Refusal(1, RULE, wrong, fix)], raw)
        raw = blocks[0]
    return read_yaml(raw)


def _blocks(raw: bytes) -> list[bytes]:
    """Return what stands between the fences of JSON, each with an empty line for every line before it."""
    found: list[bytes] = []
    lines = raw.split(b"\n")
    start = None
    for number, line in enumerate(lines):
        if start is None and _OPENS.fullmatch(line):
            start = number + 1
        elif start is not None and _CLOSES.fullmatch(line):
            found.append(b"\n" * start + b"\n".join(lines[start:number]))
            start = None
    return found


def refuse_kind(document: Document, file: str) -> Problem | None:
    """Return the problem of data that is no proposal of this form, or has what is an editor's, before its keys."""
    data: Any = document.data
    if not isinstance(data, dict):
        return Problem(RULE, "this is no proposal", "Send one object of JSON as the form makes it.", Place(file, 1))
    if data.get("proposal") != FORMAT or isinstance(data["proposal"], bool):
        return Problem(RULE, f"`proposal` is not {FORMAT}", "Make it anew on the site's form.", Place(file, 1))
    if data.get("what") not in KINDS:
        return Problem(RULE, f"`what` is none of {', '.join(KINDS)}", "Make it anew on the form.", Place(file, 1))
    if data["what"] == "claim" and isinstance(data.get("content"), dict) and "formerly" in data["content"]:
        path = ("content", "formerly")
        place = Place(file, document.line_of(path), path)
        return Problem(RULE, "`formerly` sends other addresses here: it is an editor's", "Leave it out.", place)
    return None
