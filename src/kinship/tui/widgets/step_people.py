"""The steps that go through several: who it was, what each of them gave, a word for each, a place for each line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from kinship.ground.days import day_in
from kinship.ground.errors import Misused
from kinship.journal.kinds import Subkind
from kinship.reflect.answers import (
    AnyAnswer,
    Mark,
    Marks,
    Passed,
    People,
    Picked,
    Rates,
    Sorted,
)
from kinship.tui.widgets.pick_many import PickMany
from kinship.tui.widgets.pick_one import PickOne
from kinship.tui.widgets.pick_people import PickPeople
from kinship.tui.widgets.step_body import StepBody, told

LONG_AGO, TODAY, YESTERDAY, ANOTHER = "long_ago", "today", "yesterday", "another"
HOW_MUCH = "If you like: + behind a mark for a lot, − for a little."
NO_WORD = ("", "–")
WHEN = ((LONG_AGO, "longer ago"), (TODAY, "today"), (YESTERDAY, "yesterday"), (ANOTHER, "on the day …"))


class PeopleBody(StepBody):
    """Who: from the map, or added in place."""

    def __init__(
        self, people: Sequence[Picked], before: AnyAnswer | None, *, nobody: bool, lines: Sequence[str]
    ) -> None:
        super().__init__()
        self._people = tuple(people)
        self._before = before if isinstance(before, People) else None
        self._nobody = nobody
        self._lines = tuple(lines)

    def compose(self) -> ComposeResult:
        yield PickPeople(self._people, nobody=self._nobody, lines=self._lines, before=self._before)

    def settle(self) -> bool:
        picker = self.query_one(PickPeople)
        taken = picker.take_pointed()
        if not taken:
            picker.leave_with_new()
        return taken

    def answer(self) -> AnyAnswer:
        chosen = self.query_one(PickPeople).chosen
        return chosen if chosen.picked or chosen.nobody or chosen.lines else Passed()

    @on(PickPeople.Changed)
    def tell(self) -> None:
        self.changed()

    @on(PickPeople.Done)
    def leave(self) -> None:
        self.go_on()


class SupportBody(StepBody):
    """What each of them gave, or what weighed; where it happened on a day, that day."""

    DEFAULT_CSS = """
    SupportBody .whom { color: $accent; text-style: bold; height: auto; }
    SupportBody PickMany { margin: 0 0 1 0; }
    SupportBody #when { height: auto; }
    SupportBody #when Static { width: auto; padding: 0 2 0 0; color: $dim; }
    SupportBody #day { width: 24; display: none; margin: 0; }
    SupportBody #day.-asked { display: block; }
    """

    def __init__(
        self,
        people: Sequence[Picked],
        ways: Sequence[Subkind],
        before: AnyAnswer | None,
        *,
        today: dt.date | None,
    ) -> None:
        """`today` is the person's day where the day is asked, None where it is not."""
        super().__init__()
        self._people = tuple(people)
        self._ways = tuple(ways)
        self._before = before if isinstance(before, Marks) else Marks()
        self._today = today

    def compose(self) -> ComposeResult:
        options = list(_by_kind(self._ways))
        for at, one in enumerate(self._people):
            yield Static(one.name, classes="whom", markup=False)
            marked = {mark.word: mark.strength for mark in self._before.marks if mark.alter == one.alter}
            weights = {word: said for word, said in marked.items() if said is not None}
            yield PickMany(options, tuple(marked), weights=weights, id=f"ways-{at}")
        yield Static(HOW_MUCH, classes="asked")
        if self._today is not None:
            with Horizontal(id="when"):
                yield Static("When was it?")
                yield PickOne(WHEN, self._when())
            yield Input(self._day_before(), placeholder="3 May, last Monday …", id="day", select_on_focus=False)

    def _when(self) -> str:
        day = self._before.day
        if day is None or self._today is None:
            return LONG_AGO
        return {0: TODAY, 1: YESTERDAY}.get((self._today - day).days, ANOTHER)

    def _day_before(self) -> str:
        return self._before.day.isoformat() if self._before.day is not None else ""

    def on_mount(self) -> None:
        if self._today is not None:
            self._show_day(self._when())

    def answer(self) -> AnyAnswer:
        marks = tuple(
            Mark(one.alter, word, picker.weights.get(word))
            for one, picker in zip(self._people, self.query(PickMany), strict=True)
            for word in picker.picked
        )
        return told(Marks(marks, self._day()))

    def _day(self) -> dt.date | None:
        """Return the day that is chosen; None for longer ago, and for words that are no day that has been."""
        if self._today is None:
            return None
        value = self.query_one(PickOne).value
        if value in (TODAY, YESTERDAY):
            return self._today - dt.timedelta(days=int(value == YESTERDAY))
        if value == LONG_AGO:
            return None
        try:
            found = day_in(self.query_one("#day", Input).value, self._today)
        except Misused:
            return None
        return found if found <= self._today else None

    def fault(self) -> str:
        """Return why what stands there is no day, empty where all is well."""
        if self._today is None or self.query_one(PickOne).value != ANOTHER or self._day() is not None:
            return ""
        return "Write a day that has been, like yesterday or 3 May; or choose longer ago."

    @on(PickMany.Changed)
    def tell(self) -> None:
        self.changed()

    @on(PickMany.Done)
    def next_one(self, event: PickMany.Done) -> None:
        """From one person to the next, then to the day, then on."""
        event.stop()
        pickers = list(self.query(PickMany))
        at = pickers.index(event.picker) + 1
        if at < len(pickers):
            pickers[at].focus()
        elif self._today is not None and isinstance(self.answer(), Marks):
            self.query_one(PickOne).focus()
        else:
            self.go_on()

    @on(PickOne.Taken)
    def choose_day(self, event: PickOne.Taken) -> None:
        event.stop()
        self._show_day(event.value)
        self.changed()
        if event.value == ANOTHER:
            self.query_one("#day", Input).focus()
        else:
            self.go_on()

    def _show_day(self, value: str) -> None:
        self.query_one("#day", Input).set_class(value == ANOTHER, "-asked")

    @on(Input.Submitted)
    def leave(self, event: Input.Submitted) -> None:
        event.stop()
        self.go_on()


