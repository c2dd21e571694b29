"""What a walk leaves behind: a page, and what it says for the map, the mood, the card and the next step.

Pure: it names people by their ids and knows no vault. `kinship.reflect.keeping` makes one act of it.
"""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from kinship.journal.kinds import Kind, kind_of
from kinship.journal.model import AlterId
from kinship.reflect.answers import USUAL, AnyAnswer, Feelings, Lines, Mark, Marks, Number, Passed, People, Plan, Words
from kinship.reflect.book import Book
from kinship.reflect.conditions import AFTER, BEFORE, Fields
from kinship.reflect.engine import Given, Walk, chosen_option, fields
from kinship.reflect.sessions import Step, StepKind
from kinship.reflect.written import names, written

STRESS = "stress_before"
HIDE = "hide_"
CARD = ("card_signs", "card_alone", "card_pro", "card_place")
NOTHING = frozenset({"nothing for now", "nothing at all", "keep it for myself"})
"""Suggestions for a next step that are none: they stand on the page and do not come back."""


class Happened(Struct, frozen=True):
    """A moment of support or strain, on a day."""

    alter: AlterId
    word: str
    day: dt.date
    strength: int | None = None


class Claim(Struct, frozen=True):
    """What the person could turn to somebody for, or what weighs there; strength 1-3."""

    alter: AlterId
    word: str
    strength: int = USUAL

    @property
    def field(self) -> str:
        """The field of the fact that states it."""
        return f"{'strain' if kind_of(self.word) is Kind.STRAIN else 'gives'}.{self.word}"


class CardParts(Struct, frozen=True):
    """What was said for the hard-day card."""

    signs: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    people: tuple[AlterId, ...] = ()
    lines: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.signs or self.helps or self.people or self.lines)


class Outcome(Struct, frozen=True, kw_only=True):
    """Everything a walk says, ready to be kept."""

    title: str
    topic: str
    session: str
    body: str
    """Markdown; empty where nothing was said in words."""
    names: dict[str, AlterId] = {}
    """Each name that stands on the page, to the alter."""
    mood: int | None = None
    stress: int | None = None
    feelings: tuple[str, ...] = ()
    mood_after: int | None = None
    moments: tuple[Happened, ...] = ()
    claims: tuple[Claim, ...] = ()
    step: Plan | None = None
    """The next step, where one was chosen that is to come back."""
    with_whom: AlterId | None = None
    """Who the next step is about: the only one who was picked."""
    card: CardParts = CardParts()
    bring: tuple[str, ...] = ()
    """What to bring to a visit: the questions, the most wanted first."""
    near: tuple[AlterId, ...] = ()
    """Who would be good to hear from, as far as they are on the map."""
    hide_days: int | None = None
    """Days for which the page is to be put out of sight."""
    offers: tuple[str, ...] = ()
    """What may be offered afterwards, as the pack says it: `offer_export:card`, `offer_reachout:check_in` …"""

    def __repr__(self) -> str:
        return f"Outcome({self.session})"


def outcome(book: Book, walk: Walk, *, own_name: str = "") -> Outcome:
    """Return what a walk leaves behind, whether it came to its end or was stopped."""
    session, told = book.session(walk.session), fields(book, walk)
    effects = _effects(book, walk)
    hidden = next((one for one in effects if one.startswith(HIDE)), None)
    moments, claims = _marked(book, walk)
    return Outcome(
        title=session.title,
        topic=session.topic,
        session=session.id,
        body=written(book, walk, own_name=own_name),
        names={name: alter for alter, name in names(walk).items()},
        mood=_number(told, BEFORE),
        stress=_number(told, STRESS),
        mood_after=_number(told, AFTER),
        feelings=_feelings(told),
        moments=moments,
        claims=claims,
        step=_next_step(told),
        with_whom=_only_one(told),
        card=_card(told),
        bring=_bring(told),
        near=_near(told),
        hide_days=int(hidden.removeprefix(HIDE).removesuffix("d")) if hidden is not None else None,
        offers=tuple(one for one in effects if not one.startswith(HIDE)),
    )


