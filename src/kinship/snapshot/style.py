"""How a picture looks: the colours of the light, the dark and the print style, by what they are for."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from kinship.journal.kinds import Kind


class Style(StrEnum):
    """The look of a picture."""

    LIGHT = "light"
    DARK = "dark"
    PRINT = "print"
    """White paper without tints, dark lines: little ink, and nothing lost in a copy without colour."""


class Palette(Struct, frozen=True, kw_only=True):
    """The colours of one style, as SVG and CSS write them."""

    ink: str
    """Names, outlines, the disc in the middle."""
    soft: str
    """Dates, headings, the footer; names of those who are not active."""
    faint: str
    """Leaders and the outlines of what ended; never text."""
    on_ink: str
    paper: str
    sign: str
    """The ground of a sign, between its slots."""
    bands: tuple[str, str, str]
    """From the inner to the outer band."""
    edge: str
    """Round each band."""
    rule: str
    """Between wedges."""
    rim: str
    tie: str
    emotional: str
    practical: str
    identity: str
    strain: str
    change: str
    """What is new, and the way of whoever moved."""

    def kind(self, kind: Kind) -> str:
        """Return the colour of a kind of support (Okabe & Ito 2008: told apart by colour-blind eyes)."""
        return {Kind.EMOTIONAL: self.emotional, Kind.PRACTICAL: self.practical, Kind.IDENTITY: self.identity}[kind]


PALETTES = {
    Style.LIGHT: Palette(
        ink="#2b2926",
        soft="#5f5850",
        faint="#8a8178",
        on_ink="#ffffff",
        paper="#ffffff",
        sign="#ffffff",
        bands=("#e9e0d3", "#f1eae0", "#f8f4ee"),
        edge="#ddd2c2",
        rule="#ffffff",
        rim="#b9ac9b",
        tie="#6d645a",
        emotional="#d55e00",
        practical="#0072b2",
        identity="#009e73",
        strain="#a4243b",
        change="#7a3a8c",
    ),
    Style.DARK: Palette(
        ink="#f0ebe3",
        soft="#c0b7ab",
        faint="#8c847a",
        on_ink="#1b1a18",
        paper="#1b1a18",
        sign="#1b1a18",
        bands=("#3d3831", "#322e29", "#282522"),
        edge="#4a443c",
        rule="#1b1a18",
        rim="#6d655b",
        tie="#a89e92",
        emotional="#e8793a",
        practical="#56b4e9",
        identity="#2fc296",
        strain="#f0788c",
        change="#d7a0e6",
    ),
    Style.PRINT: Palette(
        ink="#000000",
        soft="#3d3d3d",
        faint="#6f6f6f",
        on_ink="#ffffff",
        paper="#ffffff",
        sign="#ffffff",
        bands=("#ffffff", "#ffffff", "#ffffff"),
        edge="#8c8c8c",
        rule="#d0d0d0",
        rim="#8c8c8c",
        tie="#6a6a6a",
        emotional="#d55e00",
        practical="#0072b2",
        identity="#009e73",
        strain="#8c1228",
        change="#5d1f70",
    ),
}

BY_READER = Palette(
    ink="var(--ink)",
    soft="var(--soft)",
    faint="var(--faint)",
    on_ink="var(--on-ink)",
    paper="var(--paper)",
    sign="var(--sign)",
    bands=("var(--band-1)", "var(--band-2)", "var(--band-3)"),
    edge="var(--edge)",
    rule="var(--rule)",
    rim="var(--rim)",
    tie="var(--tie)",
    emotional="var(--emotional)",
    practical="var(--practical)",
    identity="var(--identity)",
    strain="var(--strain)",
    change="var(--change)",
)
"""For a picture inside a page whose style sheet says what the colours are: as the reader's screen or paper has it."""


def variables(style: Style) -> str:
    """Return what `BY_READER` refers to, as CSS declarations."""
    said, meant = BY_READER.__struct_fields__, PALETTES[style]
    pairs: list[tuple[str, str]] = []
    for field in said:
        name, colour = getattr(BY_READER, field), getattr(meant, field)
        pairs += zip(name, colour, strict=True) if field == "bands" else [(name, colour)]
    return ";".join(f"{name[4:-1]}:{colour}" for name, colour in pairs)
