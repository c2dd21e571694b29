"""The lock of the real program: same process, new program, the words back after the passphrase, the terminal whole."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import termios
import time
from pathlib import Path

import pytest

from builders.installed import Machine, fill_disk_of, free_disk_of, machine
from builders.sweep import sweep
from builders.terminal import Terminal, files_holding

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]

WORDS = "Marrowfat and a lantern"
LOCK = "\x1b[19~"
"""What F8 sends."""


def settings(person: Machine, text: str) -> None:
    person.config.mkdir(parents=True, exist_ok=True)
    (person.config / "settings.toml").write_text(text)


def write_page(terminal: Terminal, words: str = WORDS) -> None:
    terminal.press("w")
    terminal.wait_for("only the page")
    terminal.press(words)
    terminal.wait_for(words.rsplit(maxsplit=1)[-1])


def locked(terminal: Terminal, why: str = "Locked") -> str:
    seen = terminal.wait_for(why)
    assert "Passphrase" in seen
    terminal.settle()
    return seen


def unlock(terminal: Terminal, person: Machine, pattern: str) -> str:
    terminal.press(person.passphrase, "enter")
    return terminal.wait_for(pattern)


def command_line(terminal: Terminal) -> list[str]:
    return Path(f"/proc/{terminal.process.pid}/cmdline").read_text().split("\0")[:-1]


def echoes(terminal: Terminal) -> bool:
    return bool(termios.tcgetattr(terminal._master)[3] & termios.ECHO)


def leave(terminal: Terminal) -> None:
    terminal.press("ctrl+q")
    assert terminal.end() == 0
    assert echoes(terminal)


def test_a_lock_keeps_the_draft_and_the_passphrase_leads_back_to_it(tmp_path: Path) -> None:
    person = machine(tmp_path)
    with person.unlocked() as terminal:
        write_page(terminal)
        pid = terminal.process.pid
        terminal.press(LOCK)
        seen = locked(terminal)
        assert WORDS not in seen
        assert command_line(terminal)[1:] == ["-P", "-m", "kinship", "--locked", str(person.vault)]
        assert terminal.process.pid == pid
        assert files_holding("Marrowfat", tmp_path) == []
        assert "Brought back" in unlock(terminal, person, WORDS)
        terminal.press(" again", "esc")
        terminal.wait_for("Lately")
        leave(terminal)
    assert person.bodies() == [f"{WORDS} again"]


def test_what_the_locked_program_may_know(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("not read by anybody")
    told = {"KINSHIP_PASSPHRASE_FILE": str(secret), "KINSHIP_PASSPHRASE_COMMAND": "false", "KINSHIP_KEYFILE": ""}
    person = Machine(tmp_path, environment=told).make_vault()
    with person.unlocked() as terminal:
        write_page(terminal)
        terminal.press(LOCK)
        locked(terminal)
        environment = Path(f"/proc/{terminal.process.pid}/environ").read_bytes()
        assert b"KINSHIP_LOCKED_WHY=asked" in environment
        assert b"PASSPHRASE" not in environment
        assert b"Marrowfat" not in environment
        leave(terminal)


def test_typing_goes_on_behind_no_lock_and_is_not_shown_while_it_comes(tmp_path: Path) -> None:
    person = machine(tmp_path)
    with person.unlocked() as terminal:
        os.write(terminal._master, LOCK.encode())
        end = time.monotonic() + 20
        while len(command_line(terminal)) < 5:
            assert time.monotonic() < end
        before = len(terminal.raw)
        os.write(terminal._master, b"Wobblesnipe")
        locked(terminal)
        assert b"Wobblesnipe" not in terminal.raw[before:]
        leave(terminal)


def test_a_line_in_hand_comes_back_to_its_field(tmp_path: Path) -> None:
    person = machine(tmp_path)
    assert person.run("write", piped=WORDS).code == 0
    with person.unlocked() as terminal:
        terminal.press("p")
        terminal.wait_for("1 page")
        terminal.press("/", "Wobblesnipe")
        terminal.wait_for("Wobblesnipe")
        terminal.press(LOCK)
        locked(terminal)
        assert sweep([tmp_path], {"line": "Wobblesnipe"}) == []
        unlock(terminal, person, "Wobblesnipe")
        leave(terminal)


@pytest.mark.parametrize("keys", [["\x1bOP"], ["?"], ["ctrl+p"], ["ctrl+l"], ["c", "a"], ["c", "e"]])
def test_whatever_lies_on_top_the_lock_comes_and_the_way_back_is_open(tmp_path: Path, keys: list[str]) -> None:
    person = machine(tmp_path)
    assert person.run("people", "add", "Bea").code == 0
    with person.unlocked() as terminal:
        for key in keys:
            terminal.press(key)
        terminal.press(LOCK)
        locked(terminal)
        terminal.press(person.passphrase, "enter")
        terminal.wait_gone("Passphrase")
        terminal.settle()
        assert "stopped unexpectedly" not in terminal.text()
        terminal.press("esc", "esc", "esc")
        terminal.wait_for("Lately")
        leave(terminal)


def test_where_nothing_is_open_the_key_does_nothing(tmp_path: Path) -> None:
    person = Machine(tmp_path)
    with person.terminal() as terminal:
        terminal.wait_for("Welcome to kinship")
        terminal.settle()
        before = terminal.text()
        terminal.press(LOCK)
        assert terminal.text() == before
        leave(terminal)
    person.make_vault()
    with person.terminal() as terminal:
        terminal.wait_for("Passphrase")
        terminal.press(LOCK)
        assert "Locked" not in terminal.text()
        leave(terminal)


def test_the_demo_is_veiled_and_says_that_it_has_no_lock(tmp_path: Path) -> None:
    person = Machine(tmp_path)
    with person.terminal("demo") as terminal:
        terminal.wait_for("Lately", 60)
        terminal.press(LOCK)
        terminal.wait_for("no lock")
        leave(terminal)


def test_while_no_draft_can_be_kept_nothing_is_forgotten_and_the_passphrase_is_asked(tmp_path: Path) -> None:
    person = machine(tmp_path)
    with person.unlocked() as terminal:
        write_page(terminal)
        fill_disk_of(terminal.process)
        terminal.press(LOCK)
        seen = terminal.wait_for("still here")
        assert WORDS not in seen
        assert "--locked" not in command_line(terminal)
        terminal.press("ctrl+p")
        assert "what to do" not in terminal.text()
        terminal.press("esc", "not the passphrase", "enter")
        terminal.wait_for("[Nn]ot the|[Ww]rong|does not open")
        free_disk_of(terminal.process)
        assert WORDS in unlock(terminal, person, WORDS)
        terminal.press("esc")
        terminal.wait_for("Lately")
        leave(terminal)
    assert person.bodies() == [WORDS]


def test_as_soon_as_there_is_room_the_lock_forgets(tmp_path: Path) -> None:
    person = machine(tmp_path)
    with person.unlocked() as terminal:
        write_page(terminal)
        fill_disk_of(terminal.process)
        terminal.press(LOCK)
        terminal.wait_for("still here")
        free_disk_of(terminal.process)
        terminal.wait_gone("still here")
        locked(terminal)
        assert "--locked" in command_line(terminal)
        assert "Brought back" in unlock(terminal, person, WORDS)
        leave(terminal)


def test_nobody_here_for_long_enough_locks(tmp_path: Path) -> None:
    person = machine(tmp_path)
    settings(person, "lock_after = 0.15\n")
    with person.unlocked() as terminal:
        write_page(terminal)
        locked(terminal, "nobody was here")
        assert WORDS in unlock(terminal, person, WORDS)
        leave(terminal)


# Signals.


def stop(terminal: Terminal, one: signal.Signals) -> None:
    """Send a signal and wait until the program has stopped."""
    os.kill(terminal.process.pid, one)
    end = time.monotonic() + 20
    while Path(f"/proc/{terminal.process.pid}/stat").read_text().rpartition(")")[2].split()[0] != "T":
        assert time.monotonic() < end, terminal.text()
        terminal.read(0.05)


def test_before_it_stops_it_locks_and_it_goes_on_locked(tmp_path: Path) -> None:
    person = machine(tmp_path)
    with person.unlocked() as terminal:
        write_page(terminal)
        stop(terminal, signal.SIGTSTP)
        assert "--locked" in command_line(terminal)
        assert echoes(terminal)
        os.kill(terminal.process.pid, signal.SIGCONT)
        locked(terminal, "was stopped")
        assert WORDS in unlock(terminal, person, WORDS)
        leave(terminal)


def test_what_was_stopped_without_a_word_is_locked_when_it_goes_on(tmp_path: Path) -> None:
    person = machine(tmp_path)
    with person.unlocked() as terminal:
        write_page(terminal)
        stop(terminal, signal.SIGSTOP)
        os.kill(terminal.process.pid, signal.SIGCONT)
        locked(terminal, "stood still")
        assert WORDS in unlock(terminal, person, WORDS)
        leave(terminal)


@pytest.mark.parametrize("one", [signal.SIGHUP, signal.SIGTERM])
def test_a_locked_program_ends_at_a_signal_and_the_draft_waits(tmp_path: Path, one: signal.Signals) -> None:
    person = machine(tmp_path)
    with person.unlocked() as terminal:
        write_page(terminal)
        terminal.press(LOCK)
        locked(terminal)
        terminal.process.send_signal(one)
        assert terminal.end() == 0
        assert echoes(terminal)
    with person.unlocked() as terminal:
        terminal.press("w")
        assert "Brought back" in terminal.wait_for(WORDS)
        leave(terminal)


def test_a_terminal_that_is_gone_leaves_a_draft_and_no_program(tmp_path: Path) -> None:
    person = machine(tmp_path)
    terminal = person.unlocked()
    write_page(terminal)
    os.close(terminal._master)
    terminal.process.wait(20)
    assert terminal.process.returncode == 0
    terminal._master = os.open(os.devnull, os.O_RDONLY)
    with terminal:
        pass
    with person.unlocked() as terminal:
        terminal.press("w")
        assert "Brought back" in terminal.wait_for(WORDS)
        leave(terminal)


UNTOLD = """
import os, signal, subprocess, sys
signal.signal(signal.SIGHUP, signal.SIG_IGN)
program = subprocess.Popen([sys.executable, "-m", "kinship"])
print(program.wait(), file=open(sys.argv[1], "w"))
"""
"""Leads the session and tells the program nothing of a terminal that is gone."""


def test_a_program_that_nobody_tells_of_the_terminal_notices_and_keeps_the_draft(tmp_path: Path) -> None:
    person = machine(tmp_path)
    ended = tmp_path / "ended"
    terminal = Terminal([sys.executable, "-c", UNTOLD, str(ended)], person.environment)
    terminal.wait_for("Passphrase")
    terminal.press(person.passphrase, "enter")
    terminal.wait_for("Lately")
    write_page(terminal)
    os.close(terminal._master)
    terminal.process.wait(20)
    assert ended.read_text().strip() in {"0", "1"}
    terminal._master = os.open(os.devnull, os.O_RDONLY)
    with terminal:
        pass
    with person.unlocked() as terminal:
        terminal.press("w")
        assert "Brought back" in terminal.wait_for(WORDS)
        leave(terminal)


def test_a_kill_while_it_locks_leaves_the_draft(tmp_path: Path) -> None:
    person = machine(tmp_path)
    for wait in (0.0, 0.05, 0.15, 0.4):
        with person.unlocked() as terminal:
            write_page(terminal) if wait == 0 else terminal.press("w")
            terminal.wait_for(WORDS)
            terminal.settle()
            terminal.wait_for(r"kept \d\d:\d\d|Brought back")
            os.write(terminal._master, LOCK.encode())
            time.sleep(wait)
            terminal.process.kill()
            terminal.process.wait()
    with person.unlocked() as terminal:
        terminal.press("w")
        assert "Brought back" in terminal.wait_for(WORDS)
        terminal.press("esc")
        terminal.wait_for("Lately")
        leave(terminal)
    assert person.bodies() == [WORDS]


# A shell.


def shell(person: Machine) -> Terminal:
    """Return an interactive shell in which kinship is a job."""
    if shutil.which("bash") is None:
        pytest.skip("needs bash")
    terminal = Terminal(["bash", "--norc", "--noprofile", "-i"], {**person.environment, "PS1": "prompt> "})
    terminal.wait_for("prompt>")
    terminal.press(f"{sys.executable} -m kinship", "enter")
    terminal.wait_for("Passphrase")
    terminal.press(person.passphrase, "enter")
    terminal.wait_for("Lately")
    return terminal


def test_the_shell_gets_the_terminal_and_fg_brings_the_lock(tmp_path: Path) -> None:
    person = machine(tmp_path)
    with shell(person) as terminal:
        write_page(terminal)
        terminal.press("ctrl+p", "to the shell")
        terminal.wait_for("fg brings it back")
        terminal.press("enter")
        terminal.wait_for("Stopped")
        terminal.press("echo and $((1+1))", "enter")
        terminal.wait_for("and 2")
        assert WORDS not in terminal.text()
        terminal.press("fg", "enter")
        locked(terminal, "was stopped")
        assert WORDS in unlock(terminal, person, WORDS)
        terminal.press("ctrl+q")
        terminal.wait_for("prompt>")
        terminal.press("echo and $((2+2))", "enter")
        terminal.wait_for("and 4")
        assert "echo and" in terminal.text()
        terminal.press("exit", "enter")
        assert terminal.end() == 0
