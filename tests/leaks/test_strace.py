"""What strace sees of another editor: nothing outside the folder in memory, and nothing is left, even after kill -9.

A whole use under strace is part of `make look` (tests/look/traced.py); its judge is tested here.
"""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from builders.installed import Machine
from builders.sweep import CANARIES, shows, sweep
from builders.terminal import Terminal
from builders.traces import STRACE, WITHOUT, read_trace, tracing
from kinship.privacy.mounts import read_mounts
from kinship.privacy.throw_away import SHARED_MEMORY, true_memory
from look.traced import judge, stray

pytestmark = pytest.mark.terminal
WORD, OTHER = "Junipertrellis", "Corncrakehymn"
"""Not among the canaries: the sweep of a whole use, which may run beside, looks into shared memory too."""
PLAIN = "vt100"
"""A terminal that vim asks nothing that the screen model would take for something else."""
needs_strace = pytest.mark.skipif(STRACE is None, reason=WITHOUT)
needs_memory = pytest.mark.skipif(
    true_memory({}, read_mounts()) is None, reason="no memory file system is mounted here"
)
needs_vim = pytest.mark.skipif(shutil.which("vim") is None, reason="vim is not installed")


def a_writer(root: Path, editor: str = "vim") -> Machine:
    """Return a machine whose settings allow another editor, with the memory that this computer has."""
    person = Machine(root, CANARIES["passphrase"]).make_vault()
    person.config.mkdir(parents=True)
    (person.config / "settings.toml").write_text(f'editor = "{editor}"\n')
    del person.environment["XDG_RUNTIME_DIR"]
    person.environment["TERM"] = PLAIN
    return person


def holding(word: str) -> list[Path]:
    """Return the editors' folders in memory in which a word stands; other tests may have theirs there."""
    pages = [page for page in SHARED_MEMORY.glob("kinship-editor-*/page.md") if page.is_file()]
    return [page.parent for page in pages if shows(page.read_bytes(), word)]


def in_editor(person: Machine) -> Terminal:
    """Return `kinship write` with the editor on the terminal."""
    terminal = person.terminal("write")
    terminal.wait_for("Passphrase")
    terminal.press(person.passphrase, "enter")
    terminal.wait_for("~\n")
    return terminal


@needs_strace
@needs_memory
@needs_vim
def test_another_editor_writes_nothing_outside_its_folder_in_memory(tmp_path: Path) -> None:
    file, person = tmp_path / "trace.txt", a_writer(tmp_path)
    person.watched = tracing(file)
    with in_editor(person) as terminal:
        terminal.press("i", WORD, "esc", ":w", "enter")
        assert len(holding(WORD)) == 1
        terminal.press("yyp", ":wq", "enter")
        assert terminal.end() == 0
    trace = read_trace(file, person.home)
    vim = next(program for program in trace.programs if "vim" in program)
    assert Path(vim).exists()
    memory = [path for path in trace.written if path.startswith(f"{SHARED_MEMORY}/kinship-editor-")]
    assert any(path.endswith("/page.md") for path in memory)
    verdict = judge(trace, [person.vault, person.state, *memory])
    assert verdict.outside == []
    assert not any(socket.startswith("socket AF_INET") for socket in verdict.sockets)
    assert person.bodies() == [f"{WORD}\n{WORD}"]
    assert holding(WORD) == []
    assert sweep([person.root / "home", person.root / "tmp"], {"word": WORD}) == []


@needs_strace
@needs_memory
@needs_vim
def test_an_editor_with_its_own_habits_would_be_noticed(tmp_path: Path) -> None:
    """The same editor as a person has it: its swap and history files are found by the same check."""
    home, file = tmp_path / "ana", tmp_path / "trace.txt"
    home.mkdir()
    (home / ".vimrc").write_text("set undofile undodir=~ backup backupdir=~ directory=~ viminfo='10,n~/.viminfo\n")
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "TERM": PLAIN}
    with Terminal([*tracing(file), "vim", "page.md"], environment) as terminal:
        terminal.wait_for("~\n")
        terminal.press("i", WORD, "esc", ":w", "enter", "yyp", ":wq", "enter")
        terminal.end()
    names = {Path(path).name for path in judge(read_trace(file, home), [home / "page.md"]).outside}
    assert names & {"page.md.swp", ".page.md.swp"}
    assert any("viminfo" in name for name in names)
    assert sweep([home], {"word": WORD}) != []


@needs_memory
@needs_vim
def test_what_a_killed_run_left_in_memory_is_wiped_at_the_next_start(tmp_path: Path) -> None:
    person = a_writer(tmp_path)
    with in_editor(person) as terminal:
        terminal.press("i", OTHER, "esc", ":w", "enter")
        (left,) = holding(OTHER)
        assert person.run("list").code == 0
        assert left.exists(), "an editor that is running is left alone"
        os.killpg(terminal.process.pid, signal.SIGKILL)
        terminal.process.wait()
    assert person.run("list").code == 0
    assert not left.exists()


@needs_strace
def test_a_stray_write_and_a_network_socket_would_be_noticed(tmp_path: Path) -> None:
    assert stray(tmp_path).noticed


def test_calls_that_are_told_in_two_halves_are_put_together(tmp_path: Path) -> None:
    file = tmp_path / "trace.txt"
    file.write_text(
        '7 openat(AT_FDCWD</home/ana>, "a/../b", O_WRONLY|O_CREAT, 0600 <unfinished ...>\n'
        '8 rename("x", "y") = 0\n'
        "7 <... openat resumed>) = 3</home/ana/b>\n"
        '8 chdir("/tmp") = 0\n'
        '8 mkdir("deep", 0700) = 0\n'
        '8 openat(4</var>, "seen", O_RDONLY|O_CLOEXEC) = 5</var/seen>\n'
        '8 openat(AT_FDCWD</tmp>, "none", O_RDWR) = -1 ENOENT (No such file or directory)\n'
        '8 symlinkat("to", 4</var>, "link") = 0\n'
        "8 socket(AF_INET6, SOCK_DGRAM|SOCK_CLOEXEC, IPPROTO_IP) = -1 EPERM (Operation not permitted)\n"
    )
    trace = read_trace(file, Path("/home/ana"))
    assert trace.written == {"/home/ana/b", "/home/ana/y", "/tmp/deep", "/var/link"}
    assert trace.sockets == {"socket AF_INET6 SOCK_DGRAM"}
    assert trace.outside(["/home/ana", "/tmp/deep"]) == ["/var/link"]
