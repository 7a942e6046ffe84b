"""What holds at a time says when: an approval, a licence, what nobody had studied so far.

`as_of` gives the year in which it held, or the text names a year. Without one a reader takes it for today's state.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.links import plain_text
from generator.meaning.agreement import FIX
from generator.meaning.lexicon import lexicon_of
from generator.meaning.sentence import read_sentences
from generator.problems import Problem

ID = "year-needed"
MEANING = True

_YEARS = range(1900, 2200)


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim that is bound to a time and names none."""
    lexicon = lexicon_of(guideline)
    bound = [f" {word} " for word in lexicon.words.at_a_time]
    for entry in guideline.claims.values() if bound else ():
        read = [
            token for sentence in read_sentences(plain_text(entry.claim.text), lexicon) for token in sentence.tokens
        ]
        text = f" {' '.join(token.text for token in read if token.kind == 'word')} "
        word = next((word for word in bound if word in text), None)
        dated = any(token.text.isdecimal() and int(token.text) in _YEARS for token in read)
        if word and entry.claim.as_of is None and not dated:
            wrong = f"“{word.strip()}” holds at a time, and no year is named"
            fix = f"Add `as_of` with the year of the source. {FIX.format(entry.id)}"
            yield Problem(ID, wrong, fix, entry.place("text"))
