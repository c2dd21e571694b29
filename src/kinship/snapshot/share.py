"""What the person lets out of the vault: names, strain, dates and the rest, each with its careful default."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from msgspec import Struct

FOOTER = "a personal picture of support, not a medical record and not a judgement of anyone named"
"""Stands under every export."""

STRUCTURE_WARNING = "Structure alone can identify people: who sits where, who knows whom."
"""Said wherever an export is chosen."""

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class NamesMode(StrEnum):
    """How people are called in an export."""

    NONE = "none"
    """Codes that stay the same in every export of one vault."""
    ROLES = "roles"
    """What they are to the person: "friend 2"."""
    INITIALS = "initials"
    FULL = "full"


class Share(Struct, frozen=True, kw_only=True):
    """One choice of what leaves; as built it is the careful one."""

    names: NamesMode = NamesMode.NONE
    strain: bool = False
    """Whether strain and strained moments leave."""
    notes: bool = False
    """Whether notes, aliases, pronouns and birthdays leave; only ever together with full names."""
    exact_dates: bool = False
    """Whether days leave; else only the month."""
    no_contact: bool = False
    """Whether people marked no contact are in it."""
    moments: bool = False
    """Whether single moments leave (JSON only), not just how many."""


CAREFUL = Share()
"""The default wherever a file is written."""

ON_SCREEN = Share(names=NamesMode.FULL, strain=True, exact_dates=True, no_contact=True)
"""What the person sees of their own map on their own terminal."""


def told_date(day: dt.date, share: Share) -> str:
    """Return the day in words as far as it may leave: "22 November 2026" or "November 2026"."""
    month = f"{_MONTHS[day.month - 1]} {day.year}"
    return f"{day.day} {month}" if share.exact_dates else month


def machine_date(day: dt.date, share: Share) -> str:
    """Return the day as far as it may leave, for programs: YYYY-MM-DD or YYYY-MM."""
    return day.isoformat() if share.exact_dates else f"{day.year:04}-{day.month:02}"
