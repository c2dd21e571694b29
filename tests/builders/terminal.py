"""The installed program under a pseudo-terminal: keys go in, a screen comes out, every byte is kept."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "shift+left": "\x1b[1;2D",
    "shift+tab": "\x1b[Z",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "f1": "\x1bOP",
    "f8": "\x1b[19~",
    "backspace": "\x7f",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
_PRIVATE = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b\[[0-9;]* q")
"""Questions and modes that the screen model takes for text styles; they draw nothing."""


class Terminal:
    """One run of a command in a terminal of `columns` x `rows`; `raw` keeps every byte it wrote."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], *, columns: int = 80, rows: int = 24
    ) -> None:
        self.raw = bytearray()
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._unread = bytearray()
        """What was written and is not on the screen yet: the screen is only drawn when somebody looks at it."""
        self._master, slave = pty.openpty()
        self._size(columns, rows)
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **environment},
            cwd=environment["HOME"],
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - tests fork without threads
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)

    def _size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size; the program is told by SIGWINCH."""
        self._draw()
        self._screen.resize(rows, columns)
        self._size(columns, rows)

    def _draw(self) -> None:
        if self._unread:
            self._stream.feed(_PRIVATE.sub(b"", self._unread))
            self._unread.clear()

    def text(self) -> str:
        """Return the screen as it stands, a line each, trailing spaces gone."""
        self._draw()
        buffer = self._screen.buffer
        columns, rows = range(self._screen.columns), range(self._screen.lines)
        return "\n".join("".join(buffer[y][x].data for x in columns).rstrip() for y in rows)

    def cells(self) -> list[list[tuple[str, str | None, str | None, bool, bool, bool]]]:
        """Return the screen cell by cell: letter, colour, ground, bold, italic, underlined."""
        self._draw()
        rows = []
        for y in range(self._screen.lines):
            row = []
            for x in range(self._screen.columns):
                cell = self._screen.buffer[y][x]
                front, back = _colour(cell.fg), _colour(cell.bg)
                if cell.reverse:
                    front, back = back or "#181818", front or "#dcdcdc"
                row.append((cell.data, front, back, cell.bold, cell.italics, cell.underscore))
            rows.append(row)
        return rows

    def _has_said(self, seconds: float) -> bool:
        """Return whether the program writes within `seconds`; any number of files may be open in this process."""
        poll = select.poll()
        poll.register(self._master, select.POLLIN)
        return bool(poll.poll(seconds * 1000))

    def read(self, seconds: float) -> None:
        """Take in what the program writes until it is quiet for a moment or `seconds` are over."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not self._has_said(min(left, 0.05)):
                if self.process.poll() is not None:
                    return
                continue
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return
            if not data:
                return
            self.raw += data
            self._unread += data
            return

    def wait_for(self, pattern: str, seconds: float = 30) -> str:
        """Return the screen once `pattern` stands on it; fail with the screen where it never does."""
        end = time.monotonic() + seconds
        while not re.search(pattern, self.text()):
            if time.monotonic() > end or (self.process.poll() is not None and not self._pending()):
                raise AssertionError(f"never saw {pattern!r}; the screen was:\n{self.text()}")
            self.read(0.5)
        return self.text()

    def wait_gone(self, pattern: str, seconds: float = 30) -> str:
        """Return the screen once `pattern` stands on it no more."""
        end = time.monotonic() + seconds
        while re.search(pattern, self.text()):
            if time.monotonic() > end:
                raise AssertionError(f"still saw {pattern!r}:\n{self.text()}")
            self.read(0.5)
        return self.text()

    def settle(self, quiet: float = 0.25) -> None:
        """Take in what the program writes until it has written nothing for `quiet` seconds."""
        before = -1
        while before != len(self.raw):
            before = len(self.raw)
            self.read(quiet)

    def press(self, *keys: str) -> None:
        """Press keys by name (`enter`, `ctrl+q`, …) or type a text; escape gets time to be told from a sequence."""
        for key in keys:
            os.write(self._master, KEYS.get(key, key).encode())
            self.read(0.15 if key == "esc" else 0.02)
        self.settle()

    def end(self, seconds: float = 20) -> int:
        """Wait for the program to end by itself and return its exit code."""
        end = time.monotonic() + seconds
        while self.process.poll() is None:
            if time.monotonic() > end:
                raise AssertionError(f"it did not end; the screen was:\n{self.text()}")
            self.read(0.2)
        while self._pending():
            self.read(0.1)
        return self.process.returncode

    def hang_up(self) -> None:
        """Do what a closed terminal window does: send SIGHUP."""
        self.process.send_signal(signal.SIGHUP)

    def _pending(self) -> bool:
        return self._has_said(0) and self._alive()

    def _alive(self) -> bool:
        before = len(self.raw)
        self.read(0.05)
        return len(self.raw) > before


def _colour(name: str) -> str | None:
    return None if name == "default" else f"#{name}" if re.fullmatch("[0-9a-f]{6}", name) else name


def files_holding(word: str, *folders: Path) -> list[Path]:
    """Return every file below `folders` in which `word` can be read, as UTF-8 or UTF-16, in content or name."""
    needles = [word.encode(), word.encode("utf-16-le")]
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            if word in path.name:
                found.append(path)
            elif path.is_file() and not path.is_symlink():
                data = path.read_bytes()
                if any(needle in data for needle in needles):
                    found.append(path)
    return found
