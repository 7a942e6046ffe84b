"""An answer is one plain sentence of at most 200 characters, and a second if need be; at most 400 in all.

A step of a tick list is one line of at most 160 characters that goes on from its verb, without a full stop. Both are
read on a telephone, beside others in a table, and in print: they have no links, no markup and no line breaks.
"""

from collections.abc import Iterator

from generator.check.plain_text import markup_in
from generator.guideline import Guideline
from generator.limits import ANSWER, FIRST_SENTENCE, SENTENCES, STEP
from generator.meaning.tokens import sentences
from generator.problems import Problem

ID = "answer-form"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each text that is too long, marked up or not one or two whole sentences."""
    for id_, record in guideline.records.items():
        for name, answer in record.answers.items():
            for wrong, fix in (*_marked(answer.text), *_faults(answer.text)):
                yield Problem(ID, wrong, fix, guideline.place(id_, "answers", name, "text"))
            for index, step in enumerate(answer.steps):
                for wrong, fix in (*_marked(step.text), *_faults_of_step(step.text)):
                    place = guideline.place(id_, "answers", name, "steps", index, "text")
                    yield Problem(ID, wrong, fix, place)


def _marked(text: str) -> Iterator[tuple[str, str]]:
    if found := markup_in(text):
        yield f"`{found}` is markup or the sign of a link", "Say it in plain words; the claims carry the links."
    if "\n" in text.strip():
        yield "the text has line breaks", "Write `text: >-` or one line."


def _faults(text: str) -> Iterator[tuple[str, str]]:
    if not text.endswith((".", "?", "!")) or text != text.strip():
        yield "the text does not end with a full stop", "Write whole sentences."
    told = list(sentences(text))
    if len(told) > SENTENCES:
        yield f"the text has {len(told)} sentences", "Say it in one, and a second if need be."
    if told and len(told[0]) > FIRST_SENTENCE:
        yield f"the first sentence has {len(told[0])} characters", f"It has room for {FIRST_SENTENCE}."
    if len(text) > ANSWER:
        yield f"the text has {len(text)} characters", f"It has room for {ANSWER}."


def _faults_of_step(text: str) -> Iterator[tuple[str, str]]:
    if text.endswith(".") or text != text.strip():
        yield "the step ends with a full stop", "It goes on from its verb: leave the full stop out."
    if len(list(sentences(text))) > 1:
        yield "the step has more than one sentence", "Make a step of each."
    if len(text) > STEP:
        yield f"the step has {len(text)} characters", f"It has room for {STEP}."
