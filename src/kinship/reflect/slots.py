"""Filling the slots of a prompt's text from what the journal knows, and refusing where it knows nothing fit."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Collection, Iterable

from msgspec import Struct

from kinship.reflect.prompts import Condition, Prompt, Rules, Slot

LINE_DAYS = range(30, 401)
"""How old a starred line may be to be quoted, in days."""
LINE_LENGTH = 120
APPOINTMENT_DAYS = range(1, 15)
DISTANCES = (0, 1, 5, 10, 20, 50, 200)
"""Most days for each step of `days_since_rounding`; its last step has no end."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Candidate(Struct, frozen=True):
    """Somebody or something that a prompt may be about."""

    id: str
    name: str
    last: dt.date | None = None
    """The day they last came up in the journal."""
    rhythm: int | None = None
    """Days between contacts that the person asked to be kept to, None where they did not ask."""
    appointment: dt.date | None = None


class StarredLine(Struct, frozen=True):
    """Words of the person's own that may be given back to them."""

    text: str
    day: dt.date
    topic: str | None = None


class Answered(Struct, frozen=True):
    """A prompt that was answered on a day, and whom the page names."""

    prompt: str
    day: dt.date
    alters: frozenset[str] = frozenset()


class WasShown(Struct, frozen=True):
    """A prompt that stood there on a day, and whom it was about."""

    day: dt.date
    prompt: str
    alters: tuple[str, ...] = ()


class SelectionState(Struct, frozen=True, kw_only=True):
    """What choosing a prompt needs to know; only those are candidates who may be asked about at all."""

    people: tuple[Candidate, ...] = ()
    groups: tuple[Candidate, ...] = ()
    professionals: tuple[Candidate, ...] = ()
    lines: tuple[StarredLine, ...] = ()
    helps: tuple[str, ...] = ()
    appointments: tuple[dt.date, ...] = ()
    answered: tuple[Answered, ...] = ()
    shown: tuple[WasShown, ...] = ()
    """What stood there on the days before, as far as it was noted, and today where it was looked at already."""
    moods: dict[dt.date, int] = {}
    """The last mood said on each day, 0-10."""
    put_away: frozenset[str] = frozenset()
    conditions: frozenset[Condition] = frozenset()
    last_page: dt.date | None = None


class Filled(Struct, frozen=True):
    """A prompt's text and follow-ups with nothing left to fill, and the alters it is about."""

    text: str
    alters: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()


class Surroundings(Struct, frozen=True):
    """The day that is filled for, and whom the days before it leave in peace."""

    day: dt.date
    seed: int
    resting: Collection[str]


def fill(prompt: Prompt, state: SelectionState, rules: Rules, around: Surroundings) -> Filled | None:
    """Return the text with its slots filled, None where one of them cannot be."""
    words: dict[str, str] = {}
    alters: list[str] = []
    for slot in prompt.needs:
        if slot is Slot.DAYS_SINCE:
            continue
        if slot in (Slot.PERSON, Slot.GROUP, Slot.PROFESSIONAL):
            found = _alter(slot, state, around, kept=Slot.DAYS_SINCE in prompt.needs)
            if found is None:
                return None
            words[slot] = found.name
            alters.append(found.id)
            if found.last is not None:
                words[Slot.DAYS_SINCE] = distance(found.last, around.day, rules.days_since_rounding)
        else:
            word = _word(slot, prompt, state, around)
            if word is None:
                return None
            words[slot] = word
    if any(slot not in words for slot in prompt.needs):
        return None
    text, *follow_ups = (_put_in(words, line) for line in (prompt.text, *prompt.follow_ups))
    return Filled(text, tuple(alters), tuple(follow_ups))


def _put_in(words: dict[str, str], line: str) -> str:
    for name, word in words.items():
        line = line.replace(f"{{{name}}}", word)
    return line


def _alter(slot: Slot, state: SelectionState, around: Surroundings, *, kept: bool) -> Candidate | None:
    pool = {Slot.PERSON: state.people, Slot.GROUP: state.groups}.get(slot, state.professionals)
    fit = [one for one in pool if one.id not in around.resting and not (kept and (one.rhythm is None or not one.last))]

    def turn(one: Candidate) -> tuple[dt.date, int]:
        """The soonest appointment first, else a lot for each day: who else is there changes nobody's."""
        ahead = one.appointment if one.appointment and one.appointment >= around.day else dt.date.max
        return ahead, zlib.crc32(f"{around.seed} {around.day} {one.id}".encode())

    return min(fit, key=turn, default=None)


def _word(slot: Slot, prompt: Prompt, state: SelectionState, around: Surroundings) -> str | None:
    turn = around.day.toordinal() + around.seed
    if slot is Slot.PAST_WORDS:
        lines = [one for one in state.lines if _quotable(one, around.day)]
        same = [one for one in lines if one.topic == prompt.topic]
        return _turn([one.text for one in same or lines], turn)
    if slot is Slot.COPING:
        return _turn(state.helps, turn)
    ahead = sorted(one for one in state.appointments if (one - around.day).days in APPOINTMENT_DAYS)
    return spoken(ahead[0]) if ahead else None


def _quotable(line: StarredLine, day: dt.date) -> bool:
    return (day - line.day).days in LINE_DAYS and 0 < len(line.text) <= LINE_LENGTH and "\n" not in line.text


def _turn(words: Iterable[str], turn: int) -> str | None:
    given = tuple(words)
    return given[turn % len(given)] if given else None


def distance(then: dt.date, day: dt.date, words: tuple[str, ...]) -> str:
    """Return how long ago `then` was in words, "about a month ago": never a number of days."""
    ago = (day - then).days
    step = next((n for n, most in enumerate(DISTANCES) if ago <= most), len(DISTANCES))
    return words[min(step, len(words) - 1)]


def spoken(day: dt.date) -> str:
    """Return a day as it is said: "Thursday 26 November"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
