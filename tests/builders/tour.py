"""A tour through every screen with given words in every table: in this process, or as a program on a terminal."""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
import json
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from textual.dom import DOMNode
from textual.message import Message
from textual.pilot import Pilot
from textual.screen import Screen

from builders.devices import called, carry
from builders.doors import steady_journal
from builders.notes import jotted
from builders.screens import context_in, kinship_app
from builders.vaults import CHEAP, PASSPHRASE
from kinship.ground.clock import FrozenClock
from kinship.journal.journal import Journal
from kinship.snapshot.kept import frozen
from kinship.tui import navigation as go
from kinship.tui.app import KinshipApp
from kinship.tui.context import Context
from kinship.tui.guard import SAFE_SCREEN
from kinship.tui.palette import CommandPalette
from kinship.tui.screens.every import every_screen
from kinship.vault import Change, new_id, open_vault, unlock

Way = Callable[[KinshipApp, Journal], object]
"""How to get from Today to a screen."""
LOOKED = ("down", "tab", "down", "right", "end", "home")
"""Keys that are pressed on every screen, none of which leaves it."""
LONGEST = 20.0
"""Seconds until a screen must be there."""


def _asking(request: Callable[[Journal], Message]) -> Way:
    return lambda app, journal: app.screen.post_message(request(journal))


def _first(journal: Journal) -> str:
    return journal.alters.all()[0].id


def _written_over(journal: Journal) -> str:
    return next(one.id for one in journal.pages.all() if journal.pages.history(one.id))


def _session(id_: str) -> Way:
    return _asking(lambda _: go.SessionRequested(id_))


def _shut(app: KinshipApp, journal: Journal) -> object:
    from kinship.tui.screens.shut import ShutScreen

    return app.push_screen(ShutScreen(app.context, journal, "It could not be saved."))


def _unlock(app: KinshipApp, _journal: Journal) -> object:
    from kinship.tui.screens.unlock import UnlockScreen

    return app.push_screen(UnlockScreen(app.context, app.path))


def _first_start(app: KinshipApp, _journal: Journal) -> object:
    from kinship.tui.screens.first_start import FirstStartScreen

    return app.push_screen(FirstStartScreen(app.context, app.path))


