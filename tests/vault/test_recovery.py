"""The recovery text: printed, typed back, mistyped."""

from __future__ import annotations

import itertools
import random

import pytest

from kinship.ground.errors import Misused, NewerVault
from kinship.vault.recovery import ALPHABET, CHECK, LENGTH, read_recovery, remainder, typo_place, write_recovery

ROOT = bytes(range(200, 220))
TEXT = write_recovery(ROOT)
SYMBOLS = TEXT.replace("-", "")


def grouped(symbols: str) -> str:
    return "-".join(symbols[start : start + 4] for start in range(0, len(symbols), 4))


def test_what_is_printed_is_what_is_read_back() -> None:
    assert read_recovery(TEXT) == ROOT
    assert len(TEXT.split("-")) == 10
    for _ in range(50):
        root = random.Random(1).randbytes(20)
        assert read_recovery(write_recovery(root)) == root


def test_case_spaces_and_lookalikes_do_not_matter() -> None:
    assert read_recovery(" ".join(TEXT.lower().split("-"))) == ROOT
    assert read_recovery(TEXT.replace("0", "O").replace("1", "l")) == ROOT
    assert read_recovery(TEXT.replace("1", "i").replace("-", "–")) == ROOT


def test_every_single_typo_is_found_and_its_group_named() -> None:
    values = [ALPHABET.index(symbol) for symbol in SYMBOLS]
    for place, error in itertools.product(range(LENGTH), range(1, 32)):
        typed = values.copy()
        typed[place] ^= error
        assert typo_place(typed) == place
    mistyped = SYMBOLS[:17] + ALPHABET[(ALPHABET.index(SYMBOLS[17]) + 1) % 32] + SYMBOLS[18:]
    with pytest.raises(Misused, match="group 5"):
        read_recovery(grouped(mistyped))


def test_no_two_patterns_of_up_to_two_typos_look_the_same_so_any_four_typos_are_found() -> None:
    shifts = [[remainder([error, *[0] * (LENGTH - 1 - place)]) for error in range(1, 32)] for place in range(LENGTH)]
    packed = [[sum(value << 5 * at for at, value in enumerate(one)) for one in errors] for errors in shifts]
    patterns = [0, *itertools.chain.from_iterable(packed)]
    for first, second in itertools.combinations(packed, 2):
        patterns.extend(one ^ other for one in first for other in second)
    assert len(patterns) == 1 + LENGTH * 31 + LENGTH * (LENGTH - 1) // 2 * 31 * 31
    assert len(set(patterns)) == len(patterns)


def test_every_swap_of_two_signs_is_found() -> None:
    for one, other in itertools.combinations(range(LENGTH), 2):
        if SYMBOLS[one] != SYMBOLS[other]:
            swapped = list(SYMBOLS)
            swapped[one], swapped[other] = swapped[other], swapped[one]
            with pytest.raises((Misused, NewerVault)):
                read_recovery("".join(swapped))


def test_a_swap_names_no_single_group_wrongly() -> None:
    first = next(at for at in range(8, 30) if SYMBOLS[at] != SYMBOLS[at + 1])
    swapped = SYMBOLS[:first] + SYMBOLS[first + 1] + SYMBOLS[first] + SYMBOLS[first + 2 :]
    with pytest.raises(Misused, match="More than one sign"):
        read_recovery(swapped)


@pytest.mark.parametrize(("typed", "says"), [(TEXT[:-1], "has 39"), (TEXT + "7", "has 41"), ("", "has 0")])
def test_a_sign_too_few_or_too_many_is_said(typed: str, says: str) -> None:
    with pytest.raises(Misused, match=says):
        read_recovery(typed)


def test_a_sign_that_no_text_has_is_named_by_its_group() -> None:
    with pytest.raises(Misused, match="Group 2 "):
        read_recovery(TEXT[:6] + "U" + TEXT[7:])


def test_a_text_of_a_later_form_is_told_apart_from_a_typo() -> None:
    values = [ALPHABET.index(symbol) for symbol in "K2" + SYMBOLS[2:-CHECK]]
    later = values + remainder([*values, *[0] * CHECK])
    with pytest.raises(NewerVault):
        read_recovery("".join(ALPHABET[value] for value in later))


def test_a_text_of_random_signs_is_refused() -> None:
    rng = random.Random(5)
    for _ in range(300):
        typed = "K1" + "".join(rng.choice(ALPHABET) for _ in range(38))
        with pytest.raises(Misused):
            read_recovery(typed)
