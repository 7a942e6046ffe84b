"""What a source says in its opening carries neither a finding nor advice, and its methods carry no result.

An abstract opens with what its authors took for granted. A claim that rests on such sentences alone is of the kind
background or a gap; a claim of results needs a passage from the results or the conclusion. Which part a
passage stands in is read from the headings of its text, or typed as `part` where a text has none.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.meaning.agreement import parts_of_text
from generator.notions import RESULT
from generator.problems import Problem

ID = "background-alone"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim whose passages all stand in parts that cannot carry its kind."""
    for entry in guideline.claims.values():
        parts = [parts_of_text(cite, guideline) for cite in entry.claim.cites]
        if not parts or () in parts or entry.only_describes:
            continue
        found = {part for each in parts for part in each}
        if found == {"background"} or (found <= {"background", "methods"} and entry.is_about(RESULT)):
            named = " and ".join(sorted(found))
            wrong = f"rests on the {named} of its sources alone, and is of the kind `{entry.claim.kind}`"
            fix = "Cite what the results or the conclusion say, or make it background, or what is not known."
            yield Problem(ID, wrong, fix, entry.place("kind"))
