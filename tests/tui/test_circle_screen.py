"""The circle on the screen: walked, filtered, listed, added to, and readable at every size."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from textual.widgets import Input

from builders.journals import EVENING, TODAY, circle_of, fact, moment, new_journal
from builders.journals import alter as an_alter
from builders.screens import NORMAL, SMALL, WIDE, hold, painted, settle, staged
from kinship.ground.clock import FrozenClock
from kinship.ground.settings import Settings, Signs
from kinship.journal.acts import Event
from kinship.journal.journal import Journal
from kinship.journal.kinds import Kind
from kinship.journal.model import Ring
from kinship.tui.context import Context
from kinship.tui.navigation import BackRequested, ExportRequested, JournalChanged, PersonRequested
from kinship.tui.screens.circle import CircleScreen
from kinship.tui.widgets.key_line import MOST
from kinship.tui.widgets.support_map import SupportMap


def context(glyphs: Signs = "unicode") -> Context:
    return Context(clock=FrozenClock(EVENING), settings=Settings(glyphs=glyphs))


def peopled(folder: Path, count: int = 40) -> Journal:
    """Return a journal with so many people on its map."""
    journal = new_journal(folder)
    alters, facts, moments = circle_of(count)
    journal.take_in("People", [*alters, *facts, *moments])
    return journal


def small(folder: Path) -> Journal:
    """Return a journal with Bea, whom moments speak of, and Ana, who knows her."""
    journal = new_journal(folder)
    journal.take_in(
        "People",
        [
            an_alter("Bea"),
            an_alter("Ana"),
            fact("bea", "ring", "inner"),
            fact("bea", "sector", "friends"),
            fact("bea", "gives.listening", 2),
            fact("bea", "receives.time", 2),
            fact("ana", "ring", "outer"),
            fact(("ana", "bea"), "knows", 1),
            moment("bea", "listening", TODAY - dt.timedelta(days=8)),
        ],
    )
    return journal


@pytest.mark.parametrize("size", [SMALL, NORMAL, WIDE])
async def test_the_circle_of_forty_looks_like_its_golden(tmp_path: Path, size: tuple[int, int]) -> None:
    async with staged(CircleScreen(context(), peopled(tmp_path)), size=size) as (stage, pilot):
        await pilot.press("tab")
        await settle(pilot)
        hold(stage, "circle")


async def test_the_list_looks_like_its_golden(tmp_path: Path) -> None:
    async with staged(CircleScreen(context(), peopled(tmp_path))) as (stage, pilot):
        await pilot.press("v")
        await settle(pilot)
        hold(stage, "circle-list")


async def test_plain_signs_are_used_where_the_settings_ask_for_them(tmp_path: Path) -> None:
    async with staged(CircleScreen(context(glyphs="ascii"), small(tmp_path))) as (stage, _):
        assert "@ Bea" in painted(stage)
        assert "●" not in painted(stage)


async def test_an_empty_map_says_one_sentence_and_the_key_that_fills_it(tmp_path: Path) -> None:
    async with staged(CircleScreen(context(), new_journal(tmp_path))) as (stage, _):
        assert "Nobody is on your map" in painted(stage)
        assert "Press a to put" in painted(stage)


async def test_arrows_and_tab_walk_and_enter_opens_the_person(tmp_path: Path) -> None:
    screen = CircleScreen(context(), small(tmp_path))
    async with staged(screen) as (stage, pilot):
        await pilot.press("tab")
        assert screen.map.current == "bea"
        await pilot.press("tab")
        assert screen.map.current == "ana"
        await pilot.press("shift+tab", "enter")
        await settle(pilot)
        assert stage.asked == [PersonRequested("bea")]


async def test_every_arrow_leads_somewhere_that_way(tmp_path: Path) -> None:
    screen = CircleScreen(context(), peopled(tmp_path))
    async with staged(screen) as (_, pilot):
        picture = screen.map.picture
        assert picture is not None
        for key, axis, sign in (("left", 0, -1), ("right", 0, 1), ("up", 1, -1), ("down", 1, 1)):
            screen.map.current = None
            await pilot.press(key)
            assert screen.map.current is not None
            before = picture.nodes[screen.map.current]
            await pilot.press(key)
            after = picture.nodes[str(screen.map.current)]
            assert (after[axis] - before[axis]) * sign >= 0


async def test_the_panel_says_in_words_who_is_in_focus(tmp_path: Path) -> None:
    async with staged(CircleScreen(context(), small(tmp_path), focus="bea")) as (stage, _):
        shown = painted(stage)
        for words in ("friends · inner ring", "gives   listening", "I give  time", "about a week", "knows   Ana"):
            assert words in shown


async def test_a_digit_shows_one_kind_and_again_shows_all(tmp_path: Path) -> None:
    screen = CircleScreen(context(), small(tmp_path))
    async with staged(screen) as (stage, pilot):
        await pilot.press("2")
        assert screen.map.facet.kind is Kind.PRACTICAL
        await settle(pilot)
        assert "only practical · 0 shows all" in painted(stage)
        assert "· Bea" in painted(stage)
        await pilot.press("2")
        assert screen.map.facet.kind is None
        await pilot.press("3", "0")
        assert screen.map.facet.kind is None


async def test_the_list_keeps_the_focus_and_names_everybody(tmp_path: Path) -> None:
    journal = peopled(tmp_path, 12)
    screen = CircleScreen(context(), journal)
    async with staged(screen) as (stage, pilot):
        await pilot.press("tab", "tab", "v")
        await settle(pilot)
        focus = screen.map.current
        highlighted = screen.list.highlighted
        assert highlighted is not None
        assert screen.list.get_option_at_index(highlighted).id == focus
        listed = {option.id for option in screen.list.options} - {None}
        assert listed == {bond.alter.id for bond in journal.circle.as_of(TODAY).bonds}
        await pilot.press("down", "enter")
        await settle(pilot)
        assert stage.asked == [PersonRequested(str(screen.map.current))]
        assert screen.map.current != focus


async def test_somebody_new_is_added_by_one_name_and_comes_into_focus(tmp_path: Path) -> None:
    journal = small(tmp_path)
    screen = CircleScreen(context(), journal)
    async with staged(screen) as (stage, pilot):
        await pilot.press("a", *"Bo", "tab", "3", "1", *"choir", "enter")
        await settle(pilot)
        bond = next(bond for bond in journal.circle.as_of(TODAY).bonds if bond.alter.name == "Bo")
        assert (bond.alter.kind, bond.ring, bond.sector) == ("group", Ring.INNER, "choir")
        assert screen.map.current == bond.alter.id
        assert not screen.adding
        assert "Bo" in painted(stage)


async def test_nobody_without_a_name_is_added_and_the_form_says_so(tmp_path: Path) -> None:
    journal = small(tmp_path)
    async with staged(CircleScreen(context(), journal)) as (stage, pilot):
        await pilot.press("a", "space", "enter")
        await settle(pilot)
        assert "A name is needed" in painted(stage)
        assert len(journal.alters.all()) == 2


async def test_the_form_is_put_away_without_adding_and_letters_stay_letters(tmp_path: Path) -> None:
    journal = small(tmp_path)
    screen = CircleScreen(context(), journal)
    async with staged(screen) as (stage, pilot):
        await pilot.press("a", *"vea1")
        assert screen.form.query_one("#name", Input).value == "vea1"
        assert screen.map.facet.kind is None
        await pilot.press("escape")
        await settle(pilot)
        assert not screen.adding
        assert stage.asked == []
        assert len(journal.alters.all()) == 2


async def test_names_with_markup_or_escape_codes_are_only_text(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.take_in("People", [an_alter("[red]Bo[/] \x1b[31m", id_="bo"), fact("bo", "ring", "inner")])
    async with staged(CircleScreen(context(), journal, focus="bo")) as (stage, pilot):
        assert "[red]Bo[/]" in painted(stage)
        assert "\x1b" not in painted(stage)
        await pilot.press("v")
        await settle(pilot)
        assert "[red]Bo[/]" in painted(stage)
        assert "\x1b" not in painted(stage)


async def test_a_click_brings_into_focus_and_a_second_one_opens(tmp_path: Path) -> None:
    screen = CircleScreen(context(), small(tmp_path))
    async with staged(screen) as (stage, pilot):
        picture = screen.map.picture
        assert picture is not None
        label = picture.labels["bea"]
        offset = (label.column + 2, label.row)
        await pilot.click(SupportMap, offset=offset)
        assert screen.map.current == "bea"
        await pilot.click(SupportMap, offset=offset)
        await settle(pilot)
        assert stage.asked == [PersonRequested("bea")]


async def test_the_map_follows_what_another_program_wrote(tmp_path: Path) -> None:
    journal = small(tmp_path)
    screen = CircleScreen(context(), journal, focus="bea")
    async with staged(screen) as (stage, pilot):
        journal.delete_alter("bea")
        screen.post_message(JournalChanged(Event("", (("alters", "bea"),))))
        await settle(pilot)
        assert screen.map.current is None
        assert "Bea" not in painted(stage)


async def test_export_and_back_are_asked_for(tmp_path: Path) -> None:
    async with staged(CircleScreen(context(), small(tmp_path))) as (stage, pilot):
        await pilot.press("e", "escape")
        await settle(pilot)
        assert stage.asked == [ExportRequested(), BackRequested()]


async def test_the_key_line_holds_six_keys_at_most(tmp_path: Path) -> None:
    screen = CircleScreen(context(), small(tmp_path))
    async with staged(screen):
        shown = {one.binding.id for one in screen.active_bindings.values() if one.binding.show and one.enabled}
        assert len(shown) <= MOST


async def test_a_compact_map_opens_whoever_is_clicked_and_takes_no_focus(tmp_path: Path) -> None:
    compact = SupportMap(small(tmp_path).circle.as_of(TODAY), compact=True)
    assert not compact.can_focus


async def test_a_terminal_of_forty_columns_still_shows_the_circle(tmp_path: Path) -> None:
    async with staged(CircleScreen(context(), peopled(tmp_path), focus="a000"), size=(40, 12)) as (stage, pilot):
        await pilot.press("right", "tab", "v", "v", "a", "escape")
        await settle(pilot)
        assert "you" in painted(stage)
        assert max(map(len, painted(stage).splitlines())) <= 40


def test_the_circle_and_a_persons_page_need_no_network_library() -> None:
    code = "import sys, kinship.tui.screens.circle, kinship.tui.screens.person; print('networkx' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


async def test_the_first_arrow_leads_to_somebody_wherever_they_stand(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.take_in("People", [an_alter("Bea"), fact("bea", "ring", "inner")])
    for direction in ("left", "right", "up", "down"):
        screen = CircleScreen(context(), journal)
        async with staged(screen) as (_, pilot):
            await pilot.press(direction)
            await pilot.pause()
            assert screen.map.current == "bea", direction
