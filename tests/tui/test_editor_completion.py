"""Completing people and tags."""

from __future__ import annotations

import pytest

from builders.pages import Desk, type_in
from builders.screens import painted, staged
from kinship.tui.widgets.completion import CompletionList, newcomer_in, opening_in
from kinship.tui.widgets.page_editor import PageEditor


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@", ("@", 0, "")),
        ("saw @Be", ("@", 4, "Be")),
        ("(@Be", ("@", 1, "Be")),
        ("@Dr Ok", ("@", 0, "Dr Ok")),
        ("#wal", ("#", 0, "wal")),
        ("a #wal", ("#", 2, "wal")),
        ("me@example", None),
        ("a\\@Be", None),
        ("`@Be", None),
        ("`a` @Be", ("@", 4, "Be")),
        ("# ", None),
        ("@ Be", None),
        ("a word", None),
    ],
)
def test_a_mention_or_tag_is_found_while_it_is_typed(text: str, expected: tuple[str, int, str] | None) -> None:
    assert opening_in(text) == expected


def test_a_line_of_any_length_is_looked_at_from_its_end() -> None:
    assert opening_in("word " * 10_000 + "@Be") == ("@", 50_000, "Be")


@pytest.mark.parametrize(
    ("prefix", "name"),
    [
        ("Noor", "Noor"),
        ("noor", "noor"),
        ("Aunt May", "Aunt May"),
        ("Noor went", None),
        ("", None),
        ("4", None),
        ("Bea.", None),
        ("Bea's", None),
        ("O'Neil", "O'Neil"),
    ],
)
def test_somebody_new_is_one_word_or_words_that_begin_with_capitals(prefix: str, name: str | None) -> None:
    assert newcomer_in(prefix) == name


async def test_tab_takes_the_suggestion_and_one_undo_takes_it_back() -> None:
    async with staged(Desk()) as (stage, pilot):
        editor = stage.screen.query_one(PageEditor)
        await type_in(pilot, "With @To")
        assert stage.screen.query_one(CompletionList).display
        await pilot.press("tab")
        assert editor.text == "With @Tomás "
        assert editor.cursor_location == (0, 12)
        await pilot.press("ctrl+z")
        assert editor.text == "With @To"


async def test_arrows_move_in_the_list_and_enter_takes_what_was_chosen() -> None:
    async with staged(Desk()) as (stage, pilot):
        await type_in(pilot, "@")
        await pilot.press("down", "down", "up", "enter")
        assert stage.screen.query_one(PageEditor).text == "@Tomás "


async def test_the_list_goes_around_its_end() -> None:
    async with staged(Desk()) as (stage, pilot):
        await type_in(pilot, "@")
        await pilot.press("up", "enter")
        assert stage.screen.query_one(PageEditor).text == "@Dr Okonkwo "


async def test_escape_closes_the_list_and_keeps_the_words() -> None:
    async with staged(Desk()) as (stage, pilot):
        await type_in(pilot, "@Be")
        await pilot.press("escape")
        assert not stage.screen.query_one(CompletionList).display
        assert stage.screen.query_one(PageEditor).text == "@Be"


@pytest.mark.parametrize("name", ["@Bea", "@Somebody", "#wor", "@"])
async def test_enter_begins_a_line_where_nothing_is_half_typed(name: str) -> None:
    async with staged(Desk()) as (stage, pilot):
        await type_in(pilot, name)
        await pilot.press("enter")
        assert stage.screen.query_one(PageEditor).text == f"{name}\n"


async def test_enter_finishes_a_known_name_that_is_half_typed() -> None:
    async with staged(Desk()) as (stage, pilot):
        await type_in(pilot, "@Be")
        await pilot.press("enter")
        assert stage.screen.query_one(PageEditor).text == "@Bea "


async def test_somebody_new_is_offered_and_told() -> None:
    desk = Desk()
    async with staged(desk) as (stage, pilot):
        await type_in(pilot, "@Noor")
        assert "+ new: @Noor" in painted(stage)
        await pilot.press("tab")
        await pilot.pause()
        assert stage.screen.query_one(PageEditor).text == "@Noor "
        assert [one.words for one in desk.accepted if one.new] == ["Noor"]


async def test_moving_away_closes_the_list() -> None:
    async with staged(Desk()) as (stage, pilot):
        await type_in(pilot, "a @Be")
        await pilot.press("home")
        await pilot.pause()
        assert not stage.screen.query_one(CompletionList).display


async def test_nothing_is_completed_in_a_block_of_code() -> None:
    async with staged(Desk("```\n")) as (stage, pilot):
        stage.screen.query_one(PageEditor).action_page_end()
        await type_in(pilot, "@Be")
        assert not stage.screen.query_one(CompletionList).display


async def test_a_space_is_not_doubled() -> None:
    async with staged(Desk("@ went")) as (stage, pilot):
        editor = stage.screen.query_one(PageEditor)
        editor.move_cursor((0, 1))
        await type_in(pilot, "Be")
        await pilot.press("tab")
        assert editor.text == "@Bea went"


async def test_the_list_stays_on_the_screen() -> None:
    async with staged(Desk("\n" * 30 + "word " * 14), size=(60, 20)) as (stage, pilot):
        stage.screen.query_one(PageEditor).action_page_end()
        await type_in(pilot, "@")
        menu = stage.screen.query_one(CompletionList).region
        assert menu.right <= 60
        assert menu.bottom <= 20
        assert "Tomás" in painted(stage)
