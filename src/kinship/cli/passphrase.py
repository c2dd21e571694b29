"""Where the passphrase comes from: an open descriptor, a file, a command, or the terminal; never an argument."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
from collections.abc import Mapping

from kinship.cli.invocation import Invocation
from kinship.ground.errors import KinshipError, Misused
from kinship.privacy.anew import PASSPHRASE_SOURCES

FILE, COMMAND = PASSPHRASE_SOURCES
_LONGEST = 64 * 1024
_READ_AT_ONCE = 4096


def has_source(invocation: Invocation) -> bool:
    """Return whether the passphrase is given without asking a person."""
    environment = invocation.surroundings.environment
    return invocation.passphrase_fd is not None or bool(environment.get(FILE) or environment.get(COMMAND))


def get_passphrase(invocation: Invocation, *, question: str = "Passphrase: ") -> str:
    """Return the passphrase from the first source there is.

    Raises Misused where there is none and no terminal to ask on, or where the source holds no text; KinshipError
    where a passphrase command fails.
    """
    environment = invocation.surroundings.environment
    if invocation.passphrase_fd is not None:
        return read_descriptor(invocation.passphrase_fd)
    if environment.get(FILE):
        return _text(_from_file(environment[FILE]), f"The file that {FILE} names")
    if environment.get(COMMAND):
        return _text(_from_command(environment[COMMAND], environment), f"The command in {COMMAND}")
    return ask(invocation, question)


def read_descriptor(descriptor: int) -> str:
    """Return the passphrase that an open descriptor gives. Raises Misused where it gives none."""
    return _text(_from_descriptor(descriptor), f"Descriptor {descriptor}")


def refuse_shared_input(invocation: Invocation) -> None:
    """Raise Misused where standard input should give both the passphrase and the text."""
    if invocation.passphrase_fd == 0:
        raise Misused("Standard input cannot give both the passphrase and the text.", "Use another descriptor.")


def ask(invocation: Invocation, question: str) -> str:
    """Ask on the terminal without showing what is typed; Misused where there is no terminal."""
    if invocation.surroundings.ask is not None:
        return invocation.surroundings.ask(question)
    _require_terminal()
    import getpass

    with contextlib.suppress(EOFError):
        return getpass.getpass(question)
    raise Misused("No passphrase was typed.")


def _require_terminal() -> None:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError as error:
        raise Misused(
            "There is no terminal to ask for the passphrase on.",
            f"Give it with --passphrase-fd N, {FILE} or {COMMAND}.",
        ) from error


def _from_descriptor(descriptor: int) -> bytes:
    told = b""
    try:
        while len(told) <= _LONGEST and (more := os.read(descriptor, _READ_AT_ONCE)):
            told += more
    except OSError as error:
        raise Misused(f"Descriptor {descriptor} cannot be read for the passphrase.") from error
    return told


def _from_file(name: str) -> bytes:
    try:
        with open(name, "rb") as file:  # noqa: PTH123 - pipes read alike
            return file.read(_LONGEST + 1)
    except OSError as error:
        raise Misused(f"The file that {FILE} names cannot be read.") from error


def _from_command(command: str, environment: Mapping[str, str]) -> bytes:
    try:
        words = shlex.split(command)
        done = subprocess.run(  # noqa: S603 - the person's own command
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=dict(environment), check=False
        )
    except (OSError, ValueError, IndexError) as error:
        raise KinshipError(f"The command in {COMMAND} cannot be run.") from error
    if done.returncode != 0:
        raise KinshipError(f"The command in {COMMAND} failed with exit code {done.returncode}.")
    return done.stdout


def _text(told: bytes, source: str) -> str:
    """Return the passphrase in `told`: exactly one final newline is removed."""
    if len(told) > _LONGEST:
        raise Misused(f"{source} gave more than a passphrase can be.")
    try:
        passphrase = told.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Misused(f"{source} gave no UTF-8 text.") from error
    passphrase = passphrase.removesuffix("\n")
    if not passphrase:
        raise Misused(f"{source} gave no passphrase.")
    return passphrase
