"""What is answered in one step of a guided session: a body for each type, which gives its answer at any moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static, TextArea
from textual.widgets.option_list import Option

from kinship.privacy.text import clean
from kinship.reflect.answers import (
    AnyAnswer,
    Chosen,
    Exercise,
    Feelings,
    Lines,
    Number,
    Passed,
    Seen,
    Words,
    is_nothing,
)
from kinship.reflect.prompts import Grounding, Scale
from kinship.tui.widgets.pick_many import PickMany
from kinship.tui.widgets.scale_line import ScaleLine


class StepBody(Vertical):
    """One step's own part of the screen."""

    DEFAULT_CSS = """
    StepBody { height: auto; margin: 1 0 0 0; }
    StepBody TextArea {
        height: auto; min-height: 5; max-height: 12; border: none; border-left: outer $rule; padding: 0 0 0 1;
        background: $paper; color: $ink;
    }
    StepBody TextArea:focus { border: none; border-left: outer $accent; }
    StepBody .field { height: 1; margin: 1 0 0 0; }
    StepBody .field Static { width: 22; color: $dim; }
    StepBody .field Input { width: 1fr; }
    StepBody .asked { color: $dim; height: auto; }
    StepBody OptionList { height: auto; max-height: 12; }
    """

    @dataclass
    class Changed(Message):
        """Something was typed or marked."""

    @dataclass
    class GoneOn(Message):
        """The person goes on from here."""

    def answer(self) -> AnyAnswer:
        """Return what is answered now; Passed where nothing is."""
        return Seen()

    def draft(self) -> str:
        """Return words that were written to be taken elsewhere; empty where this step asks for none."""
        return ""

    def settle(self) -> bool:
        """Take what is half chosen as chosen before going on; False where something must be answered first."""
        return True

    def focus_first(self) -> None:
        """Let the first part that takes keys have them."""
        first = next((one for one in self.query("*") if one.focusable), None)
        if first is not None:
            first.focus()

    def changed(self) -> None:
        """Tell that the answer is another now."""
        self.post_message(self.Changed())

    def go_on(self) -> None:
        """Tell that the person goes on."""
        self.post_message(self.GoneOn())


def told(given: AnyAnswer) -> AnyAnswer:
    """Return an answer, Passed where nothing is in it."""
    return Passed() if is_nothing(given) else given


class ScaleBody(StepBody):
    """A number on a line."""

    def __init__(self, scale: Scale, before: AnyAnswer | None) -> None:
        super().__init__()
        self._scale = scale
        self._before = before.value if isinstance(before, Number) else None

    def compose(self) -> ComposeResult:
        yield ScaleLine(self._scale.low, self._scale.mid, self._scale.high, self._before)

    def answer(self) -> AnyAnswer:
        at = self.query_one(ScaleLine).at
        return Number(at) if at is not None else Passed()

    @on(ScaleLine.Changed)
    def tell(self) -> None:
        self.changed()

    @on(ScaleLine.Done)
    def leave(self) -> None:
        self.go_on()


class PlainArea(TextArea):
    """A few lines of text; tab leaves it."""

    def __init__(self, text: str) -> None:
        super().__init__(clean(text), soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False)
        self.cursor_blink = False
        self.move_cursor(self.document.end)

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = clean(event.text)
        await super()._on_paste(event)


class WordsBody(StepBody):
    """Free text, with beginnings to take over where the step offers some."""

    def __init__(self, before: AnyAnswer | None, openers: Sequence[str] = ()) -> None:
        super().__init__()
        self._before = before.text if isinstance(before, Words) else ""
        self._openers = tuple(openers)

    def compose(self) -> ComposeResult:
        yield PlainArea(self._before)
        if self._openers:
            yield Static("Or take a beginning and change it. Nothing is ever sent.", classes="asked")
            yield OptionList(*(Option(Content(one)) for one in self._openers))

    def answer(self) -> AnyAnswer:
        return told(Words(self.query_one(PlainArea).text.strip()))

    @on(TextArea.Changed)
    def tell(self) -> None:
        self.changed()

    @on(OptionList.OptionSelected)
    def take(self, event: OptionList.OptionSelected) -> None:
        """Put a beginning behind what stands there."""
        event.stop()
        area = self.query_one(PlainArea)
        area.insert(self._openers[event.option_index], area.document.end)
        area.focus()


class DraftBody(WordsBody):
    """Words to somebody else, which the person may copy and take along; nothing sends them."""

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield Static("F5 copies your words, to take them elsewhere.", classes="asked")

    def draft(self) -> str:
        return self.query_one(PlainArea).text.strip()


