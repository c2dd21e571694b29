"""A walk as a page: its questions as headings, its answers in the person's own words."""

from __future__ import annotations

from collections.abc import Iterator

from kinship.journal.kinds import Kind, kind_of, label_of
from kinship.journal.model import AlterId
from kinship.reflect.answers import (
    LITTLE,
    MUCH,
    USUAL,
    AnyAnswer,
    Chosen,
    Feelings,
    IfThen,
    Lines,
    Mark,
    Marks,
    Passed,
    People,
    Picked,
    Plan,
    Rates,
    Sorted,
    Words,
    is_nothing,
)
from kinship.reflect.book import Book
from kinship.reflect.engine import Given, Walk, asked_in
from kinship.reflect.sessions import StepKind

WEIGHED = {LITTLE: " (a little)", MUCH: " (a lot)"}
"""What is said behind a mark that has a strength."""


def written(book: Book, walk: Walk, *, own_name: str = "") -> str:
    """Return the Markdown of the page, empty where nothing was said in words.

    Numbers are not in it: how the person was is kept beside the page. What was answered before going back stands at the
    end: words that were typed are kept.
    """
    people = names(walk)
    told = _parts(book, walk, people, own_name=own_name)
    return "\n\n".join(f"## {asked}\n\n{words}" if asked else words for asked, words in told)


def names(walk: Walk) -> dict[AlterId, str]:
    """Return the name of everybody who was picked on the way."""
    picked = (one for given in (*walk.given, *walk.ahead) for one in _picked(given.answer))
    return {one.alter: one.name for one in picked}


def _picked(given: AnyAnswer) -> tuple[Picked, ...]:
    return given.picked if isinstance(given, People) else ()


def _parts(book: Book, walk: Walk, people: dict[AlterId, str], *, own_name: str) -> Iterator[tuple[str, str]]:
    lines: tuple[str, ...] = ()
    for at, given in enumerate((*walk.given, *walk.ahead)):
        if isinstance(given.answer, Lines):
            lines = given.answer.lines
        told = _told(book, given, people, lines)
        if told:
            yield asked_in(book, walk, at, own_name=own_name), told


def _told(book: Book, given: Given, people: dict[AlterId, str], lines: tuple[str, ...]) -> str:
    if isinstance(given.answer, Passed) or is_nothing(given.answer):
        return ""
    match given.answer:
        case Words(text=text):
            return _quoted(text) if _is_draft(book, given) else text.strip()
        case Lines(lines=told):
            return _listed(line for line in told if line.strip())
        case Sorted(bins=bins):
            return _listed(f"{line}: {bin_}" for line, bin_ in zip(lines, bins, strict=False) if bin_)
    return _in_words(given.answer) or _about_people(given.answer, people)


def _is_draft(book: Book, given: Given) -> bool:
    step = book.steps.get((given.where, given.step))
    return step is not None and step.type is StepKind.DRAFT


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.strip().splitlines())


def _about_people(given: AnyAnswer, people: dict[AlterId, str]) -> str:
    match given:
        case People(picked=picked, nobody=nobody, lines=lines):
            named = (*(f"@{one.name}" for one in picked), *lines)
            return "Nobody came to mind." if nobody else ", ".join(named)
        case Rates(words=rated):
            return _listed(f"@{people[alter]}: {word}" for alter, word in rated.items() if alter in people)
        case Marks(marks=marks):
            alters = [alter for alter in people if any(mark.alter == alter for mark in marks)]
            told = {alter: [mark for mark in marks if mark.alter == alter] for alter in alters}
            return _listed(f"@{people[alter]}: {_marked(marked)}" for alter, marked in told.items())
    return ""


def _marked(marks: list[Mark]) -> str:
    gave = [_weighed(mark) for mark in marks if kind_of(mark.word) is not Kind.STRAIN]
    cost = [_weighed(mark) for mark in marks if kind_of(mark.word) is Kind.STRAIN]
    return "; ".join(part for part in (", ".join(gave), f"it also cost: {', '.join(cost)}" if cost else "") if part)


def _weighed(mark: Mark) -> str:
    return label_of(mark.word) + WEIGHED.get(mark.strength or USUAL, "")


def _in_words(given: AnyAnswer) -> str:
    match given:
        case Feelings(words=words):
            return ", ".join(words)
        case Chosen(label=label):
            return label
        case Plan(what=what, when_where=when_where, if_blocked=if_blocked):
            blocked = f"If that does not work: {if_blocked}" if if_blocked.strip() else ""
            return "\n\n".join(part.strip() for part in (what, when_where, blocked) if part.strip())
        case IfThen(if_=hurdle, then=then):
            return f"If {hurdle.strip() or '…'}, then I will {then.strip() or '…'}."
    return ""


def _listed(lines: Iterator[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
