"""A person's machine with the installed program on it: a home, a vault, and `kinship` as a process of its own."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from builders.doors import FLOOR
from builders.terminal import Terminal
from kinship.ground.clock import SystemClock
from kinship.journal.journal import Journal
from kinship.vault import create_vault, open_vault, unlock

PASSPHRASE = "violet lantern orchard seven"
NO_ROOM = 0
"""Bytes that a file may have while the disk of a process is full."""


@dataclass(frozen=True)
class Ended:
    """What a command left behind: its exit code and its two outputs."""

    code: int
    out: str
    err: str


@dataclass
class Machine:
    """One home below `root`, with every folder a program may write to inside it."""

    root: Path
    passphrase: str = PASSPHRASE
    environment: dict[str, str] = field(default_factory=dict)
    watched: tuple[str, ...] = ()
    """What `kinship` is started by, where something looks at what it does."""

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        temporary, runtime = self.root / "tmp", self.root / "run"
        for folder in (temporary, runtime):
            folder.mkdir(mode=0o700, exist_ok=True)
        self.environment = {
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "TMPDIR": str(temporary),
            "XDG_RUNTIME_DIR": str(runtime),
            "PYTHONDONTWRITEBYTECODE": "1",
            **self.environment,
        }

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def vault(self) -> Path:
        return self.home / ".local/share/kinship/journal.kinship"

    @property
    def state(self) -> Path:
        return self.home / ".local/state/kinship"

    @property
    def config(self) -> Path:
        return self.home / ".config/kinship"

    def make_vault(self) -> Machine:
        """Put a vault where the program looks for one, as cheap as the lock accepts."""
        self.vault.parent.mkdir(parents=True, exist_ok=True)
        create_vault(self.vault, self.passphrase, state=self.state, clock=SystemClock(), cost=FLOOR)[0].close()
        return self

    def journal(self) -> Journal:
        """Return the journal as another process would read it; the caller closes its vault."""
        key = unlock(self.vault, self.passphrase, state=self.state)
        clock = SystemClock()
        return Journal(open_vault(self.vault, key, state=self.state, clock=clock), clock)

    def bodies(self) -> list[str]:
        """Return the words of every page that is kept."""
        journal = self.journal()
        with journal.vault:
            return [entry.body for entry in journal.pages.all()]

    def run(
        self,
        *words: str,
        piped: str = "",
        prepare: Callable[[], None] | None = None,
        secrets: Mapping[str, str] | None = None,
    ) -> Ended:
        """Run `kinship` without a terminal; KINSHIP_PASSPHRASE_FILE names a pipe with the passphrase.

        Each of `secrets` is an option that takes a descriptor, and what a pipe of its own gives there.
        """
        reading = _pipe_with(self.passphrase)
        more = {option: _pipe_with(secret) for option, secret in (secrets or {}).items()}
        asked = [word for option, pipe in more.items() for word in (option, str(pipe))]
        try:
            done = subprocess.run(
                [*self.watched, sys.executable, "-m", "kinship", *words, *asked],
                input=piped,
                capture_output=True,
                text=True,
                env={**self.environment, "KINSHIP_PASSPHRASE_FILE": f"/dev/fd/{reading}"},
                cwd=self.home,
                pass_fds=[reading, *more.values()],
                start_new_session=True,
                preexec_fn=prepare,
                timeout=60,
                check=False,
            )
        finally:
            for one in (reading, *more.values()):
                os.close(one)
        return Ended(done.returncode, done.stdout, done.stderr)

    def terminal(self, *words: str, columns: int = 80, rows: int = 24) -> Terminal:
        """Run `kinship` on a terminal, which is returned at once."""
        command = [*self.watched, sys.executable, "-m", "kinship", *words]
        return Terminal(command, self.environment, columns=columns, rows=rows)

    def unlocked(self, *words: str, columns: int = 80, rows: int = 24) -> Terminal:
        """Run `kinship` on a terminal and return it with Today on the screen."""
        terminal = self.terminal(*words, columns=columns, rows=rows)
        terminal.wait_for("Passphrase")
        terminal.press(self.passphrase, "enter")
        terminal.wait_for("Lately")
        return terminal


def _pipe_with(secret: str) -> int:
    reading, writing = os.pipe()
    os.write(writing, secret.encode())
    os.close(writing)
    return reading


def machine(root: Path) -> Machine:
    """Return a machine with a vault on it."""
    return Machine(root).make_vault()


def full_disk() -> None:
    """Let this process write to no file from now on, as on a full disk; for `preexec_fn`."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (NO_ROOM, most))


def fill_disk_of(process: subprocess.Popen[bytes]) -> None:
    """Let a running process write to no file, until `free_disk_of`."""
    _, most = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (NO_ROOM, most))


def free_disk_of(process: subprocess.Popen[bytes]) -> None:
    """Give a running process its room back."""
    _, most = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (most, most))


def go_through(terminal: Terminal, keys: Sequence[tuple[str, str]]) -> str:
    """Press each key and wait for the pattern that answers it; return everything that was seen, screen by screen."""
    seen = []
    for key, pattern in keys:
        terminal.press(key)
        seen.append(terminal.wait_for(pattern))
    return "\n".join(seen)
