from __future__ import annotations

import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from builders.hostile import MARKUP
from builders.journals import EVENING, alter, circle_of, fact, new_journal
from builders.screens import NORMAL, SMALL, WIDE, Stage, hold, painted, settle, staged
from kinship.ground.clock import FrozenClock
from kinship.ground.places import Places
from kinship.journal.journal import Journal
from kinship.snapshot.export import Format, render
from kinship.snapshot.keeping import keep_map
from kinship.snapshot.sealing import unseal
from kinship.snapshot.share import NamesMode
from kinship.tui import sharing
from kinship.tui.context import Context
from kinship.tui.navigation import TODAYS, BackRequested, ExportRequested
from kinship.tui.paths import free_place
from kinship.tui.screens.export import ExportScreen
from kinship.tui.screens.file_screen import is_for_everybody, with_ending
from kinship.tui.widgets.seal_fields import KEY, PASSPHRASE, SEALS


@asynccontextmanager
async def shown(
    tmp_path: Path,
    journal: Journal,
    *,
    size: tuple[int, int] = NORMAL,
    folder: Path | None = None,
    asked: ExportRequested | None = None,
) -> AsyncIterator[tuple[ExportScreen, Stage, Pilot[Any]]]:
    home = tmp_path / "home"
    context = Context(
        clock=FrozenClock(EVENING),
        places=Places(home, home, home),
        environment={"HOME": str(home)},
        exports=folder or home,
    )
    screen = ExportScreen(context, journal, asked)
    async with staged(screen, size=size) as (stage, pilot):
        await settle(pilot)
        yield screen, stage, pilot


def with_people(tmp_path: Path, count: int = 12) -> Journal:
    journal = new_journal(tmp_path)
    alters, facts, moments = circle_of(count)
    journal.take_in("people", [*alters, *facts, *moments])
    return journal


def said(screen: ExportScreen) -> str:
    return str(screen.query_one("#state", Static).render())


def leaves(screen: ExportScreen) -> str:
    return "\n".join(str(screen.query_one(part, Static).render()) for part in ("#rules", "#leaves"))


def choose(screen: ExportScreen, form: str) -> None:
    screen.form.picked = [one for one, _ in sharing.FORMATS].index(form)


def seal(screen: ExportScreen, way: str) -> None:
    screen.seal.pick.picked = [one for one, _ in SEALS].index(way)


async def test_it_offers_a_careful_picture_in_the_persons_folder(tmp_path: Path) -> None:
    async with shown(tmp_path, with_people(tmp_path)) as (screen, _, _):
        assert screen.place.value == "~/support-map-2024-05.svg"
        assert leaves(screen).startswith("Names stay here")
        assert "Bea" not in leaves(screen)


async def test_the_file_is_written_without_names_and_the_screen_says_where(tmp_path: Path) -> None:
    async with shown(tmp_path, with_people(tmp_path)) as (screen, _, pilot):
        await pilot.press("w")
        await settle(pilot)
        file = tmp_path / "home" / "support-map-2024-05.svg"
        assert b"Bea" not in file.read_bytes()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert said(screen).startswith("It is in ~/support-map-2024-05.svg")
        assert screen.place.value == "~/support-map-2024-05-2.svg"


async def test_whole_names_need_a_second_yes(tmp_path: Path) -> None:
    async with shown(tmp_path, with_people(tmp_path)) as (screen, _, pilot):
        screen.names.picked = 3
        await settle(pilot)
        assert "Bea" in leaves(screen)
        await pilot.press("w")
        await settle(pilot)
        assert screen.asking == "names"
        assert not list((tmp_path / "home").glob("*.svg"))
        await pilot.press("tab", "enter")
        await settle(pilot)
        assert "Bea" in (tmp_path / "home" / "support-map-2024-05.svg").read_text()


async def test_a_no_to_names_writes_nothing(tmp_path: Path) -> None:
    async with shown(tmp_path, with_people(tmp_path)) as (screen, stage, pilot):
        screen.names.picked = 3
        await settle(pilot)
        await pilot.press("w", "enter")
        await settle(pilot)
        assert not screen.asking
        await pilot.press("w", "escape")
        await settle(pilot)
        assert not screen.asking
        assert not list((tmp_path / "home").glob("*.svg"))
        assert stage.asked == []


async def test_every_format_is_written_under_its_ending_and_shown_before(tmp_path: Path) -> None:
    async with shown(tmp_path, with_people(tmp_path, 3)) as (screen, _, pilot):
        for form, _word in sharing.FORMATS:
            choose(screen, form)
            await settle(pilot)
            path = screen._target()
            assert leaves(screen).startswith("Names stay here")
            await pilot.press("w")
            await settle(pilot)
            assert path.suffix == screen.format.ending
            assert path.stat().st_size > 100


