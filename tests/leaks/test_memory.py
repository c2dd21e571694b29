"""After the lock nothing of the journal is in the program's memory; no other program may look into it before."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders.installed import Machine
from builders.memory import found_in, shapes
from builders.terminal import Terminal
from kinship.journal.journal import PageText
from kinship.privacy.process import guard_memory
from kinship.vault import unlock

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]

PASSPHRASE = "Ostrichwhistle plum verandah nine"
CANARY = "Marrowfatbench"
NAME = "Quillonwether"
DRAFT = "Gossamerpike"
NOTE = "Wobblesnipe"
PAGES = 3000
LOCK = "\x1b[19~"
NOBODY = 65534


def full_machine(root: Path) -> Machine:
    """Return a machine whose journal has thousands of pages with a canary in each."""
    person = Machine(root, PASSPHRASE).make_vault()
    journal = person.journal()
    with journal.vault:
        journal.add_alter(NAME)
        for number in range(0, PAGES, 100):
            bodies = [f"{CANARY} {one} with @{NAME}, and the rain went on" for one in range(number, number + 100)]
            journal.keep_page(PageText(body="\n".join(bodies)))
    return person


def needles(person: Machine) -> dict[str, bytes]:
    """Return what must not be there: words in every width, the passphrase, the keys."""
    key = unlock(person.vault, PASSPHRASE, state=person.state)
    words = {"page": CANARY, "name": NAME, "draft": DRAFT, "line": NOTE, "passphrase": PASSPHRASE}
    return {**shapes(words), "master": key.master}


def use(terminal: Terminal) -> None:
    """Look at pages, search, and leave a page half written."""
    terminal.press("p")
    terminal.wait_for(CANARY)
    terminal.press("/", NOTE)
    terminal.wait_for(NOTE)
    terminal.press("esc", "esc", "esc")
    terminal.wait_for("Lately")
    terminal.press("w")
    terminal.wait_for("only the page")
    terminal.press(f"{DRAFT} with @{NAME}")
    terminal.wait_for(DRAFT)


def locked(terminal: Terminal) -> None:
    terminal.press(LOCK)
    terminal.wait_for("Locked")
    terminal.settle()


def test_after_the_lock_nothing_of_it_is_in_memory(tmp_path: Path) -> None:
    person = full_machine(tmp_path)
    wanted = needles(person)
    with person.unlocked() as terminal:
        use(terminal)
        before = found_in(terminal.process.pid, wanted)
        assert before["page utf-8"] >= PAGES
        assert before["master"] > 0
        assert before["draft utf-8"] > 0
        assert before["name utf-8"] > 0
        pid = terminal.process.pid
        locked(terminal)
        assert terminal.process.pid == pid
        assert found_in(pid, wanted) == dict.fromkeys(wanted, 0)
        assert core_limits(pid) == ["0", "0"]
        terminal.press(PASSPHRASE, "enter")
        terminal.wait_for(DRAFT)
        locked(terminal)
        assert found_in(pid, wanted) == dict.fromkeys(wanted, 0)
        terminal.press("ctrl+q")
        assert terminal.end() == 0


PRETENDING = """
import gc, sys
from textual._context import active_app
from kinship.tui import locking
from kinship.tui.again import Locked
from kinship.tui.screens.unlock import UnlockScreen

def pretend(driver, vault, environment):
    app = active_app.get()
    app.journal = app._trail = app._alone = None
    for _ in range(len(app.screen_stack) - 1):
        app.pop_screen()
    app.push_screen(UnlockScreen(app.context, vault))
    app.notify("Locked")
    app.set_timer(0.1, gc.collect)

