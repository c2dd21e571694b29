"""Whether the terminal is light or dark: by COLORFGBG, else by asking it once (OSC 11), else dark."""

from __future__ import annotations

import contextlib
import os
import re
import select
import sys
import time
from collections.abc import Mapping

WAIT = 0.08
"""Seconds that a terminal is given to answer."""
_LIGHT_INDEXES = frozenset({7, *range(9, 16)})
"""Colours of the sixteen that are light grounds (8 is dark grey)."""
_ASK = b"\x1b]11;?\x1b\\\x1b[c"
"""What is the ground, and (answered by every terminal, so that nobody waits for the first) what are you?"""
_ANSWER = re.compile(rb"\x1b\]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})")
_LAST = re.compile(rb"\x1b\[\?[0-9;]*c")
_HALF = 0.5


def tone_of(environment: Mapping[str, str]) -> str:
    """Return "light" or "dark"."""
    if told := tone_told(environment):
        return told
    if environment.get("TERM", "dumb") in {"dumb", "linux"}:
        return "dark"
    return tone_in(_ask())


def tone_told(environment: Mapping[str, str]) -> str:
    """Return the tone that the environment tells of, empty where it does not."""
    last = environment.get("COLORFGBG", "").rpartition(";")[2]
    return ("light" if int(last) in _LIGHT_INDEXES else "dark") if last.isdigit() else ""


def tone_in(answer: bytes) -> str:
    """Return the tone in a terminal's answer, dark where it told none (luma after ITU-R BT.601)."""
    found = _ANSWER.search(answer)
    if found is None:
        return "dark"
    red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in found.groups())
    return "light" if 0.299 * red + 0.587 * green + 0.114 * blue > _HALF else "dark"


def _ask() -> bytes:
    """Return what the terminal answers within the wait; nothing where there is none."""
    with contextlib.suppress(OSError, ValueError):
        descriptor = sys.stdin.fileno()
        if os.isatty(descriptor) and sys.stdout.isatty():
            return _answer_of(descriptor, sys.stdout.fileno())
    return b""


def _answer_of(source: int, sink: int) -> bytes:
    import termios
    import tty

    before = termios.tcgetattr(source)
    answer = b""
    try:
        tty.setcbreak(source, termios.TCSANOW)
        os.write(sink, _ASK)
        end = time.monotonic() + WAIT
        while not _LAST.search(answer) and select.select([source], [], [], max(0.0, end - time.monotonic()))[0]:
            answer += os.read(source, 256)
    except termios.error:
        return answer
    finally:
        termios.tcsetattr(source, termios.TCSANOW, before)
    return answer
