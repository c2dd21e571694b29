"""Who: a line to type a name in, and a list that narrows as it is typed; somebody new is one line of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from kinship.journal.mentions import fold
from kinship.privacy.text import clean_line
from kinship.reflect.answers import People, Picked
from kinship.tui.keymap import act

T = TypeVar("T")

NOBODY = "nobody"
NEW = "new"
LINE = "line:"
"""Ids of options that are nobody on the map: this, and the index of a line to call."""


class NameInput(Input):
    """A line for a name; up and down go to the list below it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        act("down", "list_down", "down", tooltip="Down the list", show=False),
        act("up", "list_up", "up", tooltip="Up the list", show=False),
    ]

    @dataclass
    class Moved(Message):
        """Up (-1) or down (1) in the list."""

        by: int

    def action_list_down(self) -> None:
        self.post_message(self.Moved(1))

    def action_list_up(self) -> None:
        self.post_message(self.Moved(-1))


class PickPeople(Vertical):
    """Enter picks whoever the list points at; on an empty line with somebody picked, it goes on."""

    DEFAULT_CSS = """
    PickPeople { height: auto; }
    PickPeople #picked { height: auto; color: $accent; text-style: bold; }
    PickPeople NameInput { width: 40; max-width: 100%; }
    PickPeople OptionList { height: auto; max-height: 9; margin: 1 0 0 0; scrollbar-size-vertical: 1; }
    """

    typed = getters.query_one(NameInput)
    list = getters.query_one(OptionList)
    shown = getters.query_one("#picked", Static)

    @dataclass
    class Changed(Message):
        """Somebody was picked, or is picked no more."""

        picker: PickPeople

    @dataclass
    class Done(Message):
        """The person goes on."""

        picker: PickPeople

    @dataclass
    class Wanted(Message):
        """A name that nobody on the map has was given; whoever hears it answers with `add`."""

        picker: PickPeople
        name: str

    def __init__(
        self, people: Sequence[Picked], *, nobody: bool, lines: Sequence[str] = (), before: People | None = None
    ) -> None:
        super().__init__()
        self.people = tuple(people)
        self.may_be_nobody = nobody
        self.lines = tuple(lines)
        self.chosen = before or People()
        self._moved = False
        """Whether an option was pointed at by hand, so that enter means it even on an empty line."""
        self._leaving = False
        """Whether the person goes on as soon as somebody new is added."""

    def compose(self) -> ComposeResult:
        yield Static("", id="picked", markup=False)
        yield NameInput(placeholder="a name", select_on_focus=False)
        picker = OptionList()
        picker.can_focus = False
        yield picker

    def on_mount(self) -> None:
        self._show_picked()
        self._narrow()
        self.typed.focus()

    def focus_first(self) -> None:
        """Let the line have the keys."""
        self.typed.focus()

    def empty(self) -> None:
        """Take back what is typed: whoever it names is not to be picked here."""
        self._leaving = False
        self.typed.value = ""

    def add(self, one: Picked) -> None:
        """Pick somebody who was added to the map just now."""
        if all(other.alter != one.alter for other in self.people):
            self.people = (one, *self.people)
        self._pick(one)

    @on(Input.Changed)
    def _narrow(self) -> None:
        self._moved = False
        words = fold(clean_line(self.typed.value)).removeprefix("@").strip()
        fit = [one for one in self.people if _fits(one.name, words)]
        options = [Option(self._line(one), id=one.alter) for one in fit]
        options += [
            Option(Content(f"  {line}"), id=f"{LINE}{at}") for at, line in enumerate(self.lines) if _fits(line, words)
        ]
        if self.may_be_nobody and _fits(NOBODY, words):
            options.append(Option(Content.assemble(("  nobody comes to mind", "$dim")), id=NOBODY))
        if words and all(fold(one.name) != words for one in self.people):
            options.append(Option(Content.assemble(("  + new: ", "$dim"), clean_line(self.typed.value)), id=NEW))
        self.list.set_options(options)
        self.list.highlighted = 0 if words and options else None

    def _line(self, one: Picked) -> Content:
        picked = any(other.alter == one.alter for other in self.chosen.picked)
        return Content.assemble(("● " if picked else "  ", "$accent"), one.name)

    @on(NameInput.Moved)
    def _move(self, event: NameInput.Moved) -> None:
        event.stop()
        if self.list.option_count:
            at = self.list.highlighted
            start = -1 if event.by > 0 else 0
            self.list.highlighted = ((start if at is None else at) + event.by) % self.list.option_count
            self._moved = True

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        if not self.typed.value.strip() and not self._moved:
            self.post_message(self.Done(self))
            return
        self.take_pointed()

    def take_pointed(self) -> bool:
        """Pick whoever the list points at, where something was typed or pointed at.

        False where that is somebody new: they are asked for first, and `leave_with_new` goes on then.
        """
        at = self.list.highlighted
        if at is None or not (self.typed.value.strip() or self._moved):
            return True
        pointed = self.list.get_option_at_index(at).id or ""
        self._take(pointed)
        return pointed != NEW

    def leave_with_new(self) -> None:
        """Go on as soon as somebody new, who was asked for, is added."""
        self._leaving = True

    @on(OptionList.OptionSelected)
    def _click(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._take(event.option_id or "")
        self.typed.focus()

    def _take(self, id_: str) -> None:
        if id_ == NEW:
            self.post_message(self.Wanted(self, clean_line(self.typed.value)))
        elif id_ == NOBODY:
            self._choose(People(nobody=not self.chosen.nobody))
        elif id_.startswith(LINE):
            line = self.lines[int(id_.removeprefix(LINE))]
            self._choose(People(self.chosen.picked, lines=_toggled(self.chosen.lines, line)))
        else:
            one = next((one for one in self.people if one.alter == id_), None)
            if one is not None:
                self._pick(one)

    def _pick(self, one: Picked) -> None:
        self._choose(People(_toggled(self.chosen.picked, one), lines=self.chosen.lines))

    def _choose(self, chosen: People) -> None:
        self.chosen = chosen
        self.typed.value = ""
        self._show_picked()
        self._narrow()
        self.post_message(self.Changed(self))
        if self._leaving:
            self._leaving = False
            self.post_message(self.Done(self))

    def _show_picked(self) -> None:
        named = [*(one.name for one in self.chosen.picked), *self.chosen.lines]
        self.shown.update("Nobody comes to mind." if self.chosen.nobody else ", ".join(named))
        self.shown.display = bool(named) or self.chosen.nobody


def _fits(name: str, words: str) -> bool:
    folded = fold(name)
    return folded.startswith(words) or f" {words}" in folded


def _toggled(there: tuple[T, ...], one: T) -> tuple[T, ...]:
    return tuple(other for other in there if other != one) if one in there else (*there, one)
