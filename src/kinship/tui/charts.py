"""The only file that knows plotext: numbers in, coloured rows of text out."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from msgspec import Struct
from rich.text import Text

_ONE_AT_A_TIME = Lock()
"""plotext draws on one figure that the whole process shares."""

BAR = 0.4
"""Width of a bar, as a part of the room it has."""


class Layer(Struct, frozen=True):
    """One layer of stacked bars."""

    values: tuple[int, ...]
    colour: tuple[int, int, int] | None
    """Red, green, blue 0-255; None draws in the terminal's own colour."""


def stacked_bars(labels: Sequence[str], layers: Sequence[Layer], width: int, height: int) -> Text:
    """Return bars, one for each label, the layers on top of each other, in `width` x `height` cells.

    Each layer is drawn from the ground up, and the one below it over it: plotext's own stacked bars leave a gap where a
    layer is empty. Takes 5-40 ms: call it in a thread. Nothing to show is an empty text.
    """
    top = max((sum(values) for values in zip(*(layer.values for layer in layers), strict=True)), default=0)
    if top == 0:
        return Text()
    import plotext

    with _ONE_AT_A_TIME:
        plotext.clear_figure()
        plotext.theme("clear")
        plotext.plot_size(width, height)
        plotext.frame(False)
        for count in range(len(layers), 0, -1):
            heights = [sum(values) for values in zip(*(layer.values for layer in layers[:count]), strict=True)]
            for at, value in enumerate(layers[count - 1].values):
                if value:
                    sides, foot = [at - BAR / 2, at + BAR / 2], [0, heights[at]]
                    colour = layers[count - 1].colour or "default"
                    plotext.rectangle(sides, foot, marker="sd", color=colour, lines=True, fill=True)
        plotext.xlim(-0.5, len(labels) - 0.5)
        plotext.ylim(0, top)
        plotext.xticks(list(range(len(labels))), list(labels))
        plotext.yticks([0, top])
        drawn = plotext.build()
        plotext.clear_figure()
    return Text.from_ansi(drawn, no_wrap=True)
