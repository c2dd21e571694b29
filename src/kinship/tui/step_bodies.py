"""From a question of the engine to the body that asks it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kinship.journal.kinds import Kind
from kinship.reflect.helplines import load_helplines
from kinship.reflect.picking import pickable
from kinship.reflect.sessions import StepKind
from kinship.tui.widgets.step_body import (
    ChoiceBody,
    DraftBody,
    FeelingsBody,
    GroundBody,
    InfoBody,
    LinesBody,
    ScaleBody,
    StepBody,
    WordsBody,
)
from kinship.tui.widgets.step_fields import IfThenBody, PlanBody
from kinship.tui.widgets.step_people import PeopleBody, RatesBody, SortBody, SupportBody

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.kinds import Subkind
    from kinship.reflect.engine import Question
    from kinship.reflect.prompts import Pack


def body_of(question: Question, pack: Pack, journal: Journal, offered: Sequence[str] = ()) -> StepBody:
    """Return the body for a question, with what was answered there before in it; `offered` stands at the close."""
    step, before = question.step, question.before
    made: dict[StepKind, Callable[[], StepBody]] = {
        StepKind.SLIDER: lambda: ScaleBody(pack.scales[step.scale or "mood"], before),
        StepKind.TEXT: lambda: WordsBody(before),
        StepKind.REFRAME: lambda: WordsBody(before),
        StepKind.DRAFT: lambda: DraftBody(before, question.openers),
        StepKind.LIST: lambda: LinesBody(before, step.max),
        StepKind.SORT: lambda: SortBody(question.lines, step.bins, before),
        StepKind.FEELINGS: lambda: FeelingsBody(pack.feelings, step.max, before),
        StepKind.PEOPLE: lambda: _people(question, journal),
        StepKind.SUPPORT: lambda: _support(question, journal),
        StepKind.RATE_EACH: lambda: RatesBody(question.people, question.options, before),
        StepKind.CHOICE: lambda: ChoiceBody(question.options, before),
        StepKind.IF_THEN: lambda: IfThenBody(before),
        StepKind.INTENTION: lambda: PlanBody(step.parts, question.options, before),
        StepKind.GROUND: lambda: GroundBody(pack.grounding),
        StepKind.INFO: InfoBody,
        StepKind.CLOSE: lambda: InfoBody(offered),
    }
    return made[step.type]()


def _people(question: Question, journal: Journal) -> StepBody:
    near = pickable(journal.circle.as_of(journal.today()), question.step)
    country = load_helplines().of(journal.choices.country) if question.step.helplines else None
    lines = tuple(f"{one.name}, {one.contact}" for one in country.lines) if country is not None else ()
    return PeopleBody(near, question.before, nobody=question.step.nobody, lines=lines)


def _support(question: Question, journal: Journal) -> StepBody:
    kinds = [kind for kind in Kind if kind is not Kind.STRAIN or Kind.STRAIN in question.step.also]
    ways: list[Subkind] = [way for kind in kinds for way in journal.ways_of(kind)]
    today = journal.today() if question.step.records == "moments" else None
    return SupportBody(question.people, ways, question.before, today=today)
