"""The support map as of any day, and the statements it is folded from."""

from __future__ import annotations

import datetime as dt

from kinship.journal.facts import Subject, order, roots, standing, subject_of
from kinship.journal.model import Alter, AlterId, Bond, Circle, Fact
from kinship.journal.moments import Moments
from kinship.journal.people import Alters
from kinship.journal.shelf import Shelf
from kinship.journal.timeline import Timeline
from kinship.vault import Vault

_KEPT = 24
"""Circles kept ready, so that going to and fro in time folds each day once."""


class Facts(Shelf[Fact]):
    """Everything that was said of anybody."""

    def __init__(self, vault: Vault) -> None:
        super().__init__(vault, "facts", Fact)

    def about(self, *alters: AlterId) -> list[Fact]:
        """Return the facts whose subject holds any of these, oldest first."""
        wanted = set(alters)
        return sorted((fact for fact in self if not wanted.isdisjoint(fact.subject)), key=order)

    def of(self, subject: Subject, field: str) -> list[Fact]:
        """Return what was said in one field of one subject, oldest first."""
        return sorted((fact for fact in self if fact.field == field and fact.subject == subject), key=order)


class Circles:
    """The circle as of a day, and the history behind it."""

    def __init__(self, alters: Alters, facts: Facts, moments: Moments) -> None:
        self._alters = alters
        self._facts = facts
        self._moments = moments
        self._ready: dict[dt.date, Circle] = {}
        self._timeline: list[Timeline] = []
        """None or one; a new list after each change, so that a thread still at work fills the one nobody asks."""

    def timeline(self) -> Timeline:
        """Return the map through all time: made once, and anew after something changed."""
        made = self._timeline
        if not made:
            made.append(Timeline(self._alters, self._facts, self._moments))
        return made[0]

    def as_of(self, day: dt.date) -> Circle:
        """Return the support map of `day`: one day alone is folded, for several the timeline is made ready."""
        ready = self._ready
        if (found := ready.get(day)) is not None:
            return found
        if ready or self._timeline:
            circle = self.timeline().as_of(day)
        else:
            circle = standing(self._alters, self._facts, self._moments, day)
        if len(ready) >= _KEPT:
            ready.clear()
        ready[day] = circle
        return circle

    def bond(self, alter: Alter | AlterId, day: dt.date) -> Bond | None:
        """Return the person's tie with one alter on `day`, None where it is not there yet."""
        root = self._alters.root(alter if isinstance(alter, str) else alter.id)
        return next((bond for bond in self.as_of(day).bonds if bond.alter.id == root), None)

    def history(self, subject: AlterId | Subject) -> list[Fact]:
        """Return every statement of a subject, oldest first; of one alter, also those of anybody merged into it."""
        alters = (subject,) if isinstance(subject, str) else subject
        root = roots(self._alters)
        wanted = subject_of(*(root.get(one, one) for one in alters))
        return sorted(
            (fact for fact in self._facts if subject_of(*(root.get(one, one) for one in fact.subject)) == wanted),
            key=order,
        )

    def first_day(self) -> dt.date | None:
        """Return the first day that anything is said of anybody, None for an empty map."""
        return self.timeline().first()

    def days_of_change(self) -> list[dt.date]:
        """Return the days on which something else begins to hold, oldest first."""
        return list(self.timeline().days())

    def forget(self) -> None:
        """Fold anew when next asked: an alter, a fact or a moment changed."""
        self._ready = {}
        self._timeline = []