async def test_ticks_let_more_leave_by_key_and_by_mouse(tmp_path: Path) -> None:
    async with shown(tmp_path, with_people(tmp_path)) as (screen, _, pilot):
        screen.ticks.focus()
        await pilot.press("2")
        await pilot.click(screen.ticks, offset=(4, 0))
        await settle(pilot)
        assert screen.share.strain
        assert screen.share.exact_dates
        assert screen.place.value == "~/support-map-2024-05-03.svg"
        assert "3 May 2024" in leaves(screen)
        assert "Notes stay here." in leaves(screen)


async def test_a_file_is_sealed_with_six_offered_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str | None] = []

    def sealed(_data: bytes, *, passphrase: str | None, **_more: object) -> bytes:
        told.append(passphrase)
        return b"sealed"

    monkeypatch.setattr(sharing, "seal_beside", sealed)
    async with shown(tmp_path, with_people(tmp_path)) as (screen, _, pilot):
        await pilot.press("f3")
        await settle(pilot)
        words = screen.seal.passphrase
        assert words is not None
        assert len(words.split()) == 6
        assert words in said(screen)
        await pilot.press("w")
        await settle(pilot)
        assert told == [words]
        assert (tmp_path / "home" / "support-map-2024-05.svg.age").read_bytes() == b"sealed"
        assert words in said(screen)
        assert screen._secret is None


async def test_a_passphrase_is_typed_twice_and_a_key_must_be_one(tmp_path: Path) -> None:
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    async with shown(tmp_path, with_people(tmp_path)) as (screen, _, pilot):
        seal(screen, PASSPHRASE)
        for first, again, words in (("", "", "too short"), ("otter lamp quiet", "otter lamp", "differ")):
            screen.seal.first.value, screen.seal.again.value = first, again
            screen.action_write()
            assert words in said(screen)
        seal(screen, KEY)
        for key, words in (("", "Say whose key"), ("age1nonsense", "no key")):
            screen.seal.keys.value = key
            screen.action_write()
            assert words in said(screen)
        assert not list((tmp_path / "home").glob("support*"))
        screen.seal.keys.value = str(identity.to_public())
        screen.action_write()
        await settle(pilot)
        sealed = (tmp_path / "home" / "support-map-2024-05.svg.age").read_bytes()
        assert unseal(sealed, identity=str(identity)).startswith(b"<?xml")
        seal(screen, "")
        await settle(pilot)
        assert screen.place.value.endswith("support-map-2024-05.svg")


async def test_what_is_being_written_can_be_called_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with shown(tmp_path, with_people(tmp_path)) as (screen, stage, pilot):

        def drawn(*told: Any, **more: Any) -> bytes:
            screen.action_back()
            return render(*told, **more)

        monkeypatch.setattr(sharing, "render", drawn)
        await pilot.press("w")
        await settle(pilot)
        assert said(screen) == "Called off. Nothing was written."
        assert not list((tmp_path / "home").glob("support*"))
        assert stage.asked == []


async def test_a_file_that_is_there_is_asked_about_and_never_lost_unasked(tmp_path: Path) -> None:
    taken = tmp_path / "home" / "taken.svg"
    taken.write_text("mine")
    async with shown(tmp_path, with_people(tmp_path)) as (screen, _, pilot):
        screen.place.value = "~/taken.svg"
        await pilot.press("w")
        await settle(pilot)
        assert screen.asking == "over"
        await pilot.press("enter")
        await settle(pilot)
        assert screen.place.has_focus
        await pilot.press("enter", "tab")
        assert taken.read_text() == "mine"
        await pilot.press("enter")
        await settle(pilot)
        assert taken.read_text().startswith("<?xml")


async def test_a_kept_map_leaves_as_it_was_kept_and_by_no_other_names(tmp_path: Path) -> None:
    journal = with_people(tmp_path)
    kept = keep_map(journal, journal.circle.as_of(journal.today()), title="May", names=NamesMode.ROLES)
    journal.delete_alter(journal.alters.by_name("Bea")[0].id)
    async with shown(tmp_path, journal, asked=ExportRequested(snapshot=kept.id)) as (screen, _, _pilot):
        assert [one for one, _ in screen.names.options] == ["roles"]
        assert (
            sum(
                line.startswith(("friend", "relative", "colleague", "neighbour")) for line in leaves(screen).split("\n")
            )
            > 8
        )


async def test_two_days_are_one_picture(tmp_path: Path) -> None:
    journal = with_people(tmp_path)
    kept = keep_map(journal, journal.circle.as_of(journal.today()))
    journal.delete_alter(journal.alters.by_name("Bea")[0].id)
    async with shown(tmp_path, journal, asked=ExportRequested(kept.id, TODAYS)) as (screen, _, pilot):
        assert [one for one, _ in screen.form.options] == ["svg", "png", "pdf", "html"]
        assert "Since then: " in leaves(screen)
        await pilot.press("w")
        await settle(pilot)
        assert said(screen).startswith("It is in")


