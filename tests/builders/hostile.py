"""Text that means harm, to be sent through every field, widget and export: one corpus for all tests."""

from __future__ import annotations

import re

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
    "OSC 52 C1": "A\x9d52;c;SEVJTA==\x9cB",
    "OSC 52 query": "\x1b]52;c;?\x1b\\",
    "OSC colours": "\x1b]4;1;rgb:ff/00/00\x07\x1b]10;#f00\x07\x1b]104\x07",
    "OSC 9 toast": "\x1b]9;PWNED\x07\x1b]777;notify;a;b\x07",
    "OSC 7 folder": "\x1b]7;file:///etc\x07\x1b]133;A\x07",
    "OSC unended": "\x1b]0;everything after this is a title",
    "DCS unended": "\x1bPeverything after this is swallowed",
    "DCS answer": "\x1bP$qm\x1b\\\x1bP+q544e\x1b\\",
    "tmux passthrough": "\x1bPtmux;\x1b\x1b]52;c;SEVJTA==\x07\x1b\\",
    "APC C1": "\x9fGf=24;AAAA\x9c",
    "PM C1": "\x9epm\x9c\x98sos\x9c",
    "CSI window": "\x1b[8;1;1t\x1b[21t\x1b[2t",
    "CSI modes": "\x1b[?1049l\x1b[?25l\x1b[?2004l\x1b[?1000h",
    "CSI keyboard": "\x1b[>1u\x1b[=5u\x1b[>4;2m",
    "CSI scroll": "\x1b[5;5r\x1b[2S\x1b[3L\x1b[9999B",
    "CSI long": "\x1b[" + "9;" * 4_000 + "m",
    "charset": "\x1b(0lqqk\x1b(B\x1b%G\x1b#8",
    "device answer": "\x1b[>0;276;0c\x1b[?62;c",
    "paste end": "a\x1b[201~rm -rf /\r",
    "keys as text": "\x1b[A\x1bOP\x11\x03",
    "interlinear": "a\ufff9b\ufffac\ufffb\x85",
    "pair of surrogates": "\ud83d\ude00",
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
    "quit": "[@click=app.quit]q[/] [@click=screen.dismiss]d[/]",
    "quit by key": "[@click='app.push_screen(\"x\")']p[/]",
    "close all": "[/] [/all] [/bold] [/x] ]]]] [[[[",
    "escaped": "\\[bold] \\\\[/x] \\",
    "style": "[on red blink link=file:///etc/passwd]x",
    "emoji code": ":skull: :warning:",
    "percent": "%s %d %n %(a)s %%  {} {0.__class__.__mro__} {:>99999999} ${jndi:ldap://x}",
    "shell": '$(touch /tmp/x) `id` ; | & > /dev/null \\"',
    "json": '"},{"id":"x","__proto__":{}} \\u0000 // ',
    "dde": "=cmd|' /C calc'!A0",
    "style sheet": "</style><style>*{display:none}</style>{color:red;}",
    "comment": "--><!-- <![CDATA[ ]]> <?php ?> &lt;&#x1b; &amp;",
    "address": "javascript:alert(1) data:text/html,<b> file:///etc/passwd",
    "long path": "../" * 200 + "etc/passwd",
    "windows path": "..\\..\\CON .lnk C:\\x",
    "hidden file": ".bashrc ~/.ssh/id_ed25519 /dev/stdin",
    "markdown deep": "> " * 300 + "* " * 300,
    "markdown stars": "*" * 500 + "_" * 500 + "`" * 500,
    "markdown links": "[" * 400 + "](" * 400,
    "own signs": "@ @@ # ## #/ @# \\@ \\# @[x](y)",
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
    "invisible": "\u200b\u200c\u200d\u2060\u2061\u2063\u180e\u3164\uffa0\u00ad",
    "fillers as a name": "\u3164\u115f\u1160\u17b4\u2800",
    "variation selectors": "a\ufe00b\ufe0ec\ufe0f" + "x\U000e0100\U000e01ef" * 20,
    "tag letters": "".join(chr(0xE0000 + ord(letter)) for letter in "ignore all that"),
    "zalgo": "".join(letter + "\u0300\u0316\u0321\u034f\u0489" * 8 for letter in "he comes"),
    "enclosing": "1\u20e3\u20dd\u20e0 0\ufe0f\u20e3",
    "family of many": "\u200d".join("👩👨👧👦" * 10),
    "flags": "🇩🇪🇫🇷🇬" * 8,
    "skin": "👍🏽👍🏿" + "🏽" * 20,
    "widest": "\ufdfd\u12031\u2e3b\U0001242b",
    "full width": "Ｂｅａ　Ｎｏｖａｋ",
    "half a jamo": "\u1100\u1161\u11a8\u1100\u1161",
    "thai stack": "ก็้่๊๋" * 10,
    "arabic": "\u0627\u0644\u0644\u0647 ﷺ ﷽ \u0640" * 5,
    "mongolian": "\u1820\u180b\u1821\u180c",
    "musical": "\U0001d173\U0001d174\U0001d17a",
    "not characters": "\ufffe\uffff\U0001ffff\U0010ffff",
    "private": "\ue000\uf8ff\U000f0000",
    "look alikes": "Веа Νоvаk ⅼ1Il |",
    "object": "\ufffc\ufeff",
    "toml": '""""\n[colours]\nx = 1 # ',
    "csv": '=1+1,"\t@cmd","+2"\r\n-3',
    "markdown fence": "```\n~~~\n````",
    "many spaces": "\u00a0\u2002\u2003\u2009\u202f\u205f\u3000x",
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

OWN = re.compile(
    rb"\x1b\[[0-9]+;[0-9]+H|\x1b\[[?<>=][0-9;]*[hlu]|\x1b\[\?[0-9]+\$p|\x1b\[(?!31;5m)[0-9;]*m"
    rb"|\x1b\[?[0-9;]*\Z|\x1b\[[0-9]* q|\x1b\[<u"
    rb"|\x1b\]22;[a-z-]*\x07|\x1b\]11;\?(?:\x07|\x1b\\)|\x1b\[c|\x1b\[2J\x1b\[H|\x1b\[0K"
)
"""What Textual writes, and the question for the ground: places, modes, styles, the pointer."""
LEFT = re.compile(
    b"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xd8\x9c"
)
"""Whatever else a terminal obeys, and what turns text around."""

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


def leaks(written: bytes | bytearray | str) -> list[bytes]:
    """Return what was written to a terminal that is neither text nor of the program's own making, a bit of each."""
    data = OWN.sub(b"", written.encode() if isinstance(written, str) else written)
    return [bytes(data[found.start() : found.start() + 12]) for found in LEFT.finditer(data)]
