"""A review in progress: what was said of each item, kept so that it can go on later, and whether it counts."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from generator.comparing.alter import rank
from generator.comparing.answers import Answer, Reason, found_in
from generator.comparing.pairs import Differences, Pair, Texts
from generator.comparisons import ComparedClaim, Found
from generator.desk.queue import Item, Shown, draw_queue, sources_of, together, true_items
from generator.desk.sent import Sent
from generator.evidence.passages import longest_copied_run, normalise
from generator.evidence.standing import authors_of, fingerprint_of
from generator.fields import Label
from generator.guideline import Guideline
from generator.limits import COPIED_WORDS
from generator.refusing import Model

_OTHERS = 4
"""Claims as they are that are asked together with each false one."""


def copied(written: Iterable[str], pmids: Iterable[str], texts: Texts) -> str:
    """Return what is wrong with words of a reader that are those of a source; empty if none are."""
    long = [text for text in written if len(normalise(text)) > COPIED_WORDS]
    for pmid in pmids if long else ():
        source = texts(pmid)
        if source and any(longest_copied_run(text, source) > COPIED_WORDS for text in long):
            return f"more than {COPIED_WORDS} words in a row are those of PMID {pmid}: say it in your own words"
    return ""


class DeskError(ValueError):
    """What was asked of the desk does not fit; the message says why, for the reader at the page."""


class Given(Model):
    """What a reader says of an item: `number` counts from 0. `reasons` are those of its differences, if agreed."""

    number: Annotated[int, Field(ge=0)]
    verdict: Found
    note: Reason | None = None
    reasons: Annotated[tuple[Reason, ...], Field(max_length=50)] = ()


class Withdrawn(Model):
    """Which item is to be open again."""

    number: Annotated[int, Field(ge=0)]


class Ended(Model):
    """What a reader declares who has read all: interests in the subject, and that they did not write it.

    Without `review` what was found is kept, and the record stays unreviewed.
    """

    interests: Label | None = None
    not_author: bool = False
    review: bool = True


class _Row(Model):
    shown: str
    verdict: Found
    note: Reason | None
    reasons: tuple[Reason, ...]


class _State(Model):
    """`refused` counts the rounds that did not count: the next one has other false claims, as another `seed` has."""

    seed: str = ""
    refused: int = 0
    revealed: bool = False
    rows: tuple[_Row, ...] = ()


class Session:
    """A review of a record by one reader. `keep` is given the state after each answer; it holds no text of a source."""

    def __init__(
        self,
        guideline: Guideline,
        record: str,
        by: str | None,
        texts: Texts,
        differences: Differences,
        keep: Callable[[bytes], None],
        state: bytes = b"",
        seed: str = "",
    ):
        """`seed` chooses which claims are false in a review that begins; one that goes on has its own."""
        self._guideline, self._record, self._by = guideline, record, by
        self._texts, self._differences, self._keep = texts, differences, keep
        try:
            before = _State.model_validate_json(state)
        except ValidationError:
            before = _State()
        self._refused, self._seed = before.refused, before.seed or seed
        self._draw()
        self._resume(before)

    def _draw(self) -> None:
        queue = draw_queue(
            self._guideline,
            self._record,
            self._texts,
            self._differences,
            f"{self._by or ''} {self._refused} {self._seed}",
        )
        self.items: list[Item] = list(queue.items)
        self.unshown = queue.unshown
        self.given: dict[int, Given] = {}
        self._revealed = False

    def _resume(self, before: _State) -> None:
        """Take up what was said of items that are still shown as they were then."""
        rows = {row.shown: row for row in before.rows}
        self._take(rows, 0)
        if before.revealed and not self._open:
            self._reveal()
            self._take(rows, len(self.given))
        elif rows.keys() - {item.key for item in self.items}:
            self._open_others()

    def _open_others(self) -> None:
        """Open some claims again that were answered, so that a false one that is new is not asked alone."""
        claims = [number for number, item in enumerate(self.items) if item.pair.passages and not item.pair.altered]
        wanted = _OTHERS * sum(bool(self.items[number].pair.altered) for number in self._open)
        lacking = wanted - sum(number not in self.given for number in claims)
        answered = sorted(self.given.keys() & {*claims}, key=lambda number: rank(self._seed, self.items[number].key))
        for number in answered[: max(0, lacking)]:
            del self.given[number]

    def _take(self, rows: dict[str, _Row], start: int) -> None:
        for number, item in enumerate(self.items[start:], start=start):
            if row := rows.get(item.key):
                self.given[number] = Given(number=number, verdict=row.verdict, note=row.note, reasons=row.reasons)

    @property
    def _open(self) -> list[int]:
        return [number for number in range(len(self.items)) if number not in self.given]

    @property
    def _false(self) -> list[Pair]:
        return [item.pair for item in self.items if item.pair.altered]

    def shown(self) -> dict[str, Any]:
        """Return what the page shows: the items, what was said of each, and what cannot be shown."""
        record = self._guideline.records[self._record]
        return {
            "record": record.name,
            "by": self._by,
            "items": [item.shown for item in self.items],
            "given": [self._said(number) for number in sorted(self.given)],
            "unshown": list(self.unshown),
            "no_standing": self._why_no_standing(),
        }

    def _said(self, number: int) -> Shown:
        return self.given[number].model_dump(mode="json")

    def answer(self, given: Given) -> None:
        """Take what a reader says of an item, and keep it. Raises DeskError if it does not fit that item."""
        item = self._item(given.number)
        if item.pair.altered and self._revealed:
            raise DeskError("what was changed on purpose is settled")
        wanted = len(item.pair.differences) if given.verdict == "agreed" else 0
        if len(given.reasons) != wanted:
            raise DeskError("a claim that a rule doubts is agreed to with a reason for each difference")
        self._refuse_copies((given.note or "", *given.reasons))
        self.given[given.number] = given
        self._save()

    def _refuse_copies(self, written: Iterable[str]) -> None:
        """Raise DeskError if a reader wrote down a sentence of a source: none is kept in a project."""
        if wrong := copied(written, sources_of(self._record, self._guideline), self._texts):
            raise DeskError(wrong)

    def withdraw(self, withdrawn: Withdrawn) -> None:
        """Open an item again. Raises DeskError if there is none, or what was said of it is settled."""
        item = self._item(withdrawn.number)
        if item.pair.altered and self._revealed:
            raise DeskError("what was changed on purpose is settled")
        self.given.pop(withdrawn.number, None)
        self._save()

    def _item(self, number: int) -> Item:
        if number >= len(self.items):
            raise DeskError("there is no such item")
        return self.items[number]

    def check(self) -> dict[str, Any]:
        """Return whether the review may end: refused, with what was missed; with claims to read as they are; or ready.

        Raises DeskError while an item is open.
        """
        if self._open:
            raise DeskError(f"not yet: {len(self._open)} open")
        if missed := self._missed():
            self._refused += 1
            self._draw()
            self._save()
            return {"refused": missed}
        if self._false and not self._revealed:
            self._reveal()
            self._save()
            return {"revealed": [item.shown for item in self.items[-len(self._false) :]]}
        return {"agreed": self._all_agreed(), "no_standing": self._why_no_standing()}

    def _missed(self) -> list[str]:
        """Return each claim that was changed on purpose and agreed to."""
        return [
            f"{item.shown['heading']}: {item.pair.altered}"
            for number, item in enumerate(self.items)
            if item.pair.altered and number in self.given and self.given[number].verdict == "agreed"
        ]

    def _reveal(self) -> None:
        self._revealed = True
        self.items += true_items(self._guideline, self._false, self._texts, self._differences)

    def _all_agreed(self) -> bool:
        return all(
            self.given[number].verdict == "agreed" for number, item in enumerate(self.items) if not item.pair.altered
        )

    def _why_no_standing(self) -> str:
        """Return why this review cannot give the record a standing, whatever is found; empty if it can."""
        reasons = {
            "you gave no ORCID iD": not self._by,
            "you are an author of the record": self._by in authors_of(self._record, self._guideline),
            "not all claims can be shown": bool(self.unshown),
        }
        return "; ".join(why for why, holds in reasons.items() if holds)

    def end(self, ended: Ended, today: datetime.date) -> Sent:
        """Return what was found, to be applied or sent. Raises DeskError while the review may not end."""
        if self._open or self._missed() or (self._false and not self._revealed):
            raise DeskError("not yet: check first")
        stands = ended.review and not self._why_no_standing() and self._all_agreed()
        if stands and not (ended.interests and ended.not_author):
            raise DeskError("a review needs your interests, and that you did not write the record")
        self._refuse_copies([ended.interests or ""])
        return Sent(
            record=self._record,
            sha256=fingerprint_of(self._record, self._guideline),
            by=self._by,
            on=today,
            interests=ended.interests if stands else None,
            not_author=ended.not_author,
            found=tuple(self._found(today)),
        )

    def _found(self, today: datetime.date) -> Sequence[ComparedClaim]:
        found: list[ComparedClaim] = []
        for number, item in enumerate(self.items):
            if item.pair.altered:
                continue
            given = self.given[number]
            answer = Answer(pair=1, verdict=given.verdict, reasons=given.reasons, note=given.note)
            one = found_in(item.pair, answer, given.verdict, self._by, today)
            found += [one.model_copy(update={"claim": id_}) for id_ in together(item.pair.id, self._guideline)]
        return found

    def _save(self) -> None:
        rows = [
            _Row(shown=self.items[number].key, verdict=given.verdict, note=given.note, reasons=given.reasons)
            for number, given in sorted(self.given.items())
        ]
        state = _State(seed=self._seed, refused=self._refused, revealed=self._revealed, rows=tuple(rows))
        self._keep(TypeAdapter(_State).dump_json(state, indent=1) + b"\n")
