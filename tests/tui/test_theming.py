"""Themes are TOML, legible, and a broken one stops nothing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest
from textual.color import Color

from builders.journals import new_journal
from builders.screens import Stage, context_in, kinship_app, painted, running, settle
from kinship.ground.errors import BadTheme, Misused
from kinship.ground.places import shipped_themes
from kinship.ground.settings import Settings
from kinship.tui.navigation import ChoicesRequested
from kinship.tui.theming import Colours, Palette, choose, colours_of, look_for, read_palette, read_palettes, theme_of
from kinship.tui.tone import tone_in, tone_of

SHIPPED, _ = read_palettes((shipped_themes(),))
OF_OURS = [name for name, palette in SHIPPED.items() if not palette.ansi]
"""Themes whose colours are known; those of `ansi` are the terminal's, and no figure holds for all terminals."""
GROUNDS = ("paper", "raised")
LINES = {"rule"}
KINDS = ("emotional", "practical", "identity", "strain", "several")
SEEN_AS = {
    "whole": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "without red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "without green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "without blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""Linear sRGB as eyes without one sort of cones see it (Machado, Oliveira and Fernandes, 2009, severity 1)."""
XYZ = (
    ((0.4124564, 0.3575761, 0.1804375), 0.95047),
    ((0.2126729, 0.7151522, 0.0721750), 1.0),
    ((0.0193339, 0.1191920, 0.9503041), 1.08883),
)
"""Rows from linear sRGB to CIE XYZ, each with its part of the white D65."""


def contrast(front: str, back: str) -> float:
    """Return the contrast of two colours (WCAG 2.1, relative luminance)."""
    lighter, darker = sorted((_luminance(front), _luminance(back)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in Color.parse(colour).rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def nearest_kinds(colours: Sequence[str], eyes: str) -> float:
    """Return the least difference of two colours (CIE 1976) to such eyes; 2.3 is just noticeable."""
    seen = [_lab(_seen(colour, eyes)) for colour in colours]
    return min(math.dist(one, other) for one, other in combinations(seen, 2))


def _seen(colour: str, eyes: str) -> list[float]:
    linear = [_linear(part / 255) for part in Color.parse(colour).rgb]
    return [min(1.0, max(0.0, _times(row, linear))) for row in SEEN_AS[eyes]]


def _lab(linear: Sequence[float]) -> tuple[float, float, float]:
    """Return CIE L*a*b* of linear sRGB, with the white of D65."""
    x, y, z = (_times(row, linear) / white for row, white in XYZ)
    x, y, z = (part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116 for part in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _times(row: Sequence[float], column: Sequence[float]) -> float:
    return sum(one * other for one, other in zip(row, column, strict=True))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def test_a_light_a_dark_a_warm_and_a_contrasted_theme_are_shipped() -> None:
    assert {"light", "dark", "warm", "contrast"} <= set(SHIPPED)
    assert SHIPPED["dark"].dark
    assert not SHIPPED["light"].dark


@pytest.mark.parametrize("name", OF_OURS)
def test_every_text_is_legible_on_every_ground(name: str) -> None:
    colours = colours_of(SHIPPED[name])
    weak = {
        (front, ground): round(contrast(colours[front], colours[ground]), 2)
        for front in set(colours) - set(GROUNDS) - LINES
        for ground in GROUNDS
        if contrast(colours[front], colours[ground]) < 4.5
    }
    assert weak == {}


def test_the_theme_of_high_contrast_is_one() -> None:
    colours = colours_of(SHIPPED["contrast"])
    texts = set(colours) - set(GROUNDS) - LINES
    assert min(contrast(colours[front], colours[ground]) for front in texts for ground in GROUNDS) >= 7
    assert contrast(colours["rule"], colours["paper"]) >= 3


@pytest.mark.parametrize("name", OF_OURS)
@pytest.mark.parametrize("eyes", SEEN_AS)
def test_the_kinds_differ_to_colour_blind_eyes(name: str, eyes: str) -> None:
    colours = colours_of(SHIPPED[name])
    assert nearest_kinds([colours[kind] for kind in KINDS], eyes) > 14


def test_kinds_that_only_differ_in_red_and_green_would_be_noticed() -> None:
    assert nearest_kinds(["#b06040", "#8a7a3c"], "without green") < 14


@pytest.mark.parametrize("name", OF_OURS)
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
    with pytest.raises(Misused, match=r"There are: ansi, auto, contrast, dark, light, warm"):
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


async def test_a_theme_of_the_terminal_s_own_colours_can_be_worn(tmp_path: Path) -> None:
    colours = "\n".join(f'{name} = "ansi_default"' for name in Colours.__struct_fields__)
    (tmp_path / "mine.toml").write_text(f'name = "mine"\ndark = true\nansi = true\n[colours]\n{colours}\n')
    stage = Stage()
    stage.register_theme(theme_of(read_palette(tmp_path / "mine.toml")))
    async with stage.run_test() as pilot:
        stage.theme = "mine"
        await pilot.pause()
        assert stage.current_theme.ansi


def test_one_theme_has_only_the_colours_of_the_terminal_and_none_that_vanishes_on_paper() -> None:
    told = set(colours_of(SHIPPED["ansi"]).values())
    assert all(one.startswith("ansi_") for one in told)
    assert told.isdisjoint({"ansi_black", "ansi_white", "ansi_bright_white", "ansi_yellow", "ansi_bright_yellow"})


async def test_in_the_terminals_colours_what_has_the_focus_is_underlined(tmp_path: Path) -> None:
    app = kinship_app(context_in(tmp_path, settings=Settings(theme="ansi")), journal=new_journal(tmp_path))
    async with running(app) as pilot:
        app.screen.post_message(ChoicesRequested())
        await settle(pilot)
        styles = [one for row in app.screen._compositor.render_strips() for one in row if one.style is not None]
        marked = [one.text for one in styles if one.style is not None and one.style.underline]
        assert any("Your name" in text for text in marked)
        colours = {one.style.color for one in styles if one.style is not None and one.style.color is not None}
        assert all(colour.is_default or colour.is_system_defined for colour in colours)


@pytest.mark.parametrize("theme", sorted(SHIPPED))
async def test_without_colour_nothing_is_coloured(theme: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = kinship_app(context_in(tmp_path, environment={"NO_COLOR": "1"}, settings=Settings(theme=theme)))
    async with running(app):
        styles = [one.style for row in app.screen._compositor.render_strips() for one in row if one.style is not None]
        assert {one.color.name for one in styles if one.color is not None} <= {"default"}
        assert {one.bgcolor.name for one in styles if one.bgcolor is not None} <= {"default"}


async def test_the_stage_wears_our_themes() -> None:
    async with Stage(theme="light").run_test() as pilot:
        assert pilot.app.theme_variables["paper"] == SHIPPED["light"].colours.paper
