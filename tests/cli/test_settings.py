"""Settings as commands: nothing private in the file, and a wrong word is answered with the nearest right one."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.console import Console, console
from kinship.ground.settings import fields
from kinship.tui.own_choices import OWN


@pytest.fixture
def person(tmp_path: Path) -> Console:
    return Console(tmp_path / "home")


def test_settings_are_shown_set_and_taken_back(person: Console) -> None:
    file = Path(person.fine("settings", "path").out.strip())
    assert file == person.home / ".config/kinship/settings.toml"
    person.fine("settings", "set", "theme", "warm")
    person.fine("settings", "set", "keys.veil", "f9")
    file.write_text(f"# mine\n{file.read_text()}")
    person.fine("settings", "set", "motion", "yes")
    assert file.read_text().startswith("# mine\n")
    shown = person.fine("settings", "show").out
    assert 'theme = "warm" (yours)' in shown
    assert all(one.sentence.split(";")[0][:60] in shown for one in fields().values())
    assert person.fine("settings", "show", "--json").json["settings"]["keys"] == {"veil": "f9"}
    person.fine("settings", "reset", "theme")
    assert person.fine("settings", "show", "--json").json["settings"]["theme"] == "auto"
    assert person.fine("settings", "check").out == "Nothing is wrong with the settings.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("thme", "dark"), "Did you mean theme?"),
        (("contry", "GB"), "Did you mean country?"),
        (("theme", "ligth"), "Did you mean light?"),
        (("glyphs", "asci"), "Did you mean ascii?"),
        (("keys.viel", "f9"), "Did you mean veil?"),
        (("keys.veil", "boing boing"), "is no key"),
        (("keys.veil", "f8"), "asked for by veil and lock"),
    ],
)
def test_what_cannot_be_set_is_said_and_changes_nothing(person: Console, words: tuple[str, ...], said: str) -> None:
    ended = person.run("settings", "set", *words)
    assert ended.code == 2
    assert said in ended.err
    assert not (person.home / ".config/kinship/settings.toml").exists()


def test_a_check_names_everything_that_is_wrong(person: Console) -> None:
    file = person.home / ".config/kinship/settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text('thme = "dark"\nlock_after = -1\n')
    ended = person.run("settings", "check", "--json")
    assert ended.code == 2
    assert len(ended.json["faults"]) == 2
    file.write_text('theme = "drak"\n[keys]\nwriet = "x"\n')
    told = person.run("settings", "check").out
    assert "Did you mean dark?" in told
    assert "Did you mean write?" in told


def test_what_is_the_persons_own_is_kept_in_the_vault_alone(tmp_path: Path) -> None:
    person = console(tmp_path / "home")
    person.fine("settings", "set", "own_name", "-", piped="Robin Zzcanary\n")
    person.fine("settings", "set", "country", "united kingdom")
    person.fine("settings", "set", "day_start", "5")
    person.fine("settings", "set", "device_name", "kitchen")
    own = person.fine("settings", "show", "--own", "--json").json["own"]
    assert own == {
        "own_name": "Robin Zzcanary",
        "country": "United Kingdom",
        "day_start": "05:00",
        "device_name": "kitchen",
    }
    assert "Did you mean Germany?" in person.run("settings", "set", "country", "Germny").err
    assert not any(b"Zzcanary" in one.read_bytes() for one in person.home.rglob("*") if one.is_file())


def test_where_names_the_places_and_opens_nothing(person: Console) -> None:
    told = person.fine("where", "--json").json
    assert told["vault"] == {"path": str(person.vault), "there": False}
    assert set(told) == {"vault", "settings", "themes", "state", "shipped_themes"}
    assert str(person.vault) in person.fine("where").out


def test_the_page_on_settings_names_every_one_with_its_sentence() -> None:
    page = (Path(__file__).resolve().parent.parent.parent / "docs" / "settings.md").read_text(encoding="utf-8")
    told = [(one.name, one.sentence) for one in fields().values()] + [(key, one.sentence) for key, one in OWN.items()]
    assert [name for name, sentence in told if f"`{name}`" not in page or sentence not in page] == []
