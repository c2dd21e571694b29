"""Whatever lies where a file of settings, a theme or a pack should, it is one sentence, and soon."""

from __future__ import annotations

import os
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from kinship.ground.errors import BadPack, BadTheme, KinshipError, Misused
from kinship.ground.own_files import Unreadable, read_small, toml_of
from kinship.ground.settings import read_settings
from kinship.reflect.packs import parse_pack
from kinship.tui.theming import MOST_FILES, read_palette, read_palettes

SOON = 3.0
"""Seconds of work; most of these would take for ever."""
THEME = (Path(__file__).parents[1] / "themes/dark.toml").read_text(encoding="utf-8")


def _link_to_pipe(path: Path) -> None:
    os.mkfifo(path.with_name("p"))
    path.symlink_to(path.with_name("p"))


def _closed(path: Path) -> None:
    path.write_text("x")
    path.chmod(0)


PLACES: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a folder": Path.mkdir,
    "/dev/zero": lambda path: path.symlink_to("/dev/zero"),
    "/dev/tty": lambda path: path.symlink_to("/dev/tty"),
    "a link to itself": lambda path: path.symlink_to(path),
    "a link to a pipe": _link_to_pipe,
    "ten megabytes": lambda path: path.write_bytes(b"#" * 10_000_000),
    "nobody may read it": _closed,
    "bytes": lambda path: path.write_bytes(b"\xff\xfe\x00\x1b]52;c;SEVJTA==\x07"),
}
TEXTS = {
    "lists in lists": "a=" + "[" * 60_000,
    "tables in tables": "a=" + "{a=" * 20_000,
    "a key of 30 000 parts": ".".join("a" * 30_000) + "=1",
    "a table of 30 000 parts": "[" + ".".join("a" * 30_000) + "]",
    "keys of many parts": "\n".join("a." * 60 + f"b{n}=1" for n in range(400)),
    "a huge number": "a=" + "9" * 60_000,
    "no day": "a=9999-99-99",
    "half a surrogate": 'a="\\uD800"',
    "a key twice": "a=1\na=2",
    "many tables": "\n".join(f"[a.b.c{n}]" for n in range(4_000)),
    "a value of 60 000 letters": f'theme="{"x" * 60_000}"\nname=1',
    "orders": 'a="\\u001b]52;c;SEVJTA==\\u0007"',
}


def one_short_sentence(error: KinshipError) -> bool:
    return "\n" not in str(error) and len(str(error)) < 600


@pytest.mark.parametrize("place", PLACES)
def test_what_is_no_file_of_ours_is_said_at_once(place: str, tmp_path: Path) -> None:
    if place == "nobody may read it" and os.geteuid() == 0:
        pytest.skip("root may read everything")
    path = tmp_path / "mine.toml"
    PLACES[place](path)
    begun = time.monotonic()
    with pytest.raises(BadTheme) as theme:
        read_palette(path)
    with pytest.raises(Misused) as told:
        read_settings(path)
    assert time.monotonic() - begun < SOON
    assert one_short_sentence(theme.value)
    assert one_short_sentence(told.value)


@pytest.mark.parametrize("name", TEXTS)
def test_toml_made_to_hurt_is_said_at_once(name: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(TEXTS[name])
    begun = time.process_time()
    with pytest.raises(BadTheme) as theme:
        read_palette(path)
    with pytest.raises(Misused) as told:
        read_settings(path)
    with pytest.raises(BadPack) as pack:
        parse_pack(TEXTS[name], "mine.toml")
    assert time.process_time() - begun < SOON
    assert all(map(one_short_sentence, (theme.value, told.value, pack.value)))


def test_such_a_key_would_be_noticed_by_the_clock() -> None:
    begun = time.process_time()
    tomllib.loads(".".join("a" * 12_000) + "=1")
    slow = time.process_time() - begun
    begun = time.process_time()
    with pytest.raises(Unreadable):
        toml_of(".".join("a" * 12_000) + "=1")
    assert slow > 20 * (time.process_time() - begun)


@pytest.mark.parametrize("name", ["", "x" * 100_000])
def test_a_theme_has_a_name_that_can_be_shown(name: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(THEME.replace('name = "dark"', f'name = "{name}"')[:60_000])
    with pytest.raises(BadTheme):
        read_palette(path)


def test_a_folder_of_many_themes_is_read_up_to_a_number(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 50):
        (tmp_path / f"t{number}.toml").write_text("?")
    assert len(read_palettes([tmp_path])[1]) == MOST_FILES


def test_a_mark_of_byte_order_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b'\xef\xbb\xbftheme = "light"\n')
    assert read_settings(path).theme == "light"
    assert toml_of(read_small(path, 100)) == {"theme": "light"}
