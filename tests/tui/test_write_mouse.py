"""Writing with the mouse, and in a theme that changes."""

from __future__ import annotations

from pathlib import Path

from textual.geometry import Offset

from builders.pages import Desk, context_of, journal_with, type_in
from builders.screens import painted, settle, staged
from kinship.tui.screens.write import WriteScreen
from kinship.tui.widgets.completion import CompletionList
from kinship.tui.widgets.mark_bar import MarkBar
from kinship.tui.widgets.page_editor import PageEditor


def place_of(picture: str, words: str) -> Offset:
    rows = picture.splitlines()
    row = next(at for at, text in enumerate(rows) if words in text)
    return Offset(rows[row].index(words), row)


async def test_a_suggestion_is_taken_by_a_click(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path, "Bea", "Ben")
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        await type_in(pilot, "@B")
        await pilot.click(CompletionList, offset=(3, 1))
        await settle(pilot)
        assert stage.screen.query_one(PageEditor).text == "@Ben "
        assert stage.screen.query_one(PageEditor).has_focus


async def test_somebody_is_marked_by_clicks(tmp_path: Path) -> None:
    journal, people = journal_with(tmp_path, "Bea", "Ugo")
    screen = WriteScreen(context_of(journal), journal)
    async with staged(screen) as (stage, pilot):
        await type_in(pilot, "@Bea and @Ugo.")
        screen.find_people()
        await settle(pilot)
        bar = stage.screen.query_one(MarkBar).region.offset
        for words in ("Ugo", "2 practical", "4 gave time"):
            at = place_of("\n".join(painted(stage).splitlines()[bar.y :]), words)
            await pilot.click(offset=(at.x, at.y + bar.y))
            await settle(pilot)
        assert [mark.word for mark in screen.writing.marks[people["Ugo"]]] == ["time"]


async def test_the_cursor_goes_where_the_mouse_points() -> None:
    async with staged(Desk("one two\nthree")) as (stage, pilot):
        await pilot.click(PageEditor, offset=(3, 1))
        assert stage.screen.query_one(PageEditor).cursor_location == (1, 2)


async def test_another_theme_paints_the_page_anew() -> None:
    async with staged(Desk("# Sunday\n\nwords"), theme="dark") as (stage, pilot):
        editor = stage.screen.query_one(PageEditor)
        before = next(iter(editor.render_line(0))).style
        stage.theme = "light"
        await pilot.pause()
        after = next(iter(editor.render_line(0))).style
        assert before is not None
        assert after is not None
        assert before.bgcolor != after.bgcolor
