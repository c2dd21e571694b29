"""How hard a passphrase is to guess, in a word: the estimate of zxcvbn (Wheeler 2016), which knows common habits."""

from __future__ import annotations

import math

from msgspec import Struct

_SHORTEST = 8
_WEIGHED = 72
"""Only so many characters are weighed: the work grows faster than their number, and the rest cannot hurt."""
FAIR = 45.0
"""Bits from which a passphrase is not called weak."""
_LEVELS = ((80.0, "very strong"), (60.0, "strong"), (FAIR, "fair"))
_MORE_WORDS = "another word or two would help a lot"


class Strength(Struct, frozen=True):
    """A word for the strength, a sentence that helps, and whether it may be used at all."""

    word: str
    sentence: str
    usable: bool
    bits: float
    """The logarithm to base 2 of the guesses that a clever attacker needs, by estimate."""


def strength_of(passphrase: str) -> Strength:
    """Return how strong a passphrase seems; what is guessed is never a promise."""
    if len(passphrase) < _SHORTEST:
        left = _SHORTEST - len(passphrase)
        return Strength("too short", f"{left} more character{'s' if left > 1 else ''} at least", usable=False, bits=0.0)
    bits, warning = _weighed(passphrase[:_WEIGHED])
    for least, word in _LEVELS:
        if bits >= least:
            return Strength(word, "an estimate, from common words and habits", usable=True, bits=bits)
    return Strength("weak", warning or _MORE_WORDS, usable=True, bits=bits)


def _weighed(passphrase: str) -> tuple[float, str]:
    """Return bits and a warning that may be empty."""
    from zxcvbn import zxcvbn

    told = zxcvbn(passphrase)
    warning = str(told["feedback"]["warning"] or "").rstrip(".")
    return math.log2(max(1, int(told["guesses"]))), warning[:1].lower() + warning[1:]
