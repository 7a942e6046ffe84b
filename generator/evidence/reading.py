"""What is kept of a passage's meaning: the part of the text it stands in, its edges, and each sentence's signs."""

import re
from functools import cache
from typing import NamedTuple

from generator.evidence.passages import Span
from generator.meaning.lexicon import Lexicon
from generator.meaning.sentence import keep, read_sentences
from generator.meaning.tokens import sentences, tokens
from generator.passages import ReadSentence

_ENDS = re.compile(r"[\s)\]\"'”’]*(?:\[[\d,\s–-]+\])?[\s)\]\"'”’]*(?:[.!?;:|]|\n|$)")
_FULL_STOP = re.compile(r"[.!?](?:\s|$)")


class Reading(NamedTuple):
    """The meaning of a passage as far as it is kept."""

    parts: tuple[str, ...]
    cut: bool
    turned: bool
    sentences: tuple[ReadSentence, ...]


def read_meaning(span: Span, lexicon: Lexicon) -> Reading:
    """Return what is kept of the meaning of a passage."""
    text, end = span.text, span.whole_end
    goes_on = _FULL_STOP.search(text, end)  # a text that breaks off in the same sentence has no more to give
    cut = bool(goes_on) and not _ENDS.match(text, end) and text[end - 1] not in ".!?;:"
    following = next(sentences(text[end:].lstrip(" .)]\"'")), "") if not cut else ""
    return Reading(
        parts=_parts(span, lexicon),
        cut=cut,
        turned=_turns(following, lexicon),
        sentences=tuple(keep(sentence) for sentence in read_sentences(text[span.begin : end], lexicon)),
    )


def _turns(following: str, lexicon: Lexicon) -> bool:
    first = " ".join(token.text for token in tokens(following)[:5])
    return any(f"{first} ".startswith(f"{word} ") for word in lexicon.words.turns)


def _parts(span: Span, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the parts of the text that a passage stands in, in order, by the headings before it and inside it."""
    if not lexicon.words.headings:
        return ()
    part = ""
    found: dict[str, None] = {}
    for heading in _heading(tuple((part, *words) for part, words in lexicon.words.headings.items())).finditer(
        span.text
    ):
        if heading.start() >= span.whole_end:
            break
        if heading.start() > span.begin and part:
            found[part] = None
        part = next(name for name, words in lexicon.words.headings.items() if heading[1].casefold() in words)
    return tuple(found | {part: None}) if part else ()


@cache
def _heading(words: tuple[tuple[str, ...], ...]) -> re.Pattern[str]:
    """Return what finds a heading: its words at the start of a line or sentence, and a colon or the end of the line."""
    names = sorted((word for _, *group in words for word in group), key=len, reverse=True)
    return re.compile(rf"(?:^|(?<=[.!?]\s)|(?<=\n))\s*({'|'.join(map(re.escape, names))})\s*(?::|\n|$)", re.I | re.M)
