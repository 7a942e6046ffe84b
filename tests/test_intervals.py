"""Intervals against the worked examples of the papers that compare the methods."""

import pytest

from generator.evidence.intervals import difference, wilson


@pytest.mark.parametrize(
    ("events", "of", "low", "high"),
    [  # Newcombe 1998, PMID 9595616, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_limits(events: int, of: int, low: float, high: float) -> None:
    interval = wilson(events, of)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)
    assert interval.estimate == events / of


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [  # Newcombe 1998, PMID 9595617, table II, method 10
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((10, 10, 0, 10), 0.6075, 1.0000),
    ],
)
def test_difference_gives_the_published_limits(counts: tuple[int, int, int, int], low: float, high: float) -> None:
    interval = difference(*counts)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@pytest.mark.parametrize("counts", [(-1, 5), (6, 5), (0, 0)])
def test_what_is_no_proportion_is_refused(counts: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="is no proportion"):
        wilson(*counts)


@pytest.mark.parametrize("of", [1, 7, 1000])
def test_limits_hold_the_estimate_and_stay_between_none_and_all(of: int) -> None:
    for events in range(of + 1):
        interval = wilson(events, of)
        assert 0 <= interval.low <= interval.estimate <= interval.high <= 1
