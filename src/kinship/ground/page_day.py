"""The one day a page is about, in plain words; what could mean two days is asked about, never guessed."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from kinship.ground.days import span_in
from kinship.ground.errors import Misused

FORMS = "yesterday, last Friday, 3 May, 3 days ago or 2026-05-03"
"""What a refusal names."""

_NUMBERS = re.compile(r"^(\d{1,2})[/.-] ?(\d{1,2})(?:[/.-] ?(?P<year>\d{4}|\d{2})?)?$")
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_LAST = re.compile(r"^last (week|month|year)$")
_AHEAD = re.compile(r"^(?:tomorrow|day after tomorrow|next .+|in .+ (?:days?|weeks?|months?|years?))$")
_BEFORE = {"day before yesterday": 2, "the day before yesterday": 2, "yesterday": 1, "today": 0}
_WEEKDAYS = [name.casefold() for name in calendar.day_name]
_MONTHS_IN_A_YEAR = 12


def page_day_in(words: str, today: dt.date) -> dt.date:
    """Return the day that `words` mean. Without a year it is the latest that is not after `today`.

    A day to come must be written with its year. Raises Misused, with both readings, where there are two.
    """
    told = " ".join(words.casefold().replace(",", " ").split()).removeprefix("on ")
    if told in _BEFORE:
        return today - dt.timedelta(days=_BEFORE[told])
    _refuse_doubt(words, told, today)
    if found := _NUMBERS.match(told):
        told = _named(words, found, today)
    try:
        span = span_in(told, today)
    except Misused as error:
        raise Misused(f"“{words}” is no day; write it as {FORMS}.") from error
    if span.first != span.last:
        raise Misused(f"“{words}” is more than one day; write the day as {FORMS}.")
    return span.first


def day_in_words(day: dt.date) -> str:
    """Return a day as it is said: "Sunday 3 May 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def _refuse_doubt(words: str, told: str, today: dt.date) -> None:
    """Raise Misused where a person may have meant another day than the one that would be taken."""
    if not told:
        raise Misused(f"Which day? Write it as {FORMS}.")
    if _ISO.match(told):
        return
    if told in _WEEKDAYS and _WEEKDAYS[today.weekday()] == told:
        raise Misused(f"Today is {calendar.day_name[today.weekday()]}: say today, or last {words.strip()}.")
    if _LAST.match(told):
        raise Misused(f"“{words}” is more than one day; write the day as {FORMS}.")
    if _AHEAD.match(told):
        raise Misused(f"“{words}” is still to come; a page is about today or a day before.")


def _named(words: str, found: re.Match[str], today: dt.date) -> str:
    """Return a day in numbers with the name of its month. Raises Misused where the numbers could stand for two days."""
    first, second, year = int(found[1]), int(found[2]), found["year"]
    readings = dict.fromkeys(pair for pair in ((first, second), (second, first)) if _is_day(*pair))
    named = [f"{day} {calendar.month_name[month]}" for day, month in readings]
    full = year if year and len(year) == len("2026") else ""
    if len(named) == 1 and (full or not year):
        return f"{named[0]} {full}".strip()
    if not named:
        raise Misused(f"“{words}” is no day; write it as {FORMS}.")
    century = str(today.year)[:2]
    meant = full or (f"{century}{year}" if year else str(today.year))
    raise Misused(f"“{words}” may be {' or '.join(named)}; write it as {named[0]} {meant}.")


def _is_day(day: int, month: int) -> bool:
    return 1 <= month <= _MONTHS_IN_A_YEAR and 1 <= day <= calendar.monthrange(2024, month)[1]
