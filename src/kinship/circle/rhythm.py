"""When moments happened, told gently: months as small bars, and days as people speak of them."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable

from kinship.journal.model import Moment

BARS = "▁▂▃▄▅▆▇█"
ASCII_BARS = "_.:-=+*#"
MONTHS = 12

_AGO = (
    (0, "today"),
    (1, "yesterday"),
    (5, "a few days ago"),
    (10, "about a week ago"),
    (17, "about two weeks ago"),
    (25, "about three weeks ago"),
    (45, "about a month ago"),
    (75, "about two months ago"),
    (150, "a few months ago"),
    (250, "about half a year ago"),
    (330, "most of a year ago"),
    (430, "about a year ago"),
)


def ago(day: dt.date, today: dt.date) -> str:
    """Return how long ago a day is, as one says it: never a number of days."""
    past = (today - day).days
    if past < 0:
        return "ahead"
    return next((words for most, words in _AGO if past <= most), "more than a year ago")


def since(day: dt.date, today: dt.date) -> str:
    """Return the month since when, with its year only where it could be another one."""
    if (day.year, day.month) == (today.year, today.month):
        return "this month"
    if (today - day).days < 365 - 31:
        return f"since {day:%B}"
    return f"since {day:%B %Y}"


def by_month(moments: Iterable[Moment], today: dt.date, months: int = MONTHS) -> tuple[int, ...]:
    """Return how many moments fell in each of the last `months` calendar months, this one last."""
    counts = [0] * months
    for moment in moments:
        back = (today.year - moment.day.year) * 12 + today.month - moment.day.month
        if 0 <= back < months:
            counts[months - 1 - back] += 1
    return tuple(counts)


def bars(counts: tuple[int, ...], signs: str = BARS) -> str:
    """Return one bar a number, the tallest for the highest; the ground line for none, nothing at all where all are."""
    top = max(counts, default=0)
    if top == 0:
        return ""
    steps = len(signs) - 1
    return "".join(signs[0] if count == 0 else signs[max(1, round(count / max(top, 4) * steps))] for count in counts)


def months_from(day: dt.date, months: int) -> dt.date:
    """Return the same day of the month so many months away, the month's last one where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return dt.date.min if months < 0 else dt.date.max
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