WAYS: dict[str, Way] = {
    "TodayScreen": lambda _app, _journal: None,
    "WriteScreen": _asking(lambda journal: go.WriteRequested(journal.pages.latest(1)[0].id)),
    "CircleScreen": _asking(lambda _: go.CircleRequested()),
    "PersonScreen": _asking(lambda journal: go.PersonRequested(_first(journal))),
    "MappingScreen": _asking(lambda _: go.MappingRequested()),
    "WhoKnowsScreen": _asking(lambda _: go.KnowsRequested()),
    "NumbersScreen": _asking(lambda _: go.NumbersRequested()),
    "PagesScreen": _asking(lambda _: go.PagesRequested()),
    "YearScreen": _asking(lambda _: go.YearRequested()),
    "PageScreen": _asking(lambda journal: go.PageRequested(journal.pages.latest(1)[0].id)),
    "HistoryScreen": _asking(lambda journal: go.HistoryRequested(_written_over(journal))),
    "TemplatesScreen": _asking(lambda _: go.TemplatesRequested()),
    "TemplateScreen": _asking(lambda journal: go.TemplateRequested(journal.all_templates()[0].id)),
    "JournalsScreen": _asking(lambda _: go.JournalsRequested()),
    "ConflictsScreen": _asking(lambda _: go.ConflictsRequested()),
    "ReflectionsScreen": _asking(lambda _: go.ReflectionsRequested()),
    "ReflectScreen": _session("val-heard"),
    "AppointmentsScreen": _asking(lambda _: go.AppointmentsRequested()),
    "AppointmentScreen": _asking(lambda journal: go.AppointmentRequested(journal.appointments.all()[0].id)),
    "ChoicesScreen": _asking(lambda _: go.ChoicesRequested()),
    "SettingsScreen": _asking(lambda _: go.SettingsRequested()),
    "PatternsScreen": _asking(lambda _: go.PatternsRequested()),
    "LookBackScreen": _asking(lambda _: go.LookBackRequested()),
    "PulseScreen": _asking(lambda _: go.PulseRequested()),
    "CardScreen": _asking(lambda _: go.CardRequested()),
    "InboxScreen": _asking(lambda _: go.InboxRequested()),
    "PrivacyScreen": _asking(lambda _: go.PrivacyRequested()),
    "ExportScreen": _asking(lambda _: go.ExportRequested()),
    "DocumentScreen": _asking(lambda _: go.DocumentRequested()),
    "BringScreen": _asking(lambda _: go.BringRequested()),
    "TakeOutScreen": _asking(lambda _: go.TakeOutRequested()),
    "SnapshotsScreen": _asking(lambda _: go.SnapshotsRequested()),
    "SnapshotScreen": _asking(lambda journal: go.SnapshotRequested(journal.snapshots.all()[0].id, go.TODAYS)),
    "VaultsScreen": _asking(lambda _: go.VaultsRequested()),
    "HelpScreen": lambda app, _journal: app.action_help(),
    "VeilScreen": lambda app, _journal: app.action_veil(),
    "CommandPalette": lambda app, _journal: app.action_command_palette(),
    "UnlockScreen": _unlock,
    "ShutScreen": _shut,
    "FirstStartScreen": _first_start,
}
"""Every screen there is; `unvisited` says which one is missing."""
TYPED: dict[str, Sequence[str]] = {
    "WriteScreen": ("ctrl+end", "enter", "@", "enter", *"#x", "tab"),
    "PersonScreen": ("n", "escape", "r", "escape"),
    "CircleScreen": ("v", "down", "/"),
    "DocumentScreen": ("3", "tab", "x", "shift+tab", "2", "j", "1", "tab", "2"),
    "SnapshotScreen": ("v", "down", "v"),
    "SnapshotsScreen": ("c", "escape", "r", "escape"),
    "PageScreen": ("s", "down"),
    "HistoryScreen": ("t", "t"),
    "JournalsScreen": ("r", "x", "escape"),
    "PagesScreen": ("slash", *"with", "escape", "s", "x", "enter", "o"),
    "YearScreen": ("p", "n", "enter", "down"),
}
"""What else is pressed on a screen, to bring out what it holds back."""
PASSING: Sequence[str] = ("down", "x", "f3") * 9
ANSWERING: Sequence[str] = ("x", "enter", "space", "ctrl+j") * 10
"""Keys that go through a guided session, whatever it asks for."""
SESSIONS: Sequence[tuple[str, Sequence[str]]] = (
    ("cop-load", ANSWERING), ("cop-settle", PASSING), ("cop-plan", ANSWERING), ("bel-map", PASSING)
)  # fmt: skip
"""The fewest sessions, and ways through them, in which every kind of step comes up."""


def visits(*, sessions: bool, only: Sequence[str] = ()) -> list[tuple[str, Way, Sequence[str]]]:
    """Return every stop of the tour, or `only` those: the screen, the way to it, and what is pressed there."""
    stops: list[tuple[str, Way, Sequence[str]]] = [
        (name, way, (*LOOKED, *TYPED.get(name, ()))) for name, way in WAYS.items() if not only or name in only
    ]
    if not sessions:
        return stops
    return [*stops, *(("ReflectScreen", _session(id_), keys) for id_, keys in SESSIONS)]


def own(kind: type[DOMNode]) -> list[type[DOMNode]]:
    """Return our screens or widgets, save those that are only there to be built on."""
    every: tuple[type[DOMNode], ...] = (*every_screen(), CommandPalette)
    found = [one for one in every if issubclass(one, kind)]
    return [one for one in found if not any(one is not other and issubclass(other, one) for other in found)]


def unvisited() -> list[str]:
    """Return the screens that nobody has said the way to."""
    return sorted({one.__name__ for one in own(Screen)} - set(WAYS))


# A journal full of the words.


def put(table: str, id_: str = "", **fields: Any) -> Change:
    """Return a document as it would lie in a vault, unchecked."""
    return Change(table, id_ or new_id(), fields)


