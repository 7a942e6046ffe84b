"""What became of a proposal, in words for an editor: a text of Markdown in which nothing of a stranger is live."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.answers import Answer
from generator.problems import Problem, visible
from generator.words import plural

LATER = {
    "passage-locked": "The passage has to be found in the source and locked: `lock --texts DIR`.",
    "pmid-has-reference": "A source that is cited is not among the references yet: add it.",
    "reference-cited": "No claim cites the source yet: add one.",
    "pending-source": "The source was awaited: take it out of `content/pending.yaml`, and read what waits for it.",
    "answer-for-each-question": "Other questions of the record are open: answer them, or list them as not known.",
}
"""Rules that a proposal may break, as an editor settles them with the source and the record at hand, and how."""

LATER_OF_ANSWERS = {
    "answer-otherwise": "An answer rests on a claim that the new one disagrees with: name the new one beside it "
    "(`otherwise`), or tell both.",
    "answer-rests": "An answer rests on a claim that the new one supersedes: rest it on the new one.",
}
"""What a new claim does to answers that are there: it is no fault of the claim."""

MOST = 20_000  # characters of what is shown, in a comment that has room for 65,536


def dropped(before: Answer, after: Answer) -> list[str]:
    """Return what an answer says that the one in its place no longer does: claims on either side, and steps."""
    kept = {each.claim for each in after.support} | {*after.otherwise}
    return [
        f"no longer says: {before.text}",
        *(f"no longer rests on {each.claim}" for each in before.support if each.claim not in kept),
        *(f"no longer names {claim} (otherwise)" for claim in before.otherwise if claim not in kept),
        *(f"no longer has the step: {step.line}" for step in before.steps if step not in after.steps),
    ]


def applied(file: str, later: Sequence[Problem], note: str | None, gone: Sequence[str] = ()) -> str:
    """Return that a proposal stands in a file, what went for it, what is left to be done, and its note."""
    todo = "".join(
        f"- {(LATER | LATER_OF_ANSWERS)[rule]}\n" for rule in dict.fromkeys(problem.rule for problem in later)
    )
    said = f"\nIts note to the editors:\n\n{_inert(note)}" if note else ""
    left = f"\nLeft to an editor:\n\n{todo}" if todo else ""
    shown = f"\n{_inert(_lines(later))}" if later else ""
    went = f"\nIn the place of an answer, which it drops:\n\n{_inert(chr(10).join(gone))}" if gone else ""
    return f"The proposal now stands in `{file}`.\n{went}{left}{shown}{said}"


def refused(problems: Sequence[Problem]) -> str:
    """Return why a proposal was not applied, problem by problem."""
    count = plural(len(problems), "problem")
    return f"The proposal was not applied: {count}. Nothing was changed.\n\n{_inert(_lines(problems))}"


def reported(report: Mapping[str, Any]) -> str:
    """Return what is reported as wrong, and that nothing changes by it."""
    return (
        "This reports an error. Nothing is changed: an editor reads it against the passage and corrects the record.\n\n"
        f"{_inert(json.dumps(report, indent=1, ensure_ascii=False, default=str))}"
    )


def _lines(problems: Sequence[Problem]) -> str:
    return "\n".join(map(str, problems))


def _inert(text: str) -> str:
    """Return a text as a block of code, in which GitHub takes nothing for a mention, a reference, a link or a tag.

    Nor does its runner take a line of it for a command, where the text is printed.
    """
    text = visible(text[: MOST + 1], "\n")
    text = text if len(text) <= MOST else f"{text[:MOST]} ..."
    text = re.sub(r"^(\s*):(?=:)", r"\1\\u003a", text, flags=re.MULTILINE)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}text\n{text}\n{fence}\n"
