"""What a page is called where it has no title of its own."""

from __future__ import annotations

import re

from kinship.journal.model import Entry

_MOST = 80
"""Characters of a derived title."""
_LEAD = re.compile(r"^(?:\s*(?:#{1,6}(?=\s|$)|>|[-*+](?=\s)|\d{1,3}[.)](?=\s)|\[[ xX]\](?=\s)))*\s*")
_MARKS = re.compile(r"(?<!\\)(\*{1,3}|~~|`+)(?=\S)(.+?)(?<=[^\s\\])\1")
_UNDERLINES = re.compile(r"(?<![\w\\])(_{1,3})(?=\S)(.+?)(?<=[^\s\\])\1(?!\w)")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$|^\s*(?:`{3,}|~{3,}).*$")


def title_of(entry: Entry) -> str:
    """Return the page's own title, or its first line of words without Markdown's marks; empty where there is none."""
    return entry.title or derived_title(entry.body)


def derived_title(body: str) -> str:
    """Return the first line of `body` that has words, without its marks, in at most 80 characters."""
    for line in body[: 50 * _MOST].splitlines():
        if (words := _plain(line)) and not _RULE.match(line):
            return words if len(words) <= _MOST else words[: _MOST - 1].rstrip() + "…"
    return ""


def _plain(line: str) -> str:
    words = _LINK.sub(r"\1", _LEAD.sub("", line[: 5 * _MOST]))
    return _ESCAPE.sub(r"\1", _UNDERLINES.sub(r"\2", _MARKS.sub(r"\2", words))).strip()
