"""Each type of step on a plain terminal: what is printed, and what a line means."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kinship.cli.output import remark
from kinship.cli.plain_lines import PlainLines, chosen, numbered, tell
from kinship.ground.days import day_in
from kinship.ground.errors import KinshipError, Misused
from kinship.journal.kinds import Kind, Subkind
from kinship.journal.mentions import fold
from kinship.reflect.answers import (
    LITTLE,
    MUCH,
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
from kinship.reflect.helplines import load_helplines
from kinship.reflect.picking import kind_of_new, named, pickable
from kinship.reflect.sessions import StepKind

if TYPE_CHECKING:
    import datetime as dt

    from kinship.journal.journal import Journal
    from kinship.reflect.engine import Question
    from kinship.reflect.prompts import Pack
    from kinship.reflect.sessions import Step

MOST_OFFERED = 12
"""How many people are listed with a number; everybody can be named."""
NOBODY = "nobody"


WEIGHTS = {"+": MUCH, "-": LITTLE, "−": LITTLE}
"""What may stand behind a kind of support."""


class PlainAnswers:
    """Asks one question after the other of somebody who has a keyboard and lines."""

    def __init__(self, lines: PlainLines, journal: Journal, pack: Pack) -> None:
        self._lines = lines
        self._journal = journal
        self._pack = pack
        self._ways: dict[StepKind, Callable[[Question], AnyAnswer]] = {
            StepKind.SLIDER: self._slider,
            StepKind.TEXT: self._text,
            StepKind.REFRAME: self._text,
            StepKind.DRAFT: self._draft,
            StepKind.LIST: self._list,
            StepKind.SORT: self._sort,
            StepKind.FEELINGS: self._feelings,
            StepKind.PEOPLE: self._people,
            StepKind.SUPPORT: self._support,
            StepKind.RATE_EACH: self._rate_each,
            StepKind.CHOICE: self._choice,
            StepKind.IF_THEN: self._if_then,
            StepKind.INTENTION: self._intention,
            StepKind.GROUND: self._ground,
            StepKind.INFO: self._info,
            StepKind.CLOSE: self._close,
        }

    def answer(self, question: Question) -> AnyAnswer:
        """Return what is answered to a question that was printed. Raises GoBack and StopHere."""
        return self._ways[question.step.type](question)

    def _slider(self, question: Question) -> AnyAnswer:
        scale = self._pack.scales[question.step.scale or "mood"]
        tell(f"{scale.min} {scale.low} · {scale.max} {scale.high}", indent="  ")

        def read(answer: str) -> Number | None:
            number = int(answer) if answer.isdecimal() and len(answer) < len(str(scale.max)) + 1 else None
            return Number(number) if number is not None and scale.min <= number <= scale.max else None

        return self._lines.ask_until(read, f"A number from {scale.min} to {scale.max}, please.") or Passed()

    def _text(self, _: Question) -> AnyAnswer:
        answer = self._lines.ask()
        return Words(answer) if answer else Passed()

    def _draft(self, question: Question) -> AnyAnswer:
        openers = question.openers
        if openers:
            tell("Your own words, or the number of a beginning. Nothing is ever sent.", indent="  ")
            numbered(openers)
        answer = self._lines.ask()
        return Words(chosen(answer, openers) or answer) if answer else Passed()

    def _list(self, question: Question) -> AnyAnswer:
        most = question.step.max
        tell(f"Separate them with ; {f'({most} at most)' if most else ''}".rstrip(), indent="  ")
        answer = self._lines.ask()
        told = tuple(one.strip() for line in answer.splitlines() for one in line.split(";") if one.strip())
        if most and len(told) > most:
            remark(f"The first {most} are taken; the others stand in the last of them.")
            told = (*told[: most - 1], "; ".join(told[most - 1 :]))
        return Lines(told) if told else Passed()

    def _sort(self, question: Question) -> AnyAnswer:
        bins = question.step.bins
        numbered(bins)
        told = [self._one_of(line, bins) for line in question.lines]
        return Sorted(tuple(told)) if any(told) else Passed()

    def _one_of(self, what: str, options: tuple[str, ...]) -> str:
        sentence = f"A number from 1 to {len(options)}, or the word."
        return self._lines.ask_until(lambda answer: chosen(answer, options), sentence, f"{what}: ") or ""

    def _feelings(self, question: Question) -> AnyAnswer:
        for family in self._pack.feelings.values():
            tell(", ".join(family), indent="  ")
        words = tuple(one.strip() for one in self._lines.ask().replace("\n", ",").split(",") if one.strip())
        most = question.step.max
        if most and len(words) > most:
            remark(f"The first {most} are taken.")
        return Feelings(words[:most] if most else words) if words else Passed()

    def _choice(self, question: Question) -> AnyAnswer:
        numbered(question.options)
        found = self._lines.ask_until(
            lambda answer: chosen(answer, question.options), f"A number from 1 to {len(question.options)}, or the word."
        )
        return Chosen(found) if found is not None else Passed()

    def _if_then(self, _: Question) -> AnyAnswer:
        hurdle = self._lines.ask("If: ")
        then = self._lines.ask("then I will: ")
        return IfThen(hurdle, then) if hurdle or then else Passed()

    def _intention(self, question: Question) -> AnyAnswer:
        numbered(question.options)
        what = self._lines.ask()
        if not what:
            return Passed()
        parts = question.step.parts
        when_where = self._part("When, and where?", "when_where" in parts)
        blocked = self._part("And if that does not work?", "if_blocked" in parts)
        return Plan(chosen(what, question.options) or what, when_where, blocked, self._due(when_where))

    def _part(self, asked: str, wanted: bool) -> str:
        if not wanted:
            return ""
        tell(asked)
        return self._lines.ask()

    def _due(self, words: str) -> dt.date | None:
        """Return the day a next step was given, where it is nothing but a day to come."""
        try:
            found = day_in(words, self._journal.today())
        except Misused:
            return None
        return found if found >= self._journal.today() else None

    def _ground(self, _: Question) -> AnyAnswer:
        exercises = self._pack.grounding
        numbered([one.title for one in exercises])
        titles = tuple(one.title for one in exercises)
        title = self._lines.ask_until(lambda answer: chosen(answer, titles), "A number, or the word.")
        found = next((one for one in exercises if one.title == title), None)
        if found is None:
            return Passed()
        tell(found.text)
        self._wait()
        return Exercise(found.id)

    def _info(self, _: Question) -> AnyAnswer:
        self._wait()
        return Seen()

    def _close(self, question: Question) -> AnyAnswer:
        texts = self._pack.texts
        lines = texts.closings_soft if question.step.pick_from == "closings_soft" else texts.closings
        if lines:
            tell(lines[self._journal.today().toordinal() % len(lines)])
        return Seen()

    def _wait(self) -> None:
        """Wait for enter where somebody sits there; a pipe is not asked for a line."""
        if self._lines.waits:
            self._lines.ask("enter goes on ")

    # People.

    def _people(self, question: Question) -> AnyAnswer:
        step = question.step
        near = pickable(self._journal.circle.as_of(self._journal.today()), step)[:MOST_OFFERED]
        numbered([one.name for one in near])
        lines = self._helplines() if step.helplines else ()
        numbered_from = len(near)
        for at, line in enumerate(lines, numbered_from + 1):
            tell(f"{at}  {line}", indent="  ")
        tell(f"Names or numbers, with commas; +Name adds somebody{'; or: nobody' if step.nobody else ''}.", indent="  ")
        found = self._lines.ask_until(lambda answer: self._named(answer, near, lines, step), "")
        return found or Passed()

    def _named(self, answer: str, near: tuple[Picked, ...], lines: tuple[str, ...], step: Step) -> People | None:
        words = [one.strip() for one in answer.replace("\n", ",").split(",") if one.strip()]
        if step.nobody and len(words) == 1 and fold(words[0]) == NOBODY:
            return People(nobody=True)
        offers: tuple[Picked | str, ...] = (*near, *lines)
        try:
            found = [self._one(word, offers, step) for word in words]
        except KinshipError as error:
            remark(error.message)
            return None
        people = {one.alter: one for one in found if isinstance(one, Picked)}
        return People(tuple(people.values()), lines=tuple(one for one in found if isinstance(one, str)))

    def _one(self, word: str, offers: tuple[Picked | str, ...], step: Step) -> Picked | str:
        if word.isdecimal():
            if not 0 < int(word) <= len(offers):
                raise Misused(f"There is no number {word}.")
            return offers[int(word) - 1]
        if word.startswith("+"):
            return self._added(word[1:], step)
        found = self._known(word, step)
        if found is None:
            raise Misused(f"{word} is not on your map yet; +{word} adds them.")
        return found

    def _known(self, name: str, step: Step) -> Picked | None:
        circle = self._journal.circle.as_of(self._journal.today())
        return named(circle, step, name, self._journal.alters.by_name(name))

    def _added(self, name: str, step: Step) -> Picked:
        known = self._known(name, step)
        if known is not None:
            return known
        (id_,) = self._journal.add_alter(name, kind=kind_of_new(step)).made["alters"]
        added = self._journal.alters.get(id_)
        return Picked(id_, added.name if added is not None else name)

    def _helplines(self) -> tuple[str, ...]:
        country = load_helplines().of(self._journal.choices.country)
        return tuple(f"{one.name}, {one.contact}" for one in country.lines) if country is not None else ()

    def _support(self, question: Question) -> AnyAnswer:
        ways = tuple(self._ways_of(question))
        numbered([one.label for one in ways])
        tell(
            "With commas. If you like: a + behind one that meant a lot, a - behind one that meant a little.",
            indent="  ",
        )
        marks = [mark for one in question.people for mark in self._marked(one, ways)]
        if not marks:
            return Passed()
        day = self._happened() if question.step.records == "moments" else None
        return Marks(tuple(marks), day)

    def _ways_of(self, question: Question) -> Iterator[Subkind]:
        for kind in Kind:
            if kind is not Kind.STRAIN or Kind.STRAIN in question.step.also:
                yield from self._journal.ways_of(kind)

    def _marked(self, one: Picked, ways: tuple[Subkind, ...]) -> tuple[Mark, ...]:
        labels = tuple(way.label for way in ways)

        def read(answer: str) -> tuple[Mark, ...] | None:
            told = [_weighed(word) for word in answer.replace(",", ";").split(";") if word.strip()]
            found = {chosen(word, labels): weight for word, weight in told}
            if None in found:
                return None
            return tuple(Mark(one.alter, ways[labels.index(label)].id, found[label]) for label in found if label)

        sentence = f"Numbers from 1 to {len(labels)} or words, with commas."
        return self._lines.ask_until(read, sentence, f"{one.name}: ") or ()

    def _happened(self) -> dt.date | None:
        tell("When was that? today, yesterday, last Monday, 3 May; an empty line: long ago.")
        today = self._journal.today()

        def read(answer: str) -> dt.date | None:
            try:
                found = day_in(answer, today)
            except Misused:
                return None
            return found if found <= today else None

        return self._lines.ask_until(read, "Write a day that has been, like yesterday or 3 May.")

    def _rate_each(self, question: Question) -> AnyAnswer:
        numbered(question.options)
        told = {one.alter: self._one_of(one.name, question.options) for one in question.people}
        rated = {alter: word for alter, word in told.items() if word}
        return Rates(rated) if rated else Passed()


def _weighed(told: str) -> tuple[str, int | None]:
    """Return a word or number without the sign behind it, and what the sign says."""
    word = told.strip()
    weight = WEIGHTS.get(word[-1:])
    return (word[:-1], weight) if weight is not None else (word, None)
