"""Text is cleaned on its way in and made harmless on its way out."""

from __future__ import annotations

import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import hostile
from kinship.privacy.text import REPLACEMENT, clean, clean_line, visible

ANY_TEXT = st.text(st.characters(codec=None, categories=None, exclude_categories=()))


@pytest.mark.parametrize("text", hostile.corpus().values(), ids=hostile.corpus())
def test_nothing_a_terminal_obeys_is_kept(text: str) -> None:
    kept = clean(text)
    assert set(hostile.obeyed_in(kept)) <= {ascii("\t")}
    kept.encode()


@pytest.mark.parametrize("text", hostile.corpus().values(), ids=hostile.corpus())
def test_nothing_a_terminal_obeys_is_shown(text: str) -> None:
    assert hostile.obeyed_in(visible(text)) == []


@pytest.mark.parametrize("text", hostile.CONTROLS.values(), ids=hostile.CONTROLS)
def test_the_corpus_is_hostile(text: str) -> None:
    assert hostile.obeyed_in(text)


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(ANY_TEXT)
def test_showing_keeps_the_length_and_every_harmless_character(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert all(after in (before, REPLACEMENT) for before, after in zip(text, shown, strict=True))
    assert hostile.obeyed_in(shown) == []


@given(ANY_TEXT)
def test_a_field_of_one_line_is_one_line(text: str) -> None:
    line = clean_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()


@pytest.mark.parametrize("text", hostile.INNOCENT.values(), ids=hostile.INNOCENT)
def test_innocent_text_comes_back_as_typed(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("text", [text for text in hostile.INNOCENT.values() if "\t" not in text])
def test_innocent_text_is_shown_as_typed(text: str) -> None:
    assert visible(text) == text


def test_every_unicode_control_but_tab_and_newline_is_dropped() -> None:
    controls = [chr(n) for n in range(sys.maxunicode + 1) if unicodedata.category(chr(n)) in ("Cc", "Cs")]
    assert [one for one in controls if clean(f"a{one}b") not in ("ab", "a\nb")] == ["\t"]


def test_line_ends_of_other_systems_become_a_newline() -> None:
    assert clean("a\r\nb\rc\nd\u2028e\u2029f") == "a\nb\nc\nd\ne\nf"


def test_markup_is_left_alone() -> None:
    for text in hostile.MARKUP.values():
        assert clean(text) == visible(text) == text


def test_a_megabyte_line_takes_no_time() -> None:
    long = "word " * 200_000 + "é\u200d\n"
    begun = time.process_time()
    assert visible(long) == clean(long) == long
    assert time.process_time() - begun < 0.2