def _by_kind(ways: Sequence[Subkind]) -> Iterator[tuple[str, str]]:
    """Yield the ways as options, each kind under its own heading."""
    kind = None
    for way in ways:
        if way.kind is not kind:
            kind = way.kind
            yield "", str(kind)
        yield way.id, way.label


class RowsBody(StepBody):
    """One of a few words for each of several lines."""

    DEFAULT_CSS = """
    RowsBody .row { height: auto; margin: 0 0 1 0; }
    RowsBody .row Static { width: 24; max-width: 40%; padding: 0 2 0 0; }
    """

    def __init__(self, rows: Sequence[str], words: Sequence[str], before: Sequence[str]) -> None:
        super().__init__()
        self._rows = tuple(rows)
        self._words = (*((word, word) for word in words), NO_WORD)
        self._before = (*before, *[""] * len(rows))[: len(rows)]

    def compose(self) -> ComposeResult:
        for row, word in zip(self._rows, self._before, strict=True):
            with Horizontal(classes="row"):
                yield Static(row, markup=False)
                yield PickOne(self._words, word)

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(one.value for one in self.query(PickOne))

    @on(PickOne.Taken)
    def next_row(self, event: PickOne.Taken) -> None:
        event.stop()
        self.changed()
        pickers = list(self.query(PickOne))
        at = pickers.index(event.picker) + 1
        if at < len(pickers):
            pickers[at].focus()
        else:
            self.go_on()


class SortBody(RowsBody):
    """Each line of a list to its bin."""

    def __init__(self, lines: Sequence[str], bins: Sequence[str], before: AnyAnswer | None) -> None:
        super().__init__(lines, bins, before.bins if isinstance(before, Sorted) else ())

    def answer(self) -> AnyAnswer:
        return Sorted(self.values) if any(self.values) else Passed()


class RatesBody(RowsBody):
    """A word for each of those who were picked."""

    def __init__(self, people: Sequence[Picked], words: Sequence[str], before: AnyAnswer | None) -> None:
        rated = before.words if isinstance(before, Rates) else {}
        super().__init__([one.name for one in people], words, [rated.get(one.alter, "") for one in people])
        self._people = tuple(people)

    def answer(self) -> AnyAnswer:
        rated = {one.alter: word for one, word in zip(self._people, self.values, strict=True) if word}
        return told(Rates(rated))
