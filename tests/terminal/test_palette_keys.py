"""Keys that come before the palette has drawn its lines do nothing, and end nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandList

from builders.doors import a_few_pages, steady_journal
from builders.screens import context_in, kinship_app, running
from kinship.tui.palette import CommandPalette


@pytest.mark.parametrize("key", ["pagedown", "pageup"])
async def test_a_page_key_in_a_palette_whose_lines_are_not_there_yet_does_nothing(tmp_path: Path, key: str) -> None:
    context = context_in(tmp_path)
    journal = steady_journal(context)
    a_few_pages(journal)
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        palette = app.screen
        assert isinstance(palette, CommandPalette)
        commands = palette.query_one(CommandList)
        assert commands.option_count
        await pilot.resize_terminal(4, 3)
        commands.highlighted = 0
        commands._clear_caches()
        await pilot.press(key)
        await pilot.resize_terminal(80, 24)
        await pilot.press(key)
        assert palette is app.screen
    app.close_journal()
