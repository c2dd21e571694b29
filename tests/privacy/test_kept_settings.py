"""One setting is changed in its file: comments stay, what is wrong is refused, and nobody else can read it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from kinship.ground.errors import Misused, Refused
from kinship.ground.settings import Settings, fields, read_settings
from kinship.privacy.kept_settings import keep_setting, value_of

OWN = '# as I like it\ntheme = "light" # by day\n\n# my keys\n[keys]\nveil = "f9" # quick\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "config" / "settings.toml"
    found.parent.mkdir()
    found.write_text(OWN)
    return found


def test_comments_and_order_stay(file: Path) -> None:
    keep_setting(file, "theme", "warm")
    keep_setting(file, "lock_after", 10)
    keep_setting(file, "keys.lock", "f10")
    text = file.read_text()
    assert all(one in text for one in ("# as I like it", "# by day", "# my keys", "# quick"))
    assert read_settings(file) == Settings(theme="warm", lock_after=10, keys={"veil": "f9", "lock": "f10"})


def test_what_is_taken_out_is_as_usual_again(file: Path) -> None:
    keep_setting(file, "theme", None)
    keep_setting(file, "keys.veil", None)
    keep_setting(file, "keys.nothing", None)
    assert read_settings(file) == Settings()


def test_a_first_setting_makes_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    file = tmp_path / "new" / "kinship" / "settings.toml"
    keep_setting(file, "motion", True)
    assert read_settings(file).motion
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("text", ["theme = ", "thme = 'dark'\n", "lock_after = -1\n"])
def test_a_file_that_is_wrong_is_left_as_it_is(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(Misused):
        keep_setting(file, "theme", "warm")
    assert file.read_text() == text


def test_what_is_no_plain_file_is_left_as_it_is(tmp_path: Path) -> None:
    place = tmp_path / "settings.toml"
    place.mkdir()
    with pytest.raises((Misused, Refused)):
        keep_setting(place, "theme", "warm")
    assert place.is_dir()


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("theme", "warm", "warm"),
        ("motion", "yes", True),
        ("safe_screen", "off", False),
        ("lock_after", "2.5", 2.5),
        ("lock_after", "0", 0),
        ("editor_flags", "-n 'two words'", ["-n", "two words"]),
        ("keys.veil", "f9", "f9"),
    ],
)
def test_words_are_read_as_the_setting_needs_them(name: str, words: str, value: object) -> None:
    assert value_of(name, words) == value


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("thme", "dark", "Did you mean theme"),
        ("glyphs", "unicod", "Did you mean unicode"),
        ("week_start", "mnday", "Did you mean monday"),
        ("motion", "perhaps", "true or false"),
        ("lock_after", "never", "a number from 0 to 1440"),
        ("lock_after", "nan", "a number from 0 to 1440"),
        ("editor_flags", "'", "words in brackets"),
        ("keys", "f9", "one by one"),
    ],
)
def test_what_cannot_be_is_said_with_what_can(name: str, words: str, said: str) -> None:
    with pytest.raises(Misused) as told:
        value_of(name, words)
    assert said in str(told.value)


def test_every_field_has_a_sentence() -> None:
    assert all(one.sentence.endswith(".") and one.form for one in fields().values())
