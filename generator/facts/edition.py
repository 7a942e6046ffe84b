"""Which edition a sheet, a card or a printout is of: version and date, standing, and until when it is to be trusted."""

import datetime
from calendar import monthrange

from generator.guideline import Guideline, once
from generator.model import About, Record, reviewed
from generator.speech import to_say


def expires_on(about: About) -> datetime.date:
    """Return the day on which an edition is due for review: its date and the months that it is reviewed after.

    The last day of a month that is shorter.
    """
    years, month = divmod(about.date.month - 1 + about.review_every_months, 12)
    year = about.date.year + years
    return datetime.date(year, month + 1, min(about.date.day, monthrange(year, month + 1)[1]))


def edition(about: About) -> str:
    """Return version, date, and the day on which the edition expires."""
    speech = about.speech
    return speech.say(
        "Version {version}, {date}. Expires {expires}.",
        version=about.version,
        date=speech.date(about.date),
        expires=speech.date(expires_on(about)),
    )


def copyright_line(about: About) -> str:
    """Return the line at the foot of each page: standing, version, date and licence."""
    standing, date = about.speech.say(standing_word(about)), about.speech.date(about.date)
    return about.speech.say(
        "{standing}. Version {version}, {date}. Content: {licence}.",
        standing=standing,
        version=about.version,
        date=date,
        licence=about.licence,
    )


def standing_word(item: About | Record) -> str:
    """Return the word for whether a real person's review stands behind the guideline or a record."""
    return to_say("Reviewed") if reviewed(item) else to_say("Unreviewed")


@once
def edition_line(guideline: Guideline) -> str:
    """Return the line that every copy carries: standing, version, date, and the day on which it expires."""
    about = guideline.about
    return f"{about.speech.say(standing_word(about))}. {edition(about)}"
