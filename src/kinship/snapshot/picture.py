"""What a template needs to set a drawing: its shapes as SVG without letters, and every text where it stands.

Texts are set by the typesetter and not inside the SVG: it shapes every script, its letters can be selected and read
out, and its reader of SVG never ends with some emoji.
"""

from __future__ import annotations

from kinship.snapshot.drawing import Drawing
from kinship.snapshot.letters import letters
from kinship.snapshot.style import PALETTES, Style
from kinship.snapshot.svg import FONTS, shapes

FAMILIES = tuple(family for family in FONTS.split(", ") if family != "sans-serif")


def picture_data(drawing: Drawing, style: Style = Style.LIGHT) -> dict[str, object]:
    """Return what `drawn` of `templates/drawn.typ` takes."""
    palette = PALETTES[style]
    return {
        "width": drawing.width,
        "height": drawing.height,
        "alt": drawing.description,
        "fonts": FAMILIES,
        "svg": shapes(drawing, style),
        "texts": [
            {
                "text": one.text,
                "x": one.x,
                "y": one.y,
                "size": one.size,
                "width": one.width,
                "bold": one.bold,
                "centred": one.halo,
                "fill": getattr(palette, one.tone.value),
            }
            for one in letters(drawing)
        ],
    }
