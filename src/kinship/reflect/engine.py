"""The engine of guided sessions: (the book, what was answered so far) gives the next step, and nothing else.

A walk holds only what was answered; where it stands is found by going through the answers again. So a walk can be kept
as a draft, taken up on another day, and stepped back in, without any state that could disagree with it. The engine
knows no screen, no clock and no vault: the same one drives the screens, the plain terminal and the tests.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from msgspec import Struct

from kinship.ground.errors import Misused
from kinship.journal.model import AlterId
from kinship.reflect.answers import ASKS, AnyAnswer, Chosen, Lines, Passed, People, Picked
from kinship.reflect.book import Book, Place
from kinship.reflect.conditions import Fields
from kinship.reflect.course import LONGEST, after, first
from kinship.reflect.packs import SLOT
from kinship.reflect.sessions import Option, Step, StepKind

UNKNOWN = "…"
"""What stands for an own name that is not known, and for what only the person can fill in."""


_EXPECTED: dict[StepKind, AnyAnswer] = {StepKind.PEOPLE: People((Picked("", ""),)), StepKind.LIST: Lines(("",))}
"""What the count of the steps ahead takes for granted."""


class Given(Struct, frozen=True):
    """One answer, and the step it was given to; `where` is `session:ID` or `flow:NAME`."""

    where: str
    step: str
    answer: AnyAnswer


class Walk(Struct, frozen=True):
    """A session that was begun, with everything that was answered, in order."""

    session: str
    short: bool = False
    given: tuple[Given, ...] = ()
    ahead: tuple[Given, ...] = ()
    """What was answered further on before going back: it is offered again there, and never lost."""


class Arc(Struct, frozen=True):
    """How far a walk is: the step it stands at, from 1, and how many there are when the rest is passed over."""

    at: int
    of: int


class Question(Struct, frozen=True, kw_only=True):
    """A step as it is put to the person: its text filled, with only what may be chosen now."""

    place: Place
    step: Step
    text: str
    hint: str = ""
    options: tuple[str, ...] = ()
    """Labels to choose from: of a choice, a rating, a next step."""
    people: tuple[Picked, ...] = ()
    """Those a support or rating step asks about."""
    lines: tuple[str, ...] = ()
    """Those a sorting step asks about."""
    openers: tuple[str, ...] = ()
    """First lines for reaching out that fit here; what only the person can fill in stands as "…"."""
    before: AnyAnswer | None = None
    """What was answered here before going back."""


class _Followed(Struct, frozen=True):
    """How far the answers of a walk could be followed."""

    place: Place | None
    steps: int
    fields: dict[str, AnyAnswer]


def begin(book: Book, session: str, *, short: bool = False) -> Walk:
    """Return the walk that has answered nothing yet. Raises NotFound for an unknown session."""
    book.session(session)
    return Walk(session, short)


def stand(book: Book, walk: Walk) -> Place | None:
    """Return where the walk stands, None where it has come to its end."""
    return _follow(book, walk).place


def is_over(book: Book, walk: Walk) -> bool:
    """Whether there is nothing left to ask."""
    return stand(book, walk) is None


def fields(book: Book, walk: Walk) -> Fields:
    """Return what was answered, by field; the latest answer to a field wins, and what was passed over is left out."""
    return _follow(book, walk).fields


def answer(book: Book, walk: Walk, given: AnyAnswer) -> Walk:
    """Return the walk with its present step answered. Raises Misused for an answer that the step does not ask for."""
    place = stand(book, walk)
    if place is None:
        raise Misused("This reflection is over.")
    step = book.step(place)
    if not isinstance(given, Passed | ASKS[step.type]):
        raise Misused(f"A step that asks for {step.type} is answered with something else.")
    if isinstance(given, Chosen) and given.label not in labels(book, place):
        raise Misused("That is not one of the choices.")
    told = Given(place.where, step.id, given)
    ahead = tuple(one for one in walk.ahead if (one.where, one.step) != (told.where, told.step))
    return msgspec.structs.replace(walk, given=(*walk.given, told), ahead=ahead)


def back(walk: Walk) -> Walk:
    """Return the walk one step earlier; what was answered there is kept to be offered again. At the start: itself."""
    if not walk.given:
        return walk
    return msgspec.structs.replace(walk, given=walk.given[:-1], ahead=(walk.given[-1], *walk.ahead))


def fitting(book: Book, walk: Walk) -> Walk:
    """Return the walk as far as this book can follow it: a pack may have changed since. The rest waits `ahead`."""
    followed = _follow(book, walk).steps
    return msgspec.structs.replace(walk, given=walk.given[:followed], ahead=(*walk.given[followed:], *walk.ahead))


def question(book: Book, walk: Walk, *, own_name: str = "", left_out: Collection[AlterId] = ()) -> Question | None:
    """Return what is asked now, None where the walk is over.

    Nothing is asked about those who are `left_out`, though they were picked when the walk was begun.
    """
    now = _follow(book, walk)
    if now.place is None:
        return None
    step, here = book.step(now.place), (now.place.where, now.place.step)
    given, ahead = _without(walk.given, left_out), _without(walk.ahead, left_out)
    return Question(
        place=now.place,
        step=step,
        text=_text(step, given, own_name),
        hint=_hint(step, given, own_name),
        options=labels(book, now.place),
        people=tuple(one for one in _asked_about(step, now.fields) if one.alter not in left_out),
        lines=_to_sort(walk) if step.type is StepKind.SORT else (),
        openers=_openers(book, step, given, own_name),
        before=next((one.answer for one in ahead if (one.where, one.step) == here), None),
    )


def _without(told: tuple[Given, ...], left_out: Collection[AlterId]) -> tuple[Given, ...]:
    """Return answers in which nobody who is left out was picked."""
    return tuple(
        msgspec.structs.replace(one, answer=_spared(one.answer, left_out)) if isinstance(one.answer, People) else one
        for one in told
    )


def _spared(people: People, left_out: Collection[AlterId]) -> People:
    return msgspec.structs.replace(people, picked=tuple(one for one in people.picked if one.alter not in left_out))


def asked_in(book: Book, walk: Walk, at: int, *, own_name: str = "") -> str:
    """Return what was asked for the answer at an index of `given` and then `ahead`; empty for a step that is gone."""
    told = (*walk.given, *walk.ahead)
    step = book.steps.get((told[at].where, told[at].step))
    return _text(step, told[:at], own_name) if step is not None else ""


def labels(book: Book, place: Place) -> tuple[str, ...]:
    """Return what may be chosen at a step, as it is called."""
    return tuple(one.label if isinstance(one, Option) else one for one in book.options(place))


def chosen_option(step: Step, given: AnyAnswer) -> Option | None:
    """Return the option of a choice step that was taken, None where none was."""
    taken = (one for one in step.options if isinstance(one, Option) and isinstance(given, Chosen))
    return next((one for one in taken if isinstance(given, Chosen) and one.label == given.label), None)


def arc(book: Book, walk: Walk) -> Arc:
    """Return how far the walk is; the way ahead is the one of a person who names somebody and goes into no branch."""
    now = _follow(book, walk)
    place, left, told = now.place, 0, dict(now.fields)
    while place is not None and left < LONGEST:
        left += 1
        step = book.step(place)
        if step.type in _EXPECTED and step.field is not None:
            told[step.field] = _EXPECTED[step.type]
        place = after(book, place, Passed(), told, short=walk.short)
    done = len(walk.given)
    return Arc(done + 1 if left else done, done + left)


def _follow(book: Book, walk: Walk) -> _Followed:
    told: dict[str, AnyAnswer] = {}
    place = first(book, walk.session, short=walk.short)
    for at, one in enumerate(walk.given):
        if place is None or (place.where, place.step) != (one.where, one.step) or not _fits(book, place, one):
            return _Followed(place, at, told)
        field = book.step(place).field
        if field is not None and not isinstance(one.answer, Passed):
            told[field] = one.answer
        place = after(book, place, one.answer, told, short=walk.short)
    return _Followed(place, len(walk.given), told)


def _fits(book: Book, place: Place, given: Given) -> bool:
    return isinstance(given.answer, Passed | ASKS[book.step(place).type])


def _text(step: Step, given: tuple[Given, ...], own_name: str) -> str:
    person = _person(given)
    filled = _filled(step.text, {"person": person, "own_name": own_name})
    return filled or step.fallback_text or _filled(step.text, {"person": person, "own_name": UNKNOWN})


def _hint(step: Step, given: tuple[Given, ...], own_name: str) -> str:
    return _filled(step.hint, {"person": _person(given), "own_name": own_name or UNKNOWN})


def _openers(book: Book, step: Step, given: tuple[Given, ...], own_name: str) -> tuple[str, ...]:
    words = {"person": _person(given) or UNKNOWN, "own_name": own_name or UNKNOWN}
    told = (one.text for one in book.pack.reachout if one.id in step.reachout)
    return tuple(SLOT.sub(lambda found: words.get(found[1], UNKNOWN), text) for text in told)


def _person(given: tuple[Given, ...]) -> str:
    """Return the first of those who were picked last, the empty text where nobody was; who is remembered comes last."""
    told = (one.answer for one in reversed(given) if isinstance(one.answer, People))
    return next((min(one.picked, key=lambda who: who.remembered).name for one in told if one.picked), "")


def _filled(text: str, words: dict[str, str]) -> str:
    """Return a text with its slots filled, the empty text where one of them cannot be."""
    if any(f"{{{slot}}}" in text and not word for slot, word in words.items()):
        return ""
    return SLOT.sub(lambda found: words.get(found[1], found[0]), text)


def _asked_about(step: Step, told: Fields) -> tuple[Picked, ...]:
    people = told.get(step.per or "")
    return people.picked if isinstance(people, People) else ()


def _to_sort(walk: Walk) -> tuple[str, ...]:
    told = (one.answer for one in reversed(walk.given) if isinstance(one.answer, Lines))
    return next((one.lines for one in told), ())
