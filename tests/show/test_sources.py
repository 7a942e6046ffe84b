"""What a state of a source does: a retracted one carries no claim alone, one with an expression of concern does."""

from dataclasses import replace

import pytest
from outputs import reference, retracted_source, shown


def reported(states: dict[str, str]) -> list[str]:
    """Return the claims that are reported where sources have these states."""
    guideline = shown()
    changed = {
        pmid: reference(retraction={"state": state, "checked_on": "2026-02-01"}) for pmid, state in states.items()
    }
    found = retracted_source.check(replace(guideline, references={**guideline.references, **changed}))
    return [".".join(map(str, problem.place.path[1:2])) for problem in found]


@pytest.mark.parametrize(
    ("states", "claims"),
    [
        ({}, []),  # 110 is retracted beside a sound one, 111 has a concern and stands alone
        ({"111": "retracted"}, ["rest", "hours", "uncounted"]),
        ({"111": "none-found"}, []),
        ({"101": "retracted", "102": "concern"}, ["cycles", "against-placebo", "sooner", "score"]),
        (
            {"101": "retracted", "102": "retracted"},
            ["cycles", "response", "eyes", "against-placebo", "sooner", "score"],
        ),
    ],
)
def test_a_claim_on_retracted_sources_alone_is_reported(states: dict[str, str], claims: list[str]) -> None:
    assert sorted(reported(states)) == sorted(claims)
