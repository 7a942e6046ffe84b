"""Changes of what carries a claim: its citations, what is locked of their passages, and its strength."""

from collections.abc import Iterator

from generator.changes import Change
from generator.evidence.strength import strength_of
from generator.facts.claims import ClaimFacts
from generator.guideline import ClaimEntry, Guideline
from generator.model import Citation
from generator.passages import LockedPassage
from generator.review.impact import class_of, impact_of_claims
from generator.review.saying import claim_change


def citation_changes(old: ClaimEntry, new: ClaimEntry, weighty: str) -> Iterator[Change]:
    """Yield the passages that a claim cites in addition, no longer, instead of others, or otherwise."""
    was = {cite.key: cite for cite in old.claim.cites}
    now = {cite.key: cite for cite in new.claim.cites}
    gone = [cite for key, cite in was.items() if key not in now]
    come = [cite for key, cite in now.items() if key not in was]
    for cite in list(gone):
        if same := next((other for other in come if other.pmid == cite.pmid), None):
            yield claim_change("passage-moved", weighty, new, _passage(cite), _passage(same), cites=[same])
            gone.remove(cite)
            come.remove(same)
    for cite, other in zip(list(gone), list(come), strict=False):
        yield claim_change("citation-swapped", weighty, new, _passage(cite), _passage(other), cites=[cite, other])
        gone.remove(cite)
        come.remove(other)
    for cite in gone:
        yield claim_change("citation-removed", weighty, new, before=_passage(cite), cites=[cite])
    added = class_of(new) or "new-evidence"
    for cite in come:
        yield claim_change("citation-added", added, new, after=_passage(cite), cites=[cite])
    for key in [key for key in was if key in now]:
        if (was[key].section, was[key].part) != (now[key].section, now[key].part):
            yield claim_change("passage-moved", weighty, new, _passage(was[key]), _passage(now[key]), cites=[now[key]])
        if was[key].bearing != now[key].bearing:
            sides = (f"PMID {key.pmid} {was[key].bearing}", f"PMID {key.pmid} {now[key].bearing}")
            yield claim_change("bearing-changed", weighty, new, sides[0], sides[1], cites=[now[key]])


def locked_changes(entry: ClaimEntry, before: Guideline, after: Guideline, weighty: str) -> Iterator[Change]:
    """Yield a change where a passage is the same by its words, and its fingerprint, length or figures are not."""
    for cite in entry.claim.cites:
        old, new = before.passages.get(cite.key), after.passages.get(cite.key)
        if old and new and (old.sha256, _lock_line(old)) != (new.sha256, _lock_line(new)):
            notes = ["the fingerprint is another"] if old.sha256 != new.sha256 else []
            yield claim_change("figures-relocked", weighty, entry, _lock_line(old), _lock_line(new), notes, [cite])


def _lock_line(passage: LockedPassage) -> str:
    return f"figures {', '.join(passage.figures) or 'none'}; {passage.words} words; by {passage.via}"


def _passage(cite: Citation) -> str:
    part = f", {cite.part}" if cite.part else ""
    return f"PMID {cite.pmid}, {cite.section}{part}: {cite.start} … {cite.end}"


def strength_changes(old: ClaimEntry, new: ClaimEntry, before: Guideline, after: Guideline) -> Iterator[Change]:
    """Yield the change of a claim's strength, with what it comes from."""
    if any(cite.pmid not in before.references for cite in old.claim.cites):
        return  # a source that could not be read has no design
    if any(cite.pmid not in after.references for cite in new.claim.cites):
        return
    was, now = strength_of(old), strength_of(new)
    if was == now:
        return
    cited, cites = ({cite.pmid for cite in entry.claim.cites} for entry in (old, new))
    notes = [f"PMID {pmid} is no longer cited" for pmid in sorted(cited - cites)]
    notes += [f"PMID {pmid} is cited in addition" for pmid in sorted(cites - cited)]
    for pmid in sorted(cited & cites):
        designs = [version.references[pmid] for version in (before, after)]
        for name in ("design", "synthesises", "species", "study"):
            values = [getattr(reference, name) for reference in designs]
            if values[0] != values[1]:
                notes.append(f"{name} of PMID {pmid}: {values[0]} became {values[1]}")
        states = [reference.retraction.state for reference in designs]
        if "retracted" in states and states[0] != states[1]:
            notes.append(f"retraction of PMID {pmid}: {states[0]} became {states[1]}")
    if old.opponents.keys() != new.opponents.keys():
        notes.append("disagreements changed")
    if old.claim.kind != new.claim.kind:
        notes.append("the kind of claim changed")
    if not notes:
        notes.append("the levels of designs in the vocabulary, or a citation's bearing, changed")
    impact = impact_of_claims((new,), "evidence-strength")
    labels = [ClaimFacts(entry).strength_label or "describes only" for entry in (old, new)]
    yield claim_change("strength-changed", impact, new, labels[0], labels[1], notes, new.claim.cites)
