"""The command line in this process: a vault of its own, a typed or piped standard input, a pipe or a terminal."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builders.vaults import CHEAP, PASSPHRASE
from kinship.cli.invocation import Surroundings
from kinship.cli.main import main
from kinship.ground.clock import FrozenClock
from kinship.vault.keyring_slot import SecretStore

EVENING = dt.datetime(2026, 11, 22, 21, 30, tzinfo=dt.UTC)


class _Stopped(io.BytesIO):
    """Bytes behind which somebody presses Ctrl-C."""

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(size)
        if not line:
            raise KeyboardInterrupt
        return line


class Stream(io.TextIOWrapper):
    """A standard stream over bytes, which says it is a terminal when asked to be one."""

    def __init__(self, content: bytes = b"", *, terminal: bool = False, stopped: bool = False) -> None:
        self.bytes = _Stopped(content) if stopped else io.BytesIO(content)
        self.terminal = terminal
        super().__init__(self.bytes, encoding="utf-8", newline="\n", write_through=True)

    def isatty(self) -> bool:
        return self.terminal


@dataclass(frozen=True)
class Result:
    """What a command left: its exit code, and what stood on its two outputs."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def id(self) -> str:
        """The one line on standard output."""
        (line,) = self.out.splitlines()
        return line


def _no_prompt(question: str) -> str:
    raise AssertionError(f"nothing should be asked: {question}")


@dataclass
class Console:
    """One person's machine: `run` is what they type."""

    home: Path
    clock: FrozenClock = field(default_factory=lambda: FrozenClock(EVENING))
    passphrase: str = PASSPHRASE
    environment: dict[str, str] = field(default_factory=dict)
    ask: Callable[[str], str] = _no_prompt
    keyring: SecretStore | None = None

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        source = self.home / "passphrase"
        source.write_text(self.passphrase + "\n")
        self.environment = {"HOME": str(self.home), "KINSHIP_PASSPHRASE_FILE": str(source), "PATH": os.environ["PATH"]}

    @property
    def vault(self) -> Path:
        return self.home / ".local/share/kinship/journal.kinship"

    def surroundings(self) -> Surroundings:
        return Surroundings(
            environment=self.environment, clock=self.clock, ask=self.ask, cost=CHEAP, keyring=self.keyring
        )

    def run(self, *words: str, piped: str | bytes = b"", terminal: bool = False, stopped: bool = False) -> Result:
        """Run `kinship` with these words; `piped` is standard input, `terminal` makes all three streams one.

        With `stopped`, Ctrl-C follows what was typed.
        """
        content = piped.encode() if isinstance(piped, str) else piped
        streams = (
            Stream(content, terminal=terminal, stopped=stopped),
            Stream(terminal=terminal),
            Stream(terminal=terminal),
        )
        with _standard(*streams), _same_process():
            code = main(words, self.surroundings())
        return Result(code, streams[1].bytes.getvalue().decode(), streams[2].bytes.getvalue().decode())

    def fine(self, *words: str, piped: str | bytes = b"", terminal: bool = False) -> Result:
        """Run a command that must end with 0."""
        result = self.run(*words, piped=piped, terminal=terminal)
        assert result.code == 0, result
        return result


def console(home: Path, environment: Mapping[str, str] | None = None) -> Console:
    """Return a machine with a fresh vault on it."""
    machine = Console(home)
    machine.environment |= environment or {}
    machine.fine("new")
    return machine


@contextlib.contextmanager
def _standard(stdin: Stream, stdout: Stream, stderr: Stream) -> Iterator[None]:
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = stdin, stdout, stderr
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = before


@contextlib.contextmanager
def _same_process() -> Iterator[None]:
    """Give the test process back as it was: umask and hooks are the command's own."""
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    umask = os.umask(0o022)
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
        os.umask(umask)
