"""Which edition a sheet, a card or a printout is of: version and date, standing, and until when it is to be trusted."""

import datetime
from calendar import monthrange

from generator.guideline import Guideline, once
from generator.model import About, Record, reviewed


def expires_on(about: About) -> datetime.date:
    """Return the day on which an edition is due for review: its date and the months that it is reviewed after.

    The last day of a month that is shorter.
    """
    years, month = divmod(about.date.month - 1 + about.review_every_months, 12)
    year = about.date.year + years
    return datetime.date(year, month + 1, min(about.date.day, monthrange(year, month + 1)[1]))


def edition(about: About) -> str:
    """Return version, date, and the day on which the edition expires."""
    return f"Version {about.version}, {about.date}. Expires {expires_on(about)}."


def standing_word(item: About | Record) -> str:
    """Return the word for whether a real person's review stands behind the guideline or a record."""
    return "Reviewed" if reviewed(item) else "Unreviewed"


@once
def edition_line(guideline: Guideline) -> str:
    """Return the line that every copy carries: standing, version, date, and the day on which it expires."""
    return f"{standing_word(guideline.about)}. {edition(guideline.about)}"
