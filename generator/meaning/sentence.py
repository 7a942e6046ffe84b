"""A sentence as far as its meaning is kept, and how it is read from a text and written to the lock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain

from generator.meaning.lexicon import HEARD, INTERVAL, UNKNOWN, Lexicon, Said
from generator.meaning.measures import Measure, measures
from generator.meaning.signs import DENIED, plain, signs
from generator.meaning.tokens import Token, even, sentences, tokens
from generator.passages import ReadSentence

_INTERVAL = "ci"
_HALF = Decimal("0.05")


@dataclass(frozen=True)
class Sentence:
    """Signs and quantities of a sentence, in order; for one that was just read also its tokens and what each begins."""

    signs: tuple[str, ...]
    quantities: tuple[Measure, ...]
    tokens: Sequence[Token] = ()
    said: Sequence[Sequence[Said]] = ()

    @cached_property
    def texts(self) -> frozenset[str]:
        """The texts of its tokens, for a first look whether a word is among them."""
        return frozenset([token.text for token in self.tokens])

    @cached_property
    def heard(self) -> frozenset[str]:
        """The signs that are said or heard in it, whether denied or not."""
        return frozenset(map(plain, self.signs))


class Together:
    """The signs of several sentences taken together: which of them are said plainly or heard, and how often.

    `names` are the signs in order, `known` each once; both with the marks that a sign is denied or only heard.
    """

    def __init__(self, sentences: Sequence[Sentence]):
        self.names = list(chain.from_iterable([sentence.signs for sentence in sentences]))
        self.known = frozenset(self.names)

    def say(self, sign: str) -> bool:
        """Return whether a sentence says a sign plainly, denied or not."""
        return sign in self.known or DENIED + sign in self.known

    def hear(self, sign: str) -> bool:
        """Return whether a sign can be heard in a sentence, denied or not."""
        return self.say(sign) or self.say(sign + HEARD)

    def count(self, sign: str, heard: bool = False) -> int:
        """Return how often a sign is plainly said, or with `heard` also only heard."""
        said = self.names.count(sign) + self.names.count(DENIED + sign) if self.say(sign) else 0
        return said + (self.count(sign + HEARD) if heard else 0)


def read_sentences(text: str, lexicon: Lexicon) -> list[Sentence]:
    """Return the sentences of a text; each text is read once."""
    if text not in lexicon.read:
        lexicon.read[text] = [_read(sentence, lexicon) for sentence in sentences(even(text))]
    found: list[Sentence] = lexicon.read[text]
    return found


def keep(sentence: Sentence) -> ReadSentence:
    """Return a sentence as the lock keeps it."""
    quantities = (f"{m.number} {_INTERVAL}" if m.unit is INTERVAL else str(m) for m in sentence.quantities)
    return ReadSentence(signs=" ".join(sentence.signs), quantities=tuple(quantities))


def kept(sentence: ReadSentence, lexicon: Lexicon) -> Sentence:
    """Return a sentence of the lock as it was read."""
    return Sentence(tuple(sentence.signs.split()), tuple(_measure(text, lexicon) for text in sentence.quantities))


def _read(sentence: str, lexicon: Lexicon) -> Sentence:
    read = tokens(sentence)
    said = [lexicon.phrases.at(read, position) for position in range(len(read))]
    found = measures(read, lexicon)
    return Sentence((*signs(read, said, lexicon), *_tested(read, found)), tuple(found), read, said)


def _measure(text: str, lexicon: Lexicon) -> Measure:
    if text not in lexicon.kept:
        number, _, name = text.partition(" ")
        lexicon.kept[text] = Measure(number, INTERVAL if name == _INTERVAL else lexicon.unit_of.get(name, UNKNOWN))
    found: Measure = lexicon.kept[text]
    return found


def _tested(read: Sequence[Token], found: Sequence[Measure]) -> Iterator[str]:
    """Yield what a p value says without a word: significance below 0.05, or else none and with it a negation."""
    for measure in found:
        before = read[max(0, measure.position - 3) : measure.position]
        if measure.unit is UNKNOWN and before and before[-1].kind == "stop" and "p" in {each.text for each in before}:
            if measure.plain_number < _HALF or before[-1].text == "<":
                yield "significance:significant" + HEARD
            else:
                yield from ("significance:not-significant" + HEARD, "negation:no" + HEARD)
