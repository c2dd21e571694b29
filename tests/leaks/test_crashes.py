"""Whatever breaks on whatever screen, the report says where and as what, and none of the words that were near."""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual import work
from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.reactive import var
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from builders.doors import locked_vault, steady_journal
from builders.screens import context_in, kinship_app
from builders.sweep import CANARIES, shows
from builders.tour import WAYS, put
from kinship.journal.journal import Journal, PageText
from kinship.privacy.reports import HEADLINE, install_hooks
from kinship.snapshot.keeping import keep_map
from kinship.tui.app import KinshipApp
from kinship.tui.context import Context
from kinship.tui.guard import GuardedApp

BODY = f"{CANARIES['body']} with @{CANARIES['name']} #{CANARIES['tag']}"


class Broken(Exception):
    """Carries words, as an error of a parser or a widget would."""


def break_here(secret: str = BODY) -> None:
    """Raise with a canary in the message, in the cause and in two frames of locals."""
    passphrase = CANARIES["passphrase"]
    try:
        int(secret)
    except ValueError as error:
        failure = Broken(f"{passphrase} {secret}")
        failure.add_note(f"while reading {secret}")
        raise failure from error


class Shard(Widget):
    """A widget that breaks when it is painted, made, told something or taken away."""

    told: var[str] = var("", init=False)

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where
        self.words = BODY

    def render(self) -> str:
        if self.where == "render":
            break_here(self.words)
        return ""

    def compose(self) -> ComposeResult:
        if self.where == "compose":
            break_here(self.words)
        yield Static("")

    def render_line(self, y: int) -> Strip:
        if self.where == "lines":
            break_here(self.words)
        return super().render_line(y)

    def watch_told(self, told: str) -> None:
        if told:
            break_here(told)

    def on_unmount(self) -> None:
        if self.where == "unmount":
            break_here(self.words)

    class Posted(Message):
        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def on_shard_posted(self, event: Shard.Posted) -> None:
        break_here(event.words)

    def on_mount(self) -> None:
        if self.where == "message":
            self.post_message(self.Posted(BODY))
        elif self.where == "timer":
            self.set_timer(0.01, break_here)
        elif self.where == "worker":
            self.in_thread(BODY)
        elif self.where == "unmount":
            self.call_later(self.remove)
        elif self.where == "later":
            self.call_after_refresh(break_here, self.words)
        elif self.where == "watch":
            self.told = BODY
        elif self.where == "task":
            self.run_worker(self.in_task(BODY))

    @work(thread=True)
    def in_thread(self, words: str) -> None:
        break_here(words)

    async def in_task(self, words: str) -> None:
        break_here(words)


PLACES = ("render", "message", "timer", "worker", "task", "compose", "lines", "unmount", "later", "watch")
CASES = [("TodayScreen", where) for where in PLACES]
CASES += [(name, PLACES[at % len(PLACES)]) for at, name in enumerate(WAYS) if name != "TodayScreen"]
"""Every place on one screen, and every screen with one place: the guard is the App's, the words are the screens'."""


@pytest.fixture
def hooks() -> Iterator[None]:
    """Give the interpreter's hooks back as they were."""
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    install_hooks()
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = before


def journal_of_canaries(context: Context) -> Journal:
    journal = steady_journal(context)
    journal.add_alter(CANARIES["name"])
    page = PageText(body=BODY, title=CANARIES["title"], tags=(CANARIES["tag"],))
    (id_,) = journal.keep_page(page).made["entries"]
    former = put("revisions", entry=id_, at=context.clock.now().isoformat(), device="d", title="", body=BODY)
    journal.vault.commit([former])
    journal.keep_template(CANARIES["label"], BODY)
    keep_map(journal, journal.circle.as_of(journal.today()), title=CANARIES["title"])
    journal.appoint(context.clock.now() + dt.timedelta(days=2), with_=CANARIES["name"])
    return journal


