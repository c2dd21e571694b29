"""The offered passphrase: its strength is what is said of it, its words can be typed by anybody."""

from __future__ import annotations

import math
import re
from collections import Counter

import pytest

from kinship.vault.slots import check_new_passphrase, passphrase_bytes
from kinship.vault.suggestion import BITS, CHOICES, WORDS, suggest_passphrase, words


def test_the_list_has_as_many_different_words_as_are_counted() -> None:
    assert len(words()) == len(set(words())) == CHOICES
    assert math.log2(len(words()) ** WORDS) == pytest.approx(BITS)
    assert 62 <= BITS < 63


def test_every_word_is_short_and_plain() -> None:
    for word in words():
        assert re.fullmatch(r"[a-z]{3,8}", word), word
    assert list(words()) == sorted(words())


def test_no_two_suggestions_can_be_spelled_the_same() -> None:
    told = {suggest_passphrase() for _ in range(200)}
    assert len(told) == 200
    for one in told:
        assert len(one.split(" ")) == WORDS
        assert set(one.split(" ")) <= set(words())
        check_new_passphrase(one)
        assert passphrase_bytes(one) == one.encode()


def test_every_word_may_come_with_equal_chance() -> None:
    counted = Counter(word for _ in range(4000) for word in suggest_passphrase().split())
    expected = 4000 * WORDS / CHOICES
    spread = sum((counted[word] - expected) ** 2 / expected for word in words())
    assert abs(spread - (CHOICES - 1)) < 6 * math.sqrt(2 * (CHOICES - 1))
    assert len(counted) == CHOICES


def test_a_list_drawn_unevenly_would_be_noticed() -> None:
    counted = Counter(word for _ in range(4000) for word in suggest_passphrase(_lazy).split())
    expected = 4000 * WORDS / CHOICES
    spread = sum((counted[word] - expected) ** 2 / expected for word in words())
    assert abs(spread - (CHOICES - 1)) >= 6 * math.sqrt(2 * (CHOICES - 1))


def _lazy(several: object) -> str:
    import random

    assert isinstance(several, tuple)
    word: str = several[random.getrandbits(10) % len(several)]
    return word
