"""An address that was given out still leads somewhere: ids that records and claims had stand under `formerly`.

Pages, ward sheets, QR codes and copied claims name a record or claim by its id. Whoever renames a record lists its
old id under `formerly` of the record; whoever renames or moves a claim lists the old name, or the full old id, under
`formerly` of the claim. A former id is not one that is in use, and leads to one place only. What the recorded changes
call renamed or moved has to be listed.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.links import FOLDERS
from generator.problems import Problem
from generator.profile import kind_of

ID = "former-id"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each former id in use, listed twice or without a page, and each that is listed nowhere."""
    seen: dict[str, str] = {}
    former_records = {old for old, _, _ in guideline.former_ids() if "#" not in old}
    for old, id_, place in guideline.former_ids():
        record = old.partition("#")[0]
        if old in guideline.records or old in guideline.claims or old in guideline.unread:
            yield Problem(ID, f"`{old}` is in use", "List only ids that are gone.", place)
        elif record.endswith("/index"):
            yield Problem(ID, f"`{record}` is the page that lists the records", "Remove it: no record had it.", place)
        elif kind_of(record) in FOLDERS:
            yield Problem(ID, f"`{record}` is in a folder of the site that holds no records", "Correct it.", place)
        elif old in seen:
            fix = "Keep it where most of what it said is now."
            yield Problem(ID, f"`{old}` is listed by `{seen[old]}` too", fix, place)
        elif record not in former_records | guideline.records.keys() | guideline.unread:
            wrong = f"there is no page of `{record}` that could lead here from `{old}`"
            yield Problem(ID, wrong, f"List `{record}` under `formerly` of the record that took its place.", place)
        seen.setdefault(old, id_)
    yield from _not_listed(guideline)


def _not_listed(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each id that a version renamed or moved and that leads nowhere now."""
    went: dict[str, tuple[str, str]] = {}
    for version in reversed(guideline.changes):
        for change in version.changes:
            if change.kind in ("record-renamed", "claim-moved"):
                went[change.before] = (change.after, version.version)
    for old, (_, number) in went.items():
        now = _follow(old, {before: after for before, (after, _) in went.items()})
        in_use = old in guideline.records or old in guideline.claims
        if in_use or old in guideline.former or not (now in guideline.records or now in guideline.claims):
            continue
        record, _, claim = now.partition("#")
        place = guideline.claims[now].place() if claim else guideline.place(record)
        short = old.partition("#")[2] if claim and old.startswith(f"{record}#") else old
        wrong = f"version {number} gave `{old}` another name, and its address leads nowhere"
        yield Problem(ID, wrong, f"Add `formerly: [{short}]` to `{now}`.", place)


def _follow(id_: str, went: dict[str, str]) -> str:
    """Return what an id has become after all renamings, its own and those of its record."""
    passed = set()
    while id_ not in passed:
        passed.add(id_)
        record, hash_, name = id_.partition("#")
        id_ = went.get(id_) or f"{went.get(record, record)}{hash_}{name}"
    return id_
