"""Finding `@people` and `#tags` in what was typed: pure, quick enough for each line at each key.

A mention is `@` and the longest known name or alias that ends at the edge of a word (NFC, casefolded; spaces are part
of names). Nothing counts in code, in addresses, or after a backslash.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping

from msgspec import Struct

from kinship.journal.facts import roots
from kinship.journal.model import Alter, AlterId

NOBODY: AlterId = ""
"""What a name is kept with once the person said that it means nobody on the map."""

_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0eff\u1000-\u1049"
    "\u1780-\u17d3\u200c\u200d\u3099\u309a\ufe0f"
)
"""Marks and joiners inside words that `\\w` leaves out."""
_UNKNOWN = re.compile(rf"[^\W_](?:[\w{_MARKS}]|['’\-](?=\w))*")
_POSSESSIVE = re.compile(r"['’]s\Z")
_TAG = re.compile(rf"(?<![\w#&/\\])#(?=[\d_/\-]*[^\W\d_])(\w(?:[\w{_MARKS}]|[/\-](?=\w))*)")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$", re.MULTILINE)
_TICKS = re.compile(r"`+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Scripts where a name is followed by the next word without a space (with Hangul, whose particles join on)."""
_LONGEST_ADDRESS = 2000
"""How far back a web address is looked for, in characters."""


class Mention(Struct, frozen=True):
    """A name in a text, at `text[start:end]` with its `@`; `alter` is None where the name is unknown or shared."""

    start: int
    end: int
    text: str
    """The name as typed, without the `@`."""
    alter: AlterId | None


def fold(text: str) -> str:
    """Return `text` as names and words are compared: NFC and casefolded."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


class NameTable:
    """The names and aliases of a journal, folded, each with the alters that bear it."""

    def __init__(self, alters: Iterable[Alter] = ()) -> None:
        self._bearers: dict[str, list[AlterId]] = {}
        self._lengths: tuple[int, ...] = ()
        alters = tuple(alters)
        self._root = roots(alters)
        for alter in alters:
            for name in (alter.name, *alter.aliases):
                bearers = self._bearers.setdefault(fold(name), [])
                if alter.id not in bearers:
                    bearers.append(alter.id)
        self._measure()

    def _measure(self) -> None:
        self._lengths = tuple(sorted({len(folded) for folded in self._bearers}, reverse=True))

    @property
    def reach(self) -> int:
        """How many characters after an `@` can belong to a known name: NFC makes one of up to four."""
        return 4 * self._lengths[0] if self._lengths else 0

    def ends(self, text: str, start: int, limit: int) -> Iterable[int]:
        """Yield, the furthest first, where in `text` a name that starts at `start` may end, up to `limit`."""
        if text[start:limit].isascii():
            return (start + length for length in self._lengths if start + length <= limit)
        return range(limit, start, -1)

    def known(self, folded: str) -> bool:
        """Whether anybody bears this (folded) name."""
        return folded in self._bearers

    def bearers(self, folded: str) -> tuple[AlterId, ...]:
        """Return everybody, merges followed, who bears this (folded) name."""
        return tuple(dict.fromkeys(self._root.get(one, one) for one in self._bearers.get(folded, ())))

    def meant(self, folded: str) -> AlterId | None:
        """Return the one alter that bears this (folded) name, None where nobody or more than one does.

        Of alters merged into one, it is the one the name was given to: so that parting them keeps each page right.
        """
        own = self._bearers.get(folded, [])
        match self.bearers(folded):
            case (root,):
                return root if root in own else own[0]
            case _:
                return None

    def with_names(self, names: Mapping[str, AlterId]) -> NameTable:
        """Return a table that also knows the names of one page, which mean there what that page says."""
        table = NameTable()
        table._root = self._root
        table._bearers = self._bearers | {fold(name): [alter] for name, alter in names.items()}
        table._measure()
        return table


def find_mentions(text: str, names: NameTable) -> tuple[Mention, ...]:
    """Return the mentions in `text`, in order; unknown names end with the word."""
    if "@" not in text:
        return ()
    code = code_spans(text)
    found: list[Mention] = []
    at = text.find("@")
    while at != -1:
        mention = _mention_at(text, at, names) if not _within(at, code) and _may_start(text, at) else None
        if mention is not None:
            found.append(mention)
        at = text.find("@", at + 1)
    return tuple(found)


def find_tags(text: str) -> tuple[str, ...]:
    """Return the tags in `text` as they are kept, each once in order; a tag holds a letter (`#1` is none)."""
    return tuple(dict.fromkeys(tag_of(text[start:end]) for start, end in tag_spans(text)))


def tag_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the tags of `text` stand, `#` included."""
    if "#" not in text:
        return ()
    code = code_spans(text)
    return tuple(
        match.span()
        for match in _TAG.finditer(text)
        if not _within(match.start(), code) and not _in_address(text, match.start())
    )


