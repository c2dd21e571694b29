"""Answers a line at a time, from a person or a pipe: a backslash goes on, an empty line passes, a slash commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TextIO, TypeVar

import click

from kinship.cli.output import on_terminal, remark, say, wrapped
from kinship.privacy.text import clean

T = TypeVar("T")

LONGEST = 1 << 20
"""Bytes of one line that are read; what is longer goes on in the next."""
HELP = (
    "One answer a line. A line that ends in a backslash goes on. An empty line passes the question.",
    "/back goes a question back, /stop stops here and keeps what you wrote, /help says this again.",
)


class GoBack(Exception):
    """The person wants the question before."""


class StopHere(Exception):
    """The person stops, or the pipe has ended."""


class PlainLines:
    """What is typed, cleaned; the commands among it are raised."""

    def __init__(self, stream: TextIO) -> None:
        """Read from `stream`, as bytes: nothing waits in a buffer of ours when Ctrl-C comes."""
        self._stream = stream
        self.waits = on_terminal(stream)
        """Whether somebody sits there who can be waited for."""

    def ask(self, sign: str = "> ") -> str:
        """Return one answer, empty where the question is passed. Raises GoBack and StopHere."""
        told: list[str] = []
        while True:
            if self.waits:
                click.echo(sign, nl=False, err=True)
            line = self._stream.buffer.readline(LONGEST).decode("utf-8", "replace")
            if not line:
                if told:
                    return "\n".join(told)
                raise StopHere
            goes_on = line.rstrip("\n").endswith("\\")
            told.append(clean(line.rstrip("\n")).removesuffix("\\") if goes_on else clean(line.rstrip("\n")))
            if not goes_on:
                answer = "\n".join(told).strip()
                if not self._is_command(answer):
                    return answer
                told = []

    def _is_command(self, answer: str) -> bool:
        match answer.casefold():
            case "/back":
                raise GoBack
            case "/stop":
                raise StopHere
            case "/help":
                for sentence in HELP:
                    tell(sentence)
                return True
        return False

    def ask_until(self, read: Callable[[str], T | None], otherwise: str, sign: str = "> ") -> T | None:
        """Return what `read` makes of an answer, None where the question is passed.

        While it makes nothing of it, `otherwise` is said and the question stands; empty: `read` said why itself.
        """
        while answer := self.ask(sign):
            found = read(answer)
            if found is not None:
                return found
            if otherwise:
                remark(otherwise)
        return None


def tell(text: str, *, indent: str = "") -> None:
    """Print a text folded at the width of the terminal."""
    for line in wrapped(text, indent=indent):
        say(line)


def numbered(options: Sequence[str]) -> None:
    """Print options with their numbers, from 1."""
    for number, option in enumerate(options, 1):
        tell(f"{number}  {option}", indent="  ")


def chosen(answer: str, options: Sequence[str]) -> str | None:
    """Return the option whose number or word this is; a part of it is enough where only one fits."""
    word = answer.strip().casefold()
    if word.isdecimal():
        return options[int(word) - 1] if 0 < int(word) <= len(options) else None
    exact = [one for one in options if one.casefold() == word]
    begun = [one for one in options if one.casefold().startswith(word)]
    held = [one for one in options if word in one.casefold()]
    return next((found[0] for found in (exact, begun, held) if word and len(found) == 1), None)
