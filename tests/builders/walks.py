"""Walks through guided sessions: answers by chance for each type of step."""

from __future__ import annotations

import random
from collections.abc import Iterator

from kinship.reflect.answers import (
    AnyAnswer,
    Chosen,
    Exercise,
    Feelings,
    IfThen,
    Lines,
    Mark,
    Marks,
    Number,
    Passed,
    People,
    Picked,
    Plan,
    Rates,
    Seen,
    Sorted,
    Words,
)
from kinship.reflect.book import Book
from kinship.reflect.engine import Question, Walk, answer, begin, question
from kinship.reflect.sessions import StepKind

ANA = Picked("a" * 32, "Ana")
TOM = Picked("b" * 32, "Tom", remembered=True)
CHOIR = Picked("c" * 32, "the choir")
CHOSEN = (
    People(),
    People(nobody=True),
    People((ANA,)),
    People((ANA, CHOIR)),
    People((TOM,)),
    People((TOM, ANA)),
)


def by_chance(asked: Question, dice: random.Random) -> AnyAnswer:
    """Return one of the answers a step may get, now and then none."""
    if dice.random() < 0.15:
        return Passed()
    kind = asked.step.type
    if kind is StepKind.CHOICE:
        return Chosen(dice.choice(asked.options))
    if kind is StepKind.SLIDER:
        return Number(dice.randint(0, 10))
    if kind is StepKind.PEOPLE:
        return dice.choice(CHOSEN)
    return usual(asked)


def usual(asked: Question) -> AnyAnswer:
    """Return a plain answer that says something."""
    people = asked.people or (ANA,)
    plain: dict[StepKind, AnyAnswer] = {
        StepKind.SLIDER: Number(6),
        StepKind.TEXT: Words("It was good."),
        StepKind.LIST: Lines(("the boxes", "the form")),
        StepKind.SORT: Sorted(asked.step.bins[: len(asked.lines)]),
        StepKind.FEELINGS: Feelings(("tired",)),
        StepKind.PEOPLE: People((ANA,)),
        StepKind.SUPPORT: Marks(tuple(Mark(one.alter, "listening") for one in people)),
        StepKind.RATE_EACH: Rates({one.alter: asked.options[0] for one in people} if asked.options else {}),
        StepKind.CHOICE: Chosen(asked.options[0]) if asked.options else Passed(),
        StepKind.REFRAME: Words("Seen from afar."),
        StepKind.DRAFT: Words("Could you come by?"),
        StepKind.IF_THEN: IfThen("I am tired", "go for five minutes"),
        StepKind.INTENTION: Plan("send a few words", "tomorrow, on the bus"),
        StepKind.GROUND: Exercise("grd-feet"),
        StepKind.INFO: Seen(),
        StepKind.CLOSE: Seen(),
    }
    return plain[asked.step.type]


def stroll(book: Book, session: str, dice: random.Random, *, short: bool = False) -> Iterator[tuple[Walk, Question]]:
    """Yield each state of a walk by chance with what is asked there, until nothing is."""
    walk = begin(book, session, short=short)
    while (asked := question(book, walk)) is not None:
        yield walk, asked
        walk = answer(book, walk, by_chance(asked, dice))


def through(book: Book, session: str, *given: AnyAnswer, short: bool = False) -> Walk:
    """Return a walk with these answers, in turn."""
    walk = begin(book, session, short=short)
    for one in given:
        walk = answer(book, walk, one)
    return walk


def to_the_end(book: Book, walk: Walk) -> Walk:
    """Return a walk with every step that is left answered plainly."""
    while (asked := question(book, walk)) is not None:
        walk = answer(book, walk, usual(asked))
    return walk
