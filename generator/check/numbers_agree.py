"""The numbers of a claim's data agree with each other.

Events have a total, or say why it is unknown, and are no more than it; a comparison has two arms, unless it compares
with an expected value; an interval runs upwards and holds its value, and a percentage that the source
prints is the one that its counts give, within half a percentage point or
one unit of its last digit (sources round in more than one way).
"""

from collections.abc import Iterator
from decimal import Decimal
from types import NoneType

from generator.data import Arm, Comparison, Dose, Share, Summary
from generator.guideline import Guideline
from generator.notions import AGAINST_EXPECTED
from generator.places import KeyPath
from generator.problems import Problem
from generator.quantities import Quantity
from generator.refusing import Model
from generator.walks import parts_of

ID = "numbers-agree"

_LEAVES = (str, int, Decimal, NoneType)


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each pair of numbers that cannot both be right."""
    for entry in guideline.claims.values():
        for path, node in _numbers_in(entry.claim.data, ("data",)):
            for wrong in _disagreements(node, guideline):
                fix = "Compare the figures with the passage."
                yield Problem(ID, wrong, fix, entry.place(*path))


def _numbers_in(node: object, path: KeyPath) -> Iterator[tuple[KeyPath, Model | Quantity]]:
    """Yield the data, its parts that have names of their own, and its quantities, with the keys that lead there."""
    if isinstance(node, Model | Quantity):
        yield path, node
    for key, value in parts_of(node):
        if not isinstance(value, _LEAVES):
            yield from _numbers_in(value, (*path, key))


def _disagreements(node: Model | Quantity, guideline: Guideline) -> Iterator[str]:
    values = vars(node)
    if isinstance(node, Share | Arm):
        yield from _counts(node)
    if isinstance(node, Share) and node.events is None and node.percent is None:
        yield "neither events nor a percentage"
    if isinstance(node, Share | Arm) and (node.of is None) == (node.of_unknown is None) and node.events is not None:
        yield (
            "events without `of`, or without `of_unknown` and a reason"
            if node.of is None
            else "both `of` and `of_unknown`"
        )
    if isinstance(node, Comparison) and not node.arms and node.value is None and node.p is None:
        yield "neither arms nor a value nor p"
    expected = isinstance(node, Comparison) and guideline.means("measures", node.measure, AGAINST_EXPECTED)
    if isinstance(node, Comparison) and len(node.arms) == 1 and not expected:
        yield "a comparison with one arm: name the other, or give the number as a proportion or a summary"
    for name in ("ci", "range", "iqr"):
        interval = values.get(name)
        if interval is not None and interval[0] > interval[1]:
            yield f"`{name}` runs downwards"
    yield from _impossible(node)
    value = node.value if isinstance(node, Comparison | Summary) else None
    interval = values.get("ci")
    if value is not None and interval is not None and not interval[0] <= value <= interval[1]:
        yield f"the value {value} is outside its interval"


def _impossible(node: Model | Quantity) -> Iterator[str]:
    """Yield what no source can print: shares outside of 0 to 100 %, p outside of 0 to 1, negative counts and doses."""
    for name, low, high in (
        ("percent", 0, 100),
        ("p", 0, 1),
        ("amount", 0, None),
        ("days", 0, None),
        ("hours", 0, None),
    ):
        quantity = vars(node).get(name)
        for number in quantity.numbers if isinstance(quantity, Quantity) else ():
            if number < low or (high is not None and number > high):
                yield f"`{name}` is {number}"
    if isinstance(node, Dose) and node.days is not None and node.hours is not None:
        yield "`days` and `hours`: hours are those of one infusion, and days those of a cycle"
    if isinstance(node, Arm) and node.events is not None and node.events < 0:
        yield f"{node.events} events"
    if isinstance(node, Quantity) and node.bound and node.high is not None:
        yield f"{node} has a bound and a range"


def _counts(node: Share | Arm) -> Iterator[str]:
    if node.events is None or node.of is None:
        return
    if node.events > node.of:
        yield f"{node.events} events of {node.of}"
    elif isinstance(node.percent, Quantity) and not node.percent.bound and node.percent.high is None:
        computed = Decimal(100) * node.events / node.of
        if abs(computed - node.percent.low) > max(Decimal("0.5"), _unit(node.percent.low)):
            yield f"{node.events} of {node.of} is {computed:.1f}%, not {node.percent}%"


def _unit(number: Decimal) -> Decimal:
    return Decimal(1).scaleb(int(number.as_tuple().exponent))
