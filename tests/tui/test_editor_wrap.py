"""A very long line is broken anew in part, and just as it would be as a whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual._wrap import compute_wrap_offsets

from builders.pages import Desk, type_in
from builders.screens import staged
from kinship.tui.widgets.page_editor import PageEditor
from kinship.tui.widgets.page_wrap import LONG, PageWrap, rewrapped

WORDS = st.text(st.sampled_from("aaaaab    é漢🙂’-"), max_size=160)


@settings(max_examples=100, deadline=None)
@given(WORDS, st.integers(1, 90), st.data(), WORDS, st.integers(8, 60))
def test_breaking_a_part_breaks_like_the_whole(
    text: str, times: int, data: st.DataObject, typed: str, width: int
) -> None:
    old = text * times
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, min(len(old), start + 200)))
    new = old[:start] + typed + old[end:]
    breaks = compute_wrap_offsets(old, width, 4)
    assert rewrapped(old, breaks, new, width, 4) == compute_wrap_offsets(new, width, 4)


async def test_typing_in_a_long_line_keeps_every_row_and_those_below_it() -> None:
    line = "some words and a longer one, " * (LONG // 10)
    async with staged(Desk(f"first\n{line}\nlast\nof all")) as (stage, pilot):
        editor = stage.screen.query_one(PageEditor)
        editor.move_cursor((1, len(line) // 2))
        await type_in(pilot, "among them, ")
        editor.insert("many words more, " * 12)
        editor.undo()
        await pilot.press(*["backspace"] * 8)
        await pilot.pause()
        wrapped = editor.wrapped_document
        assert isinstance(wrapped, PageWrap)
        told = (wrapped._wrap_offsets, wrapped._offset_to_line_info, wrapped._line_index_to_offsets)
        assert wrapped._tab_width_cache == [[0]] * 4
        wrapped.wrap(wrapped._width)
        assert told == (wrapped._wrap_offsets, wrapped._offset_to_line_info, wrapped._line_index_to_offsets)
        assert "".join(wrapped.get_sections(1)) == editor.document[1]


@pytest.mark.parametrize("text", ["a paragraph of some words\n\n" * 200, "words " * 3000])
async def test_a_long_paste_is_one_step_back_and_forth(text: str) -> None:
    async with staged(Desk("before")) as (stage, pilot):
        editor = stage.screen.query_one(PageEditor)
        editor.move_cursor((0, 6))
        editor.post_message(events.Paste(text))
        await pilot.pause()
        assert editor.text == f"before{text}"
        for _ in range(2):
            await pilot.press("ctrl+z")
            await pilot.pause()
            assert editor.text == "before"
            await pilot.press("ctrl+y")
            await pilot.pause()
            assert editor.text == f"before{text}"


def test_a_break_that_is_kept_too_long_would_be_noticed() -> None:
    old, new = "aaaa bb" * 400, "aaaa bb" * 200 + " " + "aaaa bb" * 200
    breaks = compute_wrap_offsets(old, 20, 4)
    assert breaks != compute_wrap_offsets(new, 20, 4)
    assert rewrapped(old, breaks, new, 20, 4) == compute_wrap_offsets(new, 20, 4)
