from __future__ import annotations

import itertools

import pytest

from builders.circles import crowd
from kinship.snapshot import Format, render
from kinship.snapshot.export import Look
from kinship.snapshot.style import BY_READER, PALETTES, Palette, Style, variables

READABLE = 4.5
"""Contrast of text (WCAG 2.2, 1.4.3)."""
SEEN = 3.0
"""Contrast of what is no text (1.4.11)."""


def light(colour: str) -> float:
    """Return the relative luminance of #rrggbb (WCAG 2.2)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_every_text_stands_out_from_every_ground_it_can_lie_on(palette: Palette) -> None:
    for text, ground in itertools.product((palette.ink, palette.soft), (palette.paper, *palette.bands)):
        assert contrast(text, ground) >= READABLE
    assert contrast(palette.on_ink, palette.ink) >= READABLE


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_every_sign_stands_out_from_its_ground(palette: Palette) -> None:
    for colour in (palette.emotional, palette.practical, palette.identity):
        assert contrast(colour, palette.sign) >= SEEN
    for colour, ground in itertools.product((palette.strain, palette.change), (palette.paper, *palette.bands)):
        assert contrast(colour, ground) >= SEEN


def test_a_text_too_pale_would_be_noticed() -> None:
    assert contrast("#8a8178", "#e9e0d3") < READABLE


def test_every_colour_of_a_page_is_said_in_every_style() -> None:
    wanted = {colour[4:-1] for field in BY_READER.__struct_fields__ for colour in _flat(getattr(BY_READER, field))}
    for style in Style:
        said = dict(pair.split(":") for pair in variables(style).split(";"))
        assert set(said) == wanted
        assert all(colour.startswith("#") for colour in said.values())


@pytest.mark.parametrize("style", Style)
def test_a_picture_has_the_colours_of_its_style_and_no_others(style: Style) -> None:
    said = render(crowd(12), Format.SVG, seed="vault", look=Look(style=style)).decode()
    assert f'fill="{PALETTES[style].paper}"' in said
    others = {colour for other in Style for colour in _colours(PALETTES[other])} - set(_colours(PALETTES[style]))
    assert not [colour for colour in others if f'"{colour}"' in said]


def test_a_picture_is_as_wide_as_asked_and_keeps_its_shape() -> None:
    said = render(crowd(3), Format.SVG, seed="vault", look=Look(width=450)).decode()
    assert 'width="450"' in said
    assert 'viewBox="0 0 900 ' in said


def _colours(palette: Palette) -> list[str]:
    return [colour for field in palette.__struct_fields__ for colour in _flat(getattr(palette, field))]


def _flat(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value
