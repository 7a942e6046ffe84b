"""The words that mark a state of a source, a citation or a claim: one list for every output.

How a source was read is marked by the vocabulary's own words, if less than its abstract was read.
"""

from collections.abc import Mapping

from generator.sources import RetractionState
from generator.speech import Speech, to_say

RETRACTION_STATES: Mapping[RetractionState, str] = {
    "unchecked": to_say("Not checked"),
    "none-found": to_say("None found"),
    "corrected": to_say("Corrected or updated"),
    "concern": to_say("Expression of concern"),
    "retracted": to_say("Retracted"),
}
"""What each state is called where states are listed."""

RETRACTION_STATES_INSIDE: Mapping[RetractionState, str] = {
    "unchecked": to_say("not checked"),
    "none-found": to_say("none found"),
    "corrected": to_say("corrected or updated"),
    "concern": to_say("expression of concern"),
    "retracted": to_say("retracted"),
}
"""The same as they are written within a line."""

MARKS: Mapping[str, str] = {
    "retracted": to_say("RETRACTED"),
    "concern": to_say("expression of concern"),
    "corrected": to_say("corrected or updated"),
    "contradicts": to_say("contradicts the claim"),
    "qualifies": to_say("limits the claim"),
    "disputed": to_say("disputed"),
    "superseded": to_say("superseded"),
    "comparator": to_say("about another treatment"),
    "disease": to_say("about the disease, not its treatment"),
    "product": to_say("about one product or route"),
    "class": to_say("about treatments of this kind"),
}
"""State and the words that mark it; a state that is not here needs no mark."""

INDIRECT: Mapping[str, str] = {
    "disease": to_say("indirect: another disease"),
    "dose": to_say("indirect: another dose"),
    "population": to_say("indirect: other patients"),
    "comparator": to_say("indirect: another comparison"),
    "class": to_say("indirect: a wider class of treatments"),
}
"""In what a claim is indirect for an answer that rests on it, and the words that mark it."""


def mark_of(state: str | None, speech: Speech) -> str:
    """Return the words that mark a state; empty for one that needs no mark."""
    return speech.say(MARKS.get(state or "", ""))


def mark(text: str, *marks: str) -> str:
    """Return a text with its marks, joined by commas."""
    return ", ".join((text, *marks))
