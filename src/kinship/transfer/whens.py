"""Days and times as journals write them; where day and month could stand either way, that is asked, never guessed."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from kinship.ground.errors import Misused
from kinship.privacy.text import clean_line
from kinship.transfer.entries import NOON


class Order(StrEnum):
    """What stands first in 03/04/2024."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class When(Struct, frozen=True):
    """A day, with a time and an offset where they are told."""

    day: dt.date
    time: dt.time | None = None
    offset: dt.tzinfo | None = None

    @property
    def at(self) -> dt.datetime:
        """The moment, at noon where no time is told; without an offset where none is."""
        return dt.datetime.combine(self.day, self.time or NOON, self.offset)

    @property
    def given_day(self) -> dt.date | None:
        """The day where no more than that is known: it is not moved by when somebody's day begins."""
        return self.day if self.time is None else None


LONGEST = 64
"""Characters of a line that may be a day."""
_FIRST_YEAR, _LAST_YEAR = 1700, 2200
_ZONE_LENGTH = 64
_HALF_DAY = 12
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[.,]{0,2} +", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})([-/._])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)? (?:of )?([a-z]{3,9})\.?,? (\d{4})(?!\d)", re.IGNORECASE)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)", re.IGNORECASE)
_TIME = re.compile(
    r"(?:[T ,]| at | - )? ?(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)? ?([ap])?\.?(?:m\b\.?)? ?(Z|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"^(?:GMT|UTC)?([+-])(\d\d?):?(\d\d)?$")


def read_when(words: str, order: Order | None = None) -> When | None:
    """Return the day (and time) that all of `words` are, None where they are none. Raises Misused where unclear."""
    told = " ".join(words.split()) if len(words) <= LONGEST else ""
    found = find_when(told, order)
    return found[0] if found is not None and not told[found[1] :].strip(" .:,*#-") else None


def find_when(words: str, order: Order | None = None) -> tuple[When, int] | None:
    """Return the day (and time) that `words` begin with, and where it ends. Raises Misused where it is unclear."""
    weekday = _WEEKDAY.match(words)
    start = weekday.end() if weekday else 0
    found = _day(words, start, order)
    if found is None or not _FIRST_YEAR <= found[0].year <= _LAST_YEAR:
        return None
    day, end = found
    clock = _TIME.match(words, end)
    if clock is None:
        return When(day), end
    hour, minute, second = (int(one or 0) for one in clock.group(1, 2, 3))
    if clock[4] and 0 < hour <= _HALF_DAY:
        hour = hour % _HALF_DAY + (_HALF_DAY if clock[4] in "pP" else 0)
    try:
        return When(day, dt.time(hour, minute, second), zone_of(clock[5]) if clock[5] else None), clock.end()
    except ValueError:
        return When(day), end


def read_form(words: str, form: str) -> When | None:
    """Return the moment `words` say in a form of strptime, None where they do not fit. Raises Misused for no form."""
    try:
        read = dt.datetime.strptime(words.strip(), form)  # noqa: DTZ007 - zones come later
    except ValueError:
        return None
    except (re.error, KeyError, IndexError) as error:
        raise Misused(f"{clean_line(form)} is no form of a time.", "Such as --time-format '%d.%m.%Y %H:%M'.") from error
    if not _FIRST_YEAR <= read.year <= _LAST_YEAR:
        return None
    timed = any(mark in form for mark in ("%H", "%I", "%T", "%R", "%r", "%X", "%c"))
    return When(read.date(), read.time().replace(microsecond=0) if timed else None, read.tzinfo)


@lru_cache(maxsize=512)
def zone_of(name: str) -> dt.tzinfo | None:
    """Return the zone of an IANA name or an offset (`Europe/Vienna`, `+02:00`, `GMT-5`, `Z`), None where it is none."""
    if name in ("Z", "z", "UTC", "GMT"):
        return dt.UTC
    offset = _OFFSET.match(name)
    if offset is not None:
        shift = dt.timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return dt.timezone(-shift if offset[1] == "-" else shift) if shift < dt.timedelta(days=1) else None
    if not name or len(name) > _ZONE_LENGTH:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _day(words: str, start: int, order: Order | None) -> tuple[dt.date, int] | None:
    if (found := _YEAR_FIRST.match(words, start)) is not None:
        return _date(found[1], found[3], found[4], found.end())
    if (found := _COMPACT.match(words, start)) is not None:
        return _date(found[1], found[2], found[3], found.end())
    if (found := _YEAR_LAST.match(words, start)) is not None:
        return _turned(found, order)
    if (found := _DAY_MONTH.match(words, start)) is not None and found[2].casefold() in _MONTHS:
        return _date(found[3], _MONTHS[found[2].casefold()], found[1], found.end())
    if (found := _MONTH_DAY.match(words, start)) is not None and found[1].casefold() in _MONTHS:
        return _date(found[3], _MONTHS[found[1].casefold()], found[2], found.end())
    return None


def _turned(found: re.Match[str], order: Order | None) -> tuple[dt.date, int] | None:
    """Return a day whose year stands last; dots put the day first, as kinship reads them everywhere."""
    first, second, year, end = found[1], found[3], found[4], found.end()
    if order is None and found[2] == ".":
        order = Order.DAY_FIRST
    if order is not None:
        day, month = (first, second) if order is Order.DAY_FIRST else (second, first)
        return _date(year, month, day, end)
    by_day, by_month = _date(year, second, first, end), _date(year, first, second, end)
    if by_day is not None and by_month is not None and by_day != by_month:
        raise Misused(
            f"{found[0]} can be read in two ways.",
            "Say what stands first with --dates day-first or --dates month-first.",
        )
    return by_day or by_month


def _date(year: str, month: str | int, day: str, end: int) -> tuple[dt.date, int] | None:
    try:
        return dt.date(int(year), int(month), int(day)), end
    except ValueError:
        return None
