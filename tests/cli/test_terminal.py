"""The command under a real terminal: what is asked is not echoed, what is typed is kept, an interrupt is heard."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from builders.console import Console, console
from builders.terminal import Terminal
from builders.vaults import PASSPHRASE
from kinship.cli.passphrase import FILE

pytestmark = pytest.mark.terminal

SCRIPT = (
    "import sys; from kinship.cli.main import main; from kinship.cli.invocation import Surroundings; "
    "from kinship.vault import KdfCost; sys.exit(main(sys.argv[1:], Surroundings(cost=KdfCost(64, 1))))"
)


def terminal(machine: Console, *words: str) -> Terminal:
    environment = {name: value for name, value in machine.environment.items() if name != FILE}
    return Terminal([sys.executable, "-c", SCRIPT, *words], environment | {"TZ": "UTC"})


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    return console(tmp_path / "home")


def test_the_passphrase_is_asked_and_not_echoed(machine: Console) -> None:
    machine.fine("write", "A page with \x1b[2J words.")
    with terminal(machine, "list") as run:
        run.wait_for("Passphrase:")
        run.press(PASSPHRASE, "enter")
        run.wait_for("words")
        assert run.end() == 0
        assert PASSPHRASE.encode() not in run.raw
        assert b"\x1b" not in run.raw


def test_a_wrong_passphrase_is_exit_3(machine: Console) -> None:
    with terminal(machine, "list") as run:
        run.wait_for("Passphrase:")
        run.press("something else", "enter")
        assert run.end() == 3


def test_an_interrupt_is_exit_130_without_a_word(machine: Console) -> None:
    with terminal(machine, "list") as run:
        run.wait_for("Passphrase:")
        run.press("ctrl+c")
        assert run.end() == 130
        assert b"Traceback" not in run.raw


def test_a_page_is_typed_and_kept_with_the_end_key(machine: Console) -> None:
    with terminal(machine, "write") as run:
        run.wait_for("Passphrase:")
        run.press(PASSPHRASE, "enter")
        run.wait_for("Ctrl-D")
        run.press("Typed here.", "enter", "ctrl+d")
        assert run.end() == 0
    assert machine.fine("list", "--json").json[0]["body"] == "Typed here."


def test_no_argument_ever_holds_the_passphrase(machine: Console) -> None:
    with terminal(machine, "write") as run:
        run.wait_for("Passphrase:")
        run.press(PASSPHRASE, "enter")
        run.wait_for("Ctrl-D")
        pid = run.process.pid
        if sys.platform == "linux":
            assert PASSPHRASE.encode() not in Path(f"/proc/{pid}/cmdline").read_bytes()
        run.press("ctrl+c")
        assert run.end() == 130


def test_nothing_written_is_readable_on_the_disk(machine: Console) -> None:
    from builders.terminal import files_holding

    machine.fine("write", "canary-7f3a in a page", "--title", "canary-7f3a", "--tag", "canary-7f3a")
    machine.fine("people", "add", "canary-7f3a")
    machine.fine("list")
    assert files_holding("canary-7f3a", machine.home) == []
    assert all(path.stat().st_mode & 0o077 == 0 for path in (machine.home / ".local/share/kinship").rglob("*"))


def test_without_a_terminal_the_screen_names_the_plain_commands(machine: Console) -> None:
    result = machine.run()
    assert (result.code, result.out) == (2, "")
    for name in ("write", "list", "show", "search", "today", "people", "support", "map"):
        assert name in result.err


def test_without_a_terminal_to_ask_on_the_sources_are_named(machine: Console) -> None:
    import subprocess

    environment = {name: value for name, value in machine.environment.items() if name != FILE}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, "list"],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
        check=False,
    )
    assert done.returncode == 2
    assert "--passphrase-fd" in done.stderr
    assert done.stdout == ""
    assert os.environ.get(FILE) is None


def test_a_closed_terminal_wipes_the_demo(tmp_path: Path) -> None:
    machine = Console(tmp_path / "home")
    memory = tmp_path / "memory"
    memory.mkdir(mode=0o700)
    machine.environment["XDG_RUNTIME_DIR"] = str(memory)
    with terminal(machine, "demo", "--people", "12") as run:
        run.wait_for("circle")
        assert list(memory.iterdir())
        run.hang_up()
        assert run.end() == 0
    assert list(memory.iterdir()) == []
