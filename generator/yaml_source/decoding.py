"""The bytes of a file to its text: what is no plain text, or too much, is refused."""

import re
from typing import NamedTuple
from unicodedata import is_normalized

MAX_BYTES = 256 * 1024
MAX_BRACKETS = 2_000
MAX_DEPTH = 20
CONFLICT_MARKER = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: .*)?$|^={7}$", re.MULTILINE)
_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")

# C0 and C1 controls (but tab, line feed, carriage return), zero-width and bidirectional marks, line and
# paragraph separators, interlinear and tag characters, noncharacters, byte order mark.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)
NOT_COMPOSED = "a letter and its accent are two characters, or a sign has another code than is usual"
COMPOSE = "Type it anew, or save the file as Unicode NFC."
CONFLICT = "a merge conflict: git left the lines of both branches here"


class Refusal(NamedTuple):
    """Why a file, or a value in it, is not taken: line from 1, rule, what is wrong, how to mend it."""

    line: int
    rule: str
    wrong: str
    fix: str


class RefusedError(Exception):
    """A file is not read further."""

    def __init__(self, refusal: Refusal):
        super().__init__(refusal.wrong)
        self.refusal = refusal


def conflict_line(text: str) -> int:
    """Return the line, from 1, of the first marker that git left of a merge; 0 if there is none."""
    if not any(mark in text for mark in _MARKS):
        return 0
    text = text.replace("\r\n", "\n")
    found = CONFLICT_MARKER.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def decode(raw: bytes) -> str:
    """Return the text of a file. Raises RefusedError."""
    if len(raw) > MAX_BYTES:
        wrong = f"the file has {len(raw)} bytes, more than {MAX_BYTES}"
        raise RefusedError(Refusal(1, "yaml-size", wrong, "Split the record."))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise RefusedError(
            Refusal(line, "yaml-characters", f"byte {error.start + 1} is not UTF-8", "Save the file as UTF-8.")
        ) from None
    if line := conflict_line(text):
        raise RefusedError(
            Refusal(line, "merge-conflict", CONFLICT, "Keep what is right of both sides; delete the markers.")
        )
    if found := FORBIDDEN.search(text):
        line = text.count("\n", 0, found.start()) + 1
        wrong = f"the invisible character U+{ord(found[0]):04X}"
        raise RefusedError(Refusal(line, "yaml-characters", wrong, "Delete it; type the line anew if need be."))
    if not text.isascii() and not is_normalized("NFC", text):
        line = next(n for n, line in enumerate(text.split("\n"), 1) if not is_normalized("NFC", line))
        raise RefusedError(Refusal(line, "yaml-characters", NOT_COMPOSED, COMPOSE))
    brackets = text.count("[") + text.count("{")
    if brackets > MAX_BRACKETS:
        wrong = f"{brackets} opening brackets, more than {MAX_BRACKETS}"
        raise RefusedError(Refusal(1, "yaml-size", wrong, "Split the record."))
    return text
