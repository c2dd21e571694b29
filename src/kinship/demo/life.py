"""A synthetic life: a paper conservator by the sea, who moves inland half-way. Pure, and the same for the same seed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from kinship.demo.cast import Cast, Ids, When, alters_of, cast_of, facts_of, settle
from kinship.demo.course import Day, course, feelings_of
from kinship.demo.extras import appointments_of, card_of, choices_of, intentions_of
from kinship.demo.scenes import Mark, Stock, load_stock, marks_of
from kinship.demo.writing import Draft, Setting, Writer
from kinship.demo.years import through_the_years
from kinship.journal.model import (
    Alter,
    Appointment,
    Card,
    CheckIn,
    Entry,
    Fact,
    Intention,
    Line,
    Moment,
    Pulse,
)
from kinship.journal.records import Choice

YEAR = 365
SUNDAY = 6
ZONE = "UTC"
TOPICS = {"val": "validation", "cop": "coping", "bel": "belonging", "res": "resilience", "trt": "treatment"}
ANSWERED = 0.17
"""The share of pages that answer a prompt."""
CHECKED_IN = 0.6
"""The share of days with a check-in."""
ANSWER_AGAIN = 130
"""Days before the same prompt is answered again."""
GAP = 4
"""Days without a page that are felt as a gap."""
HOURS = ((7, 9), (12, 13), (18, 19), (20, 22), (21, 23), (21, 23), (24, 25))
"""When pages are written; 24 is midnight, still the day before."""


class Life(Struct, frozen=True, kw_only=True):
    """All that somebody kept up to a day."""

    as_of: dt.date
    first_day: dt.date
    move: dt.date
    alters: tuple[Alter, ...]
    facts: tuple[Fact, ...]
    moments: tuple[Moment, ...]
    entries: tuple[Entry, ...]
    """Oldest first."""
    checkins: tuple[CheckIn, ...]
    intentions: tuple[Intention, ...]
    appointments: tuple[Appointment, ...]
    lines: tuple[Line, ...]
    card: Card
    choices: tuple[Choice, ...]

    def values(self) -> Iterator[Struct]:
        """Yield every value, people first, as they are taken into a journal."""
        yield from chain(self.choices, self.alters, self.facts, self.entries, self.moments, self.checkins)
        yield from chain(self.intentions, self.appointments, self.lines, (self.card,))


class Calendar(Struct, frozen=True):
    """The days of a life: `at` of the story is a year around the move, however long the life is."""

    first: dt.date
    move: dt.date
    last: dt.date

    def when(self, at: float) -> dt.date:
        """Return the day of a time between 0 (first day) and 1 (last day) of the story; 0 is the life's first day."""
        if at <= 0:
            return self.first
        day = self.move + dt.timedelta(days=round((at - 0.5) * (YEAR - 1)))
        return min(max(day, self.first), self.last)

    def share(self, at: float) -> float:
        """Return which share of the whole life is past at a time of the story."""
        return (self.when(at) - self.first) / (self.last - self.first)

    def at_share(self, share: float) -> dt.date:
        """Return the day on which such a share of the whole life is past."""
        return self.first + dt.timedelta(days=round(share * (self.last - self.first).days))

    @property
    def days(self) -> list[dt.date]:
        return [self.first + dt.timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def live(
    seed: int = 7,
    years: int = 1,
    people: int = 40,
    pages: int = 250,
    as_of: dt.date = dt.date(2026, 11, 22),
    *,
    length: int | None = None,
) -> Life:
    """Return the life of `seed` in the `years` before `as_of` (which has no page yet).

    With `length` every ordinary page has about so many characters, for lives that are only weighed and measured.
    """
    chance = random.Random(f"{seed} life")  # noqa: S311 - a story, no secret
    calendar = _calendar(years, as_of)
    ids = _ids(seed)
    when: When = calendar.when
    members = cast_of(people, chance)
    if years > 1:
        members, when = through_the_years(members, calendar.share, chance), calendar.at_share
    cast = settle(members, when, ids)
    alters = alters_of(cast)
    facts = facts_of(cast, when, calendar.last, ids)
    felt = course(calendar.days, calendar.when, chance)
    writer = Writer(load_stock(), cast, alters, calendar.move, chance)
    book = Book(cast, felt, ids, chance)
    _write(book, writer, load_stock(), calendar, pages, length)
    return Life(
        as_of=as_of,
        first_day=calendar.first,
        move=calendar.move,
        alters=alters,
        facts=facts,
        entries=tuple(sorted(book.entries, key=lambda entry: (entry.at, entry.id))),
        moments=tuple(book.moments),
        lines=tuple(book.lines),
        checkins=tuple(_checkins(calendar.days, felt, book, ids, chance)),
        intentions=intentions_of(cast, as_of, ids),
        appointments=appointments_of(cast, as_of, ids),
        card=card_of(cast),
        choices=choices_of(cast),
    )


def _calendar(years: int, as_of: dt.date) -> Calendar:
    last = as_of - dt.timedelta(days=1)
    first = as_of - dt.timedelta(days=YEAR * years)
    return Calendar(first, first + (last - first) / 2, last)


def _ids(seed: int) -> Ids:
    chance = random.Random(f"{seed} ids")  # noqa: S311 - names of documents, no secret
    return lambda: f"{chance.getrandbits(128):032x}"


class Book:
    """The pages as they are written, and what comes of each."""

    def __init__(self, cast: Cast, felt: dict[dt.date, Day], ids: Ids, chance: random.Random) -> None:
        self.entries: list[Entry] = []
        self.moments: list[Moment] = []
        self.lines: list[Line] = []
        self.on: dict[dt.date, Entry] = {}
        self.felt = felt
        self.chance = chance
        self._cast = cast
        self._ids = ids

    def keep(
        self, draft: Draft, day: dt.date, *, prompt: str | None = None, said: Day | None = None,
        feelings: tuple[str, ...] = (), quoted: str | None = None,
    ) -> Entry:  # fmt: skip
        """Keep a page with its moments; `said` is how the day was where the page tells."""
        line = quoted or (draft.quotable if self.chance.random() < 0.4 else None)  # noqa: PLR2004 - not every one
        topic = TOPICS[prompt[:3]] if prompt is not None else None
        entry = Entry(
            id=self._ids(), at=self._time(day), zone=ZONE, day=day, body=draft.body, title=draft.title,
            mood=said.mood if said else None, stress=said.stress if said else None, feelings=feelings,
            tags=draft.tags, names=draft.names, prompt=prompt, topic=topic, starred=line is not None,
        )  # fmt: skip
        self.entries.append(entry)
        self.on[day] = entry
        self.moments += (self._moment(mark, entry) for mark in draft.marks if self._cast.open(mark.who, day))
        if line is not None:
            self.lines.append(Line(id=self._ids(), entry=entry.id, text=line, day=day, topic=topic))
        return entry

    def _moment(self, mark: Mark, entry: Entry) -> Moment:
        return Moment(
            id=self._ids(), day=entry.day, alter=self._cast.ids[mark.who], direction=mark.direction, kind=mark.kind,
            subkind=mark.subkind, strength=mark.strength, entry=entry.id,
        )  # fmt: skip

    def _time(self, day: dt.date) -> dt.datetime:
        hour = self.chance.randint(*self.chance.choice(HOURS))
        start = dt.datetime.combine(day, dt.time(0), dt.UTC)
        return start + dt.timedelta(hours=hour, minutes=self.chance.randrange(60), seconds=self.chance.randrange(60))


def _write(book: Book, writer: Writer, stock: Stock, calendar: Calendar, pages: int, length: int | None) -> None:
    """Write the story first, then the ordinary days until there are so many pages."""
    beats = stock.beats[:pages] if pages < len(stock.beats) else stock.beats
    for beat in beats:
        day = _on_weekday(calendar.when(beat.at if beat.at > 0.01 else 0), beat.weekday, calendar)  # noqa: PLR2004 - day one
        mood, stress = book.felt[day].mood, book.felt[day].stress
        felt = Day(mood if beat.mood is None else beat.mood, stress if beat.stress is None else beat.stress)
        book.felt[day] = felt
        draft = writer.told(beat.text, marks_of(beat.moments), beat.title, beat.starred)
        book.keep(draft, day, said=felt if beat.mood is not None else None, feelings=beat.feelings, quoted=beat.starred)
    answered: dict[str, dt.date] = {}
    before = calendar.first
    for day in _page_days(calendar.days[1:], book, pages - len(beats)):
        setting = writer.setting(day, book.felt[day], after_gap=(day - before).days >= GAP)
        if length is None:
            _ordinary(book, writer, list(stock.answers), answered, setting)
        else:
            size = round(length * book.chance.uniform(0.5, 1.3))
            book.keep(writer.of_size(setting, size), day, said=book.felt[day])
        before = day


def _ordinary(book: Book, writer: Writer, prompts: list[str], answered: dict[str, dt.date], setting: Setting) -> None:
    chance, day = book.chance, setting.day
    prompt = chance.choice(prompts) if chance.random() < ANSWERED else None
    draft = None
    if prompt is not None and (prompt not in answered or (day - answered[prompt]).days > ANSWER_AGAIN):
        draft = writer.answer(prompt, setting)
    if draft is None:
        prompt = None
        draft = writer.page(setting)
    elif prompt is not None:
        answered[prompt] = day
    said = book.felt[day] if chance.random() < 0.5 else None  # noqa: PLR2004 - every other page
    feelings = feelings_of(book.felt[day], chance) if said and chance.random() < 0.6 else ()  # noqa: PLR2004 - mostly
    book.keep(draft, day, prompt=prompt, said=said, feelings=feelings)


def _page_days(days: list[dt.date], book: Book, count: int) -> list[dt.date]:
    """Return the days of so many pages, in order: fewer on heavy days, none in two stretches away from the desk."""
    chance = book.chance
    gaps = [chance.randrange(len(days)) for _ in range(2 * max(1, len(days) // YEAR))]
    away = {days[(gap + n) % len(days)] for gap in gaps for n in range(chance.randrange(5, 10))}
    weights = [0.0 if day in away else 0.6 if day in book.on else 1.0 + 0.06 * book.felt[day].mood for day in days]
    if count <= len(days) // 2 or count > len(days):
        return sorted(chance.choices(days, weights, k=max(count, 0)))
    keyed = sorted(
        ((chance.random() ** (1 / weight), day) for day, weight in zip(days, weights, strict=True) if weight)
    )
    once = [day for _, day in keyed[-count:]]
    more = chance.choices(days, weights, k=count - len(once))
    return sorted((*once, *more))


def _on_weekday(day: dt.date, weekday: int | None, calendar: Calendar) -> dt.date:
    if weekday is None:
        return day
    moved = day + dt.timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)
    return min(max(moved, calendar.first), calendar.last)


def _checkins(
    days: list[dt.date], felt: dict[dt.date, Day], book: Book, ids: Ids, chance: random.Random
) -> Iterator[CheckIn]:
    for day in days:
        weekly = day.weekday() == SUNDAY
        if chance.random() > CHECKED_IN and not weekly:
            continue
        entry = book.on.get(day)
        at = dt.datetime.combine(day, dt.time(21, chance.randrange(60)), dt.UTC)
        yield CheckIn(
            id=ids(), at=at, day=day, mood=felt[day].mood, stress=felt[day].stress,
            feelings=feelings_of(felt[day], chance) if chance.random() < 0.7 else (),  # noqa: PLR2004 - mostly
            pulse=_pulse(felt[day], chance) if weekly else None, entry=entry.id if entry else None,
        )  # fmt: skip


def _pulse(felt: Day, chance: random.Random) -> Pulse:
    def near(value: float) -> int:
        return min(10, max(0, round(value + chance.gauss(0, 1.2))))

    return Pulse(heard=near(felt.mood), helped=near(0.5 * felt.mood + 3), belonging=near(0.8 * felt.mood + 0.5))
