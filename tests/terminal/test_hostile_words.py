"""Words that command terminals or read as markup go through every door and screen of the installed program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from builders.hostile import CONTROLS, MARKUP, leaks
from builders.installed import Machine, go_through, machine
from builders.terminal import Terminal
from kinship.vault import Change, new_id

pytestmark = pytest.mark.terminal

MARK = "Zzq"
"""Stands in every name, so that a screen that shows one is known."""
ORDERS = (
    "\x1b]52;c;SEVJTA==\x07",
    "\x1b]0;PWNED\x07",
    "\x1b]8;;javascript:alert(1)\x1b\\L\x1b]8;;\x1b\\",
    "\x1b[6n\x1b[31;5mR",
    "\x1bPq#0~\x1b\\",
    "\x9b31;5mC\x9d0;PWNED\x9c",
    "\u202egpj\u2066.exe\u200f",
    "\x1bc\x1b[2J",
    "a\rb\bc\vd\x00e",
)
NAMES = [f"{MARK}{order}" for order in ORDERS] + [f"{MARK}{words}" for words in MARKUP.values()]


SAME_BYTES = {
    "bare escape", "carriage return", "CSI clear", "CSI colour", "CSI report", "CSI long", "CSI modes", "CSI keyboard",
    "device answer", "keys as text",
}  # fmt: skip
"""Their bytes are also the program's own; the payloads in ORDERS stand in for them with others."""


def test_the_sieve_stops_at_every_payload() -> None:
    assert all(leaks(order) for order in ORDERS)
    texts = {name: text for name, text in CONTROLS.items() if "surrogate" not in name and "undecodable" not in name}
    assert {name for name, text in texts.items() if not leaks(text)} <= SAME_BYTES


def walk_every_screen(terminal: Terminal) -> None:
    """Look at Today, Write, Pages, Circle, Export, help, keys and palette as a person does; a tour sees the rest."""
    go_through(
        terminal,
        [
            ("w", "only the page"),
            (f"With @{MARK}", f"@{MARK}"),
            ("down", MARK),
            ("tab", MARK),
            ("tab", "1 |y |pick|kept"),
            ("esc", "tab"),
            ("esc", "Lately"),
            ("p", "search"),
            ("esc", "Lately"),
            ("c", "v list"),
            ("left", MARK),
            ("v", MARK),
            ("down", MARK),
            ("e", "What leaves"),
            ("down", "What leaves"),
            ("esc", "v (list|map)|inner ring"),
            ("?", "[Kk]eys"),
            ("esc", "v list"),
            ("f1", "talk to"),
            ("esc", "v list"),
            ("esc", "Lately"),
            ("ctrl+p", "a person, a page"),
            (MARK, MARK),
            ("down", MARK),
            ("enter", "."),
        ],
    )


def test_hostile_names_typed_and_given_reach_no_terminal(tmp_path: Path) -> None:
    """Through the doors: `people add`, `write` with --title, --tag and --with, and a page on standard input."""
    person = machine(tmp_path)
    for name in NAMES[:2]:
        ended = person.run("people", "add", name.replace("\0", ""))
        assert ended.code == 0, ended
        assert leaks(ended.out + ended.err) == []
    body = "".join(f"With @{name} again\n" for name in NAMES)
    ended = person.run("write", "--title", f"T{ORDERS[0]}", "--tag", f"t{ORDERS[1]}", "--with", NAMES[0], piped=body)
    assert ended.code == 0, ended
    for words in (["list", "--json"], ["people"], ["map"]):
        ended = person.run(*words)
        assert ended.code == 0, ended
        assert leaks(ended.out + ended.err) == [], words
    with person.unlocked() as terminal:
        go_through(terminal, [("w", "only the page"), (f"With @{MARK}", f"@{MARK}"), ("tab", MARK), ("esc", "Lately")])
        go_through(
            terminal,
            [("c", rf"as of today[\s\S]*{MARK}"), ("left", f"{MARK}.*\n.*ring|gives"), ("enter", "d direction")],
        )
        assert leaks(terminal.raw) == []


def put(table: str, **fields: Any) -> Change:
    """Return a document as it would lie in a vault, unchecked."""
    document = {"id": new_id(), **fields}
    return Change(table, document["id"], document)


def hostile_vault(person: Machine) -> None:
    """Put words into the vault that never went through a door, as a program of somebody else's might have written."""
    journal = person.journal()
    with journal.vault:
        day, at = journal.today().isoformat(), journal.clock.now().isoformat()
        for number, name in enumerate(NAMES):
            alter = put("alters", kind="person", name=name, aliases=[f"{name}2"], notes=name)
            said = {"status": "active", "ring": ("inner", "middle", "outer")[number % 3], "sector": name}
            facts = [
                put("facts", subject=[alter.id], field=field, value=value, recorded=at, **{"from": day})
                for field, value in said.items()
            ]
            names, body = {name: alter.id}, f"@{name} {name}\n> {name}"
            page = put("entries", at=at, zone="UTC", day=day, title=name, body=body, tags=[name], names=names)
            journal.vault.commit([alter, *facts, page])


def test_words_that_passed_no_door_are_stopped_at_the_way_out(tmp_path: Path) -> None:
    person = machine(tmp_path)
    hostile_vault(person)
    assert any("\x1b" in body for body in person.bodies())
    with person.unlocked(columns=120, rows=40) as terminal:
        walk_every_screen(terminal)
        assert leaks(terminal.raw) == []
    for words in (["list"], ["map"]):
        with person.terminal(*words) as terminal:
            terminal.wait_for("Passphrase:")
            terminal.press(person.passphrase, "enter")
            assert terminal.end() == 0
            assert MARK.encode() in terminal.raw
            assert leaks(terminal.raw) == [], words


def test_a_hostile_paste_into_a_page_is_cleaned_and_kept(tmp_path: Path) -> None:
    person = machine(tmp_path)
    with person.unlocked() as terminal:
        terminal.press("w")
        terminal.wait_for("only the page")
        pasted = " ".join(f"{MARK} {order}@{MARK}[/x] [red]{order}" for order in ORDERS)
        terminal.press(f"\x1b[200~{pasted}\x1b[201~")
        terminal.wait_for(r"\[red\]")
        terminal.press("esc")
        terminal.wait_for("Lately")
        assert leaks(terminal.raw) == []
    (body,) = person.bodies()
    assert body.count(f"@{MARK}[/x] [red]") == len(ORDERS)
    assert leaks(body) == []


def test_a_hostile_file_name_of_a_vault_is_only_shown(tmp_path: Path) -> None:
    person = machine(tmp_path)
    place = person.home / "[red]\x1b]52;c;SEVJTA==\x07[]x].kinship"
    person.vault.rename(place)
    with person.terminal("--vault", str(place)) as terminal:
        terminal.wait_for("Passphrase")
        terminal.wait_for(r"\[red\]")
        assert leaks(terminal.raw) == []
    with person.terminal("--vault", str(place) + "2") as terminal:
        terminal.wait_for("Welcome to kinship")
        assert leaks(terminal.raw) == []
    ended = person.run("list", "--vault", str(place) + "3")
    assert ended.code == 1
    assert leaks(ended.err) == []
