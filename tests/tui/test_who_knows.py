"""The round of who knows whom: likely ones first, a letter each, easily passed over and taken up again."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from builders.hostile import short_corpus
from builders.journals import EVENING, TODAY, alter, circle_of, entry, fact, new_journal
from builders.screens import NORMAL, SMALL, WIDE, context_in, hold, kinship_app, painted, running, settle, staged
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import NotSaved
from kinship.journal.journal import Journal
from kinship.journal.model import AlterKind, AlterTie
from kinship.journal.people_knows import likely_first, round_of, together
from kinship.tui.context import Context
from kinship.tui.navigation import BackRequested, KnowsRequested
from kinship.tui.screens.who_knows import WhoKnowsScreen
from kinship.vault import Vault

CONTEXT = Context(clock=FrozenClock(EVENING))


def five(folder: Path) -> Journal:
    """Return a journal with Ana, Bea and Ugo from work, Cleo, and the choir; Ana and Cleo are on one page."""
    journal = new_journal(folder)
    journal.take_in(
        "People",
        [
            *(alter(name) for name in ("Ana", "Bea", "Ugo", "Cleo")),
            alter("the choir", id_="choir", kind=AlterKind.GROUP),
            fact("ana", "ring", "inner"),
            *(fact(one, "sector", "work") for one in ("ana", "ugo")),
            entry("A walk with @Ana and @Cleo.", names={"Ana": "ana", "Cleo": "cleo"}),
        ],
    )
    return journal


def ties(journal: Journal) -> tuple[AlterTie, ...]:
    return journal.circle.as_of(TODAY).ties


@pytest.mark.parametrize("size", [SMALL, NORMAL, WIDE])
async def test_the_round_looks_like_its_golden(tmp_path: Path, size: tuple[int, int]) -> None:
    journal = new_journal(tmp_path)
    journal.take_in("People", [one for part in circle_of(20)[:2] for one in part])
    async with staged(WhoKnowsScreen(CONTEXT, journal), size=size) as (stage, _):
        hold(stage, "who-knows")


def test_likely_ones_come_first(tmp_path: Path) -> None:
    journal = five(tmp_path)
    circle = journal.circle.as_of(TODAY)
    ana = round_of(circle)[0]
    assert ana.alter.id == "ana"
    beside = together(journal.pages.mentioning(ana.alter), {"ana"})
    order = [bond.alter.name for bond in likely_first(ana, circle, beside)]
    assert order == ["Ugo", "Cleo", "Bea", "the choir"]
    asked = [bond.alter.name for bond in likely_first(ana, circle, beside, asked=["ugo"])]
    assert asked[-1] == "Ugo"


def test_those_who_share_acquaintances_are_likely(tmp_path: Path) -> None:
    journal = five(tmp_path)
    journal.say_knows("bea", "cleo")
    journal.say_knows("cleo", "choir")
    circle = journal.circle.as_of(TODAY)
    bea = next(bond for bond in circle.bonds if bond.alter.id == "bea")
    order = [one.alter.name for one in likely_first(bea, circle, together((), ()))]
    assert order[:2] == ["Cleo", "the choir"]


async def test_a_letter_says_that_two_know_each_other_and_takes_it_back(tmp_path: Path) -> None:
    journal = five(tmp_path)
    async with staged(WhoKnowsScreen(CONTEXT, journal)) as (stage, pilot):
        assert "Whom of these do they know?" in painted(stage)
        await pilot.press("a")
        await settle(pilot)
        assert [(tie.a, tie.b) for tie in ties(journal)] == [("ana", "ugo")]
        assert "● Ugo" in painted(stage)
        await pilot.press("a")
        await settle(pilot)
        assert ties(journal) == ()


async def test_a_number_says_how_well(tmp_path: Path) -> None:
    journal = five(tmp_path)
    async with staged(WhoKnowsScreen(CONTEXT, journal)) as (stage, pilot):
        await pilot.press("b", "3")
        await settle(pilot)
        assert [(tie.a, tie.b, tie.strength) for tie in ties(journal)] == [("ana", "cleo", 3)]
        assert "Cleo++" in painted(stage)


async def test_belonging_to_a_group_is_membership(tmp_path: Path) -> None:
    journal = five(tmp_path)
    async with staged(WhoKnowsScreen(CONTEXT, journal)) as (_, pilot):
        await pilot.press("d")
        await settle(pilot)
        assert [tie.member for tie in ties(journal)] == [True]
        await pilot.press("d")
        await settle(pilot)
        assert ties(journal) == ()


async def test_enter_goes_on_and_the_last_is_not_asked_about_again(tmp_path: Path) -> None:
    journal = five(tmp_path)
    async with staged(WhoKnowsScreen(CONTEXT, journal)) as (stage, pilot):
        seen = []
        while "Everybody was asked about" not in painted(stage):
            seen.append(painted(stage).splitlines()[3].split()[0])
            await pilot.press("enter")
            await settle(pilot)
        assert seen == ["Ana", "Bea", "Cleo", "the"]
        await pilot.press("enter")
        await settle(pilot)
        assert "0 of 5 asked about" in painted(stage)


async def test_shift_tab_goes_back_to_the_person_before(tmp_path: Path) -> None:
    async with staged(WhoKnowsScreen(CONTEXT, five(tmp_path))) as (stage, pilot):
        await pilot.press("enter", "shift+tab")
        await settle(pilot)
        assert painted(stage).splitlines()[3].split()[0] == "Ana"
        assert "0 of 5 asked about" in painted(stage)


async def test_the_round_is_taken_up_where_it_was_left(tmp_path: Path) -> None:
    journal = five(tmp_path)
    async with staged(WhoKnowsScreen(CONTEXT, journal)) as (stage, pilot):
        await pilot.press("enter", "enter", "escape")
        await settle(pilot)
        assert stage.asked == [BackRequested()]
    async with staged(WhoKnowsScreen(CONTEXT, journal)) as (stage, pilot):
        assert painted(stage).splitlines()[3].split()[0] == "Cleo"
        assert journal.can_undo == "People"


async def test_somebody_new_is_asked_about_after_a_round(tmp_path: Path) -> None:
    journal = five(tmp_path)
    async with staged(WhoKnowsScreen(CONTEXT, journal)) as (_, pilot):
        await pilot.press("enter", "enter", "enter", "enter")
        await settle(pilot)
    journal.add_alter("Zoë")
    async with staged(WhoKnowsScreen(CONTEXT, journal)) as (stage, _):
        assert "do they know" in painted(stage) or "belongs to it" in painted(stage)


async def test_one_person_alone_is_asked_about_and_enter_is_done(tmp_path: Path) -> None:
    journal = five(tmp_path)
    async with staged(WhoKnowsScreen(CONTEXT, journal, "choir")) as (stage, pilot):
        assert "Who of these belongs to it?" in painted(stage)
        await pilot.press("a", "enter")
        await settle(pilot)
        assert len(ties(journal)) == 1
        assert stage.asked == [BackRequested()]
        assert journal.choices.value("knows_round") is None


async def test_nobody_out_of_contact_is_brought_up(tmp_path: Path) -> None:
    journal = five(tmp_path)
    journal.state("ugo", "status", "no_contact")
    journal.state("cleo", "status", "remembered")
    async with staged(WhoKnowsScreen(CONTEXT, journal)) as (stage, _):
        assert "Ugo" not in painted(stage)
        assert "Cleo" not in painted(stage)
        assert "of 3" in painted(stage)


async def test_a_name_is_found_among_many(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.take_in("People", [one for part in circle_of(150)[:2] for one in part])
    async with staged(WhoKnowsScreen(CONTEXT, journal)) as (stage, pilot):
        await pilot.press("slash", *"great", "enter", "a")
        await settle(pilot)
        assert "Great-aunt" in painted(stage)
        assert "Hana" not in painted(stage)
        await pilot.press("escape")
        await settle(pilot)
        assert "1 to 24 of" in painted(stage)
        assert stage.asked == []


async def test_a_hundred_and_fifty_people_turn_quickly(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.take_in("People", [one for part in circle_of(150)[:2] for one in part])
    screen = WhoKnowsScreen(CONTEXT, journal)
    async with staged(screen):
        began = time.perf_counter()
        for _ in range(10):
            screen.action_next_person()
        assert (time.perf_counter() - began) / 10 < 0.1


async def test_undo_takes_the_last_tick_back(tmp_path: Path) -> None:
    context = context_in(tmp_path)
    journal = new_journal(tmp_path, context.clock)
    for name in ("Ana", "Bea", "Ugo"):
        journal.add_alter(name)
    async with running(kinship_app(context, journal=journal)) as pilot:
        pilot.app.screen.post_message(KnowsRequested())
        await settle(pilot)
        await pilot.press("a", "b", "enter", "u")
        await settle(pilot)
        assert len(journal.circle.as_of(journal.today()).ties) == 1
        journal.delete_alter(journal.alters.by_name("Bea")[0].id)
        await settle(pilot)
        assert "do they know" in painted(pilot.app) or "Everybody was asked" in painted(pilot.app)


async def test_without_colours_the_cursor_is_still_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    context = context_in(tmp_path, environment={"NO_COLOR": "1"})
    journal = new_journal(tmp_path, context.clock)
    for name in ("Ana", "Bea", "Ugo"):
        journal.add_alter(name)
    async with running(kinship_app(context, journal=journal)) as pilot:
        pilot.app.screen.post_message(KnowsRequested())
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, WhoKnowsScreen)
        shown = screen.names.render()
        assert [shown.plain[span.start : span.end] for span in shown.spans if "reverse" in str(span.style)] == ["Bea"]


async def test_an_empty_map_says_so_and_the_palette_leads_here(tmp_path: Path) -> None:
    async with staged(WhoKnowsScreen(CONTEXT, new_journal(tmp_path))) as (stage, pilot):
        assert "not two on your map" in painted(stage)
        await pilot.press("enter", "a", "1")
        await settle(pilot)
    context = context_in(tmp_path)
    async with running(kinship_app(context, journal=new_journal(tmp_path, context.clock, "b"))) as pilot:
        await pilot.press("ctrl+p", *"who knows")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, WhoKnowsScreen)


@pytest.mark.parametrize("part", range(8))
async def test_hostile_names_stay_text(tmp_path: Path, part: int) -> None:
    """Of all names an eighth at a time: so many stand on the screen at once, and each has its turn."""
    journal = new_journal(tmp_path)
    names = list(short_corpus().values())[part::8]
    journal.take_in("People", [alter(name or "x", id_=f"a{number}") for number, name in enumerate(names)])
    async with staged(WhoKnowsScreen(CONTEXT, journal)) as (stage, pilot):
        await pilot.press("a")
        for _ in names:
            await settle(pilot)
            assert not [one for one in painted(stage) if ord(one) < 32 and one != "\n"]
            await pilot.press("enter")
        assert len(ties(journal)) == 1


async def test_a_full_disk_is_said_and_the_round_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = five(tmp_path)

    def full(_vault: Vault, _changes: object) -> None:
        raise NotSaved("The disk is full.")

    async with staged(WhoKnowsScreen(CONTEXT, journal)) as (stage, pilot):
        monkeypatch.setattr(Vault, "commit", full)
        await pilot.press("a", "enter")
        await settle(pilot)
        assert [str(one.message) for one in stage._notifications] == ["The disk is full."] * 2
        assert painted(stage).splitlines()[3].split()[0] == "Bea"
    assert ties(journal) == ()
