"""One line of a megabyte is opened, looked at and written in, and the screen stays alive."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.pages import Desk, type_in
from builders.screens import painted, staged
from kinship.tui.widgets.markdown_lines import EMPHASIS
from kinship.tui.widgets.page_editor import PageEditor
from kinship.tui.widgets.page_lines import LONG, PageLines

MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    ("word", "size"), [("word *x* @Bea #tag ", MEGABYTE), ("x", MEGABYTE)]
    + [(word, MEGABYTE // 8) for word in ("漢", "`", "[a](b) ", "@")],
)  # fmt: skip
async def test_a_line_of_a_megabyte_is_written_in(word: str, size: int) -> None:
    line = (word * (size // len(word) + 1))[:size]
    async with staged(Desk(line)) as (stage, pilot):
        editor = stage.screen.query_one(PageEditor)
        editor.move_cursor((0, size // 2))
        await type_in(pilot, "Q")
        begun = time.process_time()
        await type_in(pilot, "ZQ")
        assert (time.process_time() - begun) / 2 < 3.0 * size / MEGABYTE
        assert editor.text == f"{line[: size // 2]}QZQ{line[size // 2 :]}"
        assert "QZQ" in painted(stage)


async def test_a_long_line_is_styled_where_it_is_looked_at() -> None:
    async with staged(Desk("some *words* here " * 5_000)) as (stage, pilot):
        editor = stage.screen.query_one(PageEditor)
        editor.move_cursor((0, 50_000))
        await pilot.pause()
        found = {part.text for y in range(10) for part in editor.render_line(y) if part.style and part.style.italic}
        assert "words" in found


@given(
    st.text(st.sampled_from("*_`~[]()@#\\ \tab\u4e00\u0301"), max_size=300), st.integers(0, 40_000), st.integers(1, 400)
)
def test_stretches_of_a_long_line_cover_what_is_asked_for(text: str, start: int, size: int) -> None:
    line = ((text or "x") * (40_000 // len(text or "x") + 1))[:40_000]
    runs = list(PageLines(lambda _: ()).runs_within([line], 0, start, start + size))
    covered = [at for run in runs for at in range(max(run.start, start), min(run.end, start + size))]
    assert covered == list(range(start, min(start + size, len(line))))


def test_a_line_that_is_not_long_is_read_whole() -> None:
    line = f"*{'x' * (LONG - 2)}*"
    assert any(EMPHASIS in run.roles for run in PageLines(lambda _: ()).runs_within([line], 0, 4_000, 4_080))