class LinesBody(WordsBody):
    """Several short answers, one a line."""

    def __init__(self, before: AnyAnswer | None, most: int | None) -> None:
        super().__init__(Words("\n".join(before.lines)) if isinstance(before, Lines) else None)
        self._most = most

    def compose(self) -> ComposeResult:
        yield Static(f"One a line{f', {self._most} at most' if self._most else ''}.", classes="asked")
        yield PlainArea(self._before)

    def answer(self) -> AnyAnswer:
        lines = [line.strip() for line in self.query_one(PlainArea).text.splitlines() if line.strip()]
        if self._most is not None and len(lines) > self._most:
            lines = [*lines[: self._most - 1], "; ".join(lines[self._most - 1 :])]
        return told(Lines(tuple(lines)))


class FeelingsBody(StepBody):
    """Feeling words, family by family."""

    def __init__(self, families: dict[str, tuple[str, ...]], most: int | None, before: AnyAnswer | None) -> None:
        super().__init__()
        self._options = [
            pair for name, words in families.items() for pair in (("", name), *((word, word) for word in words))
        ]
        self._most = most
        self._before = before.words if isinstance(before, Feelings) else ()

    def compose(self) -> ComposeResult:
        yield PickMany(self._options, self._before, most=self._most)

    def answer(self) -> AnyAnswer:
        return told(Feelings(self.query_one(PickMany).picked))

    @on(PickMany.Changed)
    def tell(self) -> None:
        self.changed()

    @on(PickMany.Done)
    def leave(self) -> None:
        self.go_on()


class NumberedList(OptionList):
    """Options with their numbers; a digit takes one at once."""

    def __init__(self, options: Sequence[str], chosen: str = "") -> None:
        lines = (Content.assemble((f"{at} ", "$dim"), one) for at, one in enumerate(options, 1))
        super().__init__(*(Option(line) for line in lines))
        self._first = options.index(chosen) if chosen in options else 0

    def on_mount(self) -> None:
        self.highlighted = self._first

    def on_key(self, event: events.Key) -> None:
        if event.character is not None and event.character in "123456789":
            at = int(event.character) - 1
            if at < self.option_count:
                event.stop()
                self.highlighted = at
                self.action_select()


class ChoiceBody(StepBody):
    """One of several; taking it goes on."""

    def __init__(self, options: Sequence[str], before: AnyAnswer | None) -> None:
        super().__init__()
        self._options = tuple(options)
        self._chosen = before.label if isinstance(before, Chosen) else ""

    def compose(self) -> ComposeResult:
        yield NumberedList(self._options, self._chosen)

    def answer(self) -> AnyAnswer:
        return Chosen(self._chosen) if self._chosen in self._options else Passed()

    @on(OptionList.OptionSelected)
    def take(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._chosen = self._options[event.option_index]
        self.changed()
        self.go_on()


class GroundBody(StepBody):
    """A settling exercise: choose one, do it, go on."""

    def __init__(self, exercises: Sequence[Grounding]) -> None:
        super().__init__()
        self._exercises = tuple(exercises)
        self._chosen: Grounding | None = None

    def compose(self) -> ComposeResult:
        yield NumberedList([one.title for one in self._exercises])
        yield Static("", id="exercise", markup=False)

    def answer(self) -> AnyAnswer:
        return Exercise(self._chosen.id) if self._chosen is not None else Passed()

    @on(OptionList.OptionSelected)
    def take(self, event: OptionList.OptionSelected) -> None:
        """Show the exercise; the same one once more goes on."""
        event.stop()
        chosen = self._exercises[event.option_index]
        if chosen is self._chosen:
            self.go_on()
            return
        self._chosen = chosen
        self.query_one("#exercise", Static).update(f"\n{chosen.text}\n\nTake your time; enter goes on.")
        self.changed()


class InfoBody(StepBody, can_focus=True):
    """Nothing to answer: enter goes on, and a digit takes one of the things that are offered, if there are any."""

    @dataclass
    class Taken(Message):
        """One of the things that are offered is wanted: its index."""

        at: int

    def __init__(self, offered: Sequence[str] = ()) -> None:
        super().__init__()
        self._offered = tuple(offered)

    def compose(self) -> ComposeResult:
        yield Static("enter goes on", classes="asked")
        if self._offered:
            yield Static("Or, if you like:", classes="asked")
            offers = NumberedList(self._offered)
            offers.can_focus = False
            yield offers

    def focus_first(self) -> None:
        self.focus()

    def on_key(self, event: events.Key) -> None:
        if event.key in ("enter", "space"):
            event.stop()
            self.go_on()
        elif event.key.isdecimal() and 0 < int(event.key) <= len(self._offered):
            event.stop()
            self.post_message(self.Taken(int(event.key) - 1))

    @on(OptionList.OptionSelected)
    def take(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Taken(event.option_index))
