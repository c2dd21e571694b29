from __future__ import annotations

import time

import pytest

from builders.hostile import short_corpus
from kinship.snapshot.lettering import shortened, width_of, wrapped


def test_widths_are_those_of_the_font() -> None:
    assert width_of("A", 1000) == pytest.approx(684)
    assert width_of("il", 1000) == pytest.approx(278 * 2)
    assert width_of("Ж", 100) > width_of("i", 100)


def test_marks_take_no_room_wide_signs_a_whole_one_and_a_family_that_of_one() -> None:
    assert width_of("e\u0301", 10) == width_of("e", 10)
    assert width_of("漢字", 10) == 20
    assert width_of("👩\u200d👩\u200d👧\u200d👦", 10) == width_of("👦", 10)
    assert width_of("🇺🇦", 10) == width_of("👦", 10)


@pytest.mark.parametrize("text", short_corpus().values(), ids=short_corpus())
def test_a_shortened_text_is_never_wider_than_asked_for(text: str) -> None:
    assert width_of(shortened(text, 13, 150), 13) <= 150


def test_what_fits_is_left_as_it_is() -> None:
    assert shortened("Ana", 13, 150) == "Ana"
    assert shortened("", 13, 150) == ""


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert shortened("Wolfeschlegelsteinhausen", 10, 80).endswith("…")


def test_a_pile_of_marks_stays_on_its_line() -> None:
    assert shortened("Z" + "\u0301" * 100, 13, 150) == "Z" + "\u0301" * 4


def test_a_name_of_a_million_letters_is_shortened_at_once() -> None:
    start = time.perf_counter()
    shortened("x" * 1_000_000, 13, 150)
    assert time.perf_counter() - start < 1


def test_lines_are_broken_at_spaces_only() -> None:
    lines = wrapped("so close that life without them is hard to imagine", 11, 120)
    assert " ".join(lines) == "so close that life without them is hard to imagine"
    assert all(width_of(line, 11) <= 120 for line in lines)
