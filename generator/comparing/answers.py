"""The answers of a batch: held until its last pair, then taken all together, or not at all."""

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, TypeAdapter, ValidationError

from generator.comparing.pairs import Batch, Pair
from generator.comparisons import ComparedClaim, Found, JudgedDifference
from generator.evidence.comparisons import put_in_order
from generator.guideline import Guideline
from generator.refusing import Model
from generator.yaml_source.decoding import FORBIDDEN

Verdict = Literal[Found, "skipped"]


def plain_reason(text: str) -> str:
    """Return a reason without white space around it. Raises ValueError for one that no line of the file can hold."""
    text = text.strip()
    if not text or len(text) > MOST_OF_A_REASON or "\n" in text or FORBIDDEN.search(text):
        raise ValueError(f"a reason is one line of at most {MOST_OF_A_REASON} characters, without invisible ones")
    return text


MOST_OF_A_REASON = 300

Reason = Annotated[str, AfterValidator(plain_reason)]


class Answer(Model):
    """What a reader said of a pair; if the reader agreed, why each difference that a rule found is right."""

    pair: int
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    note: Reason | None = None


class _Told(Model):
    pair: int
    verdict: Verdict
    because: Mapping[str, Reason] = {}
    note: Reason | None = None
    batch: str = ""


class AnswerError(ValueError):
    """An answer that does not fit its pair; the message says which and why."""


_HELD = TypeAdapter(tuple[Answer, ...])


def hold(answers: Iterable[Answer]) -> bytes:
    """Return answers as they are kept until the batch ends."""
    return _HELD.dump_json(tuple(answers), indent=1) + b"\n"


def held(content: bytes) -> tuple[Answer, ...]:
    """Return the answers that were kept; none if they cannot be read."""
    try:
        return _HELD.validate_json(content)
    except ValidationError:
        return ()


def export_lines(batch: Batch) -> str:
    """Return the pairs of a batch as JSON, one a line, without a word of which are false."""
    rows = [
        {
            "pair": number,
            "batch": batch.key,
            "record": pair.record,
            "kind": pair.kind,
            "claim": pair.text,
            "data": pair.data,
            "also": list(pair.also),
            "passages": [vars(one) for one in pair.passages],
            "differences": [{"rule": rule, "what": what} for rule, what in pair.differences],
        }
        for number, pair in enumerate(batch.pairs, start=1)
    ]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def import_lines(batch: Batch, content: bytes) -> list[Answer]:
    """Return the answers to the pairs of a batch in JSON, one a line; a pair without a line was skipped.

    Raises AnswerError for a line that is no answer, answers another batch, or agrees to a difference without a reason.
    """
    found: dict[int, Answer] = {}
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            told = _Told.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the line"
            raise AnswerError(f"line {number}: {where}: {first['msg']}") from None
        if told.batch not in ("", batch.key):
            raise AnswerError(f"line {number}: this answers another batch")
        if told.pair in found or not 1 <= told.pair <= len(batch.pairs):
            raise AnswerError(f"line {number}: pair {told.pair} was answered before or does not exist")
        differences = batch.pairs[told.pair - 1].differences if told.verdict == "agreed" else ()
        if lacking := [rule for rule, _ in differences if rule not in told.because]:
            raise AnswerError(f"line {number}: pair {told.pair}: `because` gives no reason for {', '.join(lacking)}")
        reasons = tuple(told.because[rule] for rule, _ in differences)
        found[told.pair] = Answer(pair=told.pair, verdict=told.verdict, reasons=reasons, note=told.note)
    return [found.get(number, Answer(pair=number, verdict="skipped")) for number in range(1, len(batch.pairs) + 1)]


def faults(batch: Batch, answers: Sequence[Answer]) -> list[str]:
    """Return why a batch does not count: each false pair that was agreed to, or that all of them were skipped."""
    false = [(pair, answer) for pair, answer in _together(batch, answers) if pair.altered]
    agreed = [
        f"pair {answer.pair} ({pair.id}) was false, {pair.altered}"
        for pair, answer in false
        if answer.verdict == "agreed"
    ]
    if false and all(answer.verdict == "skipped" for _, answer in false):
        return [f"pair {answer.pair} ({pair.id}) was false and was skipped" for pair, answer in false]
    return agreed


def taken(
    guideline: Guideline, batch: Batch, answers: Sequence[Answer], by: str | None, on: datetime.date
) -> dict[str, ComparedClaim]:
    """Return all comparisons with those of a batch that counts; of a false pair nothing is said."""
    return joined(
        put_in_order(guideline),
        [
            found_in(pair, answer, answer.verdict, by, on)
            for pair, answer in _together(batch, answers)
            if not pair.altered and answer.verdict != "skipped"
        ],
    )


def found_in(pair: Pair, answer: Answer, verdict: Found, by: str | None, on: datetime.date) -> ComparedClaim:
    """Return what a reader found in a pair; of an answer counts what it adds to the verdict."""
    differences = pair.differences if verdict == "agreed" else ()
    return ComparedClaim(
        claim=pair.id,
        sha256=pair.hash,
        on=on,
        verdict=verdict,
        by=by,
        differs=tuple(
            JudgedDifference(rule=rule, what=what, because=reason)
            for (rule, what), reason in zip(differences, answer.reasons, strict=True)
        ),
        note=answer.note,
    )


def joined(known: Mapping[str, ComparedClaim], found: Iterable[ComparedClaim]) -> dict[str, ComparedClaim]:
    """Return comparisons by id with new ones in the place of older ones.

    What a reader with an ORCID iD found is kept if one without finds the same.
    """
    together = dict(known)
    for new in found:
        old = together.get(new.claim)
        if not (old and old.by and not new.by and _same(old, new)):
            together[new.claim] = new
    return together


def _same(old: ComparedClaim, new: ComparedClaim) -> bool:
    """Return whether two comparisons found the same in the same claim, whatever words their reasons have."""
    sides = [
        (one.sha256, one.verdict, sorted((difference.rule, difference.what) for difference in one.differs))
        for one in (old, new)
    ]
    return sides[0] == sides[1]


def _together(batch: Batch, answers: Sequence[Answer]) -> list[tuple[Pair, Answer]]:
    return list(zip(batch.pairs, answers, strict=True))
