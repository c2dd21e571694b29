"""What `kinship privacy` may ask of the computer, and the lines it answers with; tests give a computer of their own."""

from __future__ import annotations

import contextlib
import os
import stat
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol

from msgspec import Struct

_MOST = 4 * 1024 * 1024
"""Bytes that are read of one file: a shell's history may be long."""
_PATIENCE = 5
"""Seconds that a program of the system may take to answer."""


class State(StrEnum):
    """What was found."""

    FINE = "fine"
    LOOK = "look at this"
    UNKNOWN = "cannot know"


class Line(Struct, frozen=True):
    """One thing that was looked at: a sentence, and where something can be done, one remedy."""

    about: str
    state: State
    sentence: str
    remedy: str = ""


class Seen(NamedTuple):
    """Owner and kind of what lies at a path, a link itself and not what it leads to."""

    owner: int
    mode: int

    @property
    def is_folder(self) -> bool:
        return stat.S_ISDIR(self.mode)

    @property
    def is_link(self) -> bool:
        return stat.S_ISLNK(self.mode)


class Machine(Protocol):
    """The questions; every answer may be None: this system does not tell."""

    @property
    def system(self) -> str:
        """Return `linux` or `darwin`, as `sys.platform` says it."""
        ...

    @property
    def user(self) -> int:
        """Return the number of the user whom the program runs for."""
        ...

    @property
    def environment(self) -> Mapping[str, str]:
        """Return the variables that the program was started with."""
        ...

    def read(self, path: str | Path) -> str | None:
        """Return the text of a file."""
        ...

    def names(self, folder: str | Path) -> tuple[str, ...] | None:
        """Return what lies in a folder, sorted."""
        ...

    def seen(self, path: str | Path) -> Seen | None:
        """Return owner and kind of what lies at a path."""
        ...

    def real(self, path: str | Path) -> Path:
        """Return a path with every link followed."""
        ...

    def core_limit(self) -> int | None:
        """Return the largest core dump that this process may leave, in bytes; -1 for any size."""
        ...

    def ask(self, *words: str) -> str | None:
        """Return what a program of the system prints."""
        ...


@dataclass(frozen=True)
class ThisMachine:
    """The computer that the program runs on."""

    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    system: str = sys.platform
    user: int = field(default_factory=os.geteuid)

    def read(self, path: str | Path) -> str | None:
        with contextlib.suppress(OSError, ValueError):
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            with os.fdopen(descriptor, "rb") as file:
                if stat.S_ISREG(os.fstat(descriptor).st_mode):
                    return file.read(_MOST).decode("utf-8", "replace")
        return None

    def names(self, folder: str | Path) -> tuple[str, ...] | None:
        with contextlib.suppress(OSError, ValueError):
            return tuple(sorted(entry.name for entry in Path(folder).iterdir()))
        return None

    def seen(self, path: str | Path) -> Seen | None:
        with contextlib.suppress(OSError, ValueError):
            told = os.lstat(path)
            return Seen(told.st_uid, told.st_mode)
        return None

    def real(self, path: str | Path) -> Path:
        return Path(os.path.realpath(path))

    def core_limit(self) -> int | None:
        import resource  # noqa: PLC0415 - asked for once

        return resource.getrlimit(resource.RLIMIT_CORE)[0]

    def ask(self, *words: str) -> str | None:
        with contextlib.suppress(OSError, subprocess.SubprocessError, ValueError):
            done = subprocess.run(  # noqa: S603 - fixed words, no shell
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={name: told for name, told in self.environment.items() if not name.startswith("KINSHIP_")},
                timeout=_PATIENCE,
                check=True,
            )
            return done.stdout.decode("utf-8", "replace")
        return None
