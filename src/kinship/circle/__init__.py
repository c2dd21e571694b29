"""The support map: who gives what, the network as of a day, its measures, and where everybody stands on the drawing.

Everything here is a pure function of `kinship.journal.model.Circle`: the same circle gives the same answer.
"""

from kinship.circle.layout import RADII, Layout, Place, Wedge, lay_out
from kinship.circle.support import Look, expected, kinds_given, look_of, received, strained

__all__ = [
    "RADII",
    "Layout",
    "Look",
    "Place",
    "Wedge",
    "expected",
    "kinds_given",
    "lay_out",
    "look_of",
    "received",
    "strained",
]
