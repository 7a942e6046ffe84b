"""The content folder to a guideline and the problems of reading it. The only room that reads content."""

import os
from pathlib import Path, PurePosixPath
from typing import Any

from generator.fields import PMID, SLUG
from generator.guideline import Guideline
from generator.load.beside import COMPARISONS, LOCK, read_changes, read_compared, read_lock, read_pages
from generator.load.folder import Folder
from generator.load.notes import load_readings, load_texts
from generator.load.placeholders import read_placeholders
from generator.load.records import Records
from generator.load.wordlists import read_words
from generator.model import About, Approved, Record
from generator.pathway import Pathway
from generator.problems import Problem
from generator.profile import Profile
from generator.sources import Pending, Reference, Searches, Watched
from generator.vocabulary import Vocabulary
from generator.wordlist import NO_WORDS

__all__ = [
    "COMPARISONS",
    "LOCK",
    "RULES",
    "WATCHED",
    "load_guideline",
    "load_readings",
    "load_texts",
    "read_placeholders",
]

RULES = {
    "missing-file": "The files of the guideline, its vocabulary, profile, pathway, pending sources and lock exist, and "
    "every folder of records does.",
    "missing-key": "A record has every key that its kind requires; the format page lists them.",
    "unknown-key": "A record has no key that its kind does not know: a misspelt key would be silently ignored.",
    "wrong-type": "A value has the type that its key requires; the format page lists them.",
    "lock-form": "`passages.lock.json` is written by `python -m generator lock` and not by hand.",
    "lock-contradiction": "The lock holds one fingerprint for a passage. If two branches locked it differently, only "
    "the text of the source decides.",
    "comparisons-form": "`comparisons.json` is written by `python -m generator compare` and not by hand.",
    "changes-form": "A file in `content/changes/` is written by `python -m generator record-changes` and not by hand; "
    "it is named by its version.",
    "page-form": "A hand-written page is a plain file of UTF-8 text named `<name>.md`, no link, without invisible "
    "characters and not too large; `docs/.generated.json` names the pages that are not written by hand.",
    "stray-file": "A folder of records holds only files named `<id>.yaml` (references: `<pmid>.yaml`), no links, and "
    "none named `index`; `content/` holds nothing that is not read. Hidden files and backups of editors count only if "
    "they are committed.",
}

APPROVED = "content/approved-sentences.yaml"
SIGNS = "content/signs.yaml"
SEARCHES = "content/searches.yaml"
WATCHED = "content/watched.yaml"

_KNOWN = (
    *(
        "references",
        "changes",
        "guideline.yaml",
        "vocabulary.yaml",
        "pathway.yaml",
        "pending.yaml",
        "passages.lock.json",
    ),
    *("profile.yaml", "approved-sentences.yaml", "signs.yaml", "searches.yaml", "watched.yaml"),
    "comparisons.json",
)


def load_guideline(
    project: Path, from_git: bool = False, known: dict[object, Any] | None = None
) -> tuple[Guideline | None, list[Problem]]:
    """Read `content/` below a project folder.

    Returns the guideline without the files that could not be read, and a problem for each of those; no guideline
    where `guideline.yaml`, `vocabulary.yaml` or `profile.yaml` cannot be read, as nothing else can be judged. What
    editors and file managers leave in a folder is passed over; with `from_git` it was committed, and is reported.
    `known` remembers what files held by their bytes: whoever reads again and again hands it in each time.
    """
    folder = Folder(project, from_git, {} if known is None else known)
    if not (project / "content").is_dir():
        fix = (
            "Go to the folder that holds `content/`, or name it with `--project`; `init FOLDER` begins a new guideline."
        )
        folder.report("missing-file", "no guideline is here", fix, "content")
        return None, folder.problems
    source = Records(folder)
    about = source.read("guideline", "content/guideline.yaml", About)
    vocabulary = source.read("vocabulary", "content/vocabulary.yaml", Vocabulary)
    pathway = source.read("pathway", "content/pathway.yaml", Pathway)
    pending = source.read("pending", "content/pending.yaml", Pending)
    profile = source.read("profile", "content/profile.yaml", Profile)
    if about is None or vocabulary is None or profile is None:
        return None, folder.problems
    _refuse_strangers(folder, tuple(profile.kinds))
    records: dict[str, Record] = {}
    for kind in profile.kinds:
        records |= {f"{kind}/{name}": record for name, record in source.read_all(kind, SLUG, Record)}
    references = dict(source.read_all("references", PMID, Reference))
    passages, lock_file = read_lock(folder)
    approved = None
    if os.path.lexists(project / APPROVED):  # a new guideline has none yet
        approved = source.read("approved-sentences", APPROVED, Approved, is_content=False)
    words = None
    if os.path.lexists(project / SIGNS):  # a new guideline has none yet
        words = read_words(source, SIGNS)
    searches = None
    if os.path.lexists(project / SEARCHES):  # a new guideline has none yet
        searches = source.read("searches", SEARCHES, Searches)
    watched = None
    if os.path.lexists(project / WATCHED):  # nothing was looked for yet
        watched = source.read("watched", WATCHED, Watched, is_content=False)
    comparisons, comparisons_file = read_compared(folder)
    changes = read_changes(folder)
    if changes and changes[0].content != folder.fingerprint:
        label = f"{about.version}+{folder.fingerprint[:7]}"  # what is read is not what that version was
        about = about.model_copy(update={"version": label})
    guideline = Guideline(
        about=about,
        vocabulary=vocabulary,
        records=records,
        references=dict(sorted(references.items(), key=lambda item: int(item[0]))),
        pending=pending.sources if pending else {},
        passages=passages,
        profile=profile,
        pathway=pathway or Pathway.model_construct(start="", stages={}, nodes={}),
        changes=changes,
        lock_file=lock_file,
        comparisons=comparisons,
        comparisons_file=comparisons_file,
        fingerprint=folder.fingerprint,
        handwritten=read_pages(folder),
        approved=approved.pages if approved else {},
        words=words or NO_WORDS,
        searches=searches.searches if searches else (),
        watched=watched.runs if watched else (),
        files=source.file_of,
        line_of=source.line_of,
        unread=frozenset(folder.unread),
    )
    return guideline, folder.problems


def _refuse_strangers(folder: Folder, kinds: tuple[str, ...]) -> None:
    """Report what stands in `content/` and would be read by nothing."""
    known = (*kinds, *_KNOWN)
    for path in (PurePosixPath(entry.name) for entry in folder.inside("content")):
        if path.name not in known:
            fix = f"Known are: {', '.join(known)}. Move it away."
            if path.suffix == ".yml" and f"{path.stem}.yaml" in known:
                fix = f"Rename it to `{path.stem}.yaml`."
            folder.report("stray-file", "nothing reads this", fix, f"content/{path.name}")
