"""What the circle's screen says beside the picture: what it shows of everything, and what it has no room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinship.circle.facet import facet_in_words

if TYPE_CHECKING:
    from kinship.circle.facet import Facet
    from kinship.circle.frame import View
    from kinship.circle.labels import Placing


def looked_at(facet: Facet, view: View, *, all_ties: bool) -> str:
    """Return what is shown where it is not simply everything, and the key that goes back; empty for the plain map."""
    parts = (facet_in_words(facet), "every tie" if all_ties else "")
    told = " · ".join(part for part in parts if part)
    closer = f"{view.zoom:.1f}× · = whole map" if not view.whole else ""
    return " · ".join(part for part in (f"{told} · 0 shows all" if told else "", closer) if part)


def aside_of(placing: Placing) -> tuple[str, ...]:
    """Return what the picture has no room for: each number with its name, who is behind counts or beyond the edge."""
    numbered = [f"{at} {placing.names[alter]}" for at, alter in enumerate(placing.overflow, 1)]
    folded, beyond = len(placing.folded), len(placing.beyond)
    told = [f"{folded} more stand behind the counts: + opens them, v lists everybody."] if folded else []
    if beyond:
        told.append(f"{beyond} {'is' if beyond == 1 else 'are'} beyond the edge: shift and arrows, or = for all.")
    return (*told, *([" · ".join(numbered)] if numbered else []))
