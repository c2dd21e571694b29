"""The small things of a synthetic life: next steps, dates ahead, the hard-day card, what was chosen."""

from __future__ import annotations

import datetime as dt

import msgspec
from msgspec import Struct

from kinship.demo.cast import Cast, Ids
from kinship.demo.scenes import words
from kinship.journal.choices import OWN_NAME, touch_key
from kinship.journal.model import Appointment, Card, Intention, StepState
from kinship.journal.records import Choice


class Step(Struct, frozen=True):
    """A next step, its days counted from today."""

    made: int
    who: str
    text: str
    due: int | None = None
    state: StepState = StepState.OPEN
    where: str = ""
    blocked: str = ""


class Visit(Struct, frozen=True):
    """A date ahead with what to bring."""

    days: int
    at: dt.time
    who: str
    name: str
    bring: tuple[str, ...]


def intentions_of(cast: Cast, as_of: dt.date, ids: Ids) -> tuple[Intention, ...]:
    """Return the next steps, one of them due in two days."""
    steps = msgspec.convert(words("ahead")["step"], tuple[Step, ...])
    return tuple(
        Intention(
            id=ids(),
            text=step.text,
            made=_days(as_of, step.made),
            state=step.state,
            due=None if step.due is None else _days(as_of, step.due),
            when_where=step.where,
            if_blocked=step.blocked,
            alter=cast.ids[step.who],
        )
        for step in steps
        if cast.there(step.who, _days(as_of, step.made))
    )


def appointments_of(cast: Cast, as_of: dt.date, ids: Ids) -> tuple[Appointment, ...]:
    """Return the dates ahead with what to bring."""
    visits = msgspec.convert(words("ahead")["visit"], tuple[Visit, ...])
    return tuple(
        Appointment(
            id=ids(),
            at=dt.datetime.combine(_days(as_of, visit.days), visit.at, dt.UTC),
            with_=visit.name,
            alter=cast.ids[visit.who],
            bring=visit.bring,
        )
        for visit in visits
        if cast.there(visit.who, as_of)
    )


def card_of(cast: Cast) -> Card:
    """Return the hard-day card; nobody on it has a real number."""
    near = tuple(cast.ids[who] for who in ("ines", "noor", "amina") if who in cast.ids)
    return Card(
        people=near,
        numbers=("Surgery, out of hours: 555 0142",),
        helps=("twenty minutes on the Beck Path", "the big bowl and the radio", "washing my hair", "folding one sheet"),
        words="You have been here before, and you know the way out: it is past the kettle.",
    )


def choices_of(cast: Cast) -> tuple[Choice, ...]:
    """Return what was chosen: a name, and whom to keep in touch with."""
    kept = ((cast.ids[who], days) for who, days in (("amina", 21), ("mending", 30)) if who in cast.ids)
    return Choice(id=OWN_NAME, value="Alma"), *(Choice(id=touch_key(alter), value=days) for alter, days in kept)


def _days(as_of: dt.date, days: int) -> dt.date:
    return as_of + dt.timedelta(days=days)
