"""The way through a session: from a step and its answer to the next step that is asked."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from kinship.ground.errors import BadPack
from kinship.reflect.answers import AnyAnswer, Chosen, Lines, Passed, People
from kinship.reflect.book import FLOW, RESUME, SESSION, Book, Place
from kinship.reflect.conditions import Fields, holds
from kinship.reflect.sessions import Option, Step, StepKind

LONGEST = 200
"""Steps that may be passed over on the way to the next one: more is a circle that no answer can leave."""


class Way(Struct, frozen=True):
    """Where to go from a place, and whether a branch or a choice led there."""

    goto: str | None
    chosen: bool = False


def first(book: Book, session: str, *, short: bool) -> Place | None:
    """Return the first step that is asked in a session."""
    start = Place(session, book.session(session).start)
    return _settle(book, start, {}, short=short, chosen=False)


def after(book: Book, place: Place, given: AnyAnswer, fields: Fields, *, short: bool) -> Place | None:
    """Return the next step that is asked after `given` was answered at `place`, None at the end.

    `fields` is everything answered so far, this answer included. Raises BadPack for a circle without an end.
    """
    step = book.step(place)
    if step.type is StepKind.CLOSE:
        return None
    way = _leave(book, place, step, given, fields)
    return _follow(book, place, way, fields, short=short)


def _leave(book: Book, place: Place, step: Step, given: AnyAnswer, fields: Fields) -> Way:
    for branch in step.branch:
        if holds(branch, fields) and _own(branch.field, step, given):
            return Way(branch.goto, chosen=True)
    if isinstance(given, Chosen):
        for option in book.options(place):
            if isinstance(option, Option) and option.label == given.label:
                return Way(option.goto, chosen=True)
    return _past(step)


def _own(field: str, step: Step, given: AnyAnswer) -> bool:
    """Whether a branch may be taken: one on the field of this very step holds only when it was answered now."""
    return field != step.field or not isinstance(given, Passed)


def _past(step: Step) -> Way:
    """Return where a step leads that is left without an answer; a choice says so itself."""
    return Way(step.default_goto or step.next, chosen=step.default_goto is not None)


def _follow(book: Book, place: Place, way: Way, fields: Fields, *, short: bool) -> Place | None:
    """Return the step that is asked where a way leads, None where it leads to the end."""
    there = _resolve(book, place, way.goto)
    return there and _settle(book, there, fields, short=short, chosen=way.chosen)


def _resolve(book: Book, place: Place, goto: str | None) -> Place | None:
    if goto == RESUME:
        there = Place(place.session, "", resume=place.resume)
        return _resolve(book, there, place.resume) if place.resume != RESUME else None
    if goto is None:
        return None
    if goto.startswith(FLOW):
        name = goto.removeprefix(FLOW)
        return Place(place.session, book.start(goto), flow=name, resume=_resume(book, place))
    if goto.startswith(SESSION):
        return Place(goto.removeprefix(SESSION), book.start(goto))
    return msgspec.structs.replace(place, step=goto)


def _resume(book: Book, place: Place) -> str | None:
    """Return where a flow that is entered here resumes: the next of the session's step, or what the flow before had."""
    return place.resume if place.flow is not None or not place.step else book.step(place).next


def _settle(book: Book, place: Place, fields: Fields, *, short: bool, chosen: bool) -> Place | None:
    """Return the first step from `place` on that is not passed over."""
    for _ in range(LONGEST):
        step = book.step(place)
        if not _passed_over(book, place, step, fields, short=short, chosen=chosen):
            return place
        way = _past(step)
        there = _resolve(book, place, way.goto)
        if there is None:
            return None
        place, chosen = there, way.chosen
    raise BadPack(f"The reflection {place.session} goes round in a circle at {place.step}.")


def _passed_over(book: Book, place: Place, step: Step, fields: Fields, *, short: bool, chosen: bool) -> bool:
    """Whether the short form, a condition or an answer already given leaves a step out.

    An info step that a branch or a choice led to is always shown: it carries a note on safety. A number that was asked
    before (a jump to another session) is not asked again, and nobody is asked about who was not picked.
    """
    if any(holds(check, fields) for check in step.skip_if) or _about_nothing(step, fields):
        return True
    if step.type is StepKind.SLIDER and step.field in fields:
        return True
    if not short or place.flow is not None or place.step in book.sessions[place.session].short:
        return False
    return not (step.type is StepKind.INFO and chosen)


def _about_nothing(step: Step, fields: Fields) -> bool:
    """Whether a step asks about those who were picked, or what was listed, and there is none."""
    if step.type is StepKind.SORT:
        return not any(isinstance(one, Lines) and one.lines for one in fields.values())
    if step.per is None:
        return False
    people = fields.get(step.per)
    return not (isinstance(people, People) and people.picked)
