"""An offered passphrase: six words of our own list, drawn by the system's randomness."""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("words.txt")
"""1296 short, plain English words, chosen for kinship and under its licence: easy to type, none one letter from
another, save a few, and none that hurts to read on a hard day."""
WORDS = 6
CHOICES = 1296
BITS = WORDS * math.log2(CHOICES)
"""62: each word is one of 1296 with equal chance, so a guesser who knows the list needs 2^61 tries on average."""


@cache
def words() -> tuple[str, ...]:
    """Return the list."""
    return tuple(LIST.read_text("ascii").split())


def suggest_passphrase(choose: Callable[[Sequence[str]], str] = secrets.choice) -> str:
    """Return six words with spaces between; `choose` must be as random as a key."""
    return " ".join(choose(words()) for _ in range(WORDS))
