"""What a review of a record covers, and the fingerprint by which it is seen whether that changed since."""

import hashlib

from generator.evidence.comparisons import hash_now
from generator.fields import ANSWER
from generator.guideline import Guideline


def covered(id_: str, guideline: Guideline) -> list[str]:
    """Return the ids of all that a reviewer of a record reads: its answers, what it calls not known, its claims.

    An answer that the profile has told on many records is read on the record that it stands in.
    """
    record = guideline.records[id_]
    questions = [*record.answers, *(name for each in record.not_known for name in each.questions)]
    return [*(f"{id_}#{ANSWER}{name}" for name in questions), *(f"{id_}#{name}" for name in record.claims)]


def fingerprint_of(id_: str, guideline: Guideline) -> str:
    """Return the SHA-256 over the hashes of all that a review of a record covers, or of all records (`guideline`).

    The order of claims and the names of claims and of the record change nothing.
    """
    homes = guideline.records if id_ == "guideline" else [id_]
    said = [each for home in homes for each in covered(home, guideline)]
    rows = [
        f"{'' if each in guideline.claims else each.partition('#')[2]} {hash_now(each, guideline)}" for each in said
    ]
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()


def authors_of(id_: str, guideline: Guideline) -> set[str]:
    """Return the ORCID iDs of those who wrote a record, or any (`guideline`), as the content names them."""
    homes = guideline.records.values() if id_ == "guideline" else [guideline.records[id_]]
    return {*guideline.about.written_by, *(author for home in homes for author in home.written_by)}
