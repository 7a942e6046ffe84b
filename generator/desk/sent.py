"""What a review found, as a file to send, and what it changes in a project.

A file comes from anybody: it counts only where it fits the content as it is, line by line. Who sent it is as true as
the way it came: an ORCID iD in a file is a name, not a signature.
"""

import datetime
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from generator.comparing.answers import joined, plain_reason
from generator.comparing.pairs import Differences
from generator.comparisons import ComparedClaim
from generator.evidence.comparisons import hash_now, put_in_order, serialise
from generator.evidence.standing import authors_of, covered, fingerprint_of
from generator.fields import Date, Label, Orcid, RecordId
from generator.guideline import Guideline
from generator.model import Review
from generator.refusing import Model
from generator.splicing import SpliceError, with_entry

MOST_BYTES = 4 * 1024 * 1024


class SentError(ValueError):
    """A file that is no review, or one of other content; the message says in what."""


class Sent(Model):
    """A review of a record: what was found of each answer and claim, by whom, and what that person declares.

    `sha256` is the fingerprint of all that was read. Without interests the review gives no standing.
    """

    desk: Literal[1] = 1
    record: RecordId
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    by: Orcid | None
    on: Date
    interests: Label | None
    not_author: bool
    found: Annotated[tuple[ComparedClaim, ...], Field(min_length=1, max_length=2000)]


def to_bytes(sent: Sent) -> bytes:
    """Return a review as a file."""
    return sent.model_dump_json(indent=1).encode() + b"\n"


def from_bytes(raw: bytes) -> Sent:
    """Return the review that a file holds. Raises SentError."""
    if len(raw) > MOST_BYTES:
        raise SentError(f"the file has more than {MOST_BYTES} bytes")
    try:
        sent = Sent.model_validate_json(raw)
    except (ValidationError, RecursionError) as error:
        raise SentError(_wrong(error)) from None
    try:
        for text in texts_of(sent):
            plain_reason(text)
    except ValueError as error:
        raise SentError(str(error)) from None
    return sent


def _wrong(error: ValidationError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    first = error.errors(include_input=False)[0]
    return f"{'.'.join(map(str, first['loc']))[:100] or 'the file'}: {first['msg']}"


def texts_of(sent: Sent) -> list[str]:
    """Return what a reader wrote freely."""
    reasons = [one.because for each in sent.found for one in each.differs]
    return [*filter(None, (sent.interests, *(each.note for each in sent.found))), *reasons]


def comparisons_with(sent: Sent, guideline: Guideline, differences: Differences, today: datetime.date) -> bytes:
    """Return the file of comparisons with those of a review. Raises SentError if it does not fit the content."""
    if sent.record not in guideline.records:
        raise SentError(f"there is no record {sent.record}")
    if sent.on > today:
        raise SentError(f"it is dated {sent.on}, after today")
    if sent.sha256 != fingerprint_of(sent.record, guideline):
        raise SentError(f"an answer, a claim or a passage of {sent.record} changed since: review it again")
    ids = covered(sent.record, guideline)
    claims = differences(guideline)
    seen: set[str] = set()
    for one in sent.found:
        if one.claim not in ids or one.claim in seen:
            raise SentError(f"{one.claim} is not of {sent.record}, or stands here twice")
        seen.add(one.claim)
        if one.sha256 != hash_now(one.claim, guideline):
            raise SentError(f"{one.claim} is not as it was compared")
        if (one.by, one.on) != (sent.by, sent.on):
            raise SentError(f"{one.claim}: compared by somebody else, or on another day")
        judged = {(each.rule, each.what) for each in one.differs}
        doubted = {(problem.rule, problem.wrong) for problem in claims.get(one.claim, ())}
        if judged != (doubted if one.verdict == "agreed" else set()) or len(judged) != len(one.differs):
            raise SentError(f"{one.claim}: the reasons are not those of the differences that the rules find")
    return serialise(joined(put_in_order(guideline), sent.found).values())


def review_of(sent: Sent, guideline: Guideline) -> Review | None:
    """Return the standing that a review which fits the content gives its record; None if it gives none.

    It needs a person with an ORCID iD who has declared interests, is no author, and agreed to all.
    """
    agreed = {one.claim for one in sent.found if one.verdict == "agreed"}
    is_whole = agreed == {*covered(sent.record, guideline)}
    if not (sent.by and sent.interests and sent.not_author and is_whole):
        return None
    if sent.by in authors_of(sent.record, guideline):
        return None
    return Review(reviewed_by=sent.by, reviewed_on=sent.on, interests=sent.interests, sha256=sent.sha256)


def with_standing(raw: bytes, review: Review) -> bytes:
    """Return the file of a record with a review as its standing, and all else byte for byte as it was.

    Raises SentError if the standing cannot be told from the rest.
    """
    lines = [
        f"  reviewed_by: {review.reviewed_by}",
        f"  reviewed_on: {review.reviewed_on}",
        f"  interests: {_quoted(review.interests)}",
        f"  sha256: {_quoted(review.sha256)}",
    ]
    try:
        return with_entry(raw, ("standing",), ["", *lines], review.model_dump(mode="json"))
    except SpliceError as error:
        raise SentError(f"the standing of the record: {error}") from None


def _quoted(text: str) -> str:
    """Return a label in single quotation marks of YAML: it holds no line end, and only this mark is doubled."""
    return "'" + text.replace("'", "''") + "'"
