"""The first mapping: names come quickly, each is one act, and nothing is asked or kept twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.hostile import short_corpus
from builders.journals import EVENING, TODAY, circle_of, entry, new_journal
from builders.screens import NORMAL, SMALL, WIDE, hold, kinship_app, painted, running, settle, staged
from builders.screens import context_in as a_context
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import NotSaved
from kinship.ground.settings import Settings
from kinship.journal.journal import Journal
from kinship.journal.model import AlterKind, Bond, Ring, Status
from kinship.tui.context import Context
from kinship.tui.keymap import bindings_of
from kinship.tui.mapping import DONE, KINDS, LAST, RINGS, SECTORS, steps_of
from kinship.tui.navigation import BackRequested, KnowsRequested, MappingRequested
from kinship.tui.screens.mapping import MappingScreen
from kinship.tui.screens.who_knows import WhoKnowsScreen
from kinship.tui.widgets.key_line import MOST
from kinship.tui.widgets.tick_list import LETTERS
from kinship.vault import Vault

CONTEXT = Context(clock=FrozenClock(EVENING))

TWENTY = {
    "inner": ("Ana", "Bea", "Mum", "Miso"),
    "middle": ("Tomás", "Grace", "Noor", "Ugo", "Dad"),
    "outer": ("Hana", "Lee", "Mei"),
    "family": ("Rosa",),
    "friends": ("Søren",),
    "work": ("Priya", "Ioan"),
    "neighbourhood": ("Carlos",),
    "treatment": ("Dr Okon",),
    "community": ("choir",),
    "online": ("guild",),
}


def people(journal: Journal) -> dict[str, Bond]:
    return {bond.alter.name: bond for bond in journal.circle.as_of(journal.today()).bonds}


async def typed(pilot: object, *names: str) -> int:
    """Type each name and enter; return how many keys that took."""
    keys = [key for name in names for key in (*(_key(one) for one in name), "enter")]
    await pilot.press(*keys)  # type: ignore[attr-defined]
    return len(keys)


def _key(letter: str) -> str:
    return "space" if letter == " " else letter


@pytest.mark.parametrize("size", [SMALL, NORMAL, WIDE])
async def test_the_first_question_looks_like_its_golden(tmp_path: Path, size: tuple[int, int]) -> None:
    journal = new_journal(tmp_path)
    async with staged(MappingScreen(CONTEXT, journal), size=size) as (stage, pilot):
        await typed(pilot, "Ana", "Bea", "小林さくら")
        await settle(pilot)
        hold(stage, "mapping")


@pytest.mark.parametrize("size", [SMALL, NORMAL, WIDE])
async def test_ticking_looks_like_its_golden(tmp_path: Path, size: tuple[int, int]) -> None:
    journal = new_journal(tmp_path)
    journal.take_in("People", [one for part in circle_of(40)[:2] for one in part])
    journal.remember("mapping", "kind.listening")
    async with staged(MappingScreen(CONTEXT, journal), size=size) as (stage, pilot):
        await settle(pilot)
        hold(stage, "mapping-ticks")


async def test_a_name_and_enter_is_somebody_in_that_ring(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    async with staged(MappingScreen(CONTEXT, journal)) as (stage, pilot):
        await typed(pilot, "Ana")
        await settle(pilot)
        assert people(journal)["Ana"].ring is Ring.INNER
        assert "Ana is on your map." in painted(stage)
        assert "1 on your map" in painted(stage)


async def test_several_names_with_commas_are_several_acts(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    async with staged(MappingScreen(CONTEXT, journal)) as (_, pilot):
        await typed(pilot, "Ana, Bea,Cleo, ")
        await settle(pilot)
        assert set(people(journal)) == {"Ana", "Bea", "Cleo"}
        journal.undo()
        assert set(people(journal)) == {"Ana", "Bea"}


async def test_an_empty_enter_goes_on_and_shift_tab_goes_back(tmp_path: Path) -> None:
    async with staged(MappingScreen(CONTEXT, new_journal(tmp_path))) as (stage, pilot):
        assert "hard to picture" in painted(stage)
        await pilot.press("enter")
        await settle(pilot)
        assert "Not quite as close" in painted(stage)
        await pilot.press("shift+tab")
        await settle(pilot)
        assert "hard to picture" in painted(stage)


async def test_every_question_of_the_circle_makes_its_own_kind(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    async with staged(MappingScreen(CONTEXT, journal)) as (_, pilot):
        await pilot.press("enter", "enter", "enter")
        for step in SECTORS:
            await typed(pilot, f"one {step.value}", "")
            await settle(pilot)
    kinds = {bond.sector: bond.alter.kind for bond in people(journal).values()}
    assert kinds == {step.value: step.kind for step in SECTORS}
    assert set(kinds.values()) == set(AlterKind)


async def test_a_name_that_is_there_is_offered_as_the_same(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.add_alter("Ana", aliases=("Anita",))
    async with staged(MappingScreen(CONTEXT, journal)) as (stage, pilot):
        await typed(pilot, "anita")
        await settle(pilot)
        assert "the Ana here already" in painted(stage)
        await pilot.press("enter")
        await settle(pilot)
        assert set(people(journal)) == {"Ana"}
        assert people(journal)["Ana"].ring is Ring.INNER


async def test_somebody_else_of_the_same_name_can_be_added(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.add_alter("Ana")
    async with staged(MappingScreen(CONTEXT, journal)) as (_, pilot):
        await typed(pilot, "Ana")
        await pilot.press("2")
        await settle(pilot)
        rings = [bond.ring for bond in journal.circle.as_of(TODAY).bonds]
        assert rings.count(Ring.INNER) == 1
        assert len(rings) == 2


async def test_a_name_that_differs_by_an_accent_is_offered_too(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.add_alter("Tomás")
    async with staged(MappingScreen(CONTEXT, journal)) as (_, pilot):
        await typed(pilot, "Tomas")
        await pilot.press("enter")
        await settle(pilot)
        assert set(people(journal)) == {"Tomás"}


async def test_leaving_an_offer_adds_nobody(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.add_alter("Ana")
    async with staged(MappingScreen(CONTEXT, journal)) as (stage, pilot):
        await typed(pilot, "Ana, Bea")
        await pilot.press("escape")
        await settle(pilot)
        assert set(people(journal)) == {"Ana"}
        assert people(journal)["Ana"].ring is None
        assert stage.asked == []


async def test_a_letter_ticks_who_is_there_already(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    async with staged(MappingScreen(CONTEXT, journal)) as (_, pilot):
        await typed(pilot, "Ana", "Bea", "", "", "")
        await pilot.press("tab", "b", "enter")
        await settle(pilot)
        assert (people(journal)["Ana"].sector, people(journal)["Bea"].sector) == (None, "family")


async def test_an_animal_that_was_named_among_the_closest_becomes_one(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.add_alter("Miso")
    journal.remember("mapping", "sector.home")
    async with staged(MappingScreen(CONTEXT, journal)) as (_, pilot):
        await pilot.press("tab", "a")
        await settle(pilot)
        assert (people(journal)["Miso"].alter.kind, people(journal)["Miso"].sector) == (AlterKind.PET, "home")
        journal.undo()
        assert (people(journal)["Miso"].alter.kind, people(journal)["Miso"].sector) == (AlterKind.PERSON, None)


async def test_a_circle_of_ones_own_is_asked_about(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.remember("mapping", "own")
    async with staged(MappingScreen(CONTEXT, journal)) as (stage, pilot):
        await typed(pilot, "allotment")
        await settle(pilot)
        assert "Anybody from: allotment?" in painted(stage)
        await typed(pilot, "Old Tom")
        await settle(pilot)
        assert people(journal)["Old Tom"].sector == "allotment"


async def test_who_has_no_ring_yet_is_asked_about_and_nobody_else(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.add_alter("Ana", ring=Ring.INNER)
    journal.add_alter("Bea")
    journal.add_alter("Cleo", status=Status.REMEMBERED)
    journal.remember("mapping", "still.inner")
    async with staged(MappingScreen(CONTEXT, journal)) as (stage, pilot):
        assert "Bea" in painted(stage)
        assert "Cleo" not in painted(stage)
        await pilot.press("a", "enter")
        await settle(pilot)
        assert people(journal)["Bea"].ring is Ring.INNER
        assert KINDS[0].question in painted(stage)


async def test_what_they_give_is_ticked_and_unticked(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    for name in ("Ana", "Bea"):
        journal.add_alter(name, ring=Ring.INNER)
    journal.remember("mapping", KINDS[0].id)
    async with staged(MappingScreen(CONTEXT, journal)) as (_, pilot):
        await pilot.press("a", "b", "a", "enter", "b")
        await settle(pilot)
        assert people(journal)["Ana"].gives == {}
        assert people(journal)["Bea"].gives == {"listening": 2, "practical": 2}


async def test_the_usual_key_and_ctrl_z_take_the_last_one_back(tmp_path: Path) -> None:
    context = a_context(tmp_path)
    journal = new_journal(tmp_path, context.clock)
    async with running(kinship_app(context, journal=journal)) as pilot:
        pilot.app.screen.post_message(MappingRequested())
        await settle(pilot)
        await typed(pilot, "Ana", "Bea")
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert set(people(journal)) == {"Ana"}
        assert "1 on your map" in painted(pilot.app)
        await pilot.press("tab", "u")
        await settle(pilot)
        assert people(journal) == {}


async def test_it_can_be_left_and_taken_up_where_it_was(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    async with staged(MappingScreen(CONTEXT, journal)) as (stage, pilot):
        await typed(pilot, "Ana", "", "", "")
        await pilot.press("escape")
        await settle(pilot)
        assert stage.asked == [BackRequested()]
    async with staged(MappingScreen(CONTEXT, journal)) as (stage, _):
        assert SECTORS[0].question in painted(stage)
        journal.undo()
        assert people(journal) == {}


async def test_the_end_goes_on_to_who_knows_whom_and_forgets_the_place(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.add_alter("Ana", ring=Ring.INNER)
    journal.remember("mapping", KINDS[-1].id)
    async with staged(MappingScreen(CONTEXT, journal)) as (stage, pilot):
        await pilot.press("enter")
        await settle(pilot)
        assert DONE.question in painted(stage)
        assert journal.choices.value("mapping") is None
        await pilot.press("enter")
        await settle(pilot)
        assert stage.asked == [BackRequested(), KnowsRequested()]


async def test_twenty_people_with_circles_and_kinds_take_few_keys(tmp_path: Path) -> None:
    """The letters of the names are most of them; at one key a second it is two and a half minutes."""
    journal = new_journal(tmp_path)
    keys = 0
    async with staged(MappingScreen(CONTEXT, journal)) as (_, pilot):
        for step in (*RINGS, *SECTORS):
            keys += await typed(pilot, *TWENTY.get(str(step.value), ()))
            if step.value in ("family", "friends", "home"):
                wanted = {"family": ("Dad", "Mum"), "friends": ("Ana", "Bea", "Grace"), "home": ("Miso",)}
                await pilot.press("tab")
                keys += 2
                for name in wanted[str(step.value)]:
                    shown = [item.name for item in pilot.app.screen.names.items]  # type: ignore[attr-defined]
                    await pilot.press(LETTERS[shown.index(name)])
                    keys += 1
                    await settle(pilot)
                await pilot.press("enter")
            else:
                await pilot.press("enter")
                keys += 1
            await settle(pilot)
        await pilot.press("enter")
        await pilot.press(
            "a", "enter", "b", "c", "enter", "d", "e", "enter", "a", "b", "c", "enter", "b", "enter", "c", "d"
        )
        keys += 17
        await settle(pilot)
    found = people(journal)
    assert len(found) == 20
    assert found["Dad"].sector == "family"
    assert found["Miso"].alter.kind is AlterKind.PET
    assert sum(bond.ring is not None for bond in found.values()) >= 17
    assert sum(bool(bond.gives) for bond in found.values()) >= 3
    assert keys <= 145


async def test_nothing_is_kept_twice_by_going_through_again(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    for _ in range(2):
        async with staged(MappingScreen(CONTEXT, journal)) as (_, pilot):
            await typed(pilot, "Ana")
            await pilot.press("enter")
            await settle(pilot)
            await pilot.press("shift+tab", "escape")
            await settle(pilot)
    assert list(people(journal)) == ["Ana"]


@pytest.mark.parametrize("part", range(8))
async def test_hostile_names_stay_text(tmp_path: Path, part: int) -> None:
    """Of all names one eighth at a time: so many stand on the screen at once."""
    journal = new_journal(tmp_path)
    names = list(short_corpus().items())[part::8]
    assert len(names) < len(LETTERS)
    async with staged(MappingScreen(CONTEXT, journal)) as (stage, pilot):
        for which, name in names:
            await stage.push_screen(MappingScreen(CONTEXT, journal))
            stage.screen.line.value = name  # type: ignore[attr-defined]
            await pilot.press("enter")
            await settle(pilot)
            assert not [one for one in painted(stage) if ord(one) < 32 and one != "\n"], which
            await stage.pop_screen()
    assert all(len(bond.alter.name.splitlines()) == 1 for bond in people(journal).values())


async def test_a_hundred_and_fifty_people_are_gone_through_in_pages(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.take_in("People", [one for part in circle_of(150)[:2] for one in part])
    journal.remember("mapping", KINDS[0].id)
    async with staged(MappingScreen(CONTEXT, journal)) as (stage, pilot):
        assert "1 to 24 of" in painted(stage)
        await pilot.press("pagedown")
        await settle(pilot)
        assert "25 to 48 of" in painted(stage)


async def test_plain_signs_are_used_where_the_settings_ask_for_them(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.add_alter("Ana", ring=Ring.INNER)
    plain = Context(clock=FrozenClock(EVENING), settings=Settings(glyphs="ascii"))
    async with staged(MappingScreen(plain, journal)) as (stage, _):
        assert "x Ana" in painted(stage)


async def test_pages_of_names_can_be_mentioned_too(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.take_in("Pages", [entry("Met @Ana.", names={})])
    async with staged(MappingScreen(CONTEXT, journal)) as (_, pilot):
        await typed(pilot, "@Ana")
        await settle(pilot)
        assert list(people(journal)) == ["Ana"]


def test_steps_ask_about_own_circles_in_use_once(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.add_alter("Ana", sector="band")
    ids = [step.id for step in steps_of(journal.circle.as_of(TODAY), ["band", "old street"])]
    assert ids.count("sector.band") == 1
    assert ids.index("sector.band") < ids.index("sector.old street") < ids.index("still.inner")
    assert ids[-1] == LAST
    assert len(set(ids)) == len(ids)


async def test_the_key_lines_hold_six_keys_at_most(tmp_path: Path) -> None:
    for screen in (
        MappingScreen(CONTEXT, new_journal(tmp_path)),
        WhoKnowsScreen(CONTEXT, new_journal(tmp_path, name="b")),
    ):
        async with staged(screen):
            shown = {one.binding.id for one in screen.active_bindings.values() if one.binding.show and one.enabled}
            assert len(shown) <= MOST
    assert all(one.id for group in bindings_of((MappingScreen, WhoKnowsScreen)).values() for one in group)


async def test_a_full_disk_is_said_and_the_name_stays_in_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = new_journal(tmp_path)

    def full(_vault: Vault, _changes: object) -> None:
        raise NotSaved("The disk is full.")

    screen = MappingScreen(CONTEXT, journal)
    async with staged(screen) as (stage, pilot):
        monkeypatch.setattr(Vault, "commit", full)
        await typed(pilot, "Ana")
        await settle(pilot)
        assert "The disk is full." in painted(stage)
        assert screen.line.value == "Ana"
        screen.line.value = ""
        await pilot.press("enter")
        await settle(pilot)
        assert "Not quite as close" in painted(stage)
        assert "The disk is full." in painted(stage)
