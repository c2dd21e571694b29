"""After a whole use by keyboard and by commands no word that was typed can be read on the disk or in the terminal."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders.installed import Machine
from builders.network import sockets_in, watched
from builders.sweep import ALTERNATE_LEFT, CANARIES, after_leaving, plant, shows, sweep
from builders.terminal import Terminal
from builders.whole_use import by_commands, by_keyboard
from kinship.cli.root import COMMANDS

pytestmark = pytest.mark.terminal
SOCKETS = "sockets.txt"
SHARED = Path("/dev/shm")
"""Where everybody may write; the home, the XDG folders and the folder for temporary files are the person's own."""


def shared() -> list[Path]:
    """Return what lies there, the folders of the tests themselves left out."""
    return [one for one in SHARED.glob("*") if not one.name.startswith(("pytest-of-", "kinship-faults-"))]


@pytest.fixture
def disk() -> Iterator[Path]:
    """A folder on a disk: the doctor warns of a vault that lies in memory."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture
def person(disk: Path) -> Machine:
    """Give a machine on which every place that Textual could write to is asked for."""
    logs = disk / "logs"
    logs.mkdir()
    wanted = {
        "TEXTUAL": "debug,devtools",
        "TEXTUAL_LOG": str(logs / "textual.log"),
        "TEXTUAL_DEBUG": "1",
        "TEXTUAL_SCREENSHOT": "1",
        "TEXTUAL_SCREENSHOT_LOCATION": str(logs),
        "TEXTUAL_SCREENSHOT_FILENAME": "shot.svg",
        "TEXTUAL_DRIVER": "",
        "KINSHIP_DEV": "1",
        **watched(disk / SOCKETS),
    }
    return Machine(disk, CANARIES["passphrase"], wanted).make_vault()


def test_a_whole_use_leaves_nothing_readable(person: Machine) -> None:
    said = by_commands(person)
    assert {words.split()[0] for words, _ in said} | {"new"} >= set(COMMANDS)
    assert any(shows(ended.out.encode(), CANARIES["body"]) for _, ended in said), "what is asked for is shown"
    with person.unlocked() as terminal:
        by_keyboard(terminal)
        pid = terminal.process.pid
        assert sweep([person.root]) == []
        if sys.platform == "linux":
            told = Path(f"/proc/{pid}/cmdline").read_bytes()
            assert b"kinship" in told
            assert CANARIES["passphrase"].encode() not in told
        terminal.process.terminate()
        assert terminal.end() == 0
        assert ALTERNATE_LEFT in terminal.raw
        assert CANARIES["note"].encode() in terminal.raw
        assert b"\x1b]52" not in terminal.raw, "nothing was copied"
        left = after_leaving(terminal.raw)
        assert [which for which, word in CANARIES.items() if word.encode() in left] == []
        assert CANARIES["passphrase"].encode() not in terminal.raw
    assert sweep([person.root, *shared()]) == []
    assert sockets_in(person.root / SOCKETS) == {f"socket {int(socket.AF_UNIX)}"}
    assert list((person.root / "logs").iterdir()) == []
    assert list((person.root / "tmp").iterdir()) == []
    assert list((person.root / "run").iterdir()) == []
    assert all(path.stat().st_mode & 0o077 == 0 for path in person.vault.parent.rglob("*"))
    assert all(path.stat().st_mode & 0o077 == 0 for path in person.state.rglob("*"))


def test_a_kill_in_the_middle_leaves_nothing_readable(person: Machine) -> None:
    with person.unlocked() as terminal:
        terminal.press("w")
        terminal.wait_for("only the page")
        terminal.press(f"{CANARIES['draft']} @{CANARIES['name']} #{CANARIES['tag']}")
        terminal.wait_for(r"kept \d\d:\d\d")
        terminal.process.kill()
        terminal.process.wait()
    assert sweep([person.root]) == []


def test_making_a_vault_leaves_neither_passphrase_nor_recovery_text(tmp_path: Path) -> None:
    person = Machine(tmp_path, CANARIES["passphrase"])
    recovery = person.run("new").out
    groups = [group for group in recovery.replace("-", " ").split() if len(group) == 4]
    assert len(groups) == 10
    words = {"passphrase": CANARIES["passphrase"], "recovery": " ".join(groups), "dashed": "-".join(groups)}
    assert sweep([tmp_path], words | {"joined": "".join(groups)}) == []


def test_the_sweep_finds_a_word_in_every_shape(tmp_path: Path) -> None:
    planted = plant(tmp_path, CANARIES["body"])
    found = {where for which, where in sweep([tmp_path]) if which == "body"}
    assert found == {str(file) for file in planted.values()}


TYPING = """
from textual.app import App
from textual.widgets import Input

class Plain(App):
    def compose(self):
        yield Input()

    def on_key(self, event):
        self.log(event.key)
        if event.key == "enter": self.exit()

Plain().run()
"""


def test_textual_itself_would_have_logged_what_is_typed(tmp_path: Path) -> None:
    """The negative control: the variables that are dropped do write a file where nobody drops them."""
    script = tmp_path / "plain.py"
    script.write_text(TYPING)
    log = tmp_path / "textual.log"
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], "TEXTUAL_LOG": str(log)}
    with Terminal([sys.executable, str(script)], environment) as terminal:
        terminal.wait_for("▊|▁|▔")
        terminal.press("hush", "enter")
        terminal.end()
    assert "key='h'" in log.read_text()


def test_the_process_list_shows_no_passphrase_while_it_is_asked_for(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("reads /proc")
    person = Machine(tmp_path, CANARIES["passphrase"]).make_vault()
    with person.terminal("list") as terminal:
        terminal.wait_for("Passphrase:")
        terminal.press(person.passphrase)
        lines = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
        assert "-m kinship list" in lines
        assert person.passphrase not in lines
        terminal.press("enter")
        assert terminal.end() == 0
        assert person.passphrase.encode() not in terminal.raw
