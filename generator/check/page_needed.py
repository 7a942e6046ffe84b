"""A site has the pages written by hand that its other pages link to, each with the parts that are linked.

They are `docs/intended-purpose.md`, `docs/method.md` with a part `sources`, `docs/review.md` with a part `impact`, and
`docs/data.md`: a heading ends in `{ #sources }` to name its part. A folder of content without `mkdocs.yml` is no site.
"""

import re
from collections.abc import Iterator

from generator.guideline import Guideline
from generator.links import BY_HAND
from generator.places import Place
from generator.problems import Problem

ID = "page-needed"

_SITE = "mkdocs.yml"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each page of a site that is missing, and each part that a page lacks."""
    if _SITE not in guideline.handwritten or "docs" in guideline.unread:
        return
    for page, parts in BY_HAND.items():
        file = f"docs/{page}"
        text = guideline.handwritten.get(file)
        if file in guideline.unread:
            continue
        if text is None:
            yield Problem(ID, "other pages link to this page, and it is missing", "Write it.", Place(file, 1))
            continue
        for part in parts:
            if not re.search(rf"^#+ .*\{{[^}}\n]*#{re.escape(part)}\b[^}}\n]*\}}\s*$", text, re.MULTILINE):
                wrong = f"other pages link to its part `{part}`, and it has none"
                fix = f"End the heading of that part with `{{ #{part} }}`."
                yield Problem(ID, wrong, fix, Place(file, 1))
