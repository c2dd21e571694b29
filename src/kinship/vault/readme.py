"""The text that lies in every vault: what the folder is, and the stand-alone reader that opens it without kinship."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from kinship.vault import crypto, durable

NAME = "READ-ME-recovery.txt"
READER = Path(__file__).with_name("reader.py")
"""The reader as a file of the package; the text in the vault is this file, byte for byte."""
LARGEST = 1024 * 1024


class Found(Enum):
    """What stood in a vault before it was put right."""

    SAME = "same"
    NOTHING = "nothing"
    OTHER = "other"
    """Another text: of another version of kinship, or of somebody who could write the folder."""


def text() -> bytes:
    """Return what `READ-ME-recovery.txt` says: a Python program whose first part is written for people."""
    return READER.read_bytes()


def sha256() -> str:
    """Return the SHA-256 of that text in hex: it stands on the recovery sheet, in the README and in the docs."""
    return crypto.sha256(text()).hex()


def put_right(vault: Path) -> Found:
    """Write the text anew unless it stands there; return what was found. Raises OSError where the disk refuses."""
    wanted = text()
    try:
        there = durable.read_regular(vault / NAME, most=LARGEST)
    except FileNotFoundError:
        durable.create_durable(vault / NAME, wanted)
        return Found.NOTHING
    except OSError:
        there = b""
    if there == wanted:
        return Found.SAME
    durable.replace_durable(vault / NAME, wanted)
    return Found.OTHER
