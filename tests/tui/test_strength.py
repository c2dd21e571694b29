"""How strong a passphrase seems, in a word."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinship.tui.strength import strength_of


@pytest.mark.parametrize("passphrase", ["", "a", "seven77"])
def test_below_eight_characters_it_is_too_short(passphrase: str) -> None:
    told = strength_of(passphrase)
    assert told.word == "too short"
    assert not told.usable


@pytest.mark.parametrize(
    "passphrase",
    ["aaaaaaaaaaaaaaaa", "12345678", "password", "abcdefghijkl", "aha aha aha aha", "Summer2026!", "p@ssw0rd1"],
)
def test_repeating_counting_and_common_words_are_weak(passphrase: str) -> None:
    told = strength_of(passphrase)
    assert told.word == "weak"
    assert told.usable


def test_a_habit_is_named() -> None:
    assert "repeats" in strength_of("aaaaaaaaaaaaaaaa").sentence


@pytest.mark.parametrize(
    "passphrase", ["correct horse battery staple lamp six", "vQ8#kd0!mZw2^rT5", "τρεις λέξεις ακόμη μία εδώ"]
)
def test_length_and_variety_are_strong(passphrase: str) -> None:
    assert strength_of(passphrase).word in {"strong", "very strong", "fair"}


def test_more_words_are_never_weaker() -> None:
    words = ["lantern", "orchard", "pebble", "violin", "copper", "meadow"]
    bits = [strength_of(" ".join(words[:n])).bits for n in range(2, 7)]
    assert bits == sorted(bits)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_whatever_is_typed_has_a_word(passphrase: str) -> None:
    told = strength_of(passphrase)
    assert told.word in {"too short", "weak", "fair", "strong", "very strong"}
    assert told.bits >= 0


def test_the_word_lists_load_only_when_something_is_weighed() -> None:
    code = (
        "import sys\nfrom kinship.tui.strength import strength_of\nassert 'zxcvbn' not in sys.modules\n"
        "strength_of('short')\nassert 'zxcvbn' not in sys.modules\n"
        "strength_of('long enough')\nassert 'zxcvbn' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
