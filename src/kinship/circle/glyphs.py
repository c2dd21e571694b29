"""The signs of the map: one for each look of a node, in Unicode or in plain ASCII."""

from __future__ import annotations

from msgspec import Struct

from kinship.circle.support import Look


class Glyphs(Struct, frozen=True):
    """A set of signs, each one cell wide."""

    nodes: dict[Look, str]
    quiet: str
    """For everybody whom a filter leaves out."""
    gone: str
    """Instead of the sign, for somebody who is gone or away."""
    new: str
    """Beside the sign, for somebody who is new."""
    closer: str
    """Beside the sign, where no arrow of `arrows` shows which way somebody moved."""
    further: str
    arrows: str
    """Eight arrows clockwise from three o'clock, or nothing where there are none."""
    strain: str
    """Beside the sign, for a tie that weighs."""
    ellipsis: str
    braille: bool
    """Whether lines are drawn in braille dots; otherwise by full stops."""


UNICODE = Glyphs(
    nodes={
        Look.EMOTIONAL: "●",
        Look.PRACTICAL: "◆",
        Look.IDENTITY: "▲",
        Look.SEVERAL: "★",
        Look.NONE: "○",
        Look.WISHED: "◌",
        Look.PAUSED: "‖",
        Look.REMEMBERED: "†",
        Look.ENDED: "–",
        Look.NO_CONTACT: "×",
    },
    quiet="·",
    gone="◦",
    new="+",
    closer="↙",
    further="↗",
    arrows="→↘↓↙←↖↑↗",
    strain="≈",
    ellipsis="…",
    braille=True,
)

ASCII = Glyphs(
    nodes={
        Look.EMOTIONAL: "@",
        Look.PRACTICAL: "#",
        Look.IDENTITY: "^",
        Look.SEVERAL: "*",
        Look.NONE: "o",
        Look.WISHED: "?",
        Look.PAUSED: "=",
        Look.REMEMBERED: "+",
        Look.ENDED: "-",
        Look.NO_CONTACT: "x",
    },
    quiet="'",
    gone="_",
    new="!",
    closer="<",
    further=">",
    arrows="",
    strain="%",
    ellipsis="~",
    braille=False,
)

SETS = {"unicode": UNICODE, "ascii": ASCII}
"""The sets by the word in the settings."""

MEANING: dict[Look, str] = {
    Look.EMOTIONAL: "emotional",
    Look.PRACTICAL: "practical",
    Look.IDENTITY: "identity",
    Look.SEVERAL: "several",
    Look.NONE: "none yet",
    Look.WISHED: "wished for",
    Look.PAUSED: "paused",
    Look.REMEMBERED: "remembered",
    Look.ENDED: "ended",
    Look.NO_CONTACT: "no contact",
}
"""What the legend says of each."""
