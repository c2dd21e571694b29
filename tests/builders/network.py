"""No network in tests: an internet socket is refused in this process and, where asked for, in what it starts."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SHUT = Path(__file__).parent / "shut"
"""The folder whose `sitecustomize` shuts a program that is started with it on its path."""
SEEN = "SOCKETS_SEEN"
"""The variable that names the file in which such a program writes down every socket."""
INTERNET = (socket.AF_INET, socket.AF_INET6)
_MAY = ("builders/syncthing.py",)
"""Where two Syncthing programs of a test are asked how far they are."""


def _refuse(event: str, told: tuple[Any, ...]) -> None:
    if event == "socket.__new__" and told[1] in INTERNET and not _is_allowed():
        raise PermissionError("a test, or kinship in it, wanted a network socket")


def _is_allowed() -> bool:
    frame = sys._getframe(1)
    while (found := frame.f_back) is not None:
        if found.f_code.co_filename.endswith(_MAY):
            return True
        frame = found
    return False


def shut_network() -> None:
    """Refuse internet sockets in this process from now on; an audit hook cannot be taken off again."""
    sys.addaudithook(_refuse)


def watched(file: Path) -> Mapping[str, str]:
    """Return the variables that make a Python program refuse every network, and note its sockets in `file`."""
    return {"PYTHONPATH": str(SHUT), SEEN: str(file)}


def sockets_in(file: Path) -> set[str]:
    """Return what was noted: one line for each socket or wish for one."""
    return set(file.read_text().splitlines()) if file.exists() else set()


def environment_of_a_stranger(file: Path) -> dict[str, str]:
    """Return what another program needs to be watched in the same way."""
    return {"PATH": os.environ["PATH"], **watched(file)}
