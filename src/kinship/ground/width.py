"""How many terminal cells a text takes, and how to make it take fewer."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

ELLIPSIS = "…"


def cells(text: str) -> int:
    """Return the width of `text` in terminal cells (wide and combining characters counted as they are drawn)."""
    return cell_len(text)


def shorten(text: str, most: int) -> str:
    """Return `text` in at most `most` cells, ending in an ellipsis where something was left out."""
    if cells(text) <= most:
        return text
    if most <= 1:
        return ELLIPSIS[:most]
    return set_cell_size(text, most - 1).rstrip() + ELLIPSIS


def fill(text: str, width: int) -> str:
    """Return `text` shortened or padded with spaces to exactly `width` cells."""
    short = shorten(text, width)
    return short + " " * (width - cells(short))
