"""How hard a passphrase is to guess, in a word, judged by its length and variety alone."""

from __future__ import annotations

import math

from msgspec import Struct

_LETTERS, _DIGITS, _MARKS, _OTHER = 26, 10, 33, 100
_WORD_BITS = 11.0
"""A common word is one of about two thousand."""
_SHORTEST = 8
FAIR = 45.0
"""Bits from which a passphrase is not called weak."""
_LEVELS = ((80.0, "very strong"), (60.0, "strong"), (FAIR, "fair"))


class Strength(Struct, frozen=True):
    """A word for the strength, a sentence that helps, and whether it may be used at all."""

    word: str
    sentence: str
    usable: bool
    bits: float
    """A rough estimate that knows nothing of names, songs or leaked lists."""


def strength_of(passphrase: str) -> Strength:
    """Return how strong a passphrase seems."""
    if len(passphrase) < _SHORTEST:
        left = _SHORTEST - len(passphrase)
        return Strength("too short", f"{left} more character{'s' if left > 1 else ''} at least", usable=False, bits=0.0)
    bits = min(_by_characters(passphrase), _by_words(passphrase))
    for least, word in _LEVELS:
        if bits >= least:
            return Strength(word, "a rough guess, from length and variety", usable=True, bits=bits)
    return Strength("weak", "another word or two would help a lot", usable=True, bits=bits)


def _by_characters(text: str) -> float:
    kinds = [
        (_LETTERS, any(one.islower() for one in text)),
        (_LETTERS, any(one.isupper() for one in text)),
        (_DIGITS, any(one.isdigit() for one in text)),
        (_MARKS, any(one.isascii() and not one.isalnum() for one in text)),
        (_OTHER, not text.isascii()),
    ]
    pool = sum(size for size, used in kinds if used)
    fresh = sum(_is_fresh(text, index) for index in range(len(text)))
    return min(fresh, 3 * len(set(text.casefold()))) * math.log2(max(pool, 2)) * 0.75


def _is_fresh(text: str, index: int) -> bool:
    """Whether a character neither repeats nor counts on from the one before."""
    return index == 0 or not 0 <= ord(text[index].casefold()[0]) - ord(text[index - 1].casefold()[0]) <= 1


def _by_words(text: str) -> float:
    words = {word.casefold() for word in text.split()}
    if len(text.split()) <= 1 or not all(word.isalpha() for word in words):
        return math.inf
    return sum(min(_WORD_BITS * max(1.0, len(word) / 6), 4.7 * len(word)) for word in words)
