"""Every session on the screen, by keyboard: no more acts than answers, plus one a step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from textual import events

from builders.journals import new_journal
from builders.screens import EVENING, SMALL, Stage, context_in
from kinship.ground.clock import FrozenClock
from kinship.journal.model import Ring
from kinship.reflect.book import load_book
from kinship.reflect.engine import Question, question
from kinship.reflect.sessions import StepKind
from kinship.tui.navigation import BackRequested
from kinship.tui.screens.reflect import ReflectScreen

BOOK = load_book()
MOST_STEPS = 40
MIDDLE = "6"
"""A mood for which nothing is left out and no softer way is taken."""


class Words(str):
    """Words that are typed, with the enter between two lines: one act."""

    __slots__ = ()


class Answered(NamedTuple):
    """What is done at a step, act by act, and how many answers that gives."""

    answers: int
    acts: Sequence[str]


def done_at(asked: Question) -> Answered:
    """Return how a step is answered in full, with two people named."""
    kind, of_each = asked.step.type, ("1",) * len(asked.people)
    marks = tuple(act for one in of_each for act in (one, "enter"))
    told = {
        StepKind.SLIDER: Answered(1, (MIDDLE, "enter")),
        StepKind.PEOPLE: Answered(2, (Words("Bea\nAna"), "ctrl+j")),
        StepKind.RATE_EACH: Answered(len(of_each), of_each),
        StepKind.SORT: Answered(len(asked.lines), ("1",) * len(asked.lines)),
        StepKind.FEELINGS: Answered(1, ("1", "enter")),
        StepKind.CHOICE: Answered(1, ("1",)),
        StepKind.GROUND: Answered(1, ("1", "enter")),
        StepKind.IF_THEN: Answered(2, (Words("it rains\nI take the bus"), "enter")),
        StepKind.INTENTION: _planned(asked),
        StepKind.LIST: Answered(2, (Words("the first\nthe second"), "ctrl+j")),
        StepKind.INFO: Answered(0, ("enter",)),
        StepKind.CLOSE: Answered(0, ("enter",)),
        StepKind.SUPPORT: Answered(len(of_each), marks)
        if asked.step.records == "claims"
        else Answered(len(of_each) + 1, (*marks, "2")),
    }
    return told.get(kind, Answered(1, (Words("some words"), "ctrl+j")))


def _planned(asked: Question) -> Answered:
    """Take the first suggestion where there is one, and say when and where, and what if not."""
    more = len({"when_where", "if_blocked"} & set(asked.step.parts))
    lines = "\n".join(("on Sunday", "another day")[:more])
    if asked.options:
        return Answered(1 + more, ("1", *((Words(lines),) if more else ()), "ctrl+j"))
    return Answered(1 + more, (Words("\n".join(["a walk", *lines.splitlines()])), "ctrl+j"))


def keys_of(act: str) -> Sequence[str]:
    return ["enter" if one == "\n" else one for one in act] if isinstance(act, Words) else [act]


def key(name: str) -> events.Key:
    return events.Key("space" if name == " " else name, name if len(name) == 1 else None)


@pytest.mark.parametrize("session", BOOK.sessions)
async def test_a_session_takes_no_more_acts_than_answers_and_one_a_step(tmp_path: Path, session: str) -> None:
    journal = new_journal(tmp_path, FrozenClock(EVENING))
    journal.add_alter("Bea", ring=Ring.INNER)
    screen = ReflectScreen(context_in(tmp_path), journal, BOOK, session)
    app, acts, answers, steps = Stage(screen), 0, 0, 0
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        while not app.asked and steps < MOST_STEPS:
            walk = screen.walk
            asked = question(BOOK, walk)
            assert asked is not None
            done = done_at(asked)
            acts, answers, steps = acts + len(done.acts), answers + done.answers, steps + 1
            for name in (one for act in done.acts for one in keys_of(act)):
                app.post_message(key(name))
            for _ in range(40):
                await pilot.pause()
                if screen.walk is not walk or app.asked:
                    break
            assert screen.walk is not walk or app.asked, asked.step.id
        assert [type(one) for one in app.asked] == [BackRequested]
    assert acts <= answers + steps
