"""Whatever breaks in whichever worker, command or hook: the report has no word in it; each is found by looking."""

from __future__ import annotations

import ast
import asyncio
import importlib
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType
from typing import Any, NamedTuple

import pytest
from textual.app import App
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.worker import WorkerState

import kinship.tui
from builders.screens import kinship_app
from builders.sweep import CANARIES, shows
from builders.tour import WAYS, arrive, journal_of
from kinship.privacy.reports import install_hooks
from kinship.tui.app import KinshipApp
from kinship.tui.guard import GuardedApp
from kinship.tui.screens.every import every_screen

TUI = Path(kinship.tui.__file__).parent
SOURCE = TUI.parent
BODY = f"{CANARIES['body']} with {CANARIES['passphrase']}"
NAMES = (CANARIES["name"], "Noor")
LONGEST = 20.0


class Worker(NamedTuple):
    """A method that runs beside the screen: where it is, and whether its failure ends the program."""

    module: str
    owner: str
    method: str
    ends: bool


def _decorators(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.Call | ast.Name]:
    for one in node.decorator_list:
        called = one.func if isinstance(one, ast.Call) else one
        if isinstance(called, ast.Name) and called.id == "work" and isinstance(one, (ast.Call, ast.Name)):
            yield one


def every_worker() -> list[Worker]:
    """Return every method below `tui` that is marked as work, read from the source."""
    found = []
    for path in sorted(TUI.rglob("*.py")):
        module = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
        for owner in (one for one in ast.walk(ast.parse(path.read_text())) if isinstance(one, ast.ClassDef)):
            for node in owner.body:
                if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    continue
                for marked in _decorators(node):
                    told = {one.arg: one.value for one in marked.keywords} if isinstance(marked, ast.Call) else {}
                    ends = told.get("exit_on_error")
                    quiet = isinstance(ends, ast.Constant) and ends.value is False
                    found.append(Worker(module, owner.name, node.name, not quiet))
    return found


WORKERS = every_worker()


class Broken(Exception):
    """Carries words, as an error of a parser or a widget would."""


def break_here(secret: str = BODY) -> None:
    """Raise with a canary in the message, in the cause, in a note and in two frames of locals."""
    passphrase = CANARIES["passphrase"]
    try:
        int(secret)
    except ValueError as error:
        failure = Broken(f"{passphrase} {secret}")
        failure.add_note(f"while reading {secret}")
        raise failure from error


def break_thread(*_: Any, **__: Any) -> None:
    import sys as interpreter

    interpreter.modules["every_worker_breaks"].break_here()


async def break_task(*_: Any, **__: Any) -> None:
    import sys as interpreter

    interpreter.modules["every_worker_breaks"].break_here()


@pytest.fixture
def hooks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give the interpreter's hooks back as they were."""
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    install_hooks()
    monkeypatch.setitem(sys.modules, "every_worker_breaks", sys.modules[__name__])
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = before


def canaries_in(told: str) -> list[str]:
    return [which for which, word in CANARIES.items() if shows(told.encode(), word)]


def owner_of(app: KinshipApp, kind: type[DOMNode]) -> DOMNode | None:
    """Return what the worker belongs to, where it is on the screen now."""
    if isinstance(app, kind):
        return app
    return next((one for one in app.screen.walk_children(with_self=True) if isinstance(one, kind)), None)


async def found_somewhere(app: KinshipApp, pilot: Pilot[Any], kind: type[DOMNode], journal: Any) -> DOMNode:
    """Go from screen to screen until one holds the owner of the worker."""
    floor = len(app.screen_stack)
    heirs = {one.__name__ for one in every_screen() if issubclass(one, kind)}
    ways = sorted(WAYS.items(), key=lambda way: way[0] not in heirs)
    for name, way in ways:
        way(app, journal)
        await arrive(pilot, name)
        owner = owner_of(app, kind)
        if owner is not None:
            return owner
        while len(app.screen_stack) > floor:
            app.pop_screen()
        await pilot.pause()
    raise AssertionError(f"{kind.__name__} is on no screen of the tour")


def method_of(worker: Worker) -> tuple[type[DOMNode], FunctionType]:
    owner = getattr(importlib.import_module(worker.module), worker.owner)
    return owner, vars(owner)[worker.method].__wrapped__


def broken_like(function: FunctionType) -> Callable[..., Any]:
    return break_task if asyncio.iscoroutinefunction(function) else break_thread


def test_the_workers_are_found() -> None:
    assert len(WORKERS) > 10
    assert {one.method for one in WORKERS} >= {"look_again", "make_vault", "load_the_rest"}


async def test_a_worker_without_the_guard_would_be_noticed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for hook in ("_handle_exception", "_fatal_error", "_print_error_renderables", "panic"):
        monkeypatch.setattr(GuardedApp, hook, getattr(App, hook))
    context, journal = journal_of(tmp_path, NAMES, (BODY,))
    app = kinship_app(context, journal=journal)

    async def pilot(pilot: Pilot[Any]) -> None:
        await arrive(pilot, "TodayScreen")
        app.run_worker(break_here, thread=True)
        await app._exception_event.wait()

    await app.run_async(headless=True, size=(80, 24), auto_pilot=pilot)
    assert {"body", "passphrase"} <= set(canaries_in("".join(capfd.readouterr())))
    app.close_journal()


@pytest.mark.usefixtures("hooks")
@pytest.mark.parametrize("worker", WORKERS, ids=lambda one: f"{one.owner}.{one.method}")
async def test_a_worker_that_breaks_says_no_word(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, worker: Worker
) -> None:
    context, journal = journal_of(tmp_path, NAMES, (BODY,))
    app = kinship_app(context, journal=journal)
    kind, function = method_of(worker)
    shown: list[str] = []

    async def pilot(pilot: Pilot[Any]) -> None:
        await arrive(pilot, "TodayScreen")
        owner = await found_somewhere(app, pilot, kind, journal)
        monkeypatch.setattr(function, "__code__", broken_like(function).__code__)
        run = getattr(owner, worker.method)(BODY)
        end = asyncio.get_running_loop().time() + LONGEST
        while not run.is_finished and app._exception is None and asyncio.get_running_loop().time() < end:
            await pilot.pause(0.01)
        await pilot.pause()
        assert run.state is WorkerState.ERROR
        shown.extend("".join(part.text for part in row) for row in app.screen._compositor.render_strips())
        if not worker.ends:
            app.exit(0)

    code = function.__code__
    try:
        await app.run_async(headless=True, size=(80, 24), auto_pilot=pilot)
    finally:
        function.__code__ = code
    told = "".join(capfd.readouterr())
    assert app.return_code == (1 if worker.ends else 0)
    assert ("Broken" in told) is worker.ends
    assert canaries_in(told) == []
    assert [row for row in shown if CANARIES["passphrase"] in row and "Broken" in row] == []
    app.close_journal()
