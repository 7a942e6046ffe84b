"""Words that go with a number."""

import pytest

from generator.words import keep_together


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("at 2 g/kg over 5 days", "at 2~g/kg over 5~days"),
        ("400 mg/kg, 82.8 %, 0.5 ml/kg/h and 38 °C", "400~mg/kg, 82.8~%, 0.5~ml/kg/h and 38~°C"),
        ("3–5 days, 1 hour", "3–5~days, 1~hour"),
        (
            "61 patients, 4 groups, 5 good, 2 lines, grade 2 hives",
            "61 patients, 4 groups, 5 good, 2 lines, grade 2 hives",
        ),
        ("day 5 a week", "day 5 a week"),
        ("10 % (-1.5 to 24), p = 0.02", "10~% (-1.5~to~24), p~=~0.02"),
        ("n = 17 &lt; 20, P &lt; 0.001", "n~=~17 &lt; 20, P~&lt;~0.001"),
        ("(given to 5)", "(given to 5)"),
    ],
)
def test_a_number_stays_on_the_line_of_its_unit(text: str, shown: str) -> None:
    assert keep_together(text) == shown.replace("~", "\u00a0")
