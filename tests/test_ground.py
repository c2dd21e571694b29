"""The rules of what everybody stands on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kinship.ground.clock import FrozenClock, SystemClock, day_of
from kinship.ground.errors import Misused
from kinship.ground.places import find_places, shipped_themes
from kinship.ground.settings import Settings, read_settings
from kinship.ground.width import cells, fill, shorten


def test_a_page_after_midnight_belongs_to_the_evening_before() -> None:
    assert day_of(dt.datetime(2026, 11, 22, 3, 59, tzinfo=dt.UTC)) == dt.date(2026, 11, 21)
    assert day_of(dt.datetime(2026, 11, 22, 4, 0, tzinfo=dt.UTC)) == dt.date(2026, 11, 22)


def test_a_relative_xdg_folder_is_ignored() -> None:
    places = find_places({"HOME": "/h", "XDG_DATA_HOME": "elsewhere", "XDG_STATE_HOME": "/s"})
    assert places.default_vault == Path("/h/.local/share/kinship/journal.kinship")
    assert places.state == Path("/s/kinship")


def test_themes_are_found() -> None:
    assert shipped_themes().is_dir()


def test_no_settings_file_means_the_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.toml") == Settings()


def test_an_unknown_setting_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('themes = "dark"\n')
    with pytest.raises(Misused, match="Did you mean theme"):
        read_settings(file)


def test_broken_toml_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("theme = \n")
    with pytest.raises(Misused, match="not valid TOML"):
        read_settings(file)


@pytest.mark.parametrize(
    ("text", "most", "short"), [("Ana", 5, "Ana"), ("Margarethe", 5, "Marg…"), ("山田太郎", 5, "山田…")]
)
def test_shortening_counts_cells_not_characters(text: str, most: int, short: str) -> None:
    assert shorten(text, most) == short
    assert cells(fill(text, most)) == most


@pytest.mark.parametrize(("told", "minutes"), [("0", 0), ("2.5", 2.5), ("1440", 1440)])
def test_the_lock_waits_as_many_minutes_as_a_person_says(tmp_path: Path, told: str, minutes: float) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f"lock_after = {told}\n")
    assert read_settings(file).lock_after == minutes


@pytest.mark.parametrize("told", ["-1", "nan", "inf", "1441", '"never"', "true"])
def test_minutes_that_are_none_are_refused(tmp_path: Path, told: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f"lock_after = {told}\n")
    with pytest.raises(Misused, match="lock_after"):
        read_settings(file)


def test_a_sleep_passes_for_the_calendar_and_not_for_what_runs() -> None:
    clock = FrozenClock(dt.datetime(2026, 11, 22, 20, tzinfo=dt.UTC))
    clock.sleep(60)
    assert (clock.now().minute, clock.elapsed(), clock.uptime()) == (1, 0, 60)


def test_the_machine_counts_its_sleep_or_says_nothing_of_it() -> None:
    clock = SystemClock()
    assert clock.uptime() >= clock.elapsed() - 1
