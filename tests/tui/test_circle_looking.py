"""Looking at the circle: in time, beside another day, without somebody, closely, from one side, and finding."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest

from builders.journals import EVENING, TODAY, new_journal
from builders.lived import YEARS_AGO, lived, peopled
from builders.screens import SMALL, WIDE, Stage, hold, painted, settle, staged
from kinship.circle.facet import Facet, Way
from kinship.ground.clock import FrozenClock
from kinship.ground.settings import Settings, Signs
from kinship.journal.kinds import Kind
from kinship.tui.circle_modes import Mode
from kinship.tui.context import Context
from kinship.tui.navigation import BackRequested, KnowsRequested, MappingRequested, NumbersRequested, PersonRequested
from kinship.tui.screens.circle import CircleScreen
from kinship.tui.widgets.key_line import MOST, KeyLine
from kinship.tui.widgets.time_slider import TimeSlider

LAST_YEAR = TODAY.replace(year=TODAY.year - 1)
HUGE = (200, 60)


def context(glyphs: Signs = "unicode", **environment: str) -> Context:
    return Context(clock=FrozenClock(EVENING), settings=Settings(glyphs=glyphs), environment=environment)


def keys_shown(stage: Stage) -> list[str]:
    return [one.id or "" for one in stage.screen.query_one(KeyLine).shown]


# In time.


async def test_t_goes_back_in_time_by_months_and_the_heading_says_as_of_when(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path))
    async with staged(screen) as (stage, pilot):
        await pilot.press("t")
        await settle(pilot)
        assert "as of 3 May 2024" in painted(stage)
        await pilot.press("left")
        await settle(pilot)
        assert "as of 3 April 2024" in painted(stage)
        assert "In the month before" in painted(stage)
        await pilot.press("pageup", "left", "right")
        await settle(pilot)
        assert "as of 3 April 2023" in painted(stage)
        assert "Ana" not in painted(stage)
        assert "Ugo" in painted(stage)


async def test_home_and_end_go_to_the_first_day_and_to_today_and_no_further(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path))
    async with staged(screen) as (_, pilot):
        await pilot.press("t", "home", "left")
        assert screen.day == YEARS_AGO
        await pilot.press("end", "right")
        assert screen.day == TODAY


async def test_up_and_down_go_to_the_days_on_which_something_changed(tmp_path: Path) -> None:
    journal = lived(tmp_path)
    screen = CircleScreen(context(), journal)
    async with staged(screen) as (_, pilot):
        await pilot.press("t", "down")
        assert screen.day == TODAY - dt.timedelta(days=200)
        await pilot.press("down")
        assert screen.day == YEARS_AGO
        await pilot.press("up")
        assert screen.day == TODAY - dt.timedelta(days=200)


async def test_nobody_jumps_while_time_goes_by(tmp_path: Path) -> None:
    journal = peopled(tmp_path, 60)
    screen = CircleScreen(context(), journal)
    async with staged(screen, size=WIDE) as (_, pilot):
        await pilot.press("t")
        places = []
        for _ in range(5):
            await pilot.press(*["left"] * 3)
            await settle(pilot)
            assert screen.map.arranged is not None
            places.append({place.alter: place for place in screen.map.arranged.layout.places})
        for before, after in pairwise(places):
            for alter in before.keys() & after.keys():
                assert before[alter].angle == pytest.approx(after[alter].angle)


async def test_escape_leaves_the_day_first_and_then_the_screen(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path))
    async with staged(screen) as (stage, pilot):
        await pilot.press("t", "left", "tab", "escape")
        await settle(pilot)
        assert screen.mode is Mode.NOW
        assert stage.asked == []
        assert "as of today" in painted(stage)
        await pilot.press("escape")
        await settle(pilot)
        assert stage.asked == [BackRequested()]


async def test_tab_goes_from_the_slider_to_the_map_and_the_day_stays(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path))
    async with staged(screen) as (stage, pilot):
        await pilot.press("t", "pageup", "tab", "tab")
        await settle(pilot)
        assert screen.mode is Mode.THEN
        assert screen.map.has_focus
        assert screen.map.current is not None
        assert "as of 3 May 2023" in painted(stage)
        await pilot.press("t", "left")
        assert screen.day == dt.date(2023, 4, 3)
        await pilot.press("t")
        await settle(pilot)
        assert "as of today" in painted(stage)


async def test_whoever_was_in_focus_comes_back_into_focus_when_they_are_there_again(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path), focus="ana")
    async with staged(screen) as (_, pilot):
        await pilot.press("t", "home")
        await settle(pilot)
        assert screen.map.current is None
        await pilot.press("end")
        await settle(pilot)
        assert screen.map.current == "ana"


async def test_the_knob_is_dragged_with_the_mouse(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path))
    async with staged(screen) as (_, pilot):
        await pilot.press("t")
        await settle(pilot)
        await pilot.mouse_down(TimeSlider, offset=(5, 0))
        assert screen.day == YEARS_AGO
        await pilot.hover(TimeSlider, offset=(20, 0))
        middle = screen.day
        assert YEARS_AGO < middle < TODAY
        await pilot.mouse_up(TimeSlider, offset=(20, 0))
        await pilot.hover(TimeSlider, offset=(30, 0))
        assert screen.day == middle


async def test_an_empty_map_has_no_time_to_go_back_to_and_says_so(tmp_path: Path) -> None:
    screen = CircleScreen(context(), new_journal(tmp_path))
    async with staged(screen) as (stage, pilot):
        await pilot.press("t", "c")
        await settle(pilot)
        assert screen.mode is Mode.NOW
        assert any("go back to" in one.message for one in stage._notifications)


async def test_a_step_in_time_says_what_had_changed(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path))
    async with staged(screen, size=WIDE) as (stage, pilot):
        await pilot.press("t", "down")
        await settle(pilot)
        assert "New on the map: Ana" in painted(stage)
        assert "Bea" in painted(stage)


# Beside another day.


async def test_c_shows_a_day_beside_today_as_picture_list_and_sentences(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path))
    async with staged(screen, size=WIDE) as (stage, pilot):
        await pilot.press("c")
        await settle(pilot)
        shown = painted(stage)
        assert "3 May 2023 beside today" in shown
        assert "◦ gone" in shown
        assert "+ new" in shown
        assert "Bea +◆" in shown
        assert "New on the map: Ana" in shown
        marks = screen.map.marks
        assert (set(marks.ghosts), set(marks.fresh), dict(marks.moved)) == ({"ugo"}, {"ana"}, {"bea": -2})
        hold(stage, "circle-beside")
        await pilot.press("v")
        await settle(pilot)
        listed = painted(stage)
        assert "moved from the outer ring to the inner ring" in listed
        assert "◦ Ugo" in listed
        assert "ended" in listed
        assert "Since 3 May 2023" in listed


async def test_the_day_that_is_travelled_to_can_be_put_beside_today(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path))
    async with staged(screen) as (stage, pilot):
        await pilot.press("t", "pageup", "pageup", "c")
        await settle(pilot)
        assert "3 May 2022 beside today" in painted(stage)
        await pilot.press("right")
        await settle(pilot)
        assert "3 June 2022 beside today" in painted(stage)


async def test_the_panel_says_what_changed_about_whoever_is_in_focus(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path), focus="bea")
    async with staged(screen, size=WIDE) as (stage, pilot):
        await pilot.press("c")
        await settle(pilot)
        assert screen.sight.remarks["bea"].endswith("now also practical support")
        assert "moved from the outer" in painted(stage)


async def test_the_list_says_at_eighty_columns_what_changed(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path))
    async with staged(screen) as (stage, pilot):
        await pilot.press("c", "v")
        await settle(pilot)
        hold(stage, "circle-list-beside")
        assert "New on the map: Ana" in painted(stage)


# Without somebody.


async def test_x_imagines_one_or_several_away_and_back_and_says_it_in_words(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path), focus="bea")
    async with staged(screen, size=WIDE) as (stage, pilot):
        await pilot.press("x")
        await settle(pilot)
        assert "without Bea" in painted(stage)
        assert "If Bea were away" in painted(stage)
        assert "◦ away" in painted(stage)
        hold(stage, "circle-without")
        screen.map.current = "lee"
        await pilot.press("x")
        await settle(pilot)
        assert screen.away == {"bea", "lee"}
        assert "without Bea and Lee" in painted(stage)
        await pilot.press("x")
        screen.map.current = "bea"
        await pilot.press("x")
        await settle(pilot)
        assert screen.mode is Mode.NOW
        assert "Your circle" in painted(stage)


async def test_x_with_nobody_in_focus_says_what_to_do(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path))
    async with staged(screen) as (stage, pilot):
        await pilot.press("x")
        await settle(pilot)
        assert screen.mode is Mode.NOW
        assert any("Walk to somebody first" in one.message for one in stage._notifications)


async def test_escape_brings_everybody_back(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path), focus="bea")
    async with staged(screen) as (stage, pilot):
        await pilot.press("x", "escape")
        await settle(pilot)
        assert (screen.mode, screen.away) == (Mode.NOW, frozenset())
        assert stage.asked == []
        assert screen.map.marks.ghosts == ()


async def test_nothing_that_is_only_imagined_is_kept(tmp_path: Path) -> None:
    journal = lived(tmp_path)
    before = journal.circle.as_of(TODAY)
    screen = CircleScreen(context(), journal, focus="bea")
    async with staged(screen) as (_, pilot):
        await pilot.press("x", "t", "left", "c", "escape")
        await settle(pilot)
    assert journal.circle.as_of(TODAY) == before
    assert not journal.can_undo or journal.undo() is not None


# One side of every tie.


async def test_d_goes_from_what_they_give_to_what_i_give_to_both_ways(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path))
    async with staged(screen) as (stage, pilot):
        for way, words in (
            (Way.I_GIVE, "what I give"),
            (Way.BOTH, "what goes both ways"),
            (Way.GIVES_ME, "as of today"),
        ):
            await pilot.press("d")
            await settle(pilot)
            assert screen.map.facet.way is way
            assert words in painted(stage)


async def test_s_marks_strain_with_a_sign_and_a_word_and_the_support_stays(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path))
    async with staged(screen) as (stage, pilot):
        assert "≈" not in painted(stage)
        await pilot.press("s")
        await settle(pilot)
        assert "≈★" in painted(stage)
        assert "≈ weighs" in painted(stage)
        await pilot.press("v")
        await settle(pilot)
        assert "weighs: pressure" in " ".join(painted(stage).split())


async def test_nought_shows_everything_again(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path))
    async with staged(screen) as (stage, pilot):
        await pilot.press("1", "d", "s", "b", "plus")
        await settle(pilot)
        assert screen.facet == Facet(Kind.EMOTIONAL, Way.I_GIVE, strain=True)
        assert screen.map.all_ties
        await pilot.press("0")
        await settle(pilot)
        assert screen.facet == Facet()
        assert not screen.map.all_ties
        assert screen.map.view.whole
        assert "as of today" in painted(stage)


async def test_b_draws_everybodys_ties(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path))
    async with staged(screen) as (stage, pilot):
        await pilot.press("b")
        await settle(pilot)
        picture = screen.map.picture
        assert picture is not None
        assert "tie-all" in {run.roles for row in picture.rows for run in row}
        assert "every tie" in painted(stage)


# Finding.


async def test_somebody_is_found_while_the_name_is_typed_and_enter_keeps_them(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path))
    async with staged(screen) as (stage, pilot):
        await pilot.press("slash", *"an")
        await settle(pilot)
        assert screen.map.current == "ana"
        assert "1 of 1" in painted(stage)
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert stage.asked == [PersonRequested("ana")]
        assert not screen.finding


async def test_down_goes_through_all_who_were_found_and_escape_goes_back(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path), focus="ugo")
    async with staged(screen) as (stage, pilot):
        await pilot.press("slash", *"friends")
        await settle(pilot)
        first = screen.map.current
        assert screen.map.found == {"bea", "noor"}
        await pilot.press("down")
        await settle(pilot)
        assert {first, screen.map.current} == {"bea", "noor"}
        assert "2 of 2" in painted(stage)
        await pilot.press("escape")
        await settle(pilot)
        assert screen.map.current == "ugo"
        assert screen.map.found == frozenset()
        assert stage.asked == []


async def test_nobody_found_is_said_and_letters_stay_letters(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path))
    async with staged(screen) as (stage, pilot):
        await pilot.press("slash", *"xqt1v")
        await settle(pilot)
        assert "nobody by that name" in painted(stage)
        assert screen.finder.typed.value == "xqt1v"
        assert (screen.mode, screen.facet, screen.listing) == (Mode.NOW, Facet(), False)


# The list, the keys, other screens.


async def test_the_list_has_the_same_people_in_every_mode(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path), focus="bea")
    async with staged(screen) as (_, pilot):
        for keys in (["t", "pageup"], ["c"], ["escape", "tab", "x"]):
            await pilot.press(*keys, "v")
            await settle(pilot)
            listed = {option.id for option in screen.list.options} - {None}
            assert listed == {bond.alter.id for bond in screen.sight.circle.bonds}
            await pilot.press("v")


async def test_at_most_six_keys_are_shown_in_every_mode_and_they_fit(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path), focus="bea")
    async with staged(screen) as (stage, pilot):
        for keys in ([], ["t"], ["tab"], ["escape", "c"], ["escape", "x"], ["escape", "v"], ["slash"]):
            await pilot.press(*keys)
            await settle(pilot)
            shown = keys_shown(stage)
            assert 1 < len(shown) <= MOST
            assert len(stage.screen.query_one(KeyLine)._parts()) == len(shown)


async def test_numbers_mapping_and_who_knows_whom_are_one_key_away(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path), focus="bea")
    async with staged(screen) as (stage, pilot):
        await pilot.press("n", "m", "w", "t", "pageup", "n")
        await settle(pilot)
        assert stage.asked == [
            NumbersRequested(), MappingRequested(), KnowsRequested("bea"), NumbersRequested(LAST_YEAR),
        ]  # fmt: skip


async def test_somebody_new_is_added_to_today_and_not_to_another_day(tmp_path: Path) -> None:
    screen = CircleScreen(context(), lived(tmp_path))
    async with staged(screen) as (_, pilot):
        await pilot.press("t", "tab", "a")
        await settle(pilot)
        assert not screen.adding


async def test_an_empty_map_leads_on(tmp_path: Path) -> None:
    async with staged(CircleScreen(context(), new_journal(tmp_path)), size=SMALL) as (stage, pilot):
        await pilot.press("left", "tab", "enter", "plus", "v", "v", "x", "d", "s", "b")
        await settle(pilot)
        shown = " ".join(painted(stage).split())
        assert "Press a to put the first person on it, or m" in shown
