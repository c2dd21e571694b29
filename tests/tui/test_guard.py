"""Nothing a terminal obeys leaves, nothing is read as markup, and no crash shows a word."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.app import App, ComposeResult
from textual.color import Color
from textual.content import Content
from textual.widget import Widget
from textual.widgets import (
    Button,
    Checkbox,
    Collapsible,
    DataTable,
    Header,
    Input,
    Label,
    Log,
    Markdown,
    OptionList,
    RichLog,
    Select,
    Static,
    Tab,
    Tabs,
    TextArea,
    Tree,
)
from textual.widgets.option_list import Option

from builders.hostile import CONTROLS, MARKUP, obeyed_in
from builders.screens import Stage, painted
from builders.terminal import Terminal
from kinship.tui.guard import GuardedApp, OnlyText

HOSTILE = " ".join(text for name, text in CONTROLS.items() if "surrogate" not in name and "undecodable" not in name)


def _table(words: str) -> Widget:
    table: DataTable[Text] = DataTable()
    table.add_columns(Text(words), "b")
    table.add_row(Text(words), Text("x"))
    return table


def _tree(words: str) -> Widget:
    tree: Tree[None] = Tree(Text(words))
    tree.root.add_leaf(Text(words))
    tree.root.expand()
    return tree


def _bordered(words: str) -> Widget:
    box = Static("x")
    box.styles.border = ("round", "red")
    box.border_title = Content(words)
    return box


def _logged(words: str) -> Widget:
    log = Log()
    log.write_line(words)
    return log


WIDGETS: dict[str, Callable[[str], Widget]] = {
    "Static": lambda words: Static(words, markup=False),
    "Static content": lambda words: Static(Content(words)),
    "Static text": lambda words: Static(Text(words)),
    "Label": lambda words: Label(words, markup=False),
    "DataTable": _table,
    "TextArea": TextArea,
    "Input": lambda words: Input(words, placeholder=words),
    "Markdown": Markdown,
    "OptionList": lambda words: OptionList(Option(Content(words)), markup=False),
    "Tree": _tree,
    "Button": lambda words: Button(Content(words)),
    "Select": lambda words: Select([(words, 1)], value=1),
    "RichLog": lambda _words: RichLog(),
    "Log": _logged,
    "Tabs": lambda words: Tabs(Tab(Content(words))),
    "Checkbox": lambda words: Checkbox(Content(words)),
    "Collapsible": lambda words: Collapsible(Static("x"), title=words.replace("[", "(")),
    "border title": _bordered,
}


class Wall(GuardedApp):
    """One widget of each kind, all saying the same."""

    CSS = "Screen > * { height: 3; }"

    def __init__(self, kind: str, words: str) -> None:
        super().__init__()
        self.kind = kind
        self.words = words

    def compose(self) -> ComposeResult:
        yield Header()
        yield WIDGETS[self.kind](self.words)

    def on_mount(self) -> None:
        self.title = self.words.replace("[", "(")
        for log in self.query(RichLog):
            log.write(Text(self.words))
        self.notify(self.words, title=self.words)


@pytest.mark.parametrize("kind", WIDGETS)
async def test_no_widget_lets_a_control_character_reach_the_terminal(kind: str) -> None:
    app = Wall(kind, HOSTILE)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        rows = painted(app).split("\n")
        assert [obeyed_in(row) for row in rows if obeyed_in(row)] == []


async def test_without_the_filter_the_same_wall_leaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OnlyText, "apply", lambda _self, segments, _background: segments)
    app = Wall("Static text", HOSTILE)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert obeyed_in(painted(app).replace("\n", ""))


@pytest.mark.parametrize("name", MARKUP)
async def test_a_toast_reads_no_markup_whatever_it_is_told(name: str) -> None:
    app = Stage()
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        app.notify(MARKUP[name], title=MARKUP[name], markup=True)
        await pilot.pause()
        await pilot.pause()
        assert MARKUP[name][:10] in painted(app)


def test_a_line_keeps_its_width_when_controls_become_visible() -> None:
    line = [Segment("ab\x1b[2Jcd"), Segment("ef", Style(link="javascript:alert(1)"))]
    width = Segment.get_line_length(line)
    safe = OnlyText().apply(line, Color(0, 0, 0))
    assert Segment.get_line_length(safe) == width
    assert "\x1b" not in "".join(one.text for one in safe)
    assert all(one.style is None or one.style.link is None for one in safe)


def test_an_innocent_line_is_passed_as_it_is() -> None:
    line = [Segment("Zoë 漢字 می\u200cخواهم 👩\u200d👧")]
    assert OnlyText().apply(line, Color(0, 0, 0)) is line


async def test_every_widget_asks_the_app_for_its_filters() -> None:
    app = Stage()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert any(isinstance(one, OnlyText) for one in app.screen.get_line_filters())


@pytest.mark.parametrize("hook", ["_handle_exception", "_fatal_error", "_print_error_renderables", "panic"])
def test_textual_still_has_the_hooks_that_are_closed(hook: str) -> None:
    assert callable(getattr(App, hook))
    assert hook in vars(GuardedApp)


@pytest.mark.parametrize("name", ["_exception_event", "_close_messages_no_wait", "_exit_renderables"])
async def test_textual_still_has_what_the_hooks_use(name: str) -> None:
    async with Stage().run_test() as pilot:
        assert hasattr(pilot.app, name)


CRASHER = """
import sys
from kinship.privacy.process import harden
from kinship.privacy.reports import install_hooks
harden(); install_hooks()
from textual import work
from textual.widgets import Static
from kinship.tui.guard import GuardedApp

class Boom(GuardedApp):
    def compose(self):
        yield Static("up")
        if sys.argv[1] == "compose": self.boom("compose")
    def boom(self, entry):
        secret = "CANARY" + "-LOCAL"
        raise RuntimeError("CANARY" + "-MESSAGE " + secret)
    def on_mount(self):
        if sys.argv[1] == "mount": self.boom("x")
        if sys.argv[1] == "timer": self.set_timer(0.05, lambda: self.boom("x"))
        if sys.argv[1] == "worker": self.thread_worker()
        if sys.argv[1] == "task": self.run_worker(self.task())
        if sys.argv[1] == "later": self.call_after_refresh(self.boom, "x")
        if sys.argv[1] == "panic": self.panic("CANARY-PANIC")
    @work(thread=True)
    def thread_worker(self): self.boom("x")
    async def task(self): self.boom("x")

app = Boom(); app.run(); sys.exit(app.return_code)
"""


@pytest.mark.terminal
@pytest.mark.parametrize("where", ["mount", "compose", "timer", "worker", "task", "later", "panic"])
def test_a_crash_says_where_and_never_what(where: str, tmp_path: Path) -> None:
    script = tmp_path / "crasher.py"
    script.write_text(CRASHER, encoding="utf-8")
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "TEXTUAL_LOG": str(tmp_path / "textual.log")}
    with Terminal([sys.executable, str(script), where], environment) as terminal:
        assert terminal.end() == 1
        shown = bytes(terminal.raw).decode(errors="replace")
    assert "CANARY" not in shown
    assert "stopped unexpectedly" in shown
    assert where == "panic" or "RuntimeError" in shown
    assert not (tmp_path / "textual.log").exists()


def test_the_report_is_kept_for_the_end_and_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    app: Any = Stage()
    app._crashes = ["  first", "  second"]
    app._print_error_renderables()
    app._print_error_renderables()
    told = capsys.readouterr().err
    assert told.count("first") == 1
    assert "second" not in told
