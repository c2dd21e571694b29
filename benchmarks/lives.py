"""The life that benchmarks weigh: many pages of about 800 B, the same at every run."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from kinship.demo import live

LENGTH = 800
"""Characters of an ordinary page."""
YEARS = 10
PEOPLE = 150
AS_OF = dt.date(2026, 11, 22)


def big_life(pages: int = 10_000, *, seed: int = 1, people: int = PEOPLE, years: int = YEARS) -> list[Struct]:
    """Return every value of a life with so many pages, ready to be taken in by a journal."""
    return list(live(seed, years=years, people=people, pages=pages, as_of=AS_OF, length=LENGTH).values())