def fill(journal: Journal, names: Sequence[str], words: Sequence[str]) -> None:
    """Put `names` and `words` into every table and field, past every door."""
    now = journal.clock.now()
    day, at = journal.today().isoformat(), now.isoformat()
    kinds = ("person", "group", "professional", "pet", "place", "online", "practice")
    people = [new_id() for _ in names]
    changes: list[Change] = []
    for number, (id_, name) in enumerate(zip(people, names, strict=True)):
        kind = kinds[number % len(kinds)] if number > len(names) // 2 else "person"
        text = words[number % len(words)]
        alter: dict[str, Any] = {
            "kind": kind,
            "name": name,
            "notes": text,
            "pronouns": text,
            "birthday": f"--{day[5:]}",
        }
        changes.append(put("alters", id_, **alter, aliases=[name]))
        said: dict[str, Any] = {"status": "active", "ring": ("inner", "middle", "outer")[number % 3], "sector": text}
        said |= {f"gives.emotional.{text}": 2, "gives.listening": 3, "strain.conflict": 1}
        changes += [_fact([id_], field, value, day, at) for field, value in said.items()]
        if number:
            changes.append(_fact(sorted([people[number - 1], id_]), "knows", 2, day, at))
        moment: dict[str, Any] = {
            "day": day,
            "alter": id_,
            "direction": "from_them",
            "kind": "emotional",
            "strength": 2,
        }
        changes.append(put("moments", **moment, subkind=f"emotional.{text}"))
        body = f"{text} with @{name} and {name}\n> {name}\n- {text} #{text}\n`{text}`"
        names_of = {name: id_}
        page: dict[str, Any] = {
            "at": at,
            "zone": "UTC",
            "day": day,
            "body": body,
            "names": names_of,
            "tags": [text],
            "topic": text,
        }
        changes.append(put("entries", **page, title=f"{text} {name}" if number % 2 else None, journal=text))
        changes.append(put("entries", **page, feelings=[text], mood=3))
    before = (journal.today() - dt.timedelta(days=365)).isoformat()
    changes.append(put("entries", at=at, zone="UTC", day=before, body=f"{words[0]} with {names[0]}", starred=True))
    person = people[0]
    changes.append(put("intentions", text=f"Ring {names[0]}, {words[0]}", made=day, due=day, alter=person))
    visit: dict[str, Any] = {
        "at": (now + dt.timedelta(days=1)).isoformat(),
        "with": names[-1],
        "bring": list(words[:2]),
    }
    changes.append(put("appointments", **visit))
    starred = next(one for one in changes if one.table == "entries")
    for number, text in enumerate(words):
        changes.append(put("templates", name=f"{names[0]} {number}", body=f"{text} with @{names[0]}", journal=text))
        changes.append(
            put("revisions", entry=starred.id, at=at, device=text, title=text, body=f"{text} was {names[0]}")
        )
    changes.append(put("lines", entry=starred.id, text=words[-1], day=day))
    changes.append(put("card", "card", people=list(names[:2]), numbers=[words[0]], words=words[-1], helps=[words[0]]))
    changes.append(put("choices", "own_name", value=names[0]))
    changes.append(put("choices", "search.x", value={"name": words[-1], "line": f'"{names[0]}" or {words[0]}'}))
    changes.append(put("choices", "on_this_day", value=True))
    changes.append(put("choices", "prompts_put_away", value=["val-01", words[0]]))
    journal.vault.commit(changes)
    journal.vault.commit([_kept_map(journal, names, words)])


def _kept_map(journal: Journal, names: Sequence[str], words: Sequence[str]) -> Change:
    """Return a kept map whose copy holds these names and words as they are."""
    today = journal.today()
    told = json.loads(frozen(journal.circle.as_of(today), seed=journal.vault.id)[0])
    for number, node in enumerate(told["nodes"]):
        node |= {"name": names[number % len(names)], "sector": words[number % len(words)]}
    said = {"as_of": today.isoformat(), "taken": journal.clock.now().isoformat(), "names": "full"}
    return put("snapshots", **said, title=f"{words[0]} {names[0]}", map=json.dumps(told))


def _fact(subject: list[str], field: str, value: Any, day: str, at: str) -> Change:
    return put("facts", subject=subject, field=field, value=value, recorded=at, **{"from": day})


