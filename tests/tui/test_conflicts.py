"""What was written in two places at once, on the screen: side by side, taken, put together, taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from builders.devices import Device, called, carry, one_page_twice
from builders.doors import steady_journal
from builders.hostile import CONTROLS
from builders.screens import NORMAL, SMALL, WIDE, hold, kinship_app, painted, running, settle, staged, wait_for
from builders.vaults import CHEAP, PASSPHRASE
from kinship.ground.clock import FrozenClock
from kinship.journal.journal import Journal, PageText
from kinship.tui.context import Context
from kinship.tui.navigation import BackRequested, ConflictsRequested
from kinship.tui.screens.conflicts import ConflictsScreen
from kinship.tui.screens.page import PageScreen
from kinship.vault import open_vault, unlock

MINE = (
    "Tea with @Bea in the kitchen.\n\nShe laughed about the stairs, and then we both did, until it hurt. I had not "
    "laughed like that since the spring. #kitchen"
)
THEIRS = "Tea with @Bea in the kitchen.\n\nIt rained all afternoon.\nWe did not mind."


@pytest.fixture
def journal(context: Context, tmp_path: Path) -> Journal:
    """A journal on a laptop, with a page that was written on a phone at the same time."""
    with called("laptop"):
        journal = steady_journal(context)
        page = journal.keep_page(PageText(body="Tea with @Bea in the kitchen.")).made["entries"][0]
    home = journal.vault.path
    copy, state = tmp_path / "phone.kinship", tmp_path / "phone-state"
    shutil.copytree(home, copy)
    clock = FrozenClock(context.clock.now())
    key = unlock(copy, PASSPHRASE, state=state, floor=CHEAP)
    with called("phone"), open_vault(copy, key, state=state, clock=clock) as vault:
        clock.advance(780)
        Journal(vault, clock).keep_page(PageText(body=THEIRS, id=page))
    journal.keep_page(PageText(body=MINE, id=page))
    carry(copy, home)
    journal.refresh()
    return journal


async def test_it_looks_as_it_should(context: Context, journal: Journal) -> None:
    for size in (SMALL, NORMAL, WIDE):
        async with staged(ConflictsScreen(context, journal), size=size) as (stage, _):
            hold(stage, "conflicts")


async def test_the_sides_stand_beside_each_other_where_there_is_room(context: Context, journal: Journal) -> None:
    for size, beside in ((NORMAL, False), (WIDE, True)):
        async with staged(ConflictsScreen(context, journal), size=size) as (stage, _):
            lines = painted(stage).split("\n")
            assert any("1 · phone" in line and "2 · laptop" in line for line in lines) is beside
            assert any("2 · laptop (this computer)" in line for line in lines)


@pytest.mark.parametrize(("keys", "body"), [(["1"], THEIRS), (["2"], MINE), (["j", "enter"], MINE)])
async def test_one_is_taken_and_u_brings_both_back(
    context: Context, journal: Journal, keys: list[str], body: str
) -> None:
    app = kinship_app(context, journal=journal)
    async with running(app) as pilot:
        await wait_for(pilot, "Something was written in two places at once. v shows both sides.")
        await pilot.press("v")
        await settle(pilot)
        assert isinstance(app.screen, ConflictsScreen)
        await pilot.press(*keys)
        await settle(pilot)
        assert journal.pages.latest(1)[0].body == body
        await wait_for(pilot, "Nothing is in two versions. esc goes back.")
        await pilot.press("u")
        await wait_for(pilot, "1 · phone")
        assert len(journal.conflicts()) == 1
        await pilot.press("1")
        await wait_for(pilot, "Nothing is in two versions.")
        await pilot.press("escape")
        await wait_for(pilot, "Lately")
        await settle(pilot)
        assert "two places" not in painted(app)
    app.close_journal()


async def test_together_makes_one_page_of_both(context: Context, journal: Journal) -> None:
    async with staged(ConflictsScreen(context, journal)) as (_, pilot):
        await pilot.press("t")
        await settle(pilot)
    body = journal.pages.latest(1)[0].body
    assert body.count("in the kitchen.") == 1
    assert "It rained" in body
    assert "She laughed" in body


async def test_a_page_says_that_it_has_two_versions_and_leads_there(context: Context, journal: Journal) -> None:
    page = journal.pages.latest(1)[0].id
    async with staged(PageScreen(context, journal, page)) as (stage, pilot):
        assert "Written in two places at once: v shows both sides." in painted(stage)
        await pilot.press("v")
        await pilot.pause()
        assert stage.asked == [ConflictsRequested(page)]
    journal.settle(journal.conflicts()[0], 1)
    async with staged(PageScreen(context, journal, page)) as (stage, pilot):
        assert "two places" not in painted(stage)
        await pilot.press("v")
        await pilot.pause()
        assert stage.asked == []


async def test_what_was_settled_elsewhere_goes_from_the_screen(context: Context, journal: Journal) -> None:
    screen = ConflictsScreen(context, journal)
    async with staged(screen) as (stage, pilot):
        journal.settle(journal.conflicts()[0], 1)
        await pilot.press("2")
        await settle(pilot)
        assert journal.pages.latest(1)[0].body == THEIRS
        await screen.show()
        await settle(pilot)
        assert "Nothing is in two versions" in painted(stage)
        await pilot.press("1", "t", "escape")
        await pilot.pause()
        assert [type(one) for one in stage.asked] == [BackRequested]


async def test_several_are_gone_through_with_n(context: Context, tmp_path: Path) -> None:
    laptop, phone, _ = one_page_twice(tmp_path)
    second = _second(laptop, phone)
    async with staged(ConflictsScreen(context, laptop.journal, second)) as (stage, pilot):
        assert "of 2" in painted(stage)
        assert "second by laptop" in painted(stage)
        await pilot.press("n")
        await settle(pilot)
        assert "She laughed" in painted(stage)
        await pilot.press("1")
        await settle(pilot)
        assert len(laptop.journal.conflicts()) == 1


def _second(laptop: Device, phone: Device) -> str:
    page = laptop.write("second")
    phone.take_from(laptop)
    for device in (laptop, phone):
        device.write(f"second by {device.name}", page)
    laptop.take_from(phone)
    return page


async def test_hostile_words_and_names_of_devices_stay_words(context: Context, tmp_path: Path) -> None:
    laptop, phone, page = one_page_twice(tmp_path)
    phone.name = "[/red]\x1b[2J"
    phone.restart()
    laptop.write("mine", page)
    phone.write("[/] [bold]x[/bold] " + " ".join(CONTROLS.values()), page)
    laptop.take_from(phone)
    async with staged(ConflictsScreen(context, laptop.journal)) as (stage, _):
        shown = painted(stage)
        assert "[/red]" in shown
        assert "[bold]x[/bold]" in shown
        assert "\x1b" not in shown
