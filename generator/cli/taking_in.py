"""The files that change when papers that waited come in: their records, the claims on them, and who named them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator import load
from generator.cli.common import today
from generator.cli.prepared import Prepared, with_pmids
from generator.cli.source_file import reference_file
from generator.evidence.lock import serialise, update_lock
from generator.guideline import Guideline
from generator.model import Claim
from generator.places import KeyPath, record_file
from generator.pubmed.articles import Article
from generator.pubmed.reference import NewReference
from generator.splicing import lines_of, with_claim, with_list, with_text, without_entry
from generator.yaml_source import Document, read_yaml

PENDING = "content/pending.yaml"


@dataclass(frozen=True)
class Source:
    """A paper that was found, and its record."""

    pmid: str
    article: Article
    new: NewReference


@dataclass
class Work:
    """What is to come in, and what is left, with why, by name of the paper or id of the claim.

    `contents` is what each file held when it was read, `document` the prepared claims, `given` the name of their file.
    """

    project: Path
    guideline: Guideline
    contents: Mapping[str, bytes | None]
    prepared: Prepared
    document: Document
    given: str
    sources: dict[str, Source] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)

    @property
    def pmids(self) -> dict[str, str]:
        """The PMIDs of papers that were found, by their names."""
        return {name: source.pmid for name, source in self.sources.items()}

    def line_of(self, *path: str | int) -> str:
        """Return the file and the line of a value of what was prepared, as a message begins."""
        return f"{self.given}:{self.document.line_of(path)}"


def changed_files(work: Work, is_tried: bool = False) -> Iterator[tuple[str, bytes]]:
    """Yield every file that changes, by its name in the project. Raises SpliceError if a program cannot change one."""
    for source in work.sources.values():
        yield record_file(f"references/{source.pmid}"), reference_file(source.new, work.guideline, is_tried)
    changed: dict[str, bytes] = {}

    def content(file: str) -> bytes:
        return changed.get(file) or work.contents[file] or b""

    for name in work.sources:
        changed[PENDING] = without_entry(content(PENDING), "sources", name)
    for file in sorted({*work.guideline.files.values()}):
        if not file.startswith("content/references/") and file != PENDING:
            for path, items in _named_lists(read_yaml(content(file)).data, work.pmids):
                changed[file] = with_list(content(file), path, items)
    for id_ in work.claims:
        file, claim = work.guideline.files[id_.partition("#")[0]], id_.partition("#")[2]
        changed[file] = _with_prepared(content(file), id_, claim, work)
    yield from changed.items()
    if work.claims:
        yield load.LOCK, _lock(work)


def _named_lists(data: object, pmids: Mapping[str, str], path: KeyPath = ()) -> Iterator[tuple[KeyPath, list[str]]]:
    """Yield each list that names a paper that comes in, as it is then: a search brought it, and nothing awaits it."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, tuple) else ()
    for key, value in pairs:
        if key in ("kept", "awaits") and isinstance(value, tuple) and {str(each) for each in value} & pmids.keys():
            names = [pmids.get(str(each), str(each)) if key == "kept" else str(each) for each in value]
            yield (*path, key), [each for each in dict.fromkeys(names) if each not in pmids]
        else:
            yield from _named_lists(value, pmids, (*path, key))


def _with_prepared(record: bytes, id_: str, name: str, work: Work) -> bytes:
    """Return a record with a prepared claim at its end, in the lines of its author."""
    raw, data = work.document.raw, work.document.data["claims"][id_]
    for index, cite in enumerate(data.get("cites", ())):
        if str(cite["pmid"]) in work.pmids:
            raw = with_text(raw, ("claims", id_, "cites", index, "pmid"), work.pmids[str(cite["pmid"])])
    first, *rest = lines_of(raw, "claims", id_)
    first = re.sub(rf"""^( *)(["']?){re.escape(id_)}\2""", rf"\g<1>{name}", first)
    return with_claim(record, name, [first, *rest], with_pmids(data, work.pmids))


def _lock(work: Work) -> bytes:
    """Return the lock with the passages of the new claims."""
    records = dict(work.guideline.records)
    for id_, claim in work.claims.items():
        record, _, name = id_.partition("#")
        records[record] = records[record].model_copy(update={"claims": {**records[record].claims, name: claim}})
    texts = {source.pmid: source.article.text for source in work.sources.values()}
    return serialise(update_lock(replace(work.guideline, records=records), texts, {}, today())[0])
