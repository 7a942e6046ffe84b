"""A dose is stated per day if and only if the claim's text says so of its amount.

Grams in all are the grams of a day by the number of days: a total taken for a daily amount is given several times over,
and a daily one taken for a total is given in part. What the text says is compared with the passage by other rules.
"""

from collections.abc import Iterator

from generator.data import Dose
from generator.guideline import Guideline
from generator.linked_text import plain_text
from generator.meaning.lexicon import lexicon_of
from generator.meaning.sentence import Sentence, read_sentences
from generator.notions import DAY
from generator.problems import Problem

ID = "dose-per-day"

_FAMILY = "period"
_SIGN = f"{_FAMILY}:{DAY}"
_NEAR = 7
"""Tokens behind an amount, its unit among them, in which a day is that of the amount."""


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each dose whose period and text part in this."""
    if "signs" in guideline.unread:
        return
    lexicon = lexicon_of(guideline)
    if DAY not in lexicon.words.signs.get(_FAMILY, {}):
        return
    for entry in guideline.claims.values():
        dose = entry.claim.data
        if not isinstance(dose, Dose):
            continue
        sentences = read_sentences(plain_text(entry.claim.text), lexicon)
        if guideline.means("dose-periods", dose.per, DAY):
            if not any(_SIGN in sentence.heard for sentence in sentences):
                fix = "Say in the text that the amount is that of a day, or what it is per."
                yield Problem(
                    ID, f"`per: {dose.per}`, and the text says nothing of it", fix, entry.place("data", "per")
                )
        elif any(_is_daily(dose, sentence) for sentence in sentences):
            wrong = f"`per: {dose.per}`, and the text says {dose.amount} {dose.unit} of each day"
            yield Problem(ID, wrong, "Compare the period with the passage.", entry.place("data", "per"))


def _is_daily(dose: Dose, sentence: Sentence) -> bool:
    """Return whether a sentence plainly says `daily` right behind the amount, before any other quantity."""
    amounts = {f"{number} {dose.unit}" for number in dose.amount.numbers}
    others = {measure.position for measure in sentence.quantities}
    for measure in sentence.quantities:
        if str(measure) in amounts:
            for position in range(measure.position + 1, measure.position + 1 + _NEAR):
                if position in others or position >= len(sentence.said):
                    break
                if any(_SIGN in names for _, names in sentence.said[position]):
                    return True
    return False
