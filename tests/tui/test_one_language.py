"""One search language: a line finds the same pages, or says the same sentence, on the screen and as a command."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input, Static

from builders.console import EVENING, console
from builders.screens import context_in, settle, staged
from builders.vaults import CHEAP
from kinship.journal.journal import Journal
from kinship.journal.saved import saved_searches
from kinship.tui.screens.pages import PagesScreen
from kinship.tui.widgets.page_table import PageTable
from kinship.vault import open_vault, unlock

LINES = (
    "rain", "ra", "RAIN garden", '"the garden"', '"over the\tline"', "rain or sun", "rain -garden", '-"the garden"',
    "person:bea", "people:nov", "-person:Bea", "tag:sea", "#se", "topic:rest", "mood:3..6", "mood:>=5 or tag:sea",
    "stress:<4", "feeling:calm", "since:2026-11-05", "until:2026-11-05", "on:2026-11", "on:yesterday", "day:11-01",
    "journal:dreams", "is:starred", "is:hidden", "has:mood -has:topic", "rain since:2026-11-02 until:today", "été",
    "tag:", "moods:3", "mood:11", "person:Boa", "since:soonish", "is:stared", "zz:x", "day:May", "10:30", "[b]",
)  # fmt: skip


async def test_a_line_means_the_same_on_the_screen_and_as_a_command(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    machine.fine("people", "add", "Bea Novak")
    machine.fine("write", "rain on the stairs with @Bea Novak #sea", "--mood", "6", "--date", "2026-11-01")
    machine.fine("write", "rain over the\nline in the garden", "--mood", "3", "--date", "2026-11-10", "--topic", "Rest")
    machine.fine("write", "sun, ÉTÉ, [b] at 10:30", "--date", "2026-11-21")
    machine.fine("searches", "save", "Wet", "rain -garden")
    commands = {line: machine.run("search", "--json", "--", line) for line in LINES}

    context = context_in(tmp_path, EVENING)
    state = machine.home / ".local/state/kinship"
    key = unlock(machine.vault, machine.passphrase, state=state, floor=CHEAP)
    with Journal(open_vault(machine.vault, key, state=state, clock=context.clock), context.clock) as journal:
        async with staged(PagesScreen(context, journal)) as (stage, pilot):
            table, count = stage.screen.query_one(PageTable), stage.screen.query_one("#count", Static)
            for line, told in commands.items():
                before = list(table.pages)
                stage.screen.query_one("#search-line", Input).value = line
                await settle(pilot)
                if told.code == 0:
                    assert [page.id for page in table.pages] == [page["id"] for page in told.json], line
                else:
                    assert str(count.content).split(";")[0] in told.err, line
                    assert list(table.pages) == before, line
        assert [one.line for one in saved_searches(journal)] == ["rain -garden"]
    assert {told.code for told in commands.values()} == {0, 1, 2}
    assert sum(told.code == 0 and len(told.json) > 0 for told in commands.values()) > 20
