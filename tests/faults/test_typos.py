"""A recovery text mistyped in any way is refused, or names the group of its one wrong sign."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from functools import reduce
from operator import xor

import pytest

from kinship.ground.errors import Misused, NewerVault
from kinship.vault import recovery
from kinship.vault.recovery import ALPHABET, LENGTH, ROOT_BYTES, read_recovery, typo_place, write_recovery

SINGLE, SWAPPED, SHIFTED, SEVERAL = "one sign", "two signs swapped", "a group moved", "several signs"


def mistyped(symbols: str, way: str, dice: random.Random) -> tuple[str, int | None]:
    """Return the text with a typo in it, and where it stands if it is a single one."""
    typed = list(symbols)
    place = dice.randrange(LENGTH)
    if way == SINGLE:
        typed[place] = dice.choice([sign for sign in ALPHABET if sign != typed[place]])
        return "".join(typed), place
    if way == SWAPPED:
        other = dice.randrange(LENGTH)
        typed[place], typed[other] = typed[other], typed[place]
    elif way == SHIFTED:
        groups = ["".join(typed[start : start + 4]) for start in range(0, LENGTH, 4)]
        groups.insert(dice.randrange(10), groups.pop(dice.randrange(10)))
        typed = list("".join(groups))
    else:
        for wrong in dice.sample(range(LENGTH), dice.randrange(2, 5)):
            typed[wrong] = dice.choice([sign for sign in ALPHABET if sign != typed[wrong]])
    return "".join(typed), None


def typos(count: int, seed: int) -> tuple[int, int]:
    """Return how many of `count` mistyped texts were taken, and how many single typos were looked for elsewhere."""
    dice = random.Random(seed)
    tried = taken = misplaced = 0
    while tried < count:
        symbols = write_recovery(dice.randbytes(ROOT_BYTES)).replace("-", "")
        typed, place = mistyped(symbols, dice.choice((SINGLE, SWAPPED, SHIFTED, SEVERAL)), dice)
        if typed == symbols:
            continue
        tried += 1
        try:
            read_recovery(typed)
        except (Misused, NewerVault):
            misplaced += place is not None and typo_place([ALPHABET.index(sign) for sign in typed]) != place
        else:
            taken += 1
    return taken, misplaced


def test_no_mistyped_recovery_text_is_taken(
    part: int, counted: Callable[[int, int], int], tally: Callable[..., None]
) -> None:
    texts = counted(2_000, 25_000)
    taken, misplaced = typos(texts, part)
    tally("typos in recovery texts", texts=texts, wrong=taken + misplaced)
    assert (taken, misplaced) == (0, 0)


def test_a_checksum_that_nobody_looks_at_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recovery, "remainder", lambda _: [0] * recovery.CHECK)
    monkeypatch.setattr(sys.modules[__name__], "typo_place", lambda _: None)
    assert typos(50, 1)[0] > 20


def test_a_sum_that_is_blind_to_the_order_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recovery, "remainder", lambda symbols: [reduce(xor, symbols)] + [0] * (recovery.CHECK - 1))
    monkeypatch.setattr(recovery, "typo_place", lambda _: None)
    monkeypatch.setattr(sys.modules[__name__], "typo_place", lambda _: None)
    assert typos(200, 1)[0] > 20
