"""Text that means harm, to be sent through every field, widget and export: one corpus for all tests."""

from __future__ import annotations

CONTROLS = {
    "bell": "\a",
    "null": "a\x00b",
    "backspace": "ok\b\bno",
    "delete": "a\x7fb",
    "carriage return": "harmless\rEVIL",
    "form feed": "a\fb\vc",
    "shift out": "\x0e lqqk \x0f",
    "CSI clear": "A\x1b[2J\x1b[HB",
    "CSI colour": "\x1b[31mred\x1b[0m",
    "CSI report": "\x1b[6n\x1b[c\x1b[?1049h",
    "CSI C1": "A\x9b31mB",
    "OSC title": "\x1b]0;PWNED\x07",
    "OSC title C1": "\x9d0;PWNED\x9c",
    "OSC 8 link": "\x1b]8;;javascript:alert(1)\x1b\\click\x1b]8;;\x1b\\",
    "OSC 52 clipboard": "A\x1b]52;c;SEVJTA==\x07B",
    "OSC 1337": "\x1b]1337;File=inline=1:AAAA\x07",
    "DCS sixel": "\x1bPq#0;2;0;0;0~\x1b\\",
    "DCS C1": "\x90+q544e\x9c",
    "APC": "\x1b_Gf=24;AAAA\x1b\\",
    "PM and SOS": "\x1b^pm\x1b\\\x1bXsos\x1b\\",
    "full reset": "\x1bc",
    "bare escape": "end\x1b",
    "every C0": "".join(map(chr, range(32))),
    "every C1": "".join(map(chr, range(0x80, 0xA0))),
    "next line": "a\x85b",
    "override": "user\u202egpj.exe",
    "embedding": "\u202aa\u202bb\u202c\u202dc",
    "isolates": "\u2066a\u2067b\u2068c\u2069",
    "marks": "\u200ea\u200fb\u061c",
    "lone high surrogate": "a\ud800b",
    "lone low surrogate": "a\udfffb",
    "undecodable argument": "caf\udce9",
}
"""Each holds something a terminal obeys, or a character that cannot be written as UTF-8."""

MARKUP = {
    "console tag": "[red]NAME[/red]",
    "unclosed": "oops [/nope] [bold",
    "action": "[@click=app.exit]x[/]",
    "link": "[link=javascript:alert(1)]L[/link]",
    "variable": "$primary [$secondary] ${HOME} {0} {name!r} %s %(x)s",
    "html": "<script>alert('x')</script><img src=x onerror=alert(1)>",
    "xml": "]]><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "attribute": '" onload="alert(1)" x=\'',
    "markdown": "[x](javascript:alert(1)) ![y](http://example.org/z.png) # not a heading",
    "formula": '=HYPERLINK("http://example.org","x")',
    "formula at": "@SUM(1+1)",
    "path": "../../etc/passwd",
    "option": "--output=/tmp/x",
    "quote": "'; DROP TABLE entries; --",
}
"""Each would do something where text is taken for markup, a template, a formula, a path or an option."""

ODD = {
    "empty": "",
    "blank": " \t \n ",
    "zero width space": "a\u200bb\u2060c\ufeff",
    "line separators": "a\u2028b\u2029c",
    "combining pile": "Z" + "\u0301\u0323" * 60,
    "right to left": "שלום עולם",
    "tags": "\U0001f3f4\U000e0067\U000e0062\U000e007f",
    "wide": "漢字" * 40,
    "long line": "word " * 200_000,
    "no spaces": "x" * 1_000_000,
    "many lines": "\n" * 5_000,
}
"""Legal text of unusual size or shape; the last three are large."""

INNOCENT = {
    "persian": "می\u200cخواهم",
    "family emoji": "👩\u200d👩\u200d👧\u200d👦",
    "heart": "❤\ufe0f",
    "indic": "क्\u200dष",
    "combining": "e\u0301",
    "accents": "Zoë Łukasz Ñandú",
    "tab and lines": "a\tb\nc",
}
"""Each must come back exactly as it was typed."""

OBEYED = frozenset([*range(10), *range(11, 32), *range(0x7F, 0xA0)])
"""Code points that no line written to a terminal may hold (the newline ends lines, and is not among them)."""

BIDI = frozenset([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Unicode's Bidi_Control property."""


def corpus() -> dict[str, str]:
    """Return every hostile and odd text by name."""
    return {**CONTROLS, **MARKUP, **ODD}


def short_corpus() -> dict[str, str]:
    """Return the texts below 10 000 characters: what a name or a title may be made of."""
    return {name: text for name, text in corpus().items() if len(text) < 10_000}


def obeyed_in(text: str) -> list[str]:
    """Return the characters of `text` that a terminal could obey, as escapes; an empty list is safe."""
    unsafe = OBEYED | BIDI
    return [ascii(one) for one in text if ord(one) in unsafe or 0xD800 <= ord(one) <= 0xDFFF]