def _number(told: Fields, field: str) -> int | None:
    given = told.get(field)
    return given.value if isinstance(given, Number) else None


def _feelings(told: Fields) -> tuple[str, ...]:
    found = (word for given in told.values() if isinstance(given, Feelings) for word in given.words)
    return tuple(dict.fromkeys(found))


def _marked(book: Book, walk: Walk) -> tuple[tuple[Happened, ...], tuple[Claim, ...]]:
    """Return what was marked: moments where a day was said, claims where the step asks for those."""
    moments: list[Happened] = []
    claims: dict[tuple[AlterId, str], Claim] = {}
    for given, step in _answered(book, walk):
        if not isinstance(given.answer, Marks):
            continue
        for mark in given.answer.marks:
            if step.records == "claims":
                claims[mark.alter, mark.word] = _claim(mark)
            elif given.answer.day is not None:
                moments.append(Happened(mark.alter, mark.word, given.answer.day, mark.strength))
    return tuple(moments), tuple(claims.values())


def _claim(mark: Mark) -> Claim:
    return Claim(mark.alter, mark.word, mark.strength or USUAL)


def _next_step(told: Fields) -> Plan | None:
    found = [one for one in told.values() if isinstance(one, Plan) and one.what.strip()]
    return next((one for one in reversed(found) if one.what.strip().casefold() not in NOTHING), None)


def _only_one(told: Fields) -> AlterId | None:
    picked = {one.alter for given in told.values() if isinstance(given, People) for one in given.picked}
    return picked.pop() if len(picked) == 1 else None


def _near(told: Fields) -> tuple[AlterId, ...]:
    given = told.get("near")
    return tuple(dict.fromkeys(one.alter for one in given.picked)) if isinstance(given, People) else ()


def _card(told: Fields) -> CardParts:
    if not any(field in told for field in CARD):
        return CardParts()
    place = told.get("card_place")
    pros = told.get("card_pro")
    lines = pros.lines if isinstance(pros, People) else ()
    people = (given for given in (told.get("people"), pros) if isinstance(given, People))
    return CardParts(
        signs=_lines(told.get("card_signs")),
        helps=(*_lines(told.get("card_alone")), *((place.text.strip(),) if isinstance(place, Words) else ())),
        people=tuple(dict.fromkeys(one.alter for given in people for one in given.picked)),
        lines=lines,
    )


def _bring(told: Fields) -> tuple[str, ...]:
    if "questions" not in told:
        return ()
    want = told.get("want")
    first = (want.text.strip(),) if isinstance(want, Words) and want.text.strip() else ()
    return tuple(dict.fromkeys((*first, *_lines(told["questions"]))))


def _lines(given: AnyAnswer | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in given.lines if line.strip()) if isinstance(given, Lines) else ()


def _effects(book: Book, walk: Walk) -> tuple[str, ...]:
    """Return the effects of the steps that were answered and of the options that were taken, in order, each once."""
    found: list[str] = []
    for given, step in _answered(book, walk):
        option = chosen_option(step, given.answer)
        effect = option.effect if option is not None else step.effect
        if effect is not None and _counts(step, given):
            found.append(effect)
    return tuple(dict.fromkeys(found))


def _counts(step: Step, given: Given) -> bool:
    """Whether an answer brings its effect about: asking who would be near, only where somebody was named."""
    if step.type is StepKind.PEOPLE:
        return isinstance(given.answer, People) and bool(given.answer.picked)
    return True


def _answered(book: Book, walk: Walk) -> list[tuple[Given, Step]]:
    told = ((one, book.steps.get((one.where, one.step))) for one in walk.given)
    return [(one, step) for one, step in told if step is not None and not isinstance(one.answer, Passed)]
