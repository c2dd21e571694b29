"""The values of guided sessions and of the flows they share."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from kinship.journal.kinds import Kind
from kinship.journal.model import AlterKind, Status
from kinship.reflect.prompts import Condition, PackValue


class StepKind(StrEnum):
    """What a step asks for."""

    SLIDER = "slider"
    TEXT = "text"
    LIST = "list"
    SORT = "sort"
    FEELINGS = "feelings"
    PEOPLE = "people"
    SUPPORT = "support"
    RATE_EACH = "rate_each"
    CHOICE = "choice"
    REFRAME = "reframe"
    DRAFT = "draft"
    IF_THEN = "if_then"
    INTENTION = "intention"
    GROUND = "ground"
    INFO = "info"
    CLOSE = "close"


class Check(PackValue, frozen=True, kw_only=True):
    """A condition on what was answered; `empty` means answered with nothing, never passed over."""

    field: str
    op: Literal["eq", "ne", "le", "lt", "ge", "gt", "empty", "includes", "all_remembered"]
    value: int | str | None = None


class Branch(Check, frozen=True, kw_only=True):
    """Where to go when the condition holds."""

    goto: str


class Option(PackValue, frozen=True, kw_only=True):
    """One choice of a choice step."""

    label: str
    goto: str
    gives: str | None = None
    """The kind or subkind of support that it names."""
    need: str | None = None
    response: str | None = None
    effect: str | None = None
    unless_intensity: int | None = None


class Step(PackValue, frozen=True, kw_only=True):
    """One step of a session or flow."""

    id: str
    type: StepKind
    text: str
    next: str | None = None
    field: str | None = None
    hint: str = ""
    fallback_text: str = ""
    optional: bool = False
    branch: tuple[Branch, ...] = ()
    skip_if: tuple[Check, ...] = ()
    options: tuple[Option | str, ...] = ()
    default_goto: str | None = None
    scale: str | None = None
    max: int | None = None
    bins: tuple[str, ...] = ()
    per: str | None = None
    records: Literal["moments", "claims"] = "claims"
    """What a support step's marks become: things that happened on a day, or what the person could turn to them for."""
    also: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    kinds: tuple[AlterKind, ...] = ()
    statuses: tuple[Status, ...] = (Status.ACTIVE,)
    nobody: bool = False
    helplines: bool = False
    prefer: str = ""
    technique: str = ""
    pick_from: str = ""
    reachout: tuple[str, ...] = ()
    effect: str | None = None


class Flow(PackValue, frozen=True, kw_only=True):
    """A chain of steps that several sessions share."""

    title: str
    start: str
    steps: tuple[Step, ...]


class Session(PackValue, frozen=True, kw_only=True):
    """A guided reflection."""

    id: str
    topic: str
    title: str
    minutes: int
    intensity: Literal[1, 2]
    start: str
    short: tuple[str, ...]
    steps: tuple[Step, ...]
    support: tuple[Kind, ...] = ()
    needs: tuple[str, ...] = ()
    avoid_when: tuple[Condition, ...] = ()
    sources: tuple[str, ...] = ()
    grade: Literal["A", "B", "C"] = "C"
    evidence: str = ""


class Sessions(PackValue, frozen=True, kw_only=True):
    """The guided part of a pack."""

    flows: dict[str, Flow]
    sessions: tuple[Session, ...]
