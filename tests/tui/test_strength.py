"""How strong a passphrase seems, in a word."""

from __future__ import annotations

import pytest

from kinship.tui.strength import strength_of


@pytest.mark.parametrize("passphrase", ["", "a", "seven77"])
def test_below_eight_characters_it_is_too_short(passphrase: str) -> None:
    told = strength_of(passphrase)
    assert told.word == "too short"
    assert not told.usable


@pytest.mark.parametrize("passphrase", ["aaaaaaaaaaaaaaaa", "12345678", "password", "abcdefghijkl", "aha aha aha aha"])
def test_repeating_counting_and_common_shapes_are_weak(passphrase: str) -> None:
    assert strength_of(passphrase).word == "weak"


@pytest.mark.parametrize(
    "passphrase", ["correct horse battery staple lamp six", "vQ8#kd0!mZw2^rT5", "τρεις λέξεις ακόμη μία εδώ"]
)
def test_length_and_variety_are_strong(passphrase: str) -> None:
    assert strength_of(passphrase).word in {"strong", "very strong", "fair"}


def test_more_words_are_never_weaker() -> None:
    words = ["lantern", "orchard", "pebble", "violin", "copper", "meadow"]
    bits = [strength_of(" ".join(words[:n])).bits for n in range(2, 7)]
    assert bits == sorted(bits)
