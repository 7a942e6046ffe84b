"""Numbers are exact and refuse what could be misread."""

import pytest
from pydantic import TypeAdapter, ValidationError

from generator.quantities import PeriodField, QuantityField


@pytest.mark.parametrize(
    ("written", "shown"),
    [(2, "2"), ("2-3", "2-3"), ("≥2", "≥2"), ("<0.001", "<0.001"), ("-8.3", "-8.3"), ("0.4-2", "0.4-2")],
)
def test_quantity_is_shown_as_written(written: object, shown: str) -> None:
    assert str(TypeAdapter(QuantityField).validate_python(written)) == shown


@pytest.mark.parametrize("written", ["2 g", "3-2", "2-2", "2–3", "", "1,000", True, None, "١", "2-3-4", "1e3"])
def test_what_is_no_quantity_is_refused(written: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(QuantityField).validate_python(written)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("4 weeks", "4 weeks"),
        ("1 month", "1 month"),
        ("month", "month"),
        ("2-6 weeks", "2-6 weeks"),
        ("≥3 cycles", "≥3 cycles"),
    ],
)
def test_period_is_shown_as_written(written: str, shown: str) -> None:
    assert str(TypeAdapter(PeriodField).validate_python(written)) == shown


@pytest.mark.parametrize("written", ["fortnight", "4", "4 Weeks", "weeks 4", 4, "four weeks"])
def test_what_is_no_period_is_refused(written: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(PeriodField).validate_python(written)
