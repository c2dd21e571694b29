"""What lies ahead: small next steps, and dates with a list to bring."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kinship.ground.clock import Clock
from kinship.journal.model import Appointment, Intention, StepState
from kinship.journal.shelf import Shelf
from kinship.vault import Vault


class Intentions(Shelf[Intention]):
    """Small next steps."""

    def __init__(self, vault: Vault) -> None:
        super().__init__(vault, "intentions", Intention)

    def all(self) -> list[Intention]:
        """Return every next step, oldest first."""
        return sorted(self, key=lambda step: (step.made, step.id))

    def open(self) -> list[Intention]:
        """Return the next steps that are neither done nor let go: those with a day first, by that day."""
        steps = [step for step in self if step.state is StepState.OPEN]
        return sorted(steps, key=lambda step: (step.due or dt.date.max, step.made, step.id))


class Appointments(Shelf[Appointment]):
    """Dates with somebody who helps."""

    def __init__(self, vault: Vault) -> None:
        super().__init__(vault, "appointments", Appointment)

    def all(self) -> list[Appointment]:
        """Return every date, oldest first."""
        return sorted(self, key=lambda date: (date.at, date.id))

    def ahead(self, now: dt.datetime) -> list[Appointment]:
        """Return the dates from `now` on, the next one first; one without a time lasts the whole day."""
        return [date for date in self.all() if date.at >= now or (whole_day(date) and date.at.date() == now.date())]


def whole_day(date: Appointment) -> bool:
    """Whether a date has no time: it is kept as midnight."""
    return date.at.time() == dt.time.min


def moment_at(day: dt.date, time: dt.time | None, clock: Clock) -> dt.datetime:
    """Return a day and a time at this place, with the offset that holds there then; midnight where no time is said."""
    told = dt.datetime.combine(day, time or dt.time.min)
    try:
        offset = told.replace(tzinfo=ZoneInfo(clock.zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        offset = clock.now().utcoffset()
    return told.replace(tzinfo=dt.timezone(offset or dt.timedelta()))
