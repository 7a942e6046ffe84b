"""Every cited passage is in `content/passages.lock.json` with the claims that cite it, and nothing else is.

The lock holds the fingerprint and the figures of each passage as it was read in the source. Whoever changes a word
of `from` or `to`, or adds or removes a citation, runs `python -m generator lock --texts DIR` with the source's text
at hand; the change of the lock shows a reviewer which passage carries which claim.
"""

from collections.abc import Iterator

from generator.evidence.lock import cited_passages, serialise
from generator.guideline import Guideline
from generator.places import Place
from generator.problems import Problem

ID = "passage-locked"

_RUN = "Run `python -m generator lock --texts DIR` with the text as `DIR/{pmid}.txt`."


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each cited passage that is not locked as cited, and each locked one that is not cited."""
    if "passages" in guideline.unread:
        return
    cited = cited_passages(guideline)
    for entry in guideline.claims.values():
        for index, (key, passage) in enumerate(zip(entry.keys, entry.passages, strict=True)):
            if passage is None:
                fix = "Correct `from` and `to`, or: " + _RUN.format(pmid=key.pmid)
                yield Problem(ID, "the passage is not in the lock", fix, entry.place("cites", index))
    for index, (key, locked) in enumerate(guideline.passages.items()):
        if [*locked.cited_by] == cited.get(key):
            continue
        place = Place("content/passages.lock.json", index + 2)
        lost = sorted(set(locked.cited_by) - set(cited.get(key, ())))
        new = sorted(set(cited.get(key, ())) - set(locked.cited_by))
        unread = {claim for claim in lost if claim.partition("#")[0] in guideline.unread}
        name = f'PMID {key.pmid}, "{key.start}"'
        if set(lost) - unread:
            wrong = f"{name} is locked for {', '.join(lost)}, which cites it no more"
            yield Problem(ID, wrong, "Restore the citation, or run `python -m generator lock`.", place)
        if new:
            wrong = f"{name} is not locked for {', '.join(new)}"
            yield Problem(ID, wrong, "Run `python -m generator lock`.", place)
    if guideline.passages and serialise(guideline.passages.values()) != guideline.lock_file:
        place = Place("content/passages.lock.json", 1)
        yield Problem(ID, "the lock is not as written by machine", "Run `python -m generator lock`.", place)