async def crash(app: GuardedApp, go_there: Callable[[], object], name: str, where: str) -> None:
    """Run the App as the program does, without a terminal; on the screen `name` something breaks."""

    async def pilot(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        go_there()
        while type(app.screen).__name__ != name:
            await pilot.pause()
        app.screen.mount(Shard(where))
        await app._exception_event.wait()

    try:
        await app.run_async(headless=True, size=(80, 24), auto_pilot=pilot)
    except Broken as error:  # one that breaks while it is taken down reaches the main door
        sys.excepthook(Broken, error, error.__traceback__)


def canaries_in(told: str) -> list[str]:
    return [which for which, word in CANARIES.items() if shows(told.encode(), word)]


@pytest.mark.usefixtures("hooks")
@pytest.mark.parametrize(("name", "where"), CASES)
async def test_a_crash_says_where_and_none_of_the_words(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, where: str
) -> None:
    context = context_in(tmp_path)
    journal = journal_of_canaries(context)
    app = kinship_app(context, journal=journal)
    await crash(app, lambda: WAYS[name](app, journal), name, where)
    told = "".join(capfd.readouterr())
    assert app.return_code == 1 or where == "unmount"
    assert HEADLINE in told
    assert "Broken" in told
    assert "break_here" in told
    assert canaries_in(told) == []
    app.close_journal()


async def crash_at_the_door(app: KinshipApp, *fields: str) -> None:
    """Type the passphrase into the fields of the first screen and wait for what breaks."""

    async def pilot(pilot: Pilot[Any]) -> None:
        while not app.screen.query(Input):
            await pilot.pause()
        for field in fields:
            app.screen.query_one(field, Input).value = CANARIES["passphrase"]
        await app.screen.query_one(fields[-1], Input).action_submit()
        await app._exception_event.wait()

    await app.run_async(headless=True, size=(80, 24), auto_pilot=pilot)


def breaking(_path: Path, secret: str, *_: object, **__: object) -> None:
    break_here(secret)


@pytest.mark.usefixtures("hooks")
@pytest.mark.parametrize(
    ("made", "function", "fields"),
    [(True, "open_journal", ["PassphraseField"]), (False, "make_journal", ["#first", "#again"])],
    ids=["unlock", "first start"],
)
async def test_a_crash_at_the_door_keeps_the_passphrase_to_itself(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    function: str,
    fields: list[str],
    *,
    made: bool,
) -> None:
    monkeypatch.setattr(f"kinship.tui.opening.{function}", breaking)
    context = context_in(tmp_path)
    if made:
        locked_vault(context)
    app = kinship_app(context)
    await crash_at_the_door(app, *fields)
    told = "".join(capfd.readouterr())
    assert "Broken" in told
    assert canaries_in(told) == []


def unguarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the guard off: a crash is Textual's own again."""
    for hook in ("_handle_exception", "_fatal_error", "_print_error_renderables", "panic"):
        monkeypatch.setattr(GuardedApp, hook, getattr(App, hook))


@pytest.mark.parametrize("where", ["render", "message", "worker"])
async def test_without_the_guard_the_same_crash_prints_the_diary(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    unguarded(monkeypatch)
    context = context_in(tmp_path)
    journal = journal_of_canaries(context)
    app = kinship_app(context, journal=journal)
    await crash(app, lambda: None, "TodayScreen", where)
    assert {"body", "passphrase"} <= set(canaries_in("".join(capfd.readouterr())))
    app.close_journal()


class Falling:
    """Breaks when it is thrown away."""

    def __del__(self) -> None:
        break_here(BODY)


async def lost_task() -> None:
    async def fail() -> None:
        break_here(BODY)

    lost = asyncio.ensure_future(fail())
    await asyncio.sleep(0.05)
    del lost
    gc.collect()


async def fall() -> None:
    falling = Falling()
    del falling
    gc.collect()


async def warn() -> None:
    warnings.warn(BODY, stacklevel=1)
    warnings.warn_explicit(BODY, DeprecationWarning, CANARIES["body"], 1)


async def log() -> None:
    logging.getLogger("somebody.elses").error("%s", BODY)
    try:
        break_here(BODY)
    except Broken:
        logging.getLogger("asyncio").exception(BODY)
    logging.getLogger("x").error("%d", BODY)


async def other_thread() -> None:
    thread = threading.Thread(target=break_here, args=(BODY,), name=CANARIES["name"])
    thread.start()
    await asyncio.to_thread(thread.join)


async def handler() -> None:
    asyncio.get_running_loop().call_exception_handler({"message": BODY, "exception": Broken(BODY), "words": BODY})


ASIDE = {one.__name__: one for one in (lost_task, fall, warn, log, other_thread, handler)}
PROGRAM = """
import asyncio, importlib.util, sys, warnings
sys.path[:0] = sys.argv[2:]
told = importlib.util.spec_from_file_location("aside", sys.argv[1])
aside = importlib.util.module_from_spec(told); sys.modules["aside"] = aside; told.loader.exec_module(aside)
from builders.screens import Stage
from kinship.privacy.reports import install_hooks
name, guarded = sys.stdin.read().split()
warnings.simplefilter("always")
if guarded == "guarded": install_hooks()
else: Stage.on_load = aside.GuardedApp.on_load = lambda self: None
app = Stage()
async def pilot(pilot):
    await pilot.pause()
    await aside.ASIDE[name]()
    app.exit(0)
asyncio.run(app.run_async(headless=True, auto_pilot=pilot))
asyncio.run(aside.ASIDE[name]()) if name != "handler" else None
"""


def told_aside(name: str, guarded: str) -> str:
    """Return what a program prints in which something fails beside the screen, and once more without one."""
    roots = [str(Path(__file__).parents[1])]
    command = [sys.executable, "-c", PROGRAM, __file__, *roots]
    done = subprocess.run(command, input=f"{name} {guarded}", capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", ASIDE)
def test_what_fails_beside_the_screen_says_no_word(name: str) -> None:
    found = canaries_in(told_aside(name, "guarded"))
    assert found == []


@pytest.mark.parametrize("name", ["fall", "warn", "log", "other_thread"])
def test_what_fails_beside_an_open_door_would_be_noticed(name: str) -> None:
    assert "body" in canaries_in(told_aside(name, "open"))
