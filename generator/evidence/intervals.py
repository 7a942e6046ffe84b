"""Confidence intervals of proportions and of their differences, computed from counts.

Shapes: counts are whole numbers with 0 ≤ events ≤ of and of ≥ 1; proportions and limits are floats from 0 to 1,
differences from -1 to 1. All intervals are 95 %.
"""

from math import sqrt
from typing import NamedTuple

Z95 = 1.959963984540054


class Interval(NamedTuple):
    """An estimate and its 95 % confidence limits."""

    estimate: float
    low: float
    high: float


def wilson(events: int, of: int) -> Interval:
    """Return a proportion with its score interval without continuity correction.

    Wilson's method, as compared and recommended by Newcombe 1998 (method 3, PMID 9595616). Raises ValueError where
    the counts are no proportion.
    """
    if not 0 <= events <= of or of < 1:
        raise ValueError(f"{events} of {of} is no proportion")
    p, z2 = events / of, Z95**2
    centre = 2 * of * p + z2
    spread = Z95 * sqrt(z2 + 4 * of * p * (1 - p))
    low, high = ((centre + sign * spread) / (2 * (of + z2)) for sign in (-1, 1))
    return Interval(p, max(0.0, low) if events else 0.0, min(1.0, high) if events < of else 1.0)


def difference(events_a: int, of_a: int, events_b: int, of_b: int) -> Interval:
    """Return the difference of two independent proportions, a less b, with its hybrid score interval.

    Newcombe 1998, method 10 (PMID 9595617): the square-and-add combination of two Wilson intervals. Raises
    ValueError where counts are no proportion.
    """
    a, b = wilson(events_a, of_a), wilson(events_b, of_b)
    estimate = a.estimate - b.estimate
    low = estimate - sqrt((a.estimate - a.low) ** 2 + (b.high - b.estimate) ** 2)
    high = estimate + sqrt((a.high - a.estimate) ** 2 + (b.estimate - b.low) ** 2)
    return Interval(estimate, low, high)
