"""Lines to call, by country: each with the source it was checked against and when."""

from __future__ import annotations

import datetime as dt
from functools import cache

import msgspec
from msgspec import Struct

from kinship.reflect.packs import PACKS


class Helpline(Struct, frozen=True):
    """One line: its name, how to reach it, its hours."""

    name: str
    contact: str
    hours: str = ""
    what: str = ""
    source: str = ""
    source_date: str = ""


class Country(Struct, frozen=True):
    """The lines of one country and its emergency number."""

    country: str
    emergency: str
    lines: tuple[Helpline, ...] = ()
    note: str = ""


class Helplines(Struct, frozen=True):
    """The whole list; past `recheck_after` it says that it may be out of date."""

    schema: str
    compiled: dt.date
    recheck_after: dt.date
    rules: tuple[str, ...]
    everywhere: tuple[Helpline, ...]
    countries: tuple[Country, ...]

    def of(self, country: str) -> Country | None:
        """Return the lines of a country by its two letters, None where the list has none."""
        return next((one for one in self.countries if one.country == country), None)


@cache
def load_helplines() -> Helplines:
    """Return our list, read once."""
    return msgspec.json.decode((PACKS / "helplines.json").read_bytes(), type=Helplines)
