"""A full disk, a kill, a second program: what was typed is on the screen, in a draft or in the journal, never gone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builders.installed import NO_ROOM, Machine, fill_disk_of, free_disk_of, full_disk, machine
from builders.terminal import Terminal, files_holding

pytestmark = pytest.mark.terminal

WORDS = "Marrowfat and a lantern"
FOCUS = "\x1b[I"
"""What a terminal sends when its window is looked at again."""


def write_page(terminal: Terminal, words: str = WORDS) -> None:
    terminal.press("w")
    terminal.wait_for("only the page")
    terminal.press(words)
    terminal.wait_for(words.rsplit(maxsplit=1)[-1])


# A full disk.


def test_a_page_that_finds_no_room_stays_on_the_screen_and_the_second_try_keeps_it(tmp_path: Path) -> None:
    person = machine(tmp_path)
    with person.unlocked() as terminal:
        write_page(terminal)
        fill_disk_of(terminal.process)
        terminal.press("esc")
        terminal.wait_for("not kept yet")
        seen = terminal.wait_for("[Yy]our words are here")
        assert WORDS in seen
        terminal.press(" still")
        free_disk_of(terminal.process)
        terminal.press("esc")
        terminal.wait_for("Lately")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert person.bodies() == [f"{WORDS} still"]


def test_with_a_full_disk_neither_draft_nor_leaving_loses_words(tmp_path: Path) -> None:
    person = machine(tmp_path)
    with person.unlocked() as terminal:
        fill_disk_of(terminal.process)
        write_page(terminal)
        assert WORDS in terminal.wait_for("not kept yet", 20)
        terminal.press("ctrl+q")
        assert WORDS in terminal.wait_for("Not left yet")
        free_disk_of(terminal.process)
        terminal.press(" more")
        terminal.wait_for(r"kept \d\d:\d\d")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert person.bodies() == [f"{WORDS} more"]


def test_other_acts_that_find_no_room_say_so_and_the_program_goes_on(tmp_path: Path) -> None:
    person = machine(tmp_path)
    assert person.run("people", "add", "Bea").code == 0
    with person.unlocked() as terminal:
        fill_disk_of(terminal.process)
        terminal.press("m", "right", "right", "enter")
        terminal.wait_for("[Nn]ot |no room|full|refused")
        terminal.press("c")
        terminal.wait_for("Bea")
        terminal.press("a")
        terminal.press("Noor", "enter")
        terminal.press("enter")
        terminal.settle()
        terminal.press("esc", "esc")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
        assert b"stopped unexpectedly" not in terminal.raw


def test_a_command_that_finds_no_room_is_exit_5_and_the_text_stays_with_its_sender(tmp_path: Path) -> None:
    person = machine(tmp_path)
    ended = person.run("write", piped=WORDS, prepare=full_disk)
    assert (ended.code, ended.out) == (5, "")
    said = ended.err.strip().splitlines()[-1]
    assert "still with whoever sent it" in said
    assert person.bodies() == []
    assert person.run("write", piped=WORDS).code == 0
    assert person.bodies() == [WORDS]


def test_words_of_the_command_line_that_find_no_room_anywhere_are_printed(tmp_path: Path) -> None:
    person = machine(tmp_path)
    ended = person.run("write", WORDS, prepare=full_disk)
    assert (ended.code, ended.out) == (5, f"{WORDS}\n")
    assert "printed above" in ended.err


def test_every_act_without_room_is_exit_5_and_changes_nothing(tmp_path: Path) -> None:
    person = machine(tmp_path)
    assert person.run("people", "add", "Bea").code == 0
    before = person.run("people", "--json").out
    for words in (["people", "add", "Noor"], ["support", "Bea", "--gives", "listening"]):
        ended = person.run(*words, prepare=full_disk)
        assert ended.code == 5, ended
        assert len(ended.err.strip().splitlines()) == 1
    assert person.run("people", "--json").out == before


def test_reading_needs_no_room(tmp_path: Path) -> None:
    person = machine(tmp_path)
    person.run("write", piped=WORDS)
    for words in (["list"], ["today"], ["map"]):
        ended = person.run(*words, prepare=full_disk)
        assert ended.code == 0, ended


def test_a_vault_that_finds_no_room_is_not_made_by_half(tmp_path: Path) -> None:
    person = Machine(tmp_path)
    ended = person.run("new", prepare=full_disk)
    assert ended.code == 5
    assert len(ended.err.strip().splitlines()) == 1
    assert not person.vault.exists()
    assert person.run("new").code == 0


def test_a_map_that_finds_no_room_leaves_no_half_file(tmp_path: Path) -> None:
    person = machine(tmp_path)
    person.run("people", "add", "Bea")
    ended = person.run("map", "--format", "svg", "--output", "map.svg", prepare=full_disk)
    assert ended.code == 5, ended
    assert list(person.home.glob("*.svg*")) == []
    assert list(person.home.glob(".*.new")) == []


def test_the_injected_disk_is_full_indeed(tmp_path: Path) -> None:
    import subprocess
    import sys

    file = tmp_path / "x"
    program = [sys.executable, "-c", f"open({str(file)!r}, 'wb', 0).write(b'words')"]
    assert subprocess.run(program, preexec_fn=full_disk, check=False, capture_output=True).returncode == 1
    assert file.stat().st_size == NO_ROOM


# A kill.


def test_a_page_being_written_when_the_program_is_killed_is_offered_again(tmp_path: Path) -> None:
    person = machine(tmp_path)
    with person.unlocked() as terminal:
        write_page(terminal)
        terminal.wait_for(r"kept \d\d:\d\d")
        terminal.press(" after the draft")
        terminal.process.kill()
        terminal.process.wait()
    assert files_holding("Marrowfat", tmp_path) == []
    with person.unlocked() as terminal:
        terminal.press("w")
        assert "Brought back" in terminal.wait_for(WORDS)
        terminal.press("esc")
        terminal.wait_for("Lately")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    (body,) = person.bodies()
    assert body.startswith(WORDS)


# A second program.


def test_what_a_command_writes_beside_the_open_screen_appears_there(tmp_path: Path) -> None:
    person = machine(tmp_path)
    with person.unlocked() as terminal:
        assert person.run("write", piped="From beside").code == 0
        terminal.press("\x1b[O", FOCUS)
        terminal.wait_for("From beside", 12)


def test_a_page_being_written_and_one_from_beside_are_both_kept(tmp_path: Path) -> None:
    person = machine(tmp_path)
    with person.unlocked() as terminal:
        write_page(terminal)
        for number in range(3):
            assert person.run("write", piped=f"From beside {number}").code == 0
            terminal.press(f" {number}", FOCUS)
        terminal.press("esc")
        terminal.wait_for("Lately")
        terminal.wait_for("From beside 2")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert sorted(person.bodies()) == ["From beside 0", "From beside 1", "From beside 2", f"{WORDS} 0 1 2"]


def test_two_open_screens_on_one_vault_keep_both_pages(tmp_path: Path) -> None:
    person = machine(tmp_path)
    with person.unlocked() as one, person.unlocked() as other:
        write_page(one, "The first of two")
        write_page(other, "The second of them")
        for terminal in (one, other):
            terminal.press("esc")
            terminal.wait_for("Lately")
        one.press(FOCUS)
        assert re.search("The first of two", one.wait_for("The second of them"))
        for terminal in (other, one):
            terminal.press("ctrl+q")
            assert terminal.end() == 0
    assert sorted(person.bodies()) == ["The first of two", "The second of them"]
