"""What can be answered to a step of a guided session: one frozen value for each way of asking."""

from __future__ import annotations

import datetime as dt

import msgspec
from msgspec import Struct

from kinship.journal.model import AlterId
from kinship.reflect.sessions import StepKind

LITTLE, USUAL, MUCH = 1, 2, 3
"""How much something meant, or weighed; what is said without a strength is as usual."""


class Answer(Struct, frozen=True, tag_field="answer"):
    """An answer; it is somebody's words, so what it holds is never shown by accident."""

    def __repr__(self) -> str:
        return type(self).__name__


class Passed(Answer, frozen=True, tag="passed"):
    """The step was passed over: not the same as an answer with nothing in it."""


class Seen(Answer, frozen=True, tag="seen"):
    """A step that only says something was read."""


class Number(Answer, frozen=True, tag="number"):
    """A point on a line from 0 to 10."""

    value: int


class Words(Answer, frozen=True, tag="words"):
    """Free text: a line, a page, a draft, another view."""

    text: str


class Lines(Answer, frozen=True, tag="lines"):
    """Several short lines."""

    lines: tuple[str, ...]


class Sorted(Answer, frozen=True, tag="sorted"):
    """For each line of the list before it, the word of the bin it went to; "" where it was left."""

    bins: tuple[str, ...]


class Feelings(Answer, frozen=True, tag="feelings"):
    """Feeling words."""

    words: tuple[str, ...]


class Picked(Struct, frozen=True):
    """Somebody who was picked from the map, or added to it on the way."""

    alter: AlterId
    name: str
    remembered: bool = False

    def __repr__(self) -> str:
        return "Picked"


class People(Answer, frozen=True, tag="people"):
    """Who was picked; `nobody` is an answer of its own and stands alone."""

    picked: tuple[Picked, ...] = ()
    nobody: bool = False
    lines: tuple[str, ...] = ()
    """Lines to call that were picked where the step offers them."""


class Mark(Struct, frozen=True):
    """What one of them gave, or cost: a kind or subkind."""

    alter: AlterId
    word: str
    strength: int | None = None
    """LITTLE or MUCH where the person said so."""

    def __repr__(self) -> str:
        return "Mark"


class Marks(Answer, frozen=True, tag="marks"):
    """Support and strain, marked for each of those who were picked."""

    marks: tuple[Mark, ...] = ()
    day: dt.date | None = None
    """When it happened, where the step asks for moments; None: long ago, which makes no moment."""


class Rates(Answer, frozen=True, tag="rates"):
    """One word for each of those who were picked."""

    words: dict[AlterId, str]


class Chosen(Answer, frozen=True, tag="chosen"):
    """The label of the option that was taken."""

    label: str


class Plan(Answer, frozen=True, tag="plan"):
    """A small next step: what, when and where, and what then if it is blocked."""

    what: str
    when_where: str = ""
    if_blocked: str = ""
    due: dt.date | None = None


class IfThen(Answer, frozen=True, tag="if_then"):
    """A plan for a hurdle: if this happens, then I will do that."""

    if_: str = msgspec.field(name="if", default="")
    then: str = ""


class Exercise(Answer, frozen=True, tag="exercise"):
    """The id of the settling exercise that was chosen."""

    id: str


AnyAnswer = (
    Passed
    | Seen
    | Number
    | Words
    | Lines
    | Sorted
    | Feelings
    | People
    | Marks
    | Rates
    | Chosen
    | Plan
    | IfThen
    | Exercise
)
"""Every answer there is, as documents hold them."""

ASKS: dict[StepKind, type[Answer]] = {
    StepKind.SLIDER: Number,
    StepKind.TEXT: Words,
    StepKind.LIST: Lines,
    StepKind.SORT: Sorted,
    StepKind.FEELINGS: Feelings,
    StepKind.PEOPLE: People,
    StepKind.SUPPORT: Marks,
    StepKind.RATE_EACH: Rates,
    StepKind.CHOICE: Chosen,
    StepKind.REFRAME: Words,
    StepKind.DRAFT: Words,
    StepKind.IF_THEN: IfThen,
    StepKind.INTENTION: Plan,
    StepKind.GROUND: Exercise,
    StepKind.INFO: Seen,
    StepKind.CLOSE: Seen,
}
"""What each type of step is answered with, when it is not passed over."""


def is_nothing(answer: Answer) -> bool:
    """Whether an answer was given and holds nothing: no words, nobody picked."""
    held: tuple[object, ...] = ("held",)
    match answer:
        case Words(text=text):
            held = (text.strip(),)
        case Lines(lines=words) | Feelings(words=words):
            held = tuple(word.strip() for word in words)
        case People(picked=picked, nobody=nobody, lines=lines):
            held = (picked, nobody, lines)
        case Marks(marks=marks):
            held = (marks,)
        case Rates(words=rated):
            held = (rated,)
        case Plan(what=what):
            held = (what.strip(),)
        case IfThen(if_=hurdle, then=then):
            held = (hurdle.strip(), then.strip())
    return not any(held)
