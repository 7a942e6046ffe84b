"""What a claim must tell whatever its passages say: its disease, the year in which it held, how many were looked at."""

from collections.abc import Iterator, Sequence

from generator.guideline import Guideline
from generator.linked_text import plain_text
from generator.meaning.lexicon import Lexicon
from generator.meaning.measures import COUNTED
from generator.meaning.said import Difference
from generator.meaning.sentence import Sentence
from generator.meaning.signs import DENIED
from generator.model import Claim
from generator.notions import HARM
from generator.profile import kind_of

_STEM = 12
_YEARS = range(1900, 2200)


def name_differences(
    claim: Claim, ours: Sequence[Sentence], record: str, names: frozenset[str], guideline: Guideline, lexicon: Lexicon
) -> Iterator[Difference]:
    """Yield where a claim on the page of a disease names that by no word: no name, no synonym, no word of the list."""
    about = guideline.records[record]
    if kind_of(record) not in lexicon.words.named:
        return
    text = plain_text(claim.text).casefold()
    if any(name.casefold()[:_STEM] in text for name in (about.name, *about.also_known_as)):
        return
    heard = {sign for sentence in ours for sign in sentence.heard if sign.partition(":")[0] in lexicon.words.diseases}
    if heard.isdisjoint(names):
        yield Difference("name", f"does not name {about.name}")


def year_differences(claim: Claim, ours: Sequence[Sentence], lexicon: Lexicon) -> Iterator[Difference]:
    """Yield where a claim is bound to a time, and neither it nor `as_of` names a year."""
    texts = frozenset().union(*[sentence.texts for sentence in ours])
    if claim.as_of is not None or not any(words <= texts for words in lexicon.at_a_time):
        return
    read = [token for sentence in ours for token in sentence.tokens]
    text = f" {' '.join(token.text for token in read if token.kind == 'word')} "
    word = next((word for word in lexicon.words.at_a_time if f" {word} " in text), None)
    dated = any(token.text.isdecimal() and int(token.text) in _YEARS for token in read)
    if word and not dated:
        yield Difference("year", f"“{word}” holds at a time, and no year is named")


def none_differences(
    claim: Claim, ours: Sequence[Sentence], guideline: Guideline, lexicon: Lexicon
) -> Iterator[Difference]:
    """Yield where a claim of harms denies one and counts nobody."""
    if not guideline.means("claim-kinds", claim.kind, HARM):
        return
    denied = tuple(f"{DENIED}{family}:" for family in lexicon.words.harms)
    if any(sign.startswith(denied) for sentence in ours for sign in sentence.signs):
        counted = any(m.part or m.unit.dimension in COUNTED for sentence in ours for m in sentence.quantities)
        if not counted:
            yield Difference("none", "denies a harm and counts nobody")
