"""The values everything speaks in: small, frozen, each with a random id.

Two times are kept apart: the *day it is about* (`day`, `from_`) and *when it was written down* (`at`, `recorded`).
A value becomes a document, and a document a value, in the repositories and nowhere else.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec
from msgspec import Struct

from kinship.journal.kinds import Kind

AlterId = str
EntryId = str


class AlterKind(StrEnum):
    """What sort of node somebody or something is."""

    PERSON = "person"
    PROFESSIONAL = "professional"
    GROUP = "group"
    PLACE = "place"
    ONLINE = "online"
    PET = "pet"
    PRACTICE = "practice"


COUNTED = frozenset({AlterKind.PERSON, AlterKind.PROFESSIONAL, AlterKind.GROUP, AlterKind.ONLINE, AlterKind.PET})
"""The kinds of alter that measures count; places and practices are drawn only."""


class Status(StrEnum):
    """How a tie stands; all but ACTIVE are drawn, not counted, and never nudged about."""

    ACTIVE = "active"
    WISHED = "wished"
    PAUSED = "paused"
    REMEMBERED = "remembered"
    ENDED = "ended"
    NO_CONTACT = "no_contact"


class Ring(StrEnum):
    """Closeness, as the person said it (Kahn & Antonucci's convoy, 1980)."""

    INNER = "inner"
    MIDDLE = "middle"
    OUTER = "outer"


class Direction(StrEnum):
    """Whether the alter gave it to the person, or the person to the alter."""

    FROM_THEM = "from_them"
    TO_THEM = "to_them"


class Entry(Struct, frozen=True, kw_only=True):
    """A page of the journal."""

    id: EntryId
    at: dt.datetime
    """When it was written, with the offset of that place."""
    zone: str
    """IANA name of the zone it was written in."""
    day: dt.date
    """The person's day it belongs to, fixed when written."""
    body: str
    """Markdown, as typed."""
    title: str | None = None
    """Given by the person; where None, it is derived from the first line."""
    journal: str = ""
    mood: int | None = None
    """0-10, None where not said."""
    stress: int | None = None
    feelings: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    names: dict[str, AlterId] = msgspec.field(default_factory=dict)
    """Each mention as it stands in the text (without @), to the alter it means."""
    prompt: str | None = None
    """Id of the prompt it answers."""
    topic: str | None = None
    starred: bool = False
    hidden_until: dt.date | None = None

    def __repr__(self) -> str:
        return f"Entry({self.id}, {self.day})"


class Note(Struct, frozen=True, kw_only=True):
    """A note that came sealed and waits in the Inbox: nobody vouches for it, and it links nobody."""

    id: str
    """Of the sealed file, so that two devices that take it in make one; the page it becomes has it too."""
    at: dt.datetime
    """When it was written, as it says itself."""
    zone: str
    body: str

    def __repr__(self) -> str:
        return f"Note({self.id})"


class Template(Struct, frozen=True, kw_only=True):
    """What a page may begin with, in the person's own words."""

    id: str
    name: str
    body: str
    """Markdown; {day} and {time} become those of the page."""
    journal: str = ""
    """The journal that a page begun with it goes into; empty for the unnamed one."""

    def __repr__(self) -> str:
        return f"Template({self.id})"


class Revision(Struct, frozen=True, kw_only=True):
    """The former text of a page: one for each page and writing session."""

    id: str
    entry: EntryId
    at: dt.datetime
    device: str
    title: str | None
    body: str

    def __repr__(self) -> str:
        return f"Revision({self.id} of {self.entry})"


class Alter(Struct, frozen=True, kw_only=True):
    """Somebody or something that holds the person."""

    id: AlterId
    kind: AlterKind
    name: str
    aliases: tuple[str, ...] = ()
    pronouns: str = ""
    birthday: str = ""
    """YYYY-MM-DD or --MM-DD, empty where unknown."""
    notes: str = ""
    merged_into: AlterId | None = None

    def __repr__(self) -> str:
        return f"Alter({self.id})"


class Fact(Struct, frozen=True, kw_only=True):
    """One statement that holds from a day on, until a later one of the same subject and field."""

    id: str
    subject: tuple[AlterId, ...]
    """One alter, or two sorted ids for a tie between alters."""
    field: str
    """ring, status, sector, gives.K, receives.K, strain.K (K a kind or subkind), knows, member_of."""
    value: int | str | None
    """Strength 1-3 for gives, receives, strain, knows and member_of; a word for the rest; None ends it."""
    from_: dt.date = msgspec.field(name="from")
    recorded: dt.datetime


class Moment(Struct, frozen=True, kw_only=True):
    """A thing that happened: the evidence behind the map."""

    id: str
    day: dt.date
    alter: AlterId
    direction: Direction
    kind: Kind
    subkind: str | None = None
    strength: int | None = None
    entry: EntryId | None = None


class Pulse(Struct, frozen=True):
    """The weekly three, each 0-10 or None; our own words, no validated test."""

    heard: int | None = None
    helped: int | None = None
    belonging: int | None = None


class CheckIn(Struct, frozen=True, kw_only=True):
    """How someone was."""

    id: str
    at: dt.datetime
    day: dt.date
    mood: int | None = None
    stress: int | None = None
    feelings: tuple[str, ...] = ()
    pulse: Pulse | None = None
    entry: EntryId | None = None


class StepState(StrEnum):
    """How a small next step stands."""

    OPEN = "open"
    DONE = "done"
    LET_GO = "let_go"


class Intention(Struct, frozen=True, kw_only=True):
    """A small next step, in the person's words."""

    id: str
    text: str
    made: dt.date
    state: StepState = StepState.OPEN
    due: dt.date | None = None
    when_where: str = ""
    if_blocked: str = ""
    alter: AlterId | None = None
    entry: EntryId | None = None


class Appointment(Struct, frozen=True, kw_only=True):
    """A date ahead with its list to bring."""

    id: str
    at: dt.datetime
    with_: str = msgspec.field(name="with", default="")
    alter: AlterId | None = None
    bring: tuple[str, ...] = ()


class Line(Struct, frozen=True, kw_only=True):
    """A starred line of a page."""

    id: str
    entry: EntryId
    text: str
    day: dt.date
    topic: str | None = None


class Card(Struct, frozen=True, kw_only=True):
    """The hard-day card: own people and numbers, what helps, own words."""

    id: str = "card"
    people: tuple[str, ...] = ()
    """Ids of alters; anything else is a name as it was typed."""
    numbers: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    words: str = ""


class ScaleResult(Struct, frozen=True, kw_only=True):
    """Answers to a scale pack."""

    id: str
    pack: str
    version: str
    day: dt.date
    answers: dict[str, int | None]


class Snapshot(Struct, frozen=True, kw_only=True):
    """A map that was kept, with a frozen copy of its JSON."""

    id: str
    as_of: dt.date
    taken: dt.datetime
    title: str
    names: str
    map: str


class Bond(Struct, frozen=True, kw_only=True):
    """The person's tie with one alter as of a day: what was said of it, and what happened in the year before."""

    alter: Alter
    status: Status = Status.ACTIVE
    ring: Ring | None = None
    sector: str | None = None
    gives: dict[str, int] = msgspec.field(default_factory=dict)
    """Expected: kind or subkind the person could turn to them for, to its strength 1-3."""
    receives: dict[str, int] = msgspec.field(default_factory=dict)
    """What the person gives them, expected."""
    strain: dict[str, int] = msgspec.field(default_factory=dict)
    moments: tuple[Moment, ...] = ()
    """Moments with this alter in the 365 days up to the day, oldest first."""

    @property
    def counted(self) -> bool:
        """Whether measures count this alter."""
        return self.status is Status.ACTIVE and self.alter.kind in COUNTED


class AlterTie(Struct, frozen=True):
    """Two alters who know each other (or one a member of the other, a group), undirected; `a` < `b`."""

    a: AlterId
    b: AlterId
    strength: int = 1
    member: bool = False


class Circle(Struct, frozen=True):
    """The whole map as of a day: every bond that exists then, and who knows whom among them."""

    as_of: dt.date
    bonds: tuple[Bond, ...]
    ties: tuple[AlterTie, ...]
