"""`make look`, second part: a whole use under strace. No write outside vault, state and export; no network socket."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from builders.installed import Machine
from builders.sweep import CANARIES, sweep
from builders.traces import STRACE, WITHOUT, Trace, read_trace, tracing
from builders.whole_use import by_commands, by_keyboard, exports_of

SINKS = ("/dev/null", "/dev/tty", "/dev/pts", "/dev/ptmx")
BESIDE = re.compile(r"/\.(?:[0-9a-f]{16}|moved\.kinship\.[0-9a-f]+)\.new(?:/|$)")
"""What is written beside its place and then renamed there, whole or not at all."""
QUIET_SOCKETS = frozenset({"socketpair AF_UNIX SOCK_STREAM"})
"""The pair by which asyncio wakes itself; nothing outside the process has the other end."""
STRAY = """
import os, pathlib, socket, sys
pathlib.Path(sys.argv[1], "cache").mkdir()
pathlib.Path(sys.argv[1], "cache", "words").write_text("hush")
os.rename(pathlib.Path(sys.argv[1], "cache", "words"), pathlib.Path(sys.argv[1], "moved"))
socket.socket(socket.AF_INET, socket.SOCK_STREAM)
"""
"""A program that does what kinship must not do."""


@dataclass(frozen=True)
class Verdict:
    """What a trace shows beyond what is allowed."""

    trace: Trace
    outside: list[str]
    sockets: list[str]

    @property
    def clean(self) -> bool:
        return not self.outside and not self.sockets and self.trace.calls > 0

    @property
    def noticed(self) -> bool:
        """Whether everything that the stray program does is in here."""
        names = {Path(path).name for path in self.outside}
        return names >= {"cache", "words", "moved"} and self.sockets == ["socket AF_INET SOCK_STREAM"]


def judge(trace: Trace, allowed: Iterable[str | Path]) -> Verdict:
    """Return what of a trace lies outside the allowed places, or is a socket that somebody else could hold."""
    outside = [path for path in trace.outside((*allowed, *SINKS)) if not BESIDE.search(path)]
    return Verdict(trace, outside, sorted(trace.sockets - QUIET_SOCKETS))


def allowed_of(person: Machine) -> list[Path]:
    """Return where a whole use may write: the vault and the one it is moved to, the state, the exports, the memory."""
    moved = person.home / "moved.kinship"
    return [person.vault, moved, person.state, *exports_of(person), person.root / "run"]


def whole_use(root: Path) -> Verdict:
    """Run every command and the keyboard under strace on a machine of its own, with a lock in between."""
    file = root / "trace.txt"
    person = Machine(root, CANARIES["passphrase"]).make_vault()
    person.watched = tracing(file)
    by_commands(person)
    with person.unlocked() as terminal:
        by_keyboard(terminal)
        terminal.press("f8")
        terminal.wait_for("Passphrase")
        terminal.press(person.passphrase, "enter")
        terminal.wait_for(CANARIES["draft"])
        terminal.press("ctrl+q")
        terminal.end(seconds=60)
    return judge(read_trace(file, person.home), allowed_of(person))


def stray(root: Path) -> Verdict:
    """Trace a program that writes beside the vault and opens a socket: the check must see all of it."""
    file = root / "stray.txt"
    subprocess.run([*tracing(file), sys.executable, "-c", STRAY, str(root)], check=True)
    return judge(read_trace(file, root), [root / "vault"])


def main() -> int:
    """Print what was checked; 1 where something was written or opened that must not be."""
    if STRACE is None:
        print(f"SKIPPED: the whole use under strace: {WITHOUT}")
        return 0
    with tempfile.TemporaryDirectory(prefix="kinship-look-") as name:
        root = Path(name)
        verdict, control = whole_use(root / "use"), stray(root)
        left = sweep([root / "use" / "home"])
        print(f"strace: {verdict.trace.calls} calls of a whole use, {len(verdict.trace.written)} paths written")
        print(f"strace: programs started: {', '.join(sorted({Path(one).name for one in verdict.trace.programs}))}")
        print(f"strace: outside vault, state and export: {verdict.outside or 'nothing'}")
        print(f"strace: sockets but asyncio's own pair: {verdict.sockets or 'none'}")
        print(f"strace: words readable on the disk afterwards: {left or 'none'}")
        print(f"strace: a program that does both was {'noticed' if control.noticed else 'NOT NOTICED'}")
        return 0 if verdict.clean and control.noticed and not left else 1


if __name__ == "__main__":
    sys.exit(main())
