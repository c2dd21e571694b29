"""Text as XML and HTML hold it: nothing in it can end an element, begin one, or turn the reading order."""

from __future__ import annotations

import re

_NOT_XML = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_NOT_CHARACTERS = re.compile(
    f"[{''.join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))}]"
)
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def escaped(text: str) -> str:
    """Return `text` as character data or attribute value; what XML or a viewer could trip over is U+FFFD."""
    bare = _NOT_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text))
    return bare.translate(_ESCAPES)
