"""The public half of the capture key as an unlock on this computer left it; read without any secret."""

from __future__ import annotations

import json
from pathlib import Path

from kinship.vault import durable

MARKS = "marks.json"
"""The file of the local state that holds it."""
_BYTES = 32


def read_pinned(folder: Path) -> bytes | None:
    """Return the pinned key in the local state of a vault, None where there is none that can be read.

    Without the master key nobody can tell whether somebody changed it: the next unlock does.
    """
    try:
        told = bytes.fromhex(json.loads(durable.read_regular(folder / MARKS))["marks"]["capture"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return told if len(told) == _BYTES else None