def told_twice(journal: Journal, folder: Path, words: str, device: str) -> None:
    """Let another computer, called `device`, write on the newest page at the same time."""
    page = journal.pages.latest(1)[0].id
    home, copy, state = journal.vault.path, folder / "other.kinship", folder / "other-state"
    shutil.copytree(home, copy)
    clock = FrozenClock(journal.clock.now() + dt.timedelta(minutes=5))
    key = unlock(copy, PASSPHRASE, state=state, floor=CHEAP)
    with called(device), open_vault(copy, key, state=state, clock=clock) as vault:
        document = vault.get("entries", page)
        assert document is not None
        vault.commit([Change("entries", page, {**document, "body": f"{words} elsewhere"})])
    mine = journal.vault.get("entries", page)
    assert mine is not None
    journal.vault.commit([Change("entries", page, {**mine, "body": f"{words} here"})])
    carry(copy, home)
    journal.refresh()


def journal_of(folder: Path, names: Sequence[str], words: Sequence[str], **changes: Any) -> tuple[Context, Journal]:
    """Return a context and a journal in which these names and words stand in every table."""
    context = context_in(folder, **changes)
    with called(f"dev{words[0]}"):
        journal = steady_journal(context)
        fill(journal, names, words)
        told_twice(journal, folder, f"{words[0]} {names[0]}", f"other{words[-1]}")
        jotted(journal.vault, f"{words[0]} for {names[0]}", words[-1], at=journal.clock.now())
        journal.take_notes()
    return context, journal


# The tour.


async def arrive(pilot: Pilot[Any], name: str) -> None:
    """Wait until the screen is there and quiet."""
    end = asyncio.get_running_loop().time() + LONGEST
    while type(pilot.app.screen).__name__ != name:
        if asyncio.get_running_loop().time() > end:
            raise AssertionError(f"{name} never came; there was {type(pilot.app.screen).__name__}")
        await pilot.pause(0.01)
    await settled(pilot)


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until every worker is done and what it brought is painted; a chart may take its time."""
    end = asyncio.get_running_loop().time() + LONGEST
    await pilot.pause()
    while any(not one.is_finished for one in pilot.app.workers) and asyncio.get_running_loop().time() < end:
        await pilot.pause(0.01)
    await pilot.pause()


def kinds_on(screen: Screen[Any]) -> set[str]:
    """Return the names of the classes of everything on a screen."""
    return {kind.__name__ for widget in screen.walk_children(with_self=True) for kind in type(widget).__mro__}


async def tour(
    app: KinshipApp, journal: Journal, pilot: Pilot[Any], *, sessions: bool = False, only: Sequence[str] = ()
) -> set[str]:
    """Visit every screen, with `sessions` many guided ones, and return the classes of all widgets that were seen."""
    seen: set[str] = set()
    floor = list(app.screen_stack)
    for name, way, keys in visits(sessions=sessions, only=only):
        way(app, journal)
        await arrive(pilot, name)
        app.notify(journal.alters.all()[0].name, title=journal.alters.all()[-1].name)
        await pilot.pause()
        for key in keys:
            if type(app.screen).__name__ == name:
                await pilot.press(key)
                seen |= kinds_on(app.screen)
        await settled(pilot)
        seen |= kinds_on(app.screen)
        while len(app.screen_stack) > len(floor):
            app.pop_screen()
        await pilot.pause()
    return seen


def main() -> None:
    """Tour on this terminal; what was seen is written to `seen.json` of the folder."""
    from kinship.privacy.process import harden
    from kinship.privacy.reports import install_hooks

    folder = Path(sys.argv[1])
    told = json.loads((folder / "tour.json").read_text())
    harden()
    install_hooks()
    environment = {SAFE_SCREEN: "1"} if told["safe"] else {}
    context, journal = journal_of(folder, told["names"], told["words"], environment=environment)
    app = kinship_app(context, journal=journal)
    gc.freeze()
    seen: set[str] = set()

    async def pilot(pilot: Pilot[Any]) -> None:
        await arrive(pilot, "TodayScreen")
        seen.update(await tour(app, journal, pilot, sessions=told["sessions"], only=told["only"]))
        app.exit(0)

    asyncio.run(app.run_async(auto_pilot=pilot))
    app.close_journal()
    (folder / "seen.json").write_text(json.dumps(sorted(seen)))
    sys.exit(app.return_code or 0)


if __name__ == "__main__":
    main()
