"""Words of a text, and words that go with a number."""

import re
from collections.abc import Sequence

from generator.speech import Speech

_UNITS = "%|°C|[kmµ]?g|m?[lL]|dL|mmol|[cm]m|min|h|IU|(?:minute|hour|day|week|month|year|point)s?"
_BEFORE_UNIT = re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?![A-Za-z]))")
_ABOUT_SIGN = re.compile(r"\b([pPn]) ([=<>≤≥]|&[lg]t;) (?=\d)")
_INTERVAL = re.compile(r"\((-?\d[^\s()]*) (to|bis) (-?\d[^\s()]*)(?=\))")


def keep_together(text: str) -> str:
    """Return a text to be shown, in which a number and its unit stay on one line, as do `p = 0.02` and `(2 to 5)`."""
    text = _INTERVAL.sub("(\\1\u00a0\\2\u00a0\\3", _ABOUT_SIGN.sub("\\1\u00a0\\2\u00a0", text))
    return _BEFORE_UNIT.sub("\u00a0", text)


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, without all that stands between."""
    return re.findall(r"[^\W_]+", text.casefold())


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: `1 claim`, `2 claims`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def first_of(words: Sequence[str], most: int, speech: Speech) -> str:
    """Return the first of some words in one line, and how many more there are: `a; b; and 2 more`."""
    more = len(words) - most
    return "; ".join([*words[:most], *([speech.say("and {n} more", n=more)] if more > 0 else [])])


def runs(numbers: Sequence[int]) -> str:
    """Return ascending numbers with those that follow each other as a run: `1, 3–5`."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in found)
