"""What stands around the words of a page: its day, its journal, its title and how it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Grid
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.timer import Timer
from textual.widgets import Input, Static

from kinship.ground.errors import Misused
from kinship.ground.page_day import day_in_words, page_day_in
from kinship.journal.journals import LONGEST_NAME
from kinship.journal.statements import SCALE
from kinship.tui.keymap import act

PATIENCE = 0.8
"""Seconds without a key until it is said that what is typed cannot be read: half a word never can."""
_HINTS = {"journal": "empty: the unnamed one", "title": "empty: its first line", "mood": "0 to 10, or empty"}


class About(Struct, frozen=True):
    """What a page says beside its words."""

    day: dt.date
    volume: str = ""
    """The journal that it is in."""
    title: str = ""
    mood: int | None = None


class AboutLine(Input):
    """One of its fields; the arrows go from one to the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        act("down", "next_field", "next", tooltip="The next line"),
        act("up", "field_before", "before", tooltip="The line before"),
    ]

    @dataclass
    class Stepped(Message):
        """So many fields on; negative goes back."""

        step: int

    def action_next_field(self) -> None:
        self.post_message(self.Stepped(1))

    def action_field_before(self) -> None:
        self.post_message(self.Stepped(-1))


class PageAbout(Grid):
    """A field for each; what is typed holds as soon as it can be read."""

    DEFAULT_CSS = """
    PageAbout { display: none; height: auto; padding: 0; }
    PageAbout { grid-size: 3; grid-columns: 10 1fr auto; grid-rows: 1 1 1 1 auto; }
    PageAbout.-open { display: block; }
    PageAbout .label { color: $dim; }
    PageAbout Input { height: 1; border: none; padding: 0; background: $paper; color: $ink; }
    PageAbout Input:focus { border: none; background: $raised; }
    PageAbout .read { width: auto; max-width: 29; color: $dim; padding: 0 0 0 2; }
    PageAbout #doubt { display: none; column-span: 3; width: 100%; height: auto; max-height: 3; color: $bad; }
    PageAbout #doubt.-there { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        act("escape,ctrl+t,f10", "leave_about", "to the text", tooltip="Back to the text; what stands here holds"),
        act("tab", "tabbed", "next", tooltip="The next line, and from the last one to the text", show=False),
    ]

    @dataclass
    class Said(Message):
        """Something around the page is otherwise now."""

        about: About

    @dataclass
    class Left(Message):
        """Back to the text; why the last thing typed does not hold, empty where it does."""

        doubt: str

    def __init__(self, today: dt.date) -> None:
        super().__init__()
        self.today = today
        self.about = About(today)
        self._open = False
        self._doubted = ""
        self._telling: Timer | None = None

    def compose(self) -> ComposeResult:
        for name in ("day", "journal", "title", "mood"):
            yield Static(name, classes="label")
            yield AboutLine(id=f"about-{name}", select_on_focus=False)
            yield Static("", id=f"read-{name}", classes="read", markup=False)
        yield Static("", id="doubt", markup=False)

    def open(self, about: About, journals: Sequence[str]) -> None:
        """Show what the page says so far."""
        self._open = False
        self.about = about
        told = {
            "day": f"{about.day.day} {about.day:%B %Y}",
            "journal": about.volume,
            "title": about.title,
            "mood": "" if about.mood is None else str(about.mood),
        }
        with self.prevent(Input.Changed):
            for name, value in told.items():
                field = self._field(name)
                field.value = value
                field.cursor_position = len(value)
        self._field("journal").suggester = SuggestFromList(journals, case_sensitive=False)
        self._tell("day", day_in_words(about.day))
        for name, hint in _HINTS.items():
            self._tell(name, hint)
        self._doubt("")
        self._open = True
        self.add_class("-open")
        self._field("day").focus()

    def close(self) -> None:
        self._open = False
        self.remove_class("-open")

    def _field(self, name: str) -> Input:
        return self.query_one(f"#about-{name}", Input)

    def _tell(self, name: str, sentence: str) -> None:
        self.query_one(f"#read-{name}", Static).update(sentence)

    def _doubt(self, sentence: str) -> None:
        """Say below the fields, after a while, why what is typed does not hold; nothing is said at once."""
        self._doubted = sentence
        if self._telling is not None:
            self._telling.stop()
        if sentence:
            self._telling = self.set_timer(PATIENCE, self._tell_doubt)
        else:
            self._tell_doubt()

    def _tell_doubt(self) -> None:
        line = self.query_one("#doubt", Static)
        line.update(self._doubted)
        line.set_class(bool(self._doubted), "-there")

    @on(Input.Changed)
    def take(self, event: Input.Changed) -> None:
        """Take what is typed where it can be read; else what it said before stays."""
        event.stop()
        if not self._open:
            return
        name = (event.input.id or "").removeprefix("about-")
        try:
            said = self._read(name, event.value)
        except Misused as error:
            self._doubt(error.message)
            return
        self._doubt("")
        self._tell(name, day_in_words(said.day) if name == "day" else _HINTS[name])
        if said != self.about:
            self.about = said
            self.post_message(self.Said(said))

    def _read(self, name: str, value: str) -> About:
        now = self.about
        if name == "day":
            return About(page_day_in(value, self.today), now.volume, now.title, now.mood)
        if name == "mood":
            return About(now.day, now.volume, now.title, _mood(value))
        if name == "journal":
            if len(value.strip()) > LONGEST_NAME:
                raise Misused(f"{LONGEST_NAME} characters at most.")
            return About(now.day, value.strip(), now.title, now.mood)
        return About(now.day, now.volume, value.strip(), now.mood)

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._step(1)

    @on(AboutLine.Stepped)
    def stepped(self, event: AboutLine.Stepped) -> None:
        event.stop()
        self._step(event.step)

    def action_tabbed(self) -> None:
        self._step(1)

    def _step(self, step: int) -> None:
        fields = list(self.query(Input))
        at = next((number for number, one in enumerate(fields) if one.has_focus), 0) + step
        if at >= len(fields):
            self.action_leave_about()
        else:
            fields[max(0, at)].focus()

    def action_leave_about(self) -> None:
        self.post_message(self.Left(self._doubted))


def _mood(value: str) -> int | None:
    told = value.strip()
    if not told:
        return None
    if not told.isdecimal() or int(told) not in SCALE:
        raise Misused("A mood is a number from 0 to 10.")
    return int(told)
