"""The changes of each version are recorded, so that a reader of an older copy can see what is new since.

`python -m generator record-changes BASE` compares the content with that of a revision, the one of the last version,
and writes `content/changes/<version>.json`; for the first version it is run without BASE. Content that is not as
its version was recorded shows the version with a plus sign and a fingerprint.
"""

from collections.abc import Iterator
from itertools import pairwise

from generator.guideline import Guideline
from generator.problems import Problem

ID = "changes-recorded"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem where the guideline's version is not the newest recorded, or a version before one is missing."""
    version = guideline.about.version.partition("+")[0]
    place = guideline.place("guideline", "version")
    newest = guideline.changes[0] if guideline.changes else None
    if newest is None or newest.version != version:
        recorded = f"the newest recorded is {newest.version}" if newest else "none is"
        fix = "Run `python -m generator record-changes`: the first version has none before it."
        if newest or "changes" in guideline.unread:
            fix = "Run `python -m generator record-changes BASE`, where BASE is the revision of the version before."
        yield Problem(ID, f"the changes of version {version} are not recorded: {recorded}", fix, place)
    elif newest.date != guideline.about.date:
        wrong = f"version {version} was recorded with the date {newest.date}"
        fix = "Set that date, or record the version anew."
        yield Problem(ID, wrong, fix, guideline.place("guideline", "date"))
    for later, earlier in pairwise((*guideline.changes, None)):
        before = earlier.version if earlier else None
        if later and later.since != before:
            wrong = f"version {later.version} says that it follows {later.since or 'none'}"
            yield Problem(ID, wrong, f"The one before it here is {before or 'none'}: restore what is missing.", place)