locking.lock_anew = pretend
from kinship.cli.main import main
sys.exit(main())
"""


def test_a_lock_that_keeps_the_process_would_be_noticed(tmp_path: Path) -> None:
    person = full_machine(tmp_path)
    wanted = needles(person)
    with Terminal([sys.executable, "-c", PRETENDING], person.environment) as terminal:
        terminal.wait_for("Passphrase")
        terminal.press(PASSPHRASE, "enter")
        terminal.wait_for("Lately")
        locked(terminal)
        terminal.wait_for("Passphrase")
        found = found_in(terminal.process.pid, wanted)
        assert found["page utf-8"] > 0
        assert found["master"] > 0


# Before the lock.


def core_limits(pid: int) -> list[str]:
    """Return the soft and the hard limit for a core file of a running program."""
    lines = Path(f"/proc/{pid}/limits").read_text().splitlines()
    return next(line.split()[4:6] for line in lines if line.startswith("Max core file size"))


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder that somebody without rights may enter."""
    folder = Path(tempfile.mkdtemp(prefix="kinship-test-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def as_nobody(*command: str) -> list[str]:
    """Return a command that runs without rights; skips where nobody can be made."""
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        pytest.skip("only root with setpriv can be somebody without rights")
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--", *command]


def give_to_nobody(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


READING = "import sys; open(f'/proc/{sys.argv[1]}/mem', 'rb').close()"


def may_be_read(pid: int) -> bool:
    """Return whether another program of the same user may open the memory of this one."""
    done = subprocess.run(as_nobody(sys.executable, "-c", READING, str(pid)), capture_output=True, check=False)
    return done.returncode == 0


AGAIN = "import os, sys, kinship; os.execv(sys.executable, [sys.executable, '-c', ''])"


def nobodys_python() -> tuple[str, dict[str, str]]:
    """Return a Python that somebody without rights may run, and where it finds kinship; skips where there is none."""
    paths = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path.endswith(("src", "site-packages")))}
    of_the_system = f"/usr/bin/python3.{sys.version_info.minor}"
    for python in (sys.executable, of_the_system):
        if (
            Path(python).exists()
            and not subprocess.run(
                as_nobody(python, "-c", AGAIN), cwd="/", env={**os.environ, **paths}, capture_output=True, check=False
            ).returncode
        ):
            return python, paths
    pytest.skip("somebody without rights may run no Python here")


def nobodys(folder: Path) -> Terminal:
    """Return the program as somebody without rights runs it, with Today on the screen."""
    python, paths = nobodys_python()
    person = Machine(folder, PASSPHRASE, paths).make_vault()
    give_to_nobody(folder)
    terminal = Terminal(as_nobody(python, "-m", "kinship"), person.environment)
    terminal.wait_for("Passphrase")
    terminal.press(PASSPHRASE, "enter")
    terminal.wait_for("Lately")
    return terminal


def test_no_other_program_of_the_same_user_reads_an_open_journal(open_folder: Path) -> None:
    with nobodys(open_folder) as terminal:
        assert not may_be_read(terminal.process.pid)
        assert core_limits(terminal.process.pid) == ["0", "0"]
        terminal.press("ctrl+q")
        assert terminal.end() == 0


def test_the_guard_stands_again_after_a_lock(open_folder: Path) -> None:
    with nobodys(open_folder) as terminal:
        locked(terminal)
        end = time.monotonic() + 10
        while may_be_read(terminal.process.pid):
            assert time.monotonic() < end
            terminal.read(0.1)
        terminal.press(PASSPHRASE, "enter")
        terminal.wait_for("Lately")
        assert not may_be_read(terminal.process.pid)
        terminal.press("ctrl+q")
        assert terminal.end() == 0


def test_where_no_program_can_take_its_place_it_leaves_and_says_so(tmp_path: Path) -> None:
    person = Machine(tmp_path, PASSPHRASE).make_vault()
    with Terminal([sys.executable, "-c", REFUSED], person.environment) as terminal:
        terminal.wait_for("Passphrase")
        terminal.press(PASSPHRASE, "enter")
        terminal.wait_for("Lately")
        terminal.press("w")
        terminal.wait_for("only the page")
        terminal.press(DRAFT, LOCK)
        assert terminal.end() == 1
        assert b"could not lock and left" in terminal.raw
    with person.unlocked() as terminal:
        terminal.press("w")
        terminal.wait_for(DRAFT)


REFUSED = """
import os, sys

def execve(*_):
    raise PermissionError(13, "no")

os.execve = execve
from kinship.cli.main import main
sys.exit(main())
"""


WAITING = "import sys; {guard}; print('here', flush=True); sys.stdin.read()"
GUARD = "from kinship.privacy.process import guard_memory; guard_memory()"


@pytest.mark.parametrize(("guard", "readable"), [(GUARD, False), ("None", True)])
def test_a_program_without_the_guard_would_be_noticed(guard: str, *, readable: bool) -> None:
    assert guard_memory.__name__ in GUARD
    command = as_nobody(sys.executable, "-c", WAITING.format(guard=guard))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd="/") as process:
        assert process.stdout is not None
        if not process.stdout.readline():
            pytest.skip("somebody without rights may not run this Python")
        found = may_be_read(process.pid)
        process.communicate()
    if readable and not found:
        pytest.skip("this system lets no program read another one's memory")
    assert found is readable
