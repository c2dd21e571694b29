"""The head of every web page that leaves: nothing in the page runs, loads or is sent, which its own policy says too.

Colours follow the reader's screen (light or dark) and paper, or one style. The only style sheet is known by its digest.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib import resources

from kinship.snapshot.escaping import escaped
from kinship.snapshot.style import Style, variables


def head_of(title: str, sheet: str, style: Style | None) -> Iterator[str]:
    """Give the lines up to the end of the head; `sheet` is a style sheet of `templates/`."""
    told = _colours(style) + resources.files("kinship.snapshot").joinpath(f"templates/{sheet}").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(told.encode()).digest()).decode("ascii")
    yield "<!DOCTYPE html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f"style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\">"
    )
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">'
    yield f"<title>{escaped(title)}</title><style>{told}</style></head>"


def _colours(style: Style | None) -> str:
    """Return the colours of the page: of one style, or of the reader's choice; paper has its own."""
    on_paper = f"@media print{{:root{{{variables(Style.PRINT)}}}}}"
    if style is not None:
        scheme = "dark" if style is Style.DARK else "light"
        return f":root{{color-scheme:{scheme};{variables(style)}}}{on_paper}"
    dark = f"@media screen and (prefers-color-scheme:dark){{:root{{{variables(Style.DARK)}}}}}"
    return f":root{{color-scheme:light dark;{variables(Style.LIGHT)}}}{dark}{on_paper}"
