"""Text on its way in and out: nothing a terminal could obey is kept, and nothing of the kind is ever written to one.

Joiners (U+200C, U+200D), variation selectors and combining marks stay: Persian, Indic scripts and emoji need them.
All twelve characters with Unicode's Bidi_Control property go, isolates and marks included: they reorder what stands
beside them, so that a name could show as another (CVE-2021-42574).
"""

from __future__ import annotations

import re

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SURROGATES = "\ud800-\udfff"
_NOT_KEPT = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_BIDI}{_SURROGATES}]+")
_NOT_SHOWN = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f{_BIDI}{_SURROGATES}]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_GAPS = re.compile("[\t\n]+")

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def clean(text: str) -> str:
    """Return `text` as it may be kept: line ends become a newline; other controls and lone surrogates are dropped."""
    if text.isprintable():
        return text
    return _NOT_KEPT.sub("", _LINE_ENDS.sub("\n", text))


def clean_line(text: str) -> str:
    """Return `text` as a field of one line (a name, a title): cleaned, newlines and tabs one space, ends stripped."""
    if not text.isprintable():
        text = _GAPS.sub(" ", clean(text))
    return text.strip()


def visible(text: str) -> str:
    """Return `text` as it may reach a terminal: each character one could obey (all but the newline) is U+FFFD."""
    if text.isprintable() or _NOT_SHOWN.search(text) is None:
        return text
    return _NOT_SHOWN.sub(REPLACEMENT, text)
