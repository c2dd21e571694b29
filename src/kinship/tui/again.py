"""From an open journal to a fresh lock screen in the same terminal, in which nothing is remembered."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import termios
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, Protocol, TextIO

from kinship.privacy.anew import PASSPHRASE_SOURCES, begin_anew
from kinship.tui.left_alone import Why

WHY = "KINSHIP_LOCKED_WHY"
BOOKMARK = "KINSHIP_LOCKED_BOOKMARK"
STANDARD_INPUT = 0
LOCAL_FLAGS = 3
"""Where the flag of the echo stands in what the terminal tells of itself."""
SENTENCES = {
    Why.ASKED: "Locked. enter opens it",
    Why.ALONE: "Locked, because nobody was here. enter opens it",
    Why.SLEPT: "Locked, because the computer stood still. enter opens it",
    Why.STOPPED: "Locked, because it was stopped. enter opens it",
}


@dataclass(frozen=True)
class Locked:
    """A start that goes on from a lock: why it came, and the id of the bookmark that it left, which says nothing."""

    why: Why = Why.ASKED
    bookmark: str = ""

    @property
    def sentence(self) -> str:
        return SENTENCES[self.why]


class Driver(Protocol):
    """What Textual's driver has that is used here; a test holds it against the real one."""

    def start_application_mode(self) -> None: ...

    def stop_application_mode(self) -> None: ...

    def close(self) -> None: ...


def arguments_for(vault: Path) -> list[str]:
    """Return the fixed words with which a locked kinship begins."""
    return ["--locked", str(vault.absolute())]


def environment_for(environment: Mapping[str, str], locked: Locked) -> dict[str, str]:
    """Return what a locked kinship may know: no source of a passphrase, and where it left off."""
    kept = {
        name: told
        for name, told in environment.items()
        if name not in PASSPHRASE_SOURCES and not name.startswith("TEXTUAL")
    }
    return {**kept, WHY: str(locked.why), BOOKMARK: locked.bookmark}


def take_locked(environment: Mapping[str, str]) -> Locked:
    """Return what the program that locked left word of."""
    told = environment.get(WHY, "")
    why = Why(told) if told in set(Why) else Why.ASKED
    return Locked(why, environment.get(BOOKMARK, ""))


def lock_anew(driver: Driver, vault: Path, environment: Mapping[str, str]) -> NoReturn:
    """Give the terminal back and go on as a fresh program that knows the vault's place and nothing else.

    What is typed until it shows its lock screen is neither shown nor obeyed. Raises OSError where the system refuses;
    then the terminal is as it was while the program ran.
    """
    driver.stop_application_mode()
    driver.close()
    _echo(False)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        begin_anew(arguments_for(vault), environment)
    except OSError:
        signal.signal(signal.SIGINT, before)
        _echo(True)
        driver.start_application_mode()
        raise


def arrive(locked: Locked) -> None:
    """Be a program as others are again; one that was to be stopped stops here, and goes on when it is continued."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if locked.why is Why.STOPPED:
        _echo(True)
        os.kill(os.getpid(), signal.SIGSTOP)
        _echo(False)


def leave_terminal(*, from_lock: bool) -> None:
    """Leave the terminal as it was found; where it is gone, what is still to be written to it goes nowhere."""
    if from_lock:
        _echo(True)
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is None:
            continue
        try:
            stream.flush()
        except (OSError, ValueError):
            _close_quietly(stream)


def _close_quietly(stream: TextIO) -> None:
    with contextlib.suppress(OSError, ValueError):  # closed already
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _echo(shown: bool) -> None:
    with contextlib.suppress(termios.error, OSError):  # no terminal: nothing to show
        told = termios.tcgetattr(STANDARD_INPUT)
        told[LOCAL_FLAGS] = told[LOCAL_FLAGS] | termios.ECHO if shown else told[LOCAL_FLAGS] & ~termios.ECHO
        termios.tcsetattr(STANDARD_INPUT, termios.TCSANOW, told)
