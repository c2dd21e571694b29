"""Themes are TOML, legible, and a broken one stops nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color

from builders.screens import Stage, context_in, kinship_app, painted, running
from kinship.ground.errors import BadTheme, Misused
from kinship.ground.places import shipped_themes
from kinship.ground.settings import Settings
from kinship.tui.theming import Palette, choose, colours_of, look_for, read_palette, read_palettes, theme_of
from kinship.tui.tone import tone_in, tone_of

SHIPPED, _ = read_palettes((shipped_themes(),))
GROUNDS = ("paper", "raised")
LINES = {"rule"}


def contrast(front: str, back: str) -> float:
    """Return the contrast of two colours (WCAG 2.1, relative luminance)."""
    lighter, darker = sorted((_luminance(front), _luminance(back)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in Color.parse(colour).rgb]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_light_and_a_dark_theme_are_shipped() -> None:
    assert {"light", "dark"} <= set(SHIPPED)
    assert SHIPPED["dark"].dark
    assert not SHIPPED["light"].dark


@pytest.mark.parametrize("name", SHIPPED)
def test_every_text_is_legible_on_every_ground(name: str) -> None:
    colours = colours_of(SHIPPED[name])
    weak = {
        (front, ground): round(contrast(colours[front], colours[ground]), 2)
        for front in set(colours) - set(GROUNDS) - LINES
        for ground in GROUNDS
        if contrast(colours[front], colours[ground]) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("name", SHIPPED)
def test_what_the_cursor_stands_on_is_legible(name: str) -> None:
    colours = SHIPPED[name].colours
    assert contrast(colours.paper, colours.accent) >= 4.5
    assert contrast(colours.ink, colours.rule) >= 4.5


@pytest.mark.parametrize("name", SHIPPED)
def test_every_colour_is_a_css_variable(name: str) -> None:
    variables = theme_of(SHIPPED[name]).variables
    assert {"emotional", "practical", "identity", "strain", "several", "dim", "paper"} <= set(variables)


def test_an_unknown_theme_names_the_nearest() -> None:
    with pytest.raises(Misused, match="Did you mean light"):
        choose("ligth", SHIPPED)
    with pytest.raises(Misused, match=r"There are: auto, dark"):
        choose("qqqq", SHIPPED)


def test_auto_is_the_tone_of_the_terminal() -> None:
    assert choose("auto", SHIPPED, "light") == "light"
    assert look_for("auto", Path("/nowhere"), lambda: "dark").name == "dark"


def test_the_terminal_is_asked_only_for_auto() -> None:
    def asked() -> str:
        raise AssertionError("asked")

    assert look_for("light", Path("/nowhere"), asked).name == "light"


@pytest.mark.parametrize(
    ("environment", "tone"),
    [
        ({"COLORFGBG": "15;0"}, "dark"),
        ({"COLORFGBG": "0;15"}, "light"),
        ({"COLORFGBG": "0;default;7"}, "light"),
        ({"COLORFGBG": "7;8"}, "dark"),
        ({"TERM": "dumb"}, "dark"),
        ({"TERM": "linux"}, "dark"),
    ],
)
def test_the_tone_follows_what_the_terminal_says(environment: dict[str, str], tone: str) -> None:
    assert tone_of(environment) == tone


@pytest.mark.parametrize(
    ("answer", "tone"),
    [
        (b"\x1b]11;rgb:ffff/ffff/f0f0\x1b\\\x1b[?65;1c", "light"),
        (b"\x1b]11;rgb:1c/19/16\x07", "dark"),
        (b"\x1b[?65;1c", "dark"),
        (b"", "dark"),
    ],
)
def test_the_answer_of_a_terminal_is_a_tone(answer: bytes, tone: str) -> None:
    assert tone_in(answer) == tone


BROKEN = {
    "no toml": "name = ",
    "no colours": 'name = "mine"\ndark = true\n',
    "a colour that is none": "{whole}".replace("#", "~"),
    "a field too many": 'shape = "round"\n{whole}',
    "not text": "\x00",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_theme_says_what_is_wrong(name: str, tmp_path: Path) -> None:
    whole = (shipped_themes() / "dark.toml").read_text(encoding="utf-8")
    text = BROKEN[name].replace("{whole}", whole)
    file = tmp_path / "mine.toml"
    file.write_text(text if name != "a colour that is none" else whole.replace("#1c1916", "mud"), encoding="utf-8")
    with pytest.raises(BadTheme, match=r"mine\.toml"):
        read_palette(file)


def _own_theme(folder: Path, name: str, text: str | None = None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    whole = (shipped_themes() / "dark.toml").read_text(encoding="utf-8").replace('"dark"', f'"{name}"', 1)
    (folder / f"{name}.toml").write_text(whole if text is None else text, encoding="utf-8")


async def test_a_broken_own_theme_is_one_toast_and_the_others_work(tmp_path: Path) -> None:
    context = context_in(tmp_path, settings=Settings(theme="mine"))
    _own_theme(context.places.own_themes, "mine")
    _own_theme(context.places.own_themes, "other", "name =")
    _own_theme(context.places.own_themes, "third", "name =")
    app = kinship_app(context)
    async with running(app):
        assert app.theme == "mine"
        assert len(app._notifications) == 1
        assert "other.toml" in painted(app)


def test_a_theme_of_one_s_own_may_replace_a_shipped_one(tmp_path: Path) -> None:
    _own_theme(tmp_path, "dark")
    palettes, _ = read_palettes((shipped_themes(), tmp_path))
    assert isinstance(palettes["dark"], Palette)


async def test_without_colour_nothing_is_coloured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = kinship_app(context_in(tmp_path, environment={"NO_COLOR": "1"}))
    async with running(app):
        styles = [one.style for row in app.screen._compositor.render_strips() for one in row if one.style is not None]
        assert {one.color.name for one in styles if one.color is not None} <= {"default"}
        assert {one.bgcolor.name for one in styles if one.bgcolor is not None} <= {"default"}


async def test_the_stage_wears_our_themes() -> None:
    async with Stage(theme="light").run_test() as pilot:
        assert pilot.app.theme_variables["paper"] == SHIPPED["light"].colours.paper
