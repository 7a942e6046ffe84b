"""Every numeral of a claim's text and data stands among the figures of the passages that the claim cites.

Every word of the data that an author writes is read, such as an outcome, an arm or a unit; a term of the vocabulary and
a word that the format gives are not.

A number word counts as its numeral ("eight" is 8, "one" is 1), in the source and in the claim alike, and "none" as 0.
Numbers are compared by value and without their sign; one that a source prints without its zero (.029, .299) is found
as 0.029 and 0.299. A number that is not in the passage is a misprint, or a computation, or comes from elsewhere: none
of them may stand in a claim. What the rule cannot see: a number swapped for another that the same passage prints,
words such as "half" and "double", and digits with letters fixed to them.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from generator.evidence.passages import figures, normalise
from generator.guideline import Guideline
from generator.linked_text import plain_text
from generator.meaning.agreement import passages_of
from generator.meaning.signs import NEGATION
from generator.model import Claim
from generator.places import KeyPath
from generator.problems import Problem
from generator.quantities import Period, Quantity
from generator.walks import written_in

ID = "figure-in-passage"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each numeral that no cited passage prints; claims with unlocked passages are left out."""
    for entry in guideline.claims.values():
        passages = [passage for passage in entry.passages if passage]
        if not passages or len(passages) < len(entry.passages):
            continue
        printed = [figure for passage in passages for figure in passage.figures]
        for path, numeral in numerals_of(entry.claim):
            if (
                numeral not in printed
                and not _stands_among(numeral, printed)
                and not (numeral == "0" and _denies(entry.claim, guideline))
            ):
                wrong = f"{numeral} is not among the figures of the cited passages ({', '.join(printed) or 'none'})"
                yield Problem(ID, wrong, "Compare with the passage; cite the one that prints it.", entry.place(*path))


def _denies(claim: Claim, guideline: Guideline) -> bool:
    """Return whether a passage holds a negation: none of them is nought."""
    return any(NEGATION in sentence.heard for sentence in passages_of(claim, guideline))


def numerals_of(claim: Claim) -> Iterator[tuple[KeyPath, str]]:
    """Yield the keys that lead to it and the numeral, for every numeral of a claim's text and data."""
    for numeral in figures(normalise(plain_text(claim.text))):
        yield ("text",), numeral
    for path, value in written_in(claim.data, ("data",)):
        if isinstance(value, str):
            for numeral in figures(normalise(value)):
                yield path, numeral
        elif isinstance(value, int | Decimal):
            yield path, str(abs(value))
        elif isinstance(value, Quantity | Period):
            quantity = value.quantity if isinstance(value, Period) else value
            for number in quantity.numbers if quantity else ():
                yield path, str(abs(number))


def _stands_among(numeral: str, printed: Sequence[str]) -> bool:
    value = _value(numeral)
    return any(
        (value is not None and value == _value(figure))
        or (numeral.startswith("0.") and numeral[2:] == figure and (figure.startswith("0") or len(figure) > 2))
        for figure in printed
    )


def _value(numeral: str) -> Decimal | None:
    try:
        return Decimal(numeral)
    except InvalidOperation:
        return None
