"""Which edition a sheet, a card or a printout is of: version and date, standing, and when it is no longer to be trusted."""

import datetime
from calendar import monthrange

from generator.guideline import Guideline
from generator.model import About, reviewed


def expires_on(about: About) -> datetime.date:
    """Return the day on which an edition is due for review: its date and the months that it is reviewed after.

    The last day of a month that is shorter.
    """
    years, month = divmod(about.date.month - 1 + about.review_every_months, 12)
    year = about.date.year + years
    return datetime.date(year, month + 1, min(about.date.day, monthrange(year, month + 1)[1]))


def edition_line(guideline: Guideline) -> str:
    """Return the line that every copy carries: standing, version, date, and the day on which it expires."""
    about = guideline.about
    standing = "Reviewed" if reviewed(about) else "Unreviewed"
    return f"{standing}. Version {about.version}, {about.date}. Expires {expires_on(about)}."
