"""A hand-written page says no medicine: a sentence that names the intervention, a record or a synonym is approved.

Medicine is said in claims, where it cites a PMID. Pages such as `docs/about.md` and the README have to name the topic
all the same, to say what the site is about or how it is made. Each such sentence is listed in
`content/approved-sentences.yaml`, by the SHA-256 of its words and with the reason why it says nothing of effect, dose
or harm; when a word of it changes, it is read again. `python -m generator approve-sentences` lists what is missing.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.handwritten import naming
from generator.problems import Problem

ID = "handwritten-page"

_FIX = (
    "Say it in a claim. If it says no medicine, run `python -m generator approve-sentences --write` and fill in the "
    "reason."
)


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each sentence that is not approved, and for each approval that no sentence has."""
    if not guideline.about.intervention:
        fix = "Add `intervention:` with the names of what the guideline is about."
        yield Problem(ID, "no name of the intervention is given", fix, guideline.place("guideline"))
    if "approved-sentences" in guideline.unread:
        return
    used = set()
    for sentence, name in naming(guideline):
        used.add((sentence.file, sentence.sha256))
        if sentence.sha256 not in guideline.approved.get(sentence.file, {}):
            wrong = f"`{beginning(sentence.text)}` names `{name}` and is not approved"
            yield Problem(ID, wrong, _FIX, sentence.place)
    for file, approved in guideline.approved.items():
        for hash_ in approved:
            if (file, hash_) not in used and file not in guideline.unread:
                wrong, fix = f"no sentence of {file} has this hash", "Remove the line: it approves nothing."
                yield Problem(ID, wrong, fix, guideline.place("approved-sentences", "pages", file, hash_))


def beginning(text: str) -> str:
    """Return the first words of a sentence."""
    words = text.split()
    return " ".join(words[:10]) + (" …" if len(words) > 10 else "")
