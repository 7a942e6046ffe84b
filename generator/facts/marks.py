"""The words that mark a state of a source, a citation or a claim: one list for every output.

How a source was read is marked by the vocabulary's own words, if less than its abstract was read.
"""

from collections.abc import Mapping

from generator.sources import RetractionState

RETRACTION_STATES: Mapping[RetractionState, str] = {
    "unchecked": "Not checked",
    "none-found": "None found",
    "corrected": "Corrected or updated",
    "concern": "Expression of concern",
    "retracted": "Retracted",
}
"""What each state is called where states are listed."""

MARKS: Mapping[str, str] = {
    "retracted": "RETRACTED",
    "concern": "expression of concern",
    "corrected": "corrected or updated",
    "contradicts": "contradicts the claim",
    "qualifies": "qualifies the claim",
    "disputed": "disputed",
    "superseded": "superseded",
    "comparator": "about another treatment",
    "disease": "about the disease, not its treatment",
    "product": "about one product or route",
    "class": "about a wider class or other uses",
}
"""State and the words that mark it; a state that is not here needs no mark."""

INDIRECT: Mapping[str, str] = {
    "disease": "indirect: another disease",
    "dose": "indirect: another dose",
    "population": "indirect: other patients",
    "comparator": "indirect: another comparison",
    "class": "indirect: a wider class of treatments",
}
"""In what a claim is indirect for an answer that rests on it, and the words that mark it."""


def mark(text: str, *marks: str) -> str:
    """Return a text with its marks, joined by commas."""
    return ", ".join((text, *marks))
