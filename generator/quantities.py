"""Numbers as a source prints them: exact, with their bound or range, and with their unit."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from generator.refusing import refuse, shown

_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_QUANTITY = re.compile(rf"(?P<bound>[≥≤<>]?)\s?(?P<low>-?{_NUMBER})(?:-(?P<high>{_NUMBER}))?")
_SCHEMA_PATTERN = f"^{re.sub(r'[?]P<[a-z]+>', '', _QUANTITY.pattern)}$"  # JSON Schema has no named groups
_UNITS = ("hour", "day", "week", "month", "year", "cycle", "course", "infusion")
_PERIOD = re.compile(rf"(?:(?P<quantity>.+?) )?(?P<unit>{'|'.join(_UNITS)})s?")


@dataclass(frozen=True)
class Quantity:
    """A number, a range of two, or a number with a bound such as `≥`; exact decimals, as printed."""

    low: Decimal
    high: Decimal | None = None
    bound: str = ""

    def __str__(self) -> str:
        return f"{self.bound}{self.low}" + (f"-{self.high}" if self.high is not None else "")

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """The one or two numbers of the quantity."""
        return (self.low,) if self.high is None else (self.low, self.high)


@dataclass(frozen=True)
class Period:
    """A length of time or a count of cycles: `4 weeks`, `2-6 weeks`, `month`, `≥3 cycles`."""

    quantity: Quantity | None
    unit: str

    def __str__(self) -> str:
        if self.quantity is None:
            return self.unit
        return f"{self.quantity} {self.unit}" + ("" if str(self.quantity) == "1" else "s")


def _number(value: object) -> Decimal:
    if type(value) is int:
        return Decimal(value)
    if isinstance(value, Decimal) and value.is_finite():
        return value
    raise refuse("number-form", f"{shown(value)} is not a number", "Write a plain number such as `0.5`, without unit.")


def _quantity(value: object) -> Quantity:
    if isinstance(value, Quantity):
        return value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Quantity(_number(value))
    match = _QUANTITY.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise refuse(
            "number-form",
            f"{shown(value)} is not a quantity",
            "Write a number, a range such as `2-3`, or a bound such as `≥2`.",
        )
    high = Decimal(match["high"]) if match["high"] else None
    if high is not None and high <= Decimal(match["low"]):
        raise refuse("number-form", f"{shown(value)} does not rise", "Write the smaller number first.")
    return Quantity(Decimal(match["low"]), high, match["bound"])


def _period(value: object) -> Period:
    if isinstance(value, Period):
        return value
    match = _PERIOD.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise refuse(
            "number-form",
            f"{shown(value)} is not a period",
            f"Write it as `4 weeks`, `2-6 weeks`, `month` or `≥3 cycles`; units: {', '.join(_UNITS)}.",
        )
    return Period(_quantity(match["quantity"]) if match["quantity"] else None, match["unit"])


_AS_PRINTED = PlainSerializer(str, return_type=str)

Number = Annotated[
    Decimal,
    PlainValidator(_number),
    _AS_PRINTED,
    WithJsonSchema({"type": "number"}, mode="validation"),
    WithJsonSchema({"type": "string", "pattern": f"^-?{_NUMBER}$"}, mode="serialization"),
]
QuantityField = Annotated[
    Quantity,
    PlainValidator(_quantity),
    _AS_PRINTED,
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": _SCHEMA_PATTERN}]}, mode="validation"),
    WithJsonSchema({"type": "string", "pattern": _SCHEMA_PATTERN}, mode="serialization"),
]
PeriodField = Annotated[
    Period,
    PlainValidator(_period),
    _AS_PRINTED,
    WithJsonSchema({"type": "string", "pattern": rf"^(.+ )?({'|'.join(_UNITS)})s?$"}),
]
