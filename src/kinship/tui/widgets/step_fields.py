"""The steps that are answered on a few lines of their own: a plan for a hurdle, and a small next step."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, OptionList, Static

from kinship.privacy.text import clean_line
from kinship.reflect.answers import AnyAnswer, IfThen, Plan
from kinship.tui.widgets.step_body import NumberedList, StepBody, told


class FieldsBody(StepBody):
    """A few one-line fields, each with what it asks; enter goes to the next, and from the last one on."""

    def fields(self) -> Sequence[tuple[str, str]]:
        """Return what each field asks, and what stands in it."""
        return ()

    def compose(self) -> ComposeResult:
        for asked, value in self.fields():
            with Horizontal(classes="field"):
                yield Static(asked, markup=False)
                yield Input(clean_line(value), select_on_focus=False)

    @property
    def values(self) -> list[str]:
        return [clean_line(one.value) for one in self.query(Input)]

    @on(Input.Changed)
    def tell(self) -> None:
        self.changed()

    @on(Input.Submitted)
    def next_field(self, event: Input.Submitted) -> None:
        event.stop()
        inputs = list(self.query(Input))
        at = inputs.index(event.input) + 1
        if at < len(inputs):
            inputs[at].focus()
        else:
            self.go_on()


class IfThenBody(FieldsBody):
    """A plan for a hurdle."""

    def __init__(self, before: AnyAnswer | None) -> None:
        super().__init__()
        self._before = before if isinstance(before, IfThen) else IfThen()

    def fields(self) -> Sequence[tuple[str, str]]:
        return (("If …", self._before.if_), ("then I will …", self._before.then))

    def answer(self) -> AnyAnswer:
        return told(IfThen(*self.values))


class PlanBody(FieldsBody):
    """A small next step, with suggestions to take over."""

    def __init__(self, parts: Sequence[str], options: Sequence[str], before: AnyAnswer | None) -> None:
        super().__init__()
        self._parts = tuple(parts)
        self._options = tuple(options)
        self._before = before if isinstance(before, Plan) else Plan("")

    def fields(self) -> Sequence[tuple[str, str]]:
        asked = [("What?", self._before.what)]
        if "when_where" in self._parts:
            asked.append(("When and where?", self._before.when_where))
        if "if_blocked" in self._parts:
            asked.append(("If it does not work?", self._before.if_blocked))
        return asked

    def compose(self) -> ComposeResult:
        if self._options:
            yield NumberedList(self._options)
        yield from super().compose()

    def answer(self) -> AnyAnswer:
        what, when_where, blocked = (*self.values, "", "")[:3]
        return told(Plan(what, when_where, blocked))

    @on(OptionList.OptionSelected)
    def take(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        what, *others = self.query(Input)
        what.value = self._options[event.option_index]
        (others[0] if others else what).focus()