def tag_of(word: str) -> str:
    """Return a tag as it is kept: without `#`, NFC, lowered."""
    return unicodedata.normalize("NFC", word).strip().removeprefix("#").lower()


def code_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the parts of `text` that are code: fenced blocks (an open one to the end) and runs of backticks."""
    if "`" not in text and "~~~" not in text:
        return ()
    spans: list[tuple[int, int]] = []
    prose = 0
    for start, end in _fenced(text):
        spans += _inline(text, prose, start)
        spans.append((start, end))
        prose = end
    return (*spans, *_inline(text, prose, len(text)))


def _fenced(text: str) -> Iterable[tuple[int, int]]:
    opened: re.Match[str] | None = None
    for line in _FENCE.finditer(text):
        if opened is None:
            if line[1][0] == "~" or "`" not in line[2]:
                opened = line
        elif line[1].startswith(opened[1]) and not line[2].strip():
            yield opened.start(), line.end()
            opened = None
    if opened is not None:
        yield opened.start(), len(text)


def _inline(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return spans between backtick runs of equal length within one paragraph (CommonMark 6.1)."""
    spans: list[tuple[int, int]] = []
    at, paragraph = start, start
    while (run := _TICKS.search(text, at, end)) is not None:
        if run.start() >= paragraph:
            paragraph = _paragraph_end(text, run.start(), end)
        opening = run.start() + _escaped(text, run.start())
        width = run.end() - opening
        closing = _closing(text, run.end(), paragraph, width) if width else None
        if closing is None:
            at = run.end()
        else:
            spans.append((opening, closing))
            at = closing
    return spans


def _paragraph_end(text: str, start: int, end: int) -> int:
    found = text.find("\n\n", start, end)
    return end if found == -1 else found


def _closing(text: str, start: int, end: int, width: int) -> int | None:
    return next((run.end() for run in _TICKS.finditer(text, start, end) if len(run[0]) == width), None)


def _within(at: int, spans: tuple[tuple[int, int], ...]) -> bool:
    nearest = bisect_right(spans, (at, sys.maxsize)) - 1
    return nearest >= 0 and at < spans[nearest][1]


def _escaped(text: str, at: int) -> bool:
    """Whether the character at `at` stands after a backslash that is not itself escaped."""
    before = at
    while before and text[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1


def _may_start(text: str, at: int) -> bool:
    if at == 0:
        return True
    before = text[at - 1]
    if before in "@+%_" or _continues(before):
        return False
    return not _escaped(text, at) and not _in_address(text, at)


def _in_address(text: str, at: int) -> bool:
    """Whether the run of characters that holds `at` began as a web address."""
    nearest = max(0, at - _LONGEST_ADDRESS)
    start = max(nearest, *(text.rfind(gap, nearest, at) + 1 for gap in " \n\t"))
    return text.find("://", start, at) != -1


def _continues(character: str) -> bool:
    """Whether a word goes on with this character."""
    if _UNSPACED.match(character):
        return False
    return character.isalnum() or character == "_" or unicodedata.category(character).startswith("M")


def _mention_at(text: str, at: int, names: NameTable) -> Mention | None:
    start = at + 1
    limit = _line_end(text, start, start + names.reach)
    for end in names.ends(text, start, limit):
        if _edge(text, end) and names.known(folded := fold(text[start:end])):
            return Mention(at, end, text[start:end], names.meant(folded))
    word = _UNKNOWN.match(text, start)
    if word is None:
        return None
    name = _POSSESSIVE.sub("", word[0])
    end = start + len(name)
    return Mention(at, end, name, None) if text[end : end + 1] != "@" else None


def _line_end(text: str, start: int, limit: int) -> int:
    """Return where, up to `limit`, the line or the reach of this `@` ends."""
    ends = (text.find("\n", start, limit), text.find("@", start, limit))
    return min((end for end in ends if end != -1), default=min(limit, len(text)))


def _edge(text: str, end: int) -> bool:
    """Whether a name may end before `end`: not inside a word, not before a hyphen that joins one, not in an address."""
    after = text[end : end + 1]
    if not after or after in " ,.;:!?)\n":
        return True
    if after == "@" or unicodedata.category(after).startswith("M"):
        return False
    if after == "-":
        return not text[end + 1 : end + 2].isalnum()
    return not _continues(after) or bool(_UNSPACED.match(text[end - 1]))
