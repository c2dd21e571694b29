"""Which scripts the fonts of this machine can show: asked before a picture is made, since a gap gives no warning."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from kinship.snapshot.typesetting import fonts

_NAMES = {"Han": "Chinese", "Hangul": "Korean", "Hiragana": "Japanese", "Katakana": "Japanese"}
_EMOJI = "emoji"
_SIGNS = "signs"
_FIRST_EMOJI, _LAST_EMOJI = 0x1F000, 0x1FAFF
_UNSEEN = {"Cc", "Cf", "Cs", "Mn", "Me", "Zl", "Zp", "Zs"}
"""Categories that need no glyph of their own."""

_ALWAYS = frozenset(
    {*range(0x20, 0x7F), *range(0xA0, 0x180), 0x2010, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0xB7}
    | set(range(0x391, 0x3CF)) - {0x3A2}
    | set(range(0x410, 0x450))
)
"""What the fonts that typst brings itself show: Latin, Greek, Cyrillic."""

_PLAIN = 400
"""The weight of an upright face for running text."""

_RICH = 20_000
"""A face with more letters is one of a collection for Chinese, Japanese and Korean, whose faces have the same ones."""

_FIRST_ASKED = ("DejaVu Sans", "Noto Sans", "Noto Sans CJK SC", "Noto Color Emoji", "Noto Sans Arabic")


def missing_scripts(text: str) -> tuple[str, ...]:
    """Return the scripts of `text` that no font here can show in full, by name and in order: ("Arabic", "emoji").

    For PNG and PDF only: SVG and HTML are drawn with the reader's fonts. Asks each font file once for each program;
    up to a second on a machine with hundreds of them.
    """
    lacking = uncovered(text)
    return tuple(sorted({_script(sign) for sign in lacking}, key=str.casefold))


def uncovered(text: str) -> frozenset[str]:
    """Return the characters of `text` that no font here has a glyph for."""
    left = {sign for sign in text if ord(sign) not in _ALWAYS and unicodedata.category(sign) not in _UNSEEN}
    rich: set[str] = set()
    for path, index in _faces():
        if not left:
            break
        if path in rich:
            continue
        known = _coverage(path, index)
        if len(known) > _RICH:
            rich.add(path)
        left = {sign for sign in left if ord(sign) not in known}
    return frozenset(left)


@cache
def _faces() -> tuple[tuple[str, int], ...]:
    """Return one face of each family, the likely ones first."""
    by_family: dict[str, tuple[str, int]] = {}
    for font in sorted(fonts().fonts(), key=lambda font: (font.style != "normal", abs(font.weight - _PLAIN))):
        if font.path is not None:
            by_family.setdefault(font.family, (font.path, font.index))
    first = [by_family[family] for family in _FIRST_ASKED if family in by_family]
    return tuple(dict.fromkeys((*first, *(by_family[family] for family in sorted(by_family)))))


@cache
def _coverage(path: str, index: int) -> frozenset[int]:
    """Return the code points a face has glyphs for; none where the file cannot be read as a font."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 - only where asked

    try:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (OSError, TTLibError, KeyError, AssertionError):
        return frozenset()


def _script(sign: str) -> str:
    from fontTools import unicodedata as scripts  # noqa: PLC0415 - only where asked

    if _FIRST_EMOJI <= ord(sign) <= _LAST_EMOJI:
        return _EMOJI
    code = scripts.script(sign)
    if code in {"Zyyy", "Zinh", "Zzzz"}:
        return _SIGNS
    name = str(scripts.script_name(code)).replace("_", " ")
    return _NAMES.get(name, name)


def sentences_of(missing: tuple[str, ...]) -> Iterator[str]:
    """Give the sentence for scripts that are missing; none where nothing is."""
    if missing:
        listed = missing[0] if len(missing) == 1 else f"{', '.join(missing[:-1])} and {missing[-1]}"
        yield (
            f"No font on this computer shows {listed}: in a PNG or PDF such letters would be empty boxes. "
            "An SVG or HTML file is drawn with the reader's fonts."
        )
