"""What is beside the records: the lock, the comparisons, the recorded changes and the hand-written pages."""

import json
import os
from pathlib import Path, PurePosixPath

from generator.changes import ChangeList
from generator.comparisons import ComparedClaim
from generator.evidence.comparisons import read_comparisons
from generator.evidence.rows import Rows, read_rows
from generator.handwritten import OTHER_PAGES, is_page
from generator.load.folder import Folder
from generator.passages import LockedPassage, PassageKey
from generator.places import Place
from generator.problems import Problem
from generator.walks import values_in
from generator.yaml_source.decoding import CONFLICT, FORBIDDEN, conflict_line

LOCK = "content/passages.lock.json"
COMPARISONS = "content/comparisons.json"
MAX_LOCK_BYTES = 64 * 1024 * 1024
MAX_PAGE_BYTES = 256 * 1024
MAX_PAGES = 500

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")  # what the site engine takes for a page


def read_lock(folder: Folder) -> tuple[dict[PassageKey, LockedPassage], bytes]:
    """Return the locked passages and the bytes of their file; also those of two sides that git could not merge."""
    if not folder.is_file(LOCK):
        fix = "Restore it from version control; a new guideline begins it with `python -m generator lock --texts DIR`."
        folder.report("missing-file", "the file is missing", fix, LOCK)
        folder.unread.append("passages")
        return {}, b""
    raw = folder.content_of(LOCK)
    try:
        if len(raw) > MAX_LOCK_BYTES:
            raise ValueError(f"more than {MAX_LOCK_BYTES} bytes")
        if ("lock", raw) not in folder.known:
            folder.known["lock", raw] = read_rows(raw)
        rows: Rows = folder.known["lock", raw]
    except ValueError:
        fix = "Restore it from version control; what it holds cannot be made again without the texts."
        folder.report("lock-form", "the lock cannot be read", fix, LOCK)
        folder.unread.append("passages")
        return {}, b""
    if line := conflict_line(raw.decode("utf-8")):
        fix = "Run `python -m generator lock`: it joins both sides."
        folder.report("merge-conflict", CONFLICT, fix, LOCK, line)
        folder.unread.append("passages")
    for line, key in rows.disputed:
        wrong = f'PMID {key.pmid}, "{key.start}", has another fingerprint here than on a line before'
        fix = f"Run `python -m generator lock --texts DIR` with the text as `DIR/{key.pmid}.txt`."
        folder.problems.append(Problem("lock-contradiction", wrong, fix, Place(LOCK, line, key)))
    return rows.passages, raw


def read_compared(folder: Folder) -> tuple[dict[str, ComparedClaim], bytes]:
    """Return the comparisons of claims with their passages, and the bytes of their file; none where there is none yet.

    They say nothing of medicine, so they do not count for the fingerprint of the content.
    """
    path = folder.project / COMPARISONS
    if not os.path.lexists(path):
        return {}, b""
    line = 0
    try:
        if path.is_symlink() or path.stat().st_size > MAX_LOCK_BYTES:
            raise ValueError("a link, or too large")
        raw = path.read_bytes()
        line = conflict_line(raw.decode("utf-8"))
        found = read_comparisons(raw)
        if any(isinstance(text, str) and FORBIDDEN.search(text) for _, text in values_in(found)):
            raise ValueError("a character that no text may have")
    except (ValueError, OSError, RecursionError):
        fix = "Restore it from version control, or delete the line that no machine wrote and compare the claim again."
        folder.report("comparisons-form", "the comparisons cannot be read", fix, COMPARISONS)
        folder.unread.append("comparisons")
        return {}, b""
    if line:
        fix = "Run `python -m generator compare --tidy`: it joins both sides."
        folder.report("merge-conflict", CONFLICT, fix, COMPARISONS, line)
        folder.unread.append("comparisons")
    return found, raw


def read_changes(folder: Folder) -> tuple[ChangeList, ...]:
    """Return the recorded versions, the newest first."""
    found = []
    for path in (Path(entry) for entry in folder.inside("content/changes")):
        line = 0
        try:
            if path.is_symlink() or path.stat().st_size > MAX_LOCK_BYTES:
                raise ValueError("a link, or too large")
            raw = path.read_bytes()
            line = conflict_line(raw.decode("utf-8"))
            changes = ChangeList.model_validate_json(raw)
            if any(isinstance(text, str) and FORBIDDEN.search(text) for _, text in values_in(changes)):
                raise ValueError("a character that no text may have")
            if path.name != f"{changes.version}.json":
                raise ValueError("named otherwise")
            found.append(changes)
        except (ValueError, OSError, RecursionError):
            fix = "Restore it from version control, or write it again with `python -m generator record-changes`."
            rule, wrong = "changes-form", "the recorded changes cannot be read"
            if line:
                rule, wrong = "merge-conflict", CONFLICT
            folder.report(rule, wrong, fix, f"content/changes/{path.name}", line or 1)
            folder.unread.append("changes")
    return tuple(sorted(found, key=lambda changes: changes.order, reverse=True))


def read_pages(folder: Folder) -> dict[str, str]:
    """Return the text of each hand-written page by its file, in the order of the files."""
    generated = _generated(folder)
    found = [folder.project / name for name in OTHER_PAGES if os.path.lexists(folder.project / name)]
    for base, folders, names in os.walk(folder.project / "docs"):
        folders.sort()
        links = [name for name in folders if (Path(base) / name).is_symlink()]
        found += [Path(base) / name for name in (*links, *sorted(names))]
    pages: dict[str, str] = {}
    for path in found:
        file = path.relative_to(folder.project).as_posix()
        is_markdown = path.suffix in _MARKDOWN
        if file in generated or not (is_markdown or path.is_symlink() or file in OTHER_PAGES):
            continue
        if len(pages) == MAX_PAGES:
            folder.report("page-form", f"more than {MAX_PAGES} pages", "Nothing after this one is read.", file)
            folder.unread.append("docs")
            break
        text = _page(folder, path, file)
        if text is None:
            folder.unread.append(file)
        else:
            pages[file] = text
    return pages


def _generated(folder: Folder) -> set[str]:
    path = folder.project / "docs/.generated.json"
    try:
        return {f"docs/{name}" for name in json.loads(path.read_bytes())} if path.is_file() else set()
    except (ValueError, TypeError, RecursionError):
        fix = "Delete it and the generated pages, then build again."
        folder.report("page-form", "the list of generated pages is damaged", fix, "docs/.generated.json")
        return set()


def _page(folder: Folder, path: Path, file: str) -> str | None:
    """Return the text of a page, or None where it cannot be read, which is reported."""
    if path.is_symlink() or not is_page(PurePosixPath(file)):
        folder.report("page-form", "a link, or not named `<name>.md`", "Make it a plain file `<name>.md`.", file)
        return None
    raw = path.read_bytes()
    try:
        if len(raw) > MAX_PAGE_BYTES:
            raise ValueError(f"more than {MAX_PAGE_BYTES} bytes")
        text = raw.decode("utf-8")
        if invisible := FORBIDDEN.search(text):
            line = text.count("\n", 0, invisible.start()) + 1
            raise ValueError(f"the invisible character U+{ord(invisible[0]):04X} on line {line}")
    except UnicodeDecodeError as error:
        folder.report("page-form", f"byte {error.start + 1} is not UTF-8", "Save the file as UTF-8.", file)
    except ValueError as error:
        folder.report("page-form", str(error), "Delete it, or split the page.", file)
    else:
        return text
    return None
