"""Journals with a past: people who came, went, and moved over three years, or simply very many."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from builders.journals import TODAY, alter, circle_of, fact, moment, new_journal
from kinship.journal.journal import Journal

YEARS_AGO = TODAY.replace(year=TODAY.year - 3)


def lived(folder: Path) -> Journal:
    """Return a journal of three years: Ana came last year, Ugo is gone since, Bea came closer and helps now."""
    journal = new_journal(folder)
    half = TODAY - dt.timedelta(days=200)
    journal.take_in(
        "People",
        [
            alter("Bea"), alter("Ana"), alter("Ugo"), alter("Lee"), alter("Noor"),
            fact("bea", "status", "active", YEARS_AGO), fact("bea", "ring", "outer", YEARS_AGO),
            fact("bea", "sector", "friends", YEARS_AGO), fact("bea", "ring", "inner", half),
            fact("bea", "gives.listening", 2, YEARS_AGO), fact("bea", "gives.tangible", 2, half),
            fact("bea", "strain.pressure", 1, half), fact("bea", "receives.time", 2, YEARS_AGO),
            fact("ana", "status", "active", half), fact("ana", "ring", "middle", half),
            fact("ana", "sector", "work", half), fact("ana", "gives.advice", 1, half),
            fact("ugo", "status", "active", YEARS_AGO), fact("ugo", "ring", "middle", YEARS_AGO),
            fact("ugo", "sector", "family", YEARS_AGO), fact("ugo", "status", "ended", half),
            fact("lee", "status", "active", YEARS_AGO), fact("lee", "ring", "outer", YEARS_AGO),
            fact("lee", "sector", "work", YEARS_AGO), fact("lee", "gives.belonging", 1, YEARS_AGO),
            fact("noor", "status", "active", YEARS_AGO), fact("noor", "ring", "outer", YEARS_AGO),
            fact("noor", "sector", "friends", YEARS_AGO),
            fact(("bea", "lee"), "knows", 1, YEARS_AGO), fact(("bea", "noor"), "knows", 2, YEARS_AGO),
            moment("bea", "listening", TODAY - dt.timedelta(days=8)),
        ],
    )  # fmt: skip
    return journal


def peopled(folder: Path, count: int) -> Journal:
    """Return a journal with so many people on its map."""
    journal = new_journal(folder)
    alters, facts, moments = circle_of(count)
    journal.take_in("People", [*alters, *facts, *moments])
    return journal
