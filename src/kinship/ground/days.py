"""Days in plain words, as people write them: `2024-06-01`, `June 2024`, `since last Monday`, `3 weeks ago`."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import NamedTuple

from kinship.ground.errors import Misused

FORMS = "2024-06-01, June 2024, 3 May, yesterday, last Monday or two weeks ago"
"""What a refusal names."""

FORMS_AHEAD = "tomorrow, Thursday, in two weeks, 3 May or 2027-05-03"
"""What a refusal of a day ahead names."""

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_WEEKDAYS = {name.casefold(): number for number, name in enumerate(calendar.day_name)}
_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("", "a an one last", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    )
    for word in words.split()
}
_BEFORE = re.compile(r"^(?:since|from|on|in|as of)\s+")
_AGO = re.compile(r"^(\w+) (day|week|month|year)s?(?: ago)?$")
_ISO_MONTH = re.compile(r"^(\d{4})-(\d{2})$")
_YEAR = re.compile(r"^\d{4}$")
_DOTTED = re.compile(r"^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$")
_TH = re.compile(r"^(\d{1,2})(?:st|nd|rd|th|\.)?$")


_UNTIL = re.compile(r"^(?:on|for|by|until|at|this|the)\s+")
_AHEAD = re.compile(r"^in (\w+) (day|week|month|year)s?$")
_AT = re.compile(r"(?:^|\s)(?:at\s+)?(?:(\d{1,2})(?:[:h](\d{2}))\s*(am|pm)?|(\d{1,2})\s*(am|pm)|(noon))$")
_HALF_DAY = 12


class Span(NamedTuple):
    """The first and the last day that a word means; one day where it names one."""

    first: dt.date
    last: dt.date


def day_in(words: str, today: dt.date) -> dt.date:
    """Return the day that `words` mean, the first one of a month or a year. Raises Misused."""
    return span_in(words, today).first


def span_in(words: str, today: dt.date) -> Span:
    """Return the days that `words` mean. Without a year it is the latest that is not after `today`. Raises Misused."""
    told = _BEFORE.sub("", " ".join(words.casefold().replace(",", " ").split()))
    try:
        found = _near(told, today) or _exact(told) or _named(told, today)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise Misused(f"“{words}” is no day; write it as {FORMS}.")
    return found


def day_ahead_in(words: str, today: dt.date) -> dt.date:
    """Return the day to come that `words` mean: without a year the next one, a weekday the next after `today`.

    A day that is written with its year may lie behind. Raises Misused.
    """
    told = _UNTIL.sub("", " ".join(words.casefold().replace(",", " ").split()))
    try:
        found = _soon(told, today) or _whole_day(_exact(told)) or _whole_day(_named_ahead(told, today))
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise Misused(f"“{words}” is no day ahead; write it as {FORMS_AHEAD}.")
    return found


def time_ahead_in(words: str, today: dt.date) -> tuple[dt.date, dt.time | None]:
    """Return the day to come and the time that `words` mean: "Thursday 16:30", "3 May at 4 pm". Raises Misused.

    The time is None where none is said; a time alone is today's.
    """
    told = " ".join(words.casefold().replace(",", " ").split())
    found = _AT.search(told)
    if found is None:
        return day_ahead_in(words, today), None
    try:
        time = dt.time(12) if found[6] else _time(int(found[1] or found[4]), int(found[2] or 0), found[3] or found[5])
    except ValueError:
        raise Misused(f"“{words}” names no time; write it like 16:30 or 4 pm.") from None
    day = told[: found.start()].strip()
    return (day_ahead_in(day, today) if day else today), time


def _time(hour: int, minute: int, half: str | None) -> dt.time:
    if half and not 1 <= hour <= _HALF_DAY:
        raise ValueError(half)
    return dt.time(hour % _HALF_DAY + (_HALF_DAY if half == "pm" else 0) if half else hour, minute)


def _soon(told: str, today: dt.date) -> dt.date | None:
    """Return today, tomorrow, a weekday to come, or a day in so long a time."""
    fixed = {"today": 0, "tomorrow": 1, "day after tomorrow": 2, "next week": 7}
    if told in fixed:
        return today + dt.timedelta(days=fixed[told])
    weekday = _WEEKDAYS.get(told.removeprefix("next ").removeprefix("coming "))
    if weekday is not None:
        return today + dt.timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    ahead = _AHEAD.match("in a month" if told == "next month" else told)
    if ahead is None:
        return None
    count = int(ahead[1]) if ahead[1].isdecimal() else _NUMBERS.get(ahead[1])
    return _back(today, -count, ahead[2]) if count is not None else None


def _named_ahead(told: str, today: dt.date) -> Span | None:
    """Return a day of a month by its name; without a year the next one from `today` on."""
    if any(_YEAR.match(word) for word in told.split()):
        return _named(told, today)
    for year in range(today.year, today.year + 9):
        try:
            found = _named(f"{told} {year}", today)
        except ValueError:  # 29 February of another year
            continue
        if found is None or found.first >= today:
            return found
    return None


def _whole_day(span: Span | None) -> dt.date | None:
    return span.first if span is not None and span.first == span.last else None


def birthday_in(words: str) -> str:
    """Return a birthday as it is kept: "YYYY-MM-DD", or "--MM-DD" where no year is said. Raises Misused."""
    told = " ".join(words.casefold().replace(",", " ").split())
    if found := re.match(r"^(?:--)?(\d{2})-(\d{2})$", told):
        told = f"2000-{found[1]}-{found[2]}"
        yearless = True
    else:
        yearless = not re.search(r"\d{4}", told)
    try:
        span = _exact(told) or _named(f"{told} 2000" if yearless else told, dt.date.max)
    except (ValueError, OverflowError):
        span = None
    if span is None or span.first != span.last:
        raise Misused(f"“{words}” is no birthday; write it as 3 May, 3 May 1980 or 1980-05-03.")
    return f"{span.first:--%m-%d}" if yearless else span.first.isoformat()


def _near(told: str, today: dt.date) -> Span | None:
    """Return today, yesterday, a weekday, or so long ago."""
    if told in ("today", "now"):
        return Span(today, today)
    if told == "yesterday":
        return _one(today - dt.timedelta(days=1))
    weekday = _WEEKDAYS.get(told.removeprefix("last "))
    if weekday is not None:
        return _one(today - dt.timedelta(days=(today.weekday() - weekday - 1) % 7 + 1))
    ago = _AGO.match(told)
    if ago is None or not (told.endswith(" ago") or ago[1] == "last"):
        return None
    count = int(ago[1]) if ago[1].isdecimal() else _NUMBERS.get(ago[1])
    return _one(_back(today, count, ago[2])) if count is not None else None


def _back(today: dt.date, count: int, unit: str) -> dt.date:
    if unit in ("day", "week"):
        return today - dt.timedelta(days=count * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _exact(told: str) -> Span | None:
    """Return what is written in digits alone."""
    if _YEAR.match(told):
        return Span(dt.date(int(told), 1, 1), dt.date(int(told), 12, 31))
    if found := _ISO_MONTH.match(told):
        return _month(int(found[1]), int(found[2]))
    if found := _DOTTED.match(told):
        return _one(dt.date(int(found[3]), int(found[2]), int(found[1])))
    return _one(dt.date.fromisoformat(told)) if told[:4].isdecimal() else None


def _named(told: str, today: dt.date) -> Span | None:
    """Return a month by its name, with a day or a year or both, in either order."""
    words = told.split()
    months = [_MONTHS[word.rstrip(".")] for word in words if word.rstrip(".") in _MONTHS]
    years = [int(word) for word in words if _YEAR.match(word)]
    days = [int(found[1]) for word in words if (found := _TH.match(word))]
    if len(months) != 1 or len(years) > 1 or len(days) > 1 or len(months + years + days) != len(words):
        return None
    month = months[0]
    year = years[0] if years else today.year
    found_span = _one(dt.date(year, month, days[0])) if days else _month(year, month)
    if years or found_span.first <= today:
        return found_span
    return _one(dt.date(year - 1, month, days[0])) if days else _month(year - 1, month)


def _month(year: int, month: int) -> Span:
    return Span(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))


def _one(day: dt.date) -> Span:
    return Span(day, day)