async def test_a_map_that_is_not_there_any_more_is_a_sentence(tmp_path: Path) -> None:
    async with shown(tmp_path, with_people(tmp_path), asked=ExportRequested("nothing")) as (screen, _, pilot):
        await pilot.press("w")
        await settle(pilot)
        assert said(screen) == "This map is not kept any more."


def test_a_folder_that_everybody_may_write_to_is_never_offered(tmp_path: Path) -> None:
    assert not is_for_everybody(tmp_path)
    tmp_path.chmod(0o1777)
    assert is_for_everybody(tmp_path)
    assert not is_for_everybody(tmp_path / "nowhere")


@pytest.mark.parametrize("place", ["nowhere/map.svg", "taken.svg/map.svg", ""])
async def test_a_wrong_place_is_one_sentence_and_nothing_is_lost(tmp_path: Path, place: str) -> None:
    taken = tmp_path / "home" / "taken.svg"
    taken.write_text("mine")
    async with shown(tmp_path, with_people(tmp_path)) as (screen, _, pilot):
        screen.place.value = place
        await pilot.press("w")
        await settle(pilot)
        assert screen.state.has_class("-wrong")
        assert "\n" not in said(screen)
        assert "--force" not in said(screen)
        assert screen.place.has_focus
        assert screen.place.value == place
        assert taken.read_text() == "mine"


async def test_a_folder_as_the_place_gets_the_offered_name(tmp_path: Path) -> None:
    (tmp_path / "home" / "pictures").mkdir()
    async with shown(tmp_path, with_people(tmp_path)) as (screen, _, pilot):
        screen.place.value = "~/pictures"
        await pilot.press("w")
        await settle(pilot)
        assert (tmp_path / "home" / "pictures" / "support-map-2024-05.svg").is_file()


async def test_enter_in_the_place_writes_too(tmp_path: Path) -> None:
    async with shown(tmp_path, with_people(tmp_path)) as (screen, _, pilot):
        screen.place.focus()
        await pilot.press("enter")
        await settle(pilot)
        assert (tmp_path / "home" / "support-map-2024-05.svg").is_file()


async def test_an_own_name_keeps_its_stem_when_the_format_changes(tmp_path: Path) -> None:
    async with shown(tmp_path, with_people(tmp_path)) as (screen, _, pilot):
        screen.place.value = "~/for-maria.svg"
        choose(screen, "json")
        await pilot.pause()
        assert screen.place.value == "~/for-maria.json"


async def test_a_name_with_markup_is_shown_as_it_is(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    values = [alter(MARKUP["console tag"], id_="x"), fact("x", "ring", "inner")]
    journal.take_in("people", values)
    async with shown(tmp_path, journal, size=WIDE) as (screen, stage, pilot):
        screen.names.picked = 3
        await settle(pilot)
        assert "[red]NAME[/red]" in painted(stage)


async def test_escape_asks_to_go_back(tmp_path: Path) -> None:
    async with shown(tmp_path, with_people(tmp_path)) as (_, stage, pilot):
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(stage.asked[-1], BackRequested)


async def test_an_empty_map_can_be_looked_at(tmp_path: Path) -> None:
    async with shown(tmp_path, new_journal(tmp_path)) as (screen, _, _):
        assert leaves(screen).startswith("Names stay here")


@pytest.mark.parametrize("size", [SMALL, NORMAL, WIDE])
async def test_the_screen_looks_as_it_did(tmp_path: Path, size: tuple[int, int]) -> None:
    async with shown(tmp_path, with_people(tmp_path), size=size) as (screen, stage, pilot):
        screen.names.picked = 1
        await settle(pilot)
        hold(stage, "export")


def test_a_place_that_is_taken_gives_the_next_number(tmp_path: Path) -> None:
    assert free_place(tmp_path / "a.svg") == tmp_path / "a.svg"
    (tmp_path / "a.svg").touch()
    (tmp_path / "a-2.svg").touch()
    assert free_place(tmp_path / "a.svg") == tmp_path / "a-3.svg"


@pytest.mark.parametrize(
    ("typed", "after"),
    [("a.svg", "a.json"), ("a", "a"), ("a.b.txt", "a.b.json"), ("a.odt", "a.odt"), ("", ""), ("a.pdf.age", "a.json")],
)
def test_only_an_ending_of_ours_is_changed(typed: str, after: str) -> None:
    assert with_ending(typed, ".json", {one.ending for one in Format}) == after
