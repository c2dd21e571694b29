"""Where words stand in a text, whatever its script, and the part of it that shows the first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinship.ground.width import cells
from kinship.journal.marks import excerpt, marks_in
from kinship.journal.mentions import fold


def marked(text: str, *words: str) -> list[str]:
    return [text[start:end] for start, end in marks_in(text, [fold(word) for word in words])]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Rain and rain", ["rain"], ["Rain", "rain"]),
        ("Straße, STRASSE", ["strasse"], ["Straße", "STRASSE"]),
        ("cafe\u0301 CAFÉ", ["café"], ["cafe\u0301", "CAFÉ"]),
        ("\u1112\u1161\u11ab bit", ["한"], ["\u1112\u1161\u11ab"]),
        ("İstanbul", ["i"], ["İ"]),
        ("שלום עולם", ["עולם"], ["עולם"]),
        ("小林さん", ["小林"], ["小林"]),
        ("on the\nstairs", ["on the stairs"], ["on the\nstairs"]),
        ("stairs stair", ["stair", "stairs"], ["stairs", "stair"]),
        ("a [b]x[/] (", ["[b]", "("], ["[b]", "("]),
        ("nothing", [], []),
    ],
)
def test_every_place_is_found_as_it_was_typed(text: str, words: list[str], found: list[str]) -> None:
    assert marked(text, *words) == found


TEXTS = st.text(st.sampled_from("aßéE\u0301İ한ᄒ\u1161 \nfiÅ小"), max_size=30)


@given(TEXTS, st.text(st.sampled_from("asé한i"), min_size=1, max_size=3))
def test_what_is_marked_holds_the_word_and_what_holds_it_is_marked(text: str, word: str) -> None:
    found = marked(text, word)
    assert all(fold(word) in fold(one.replace("\n", " ")) for one in found)
    assert bool(found) == (fold(word) in fold(text.replace("\n", " ")))


def test_an_excerpt_shows_the_word_with_some_before_it_on_one_line() -> None:
    text = "one two three four " * 20 + "the needle\n\nand more " + "words " * 40
    shown = excerpt(text, ["needle"], 40)
    assert shown.startswith("…")
    assert "needle and more" in shown
    assert cells(shown[: shown.index("needle")]) <= 20
    assert excerpt("short and plain", ["plain"], 40) == "short and plain"
    assert excerpt("", ["x"], 40) == ""
