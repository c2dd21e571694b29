"""What a journal of another program would bring: its pages, and what is doubtful or left out."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

MOST_PAGES = 100_000
"""Pages of one import."""
LONGEST_PAGE = 1 << 19
"""Characters of one page; a longer one is left out and listed."""
NOON = dt.time(12)
"""When a page was written of which only the day is known."""
_NAMED = 20
"""Names or days that one line of the preview gives."""


class Page(Struct, frozen=True, kw_only=True):
    """One entry of another journal."""

    ref: str
    """What makes it this entry and no other, there: its id, its day, or its words."""
    body: str
    at: dt.datetime
    """With the offset it was written at; without one it is of the zone the import is told, or of this place."""
    zone: str = ""
    """IANA name, empty where the file does not say."""
    day: dt.date | None = None
    """Given where the source keeps days; else it is the person's day of `at`."""
    title: str = ""
    tags: tuple[str, ...] = ()
    mood: int | None = None
    """0 to 10."""
    stress: int | None = None
    feelings: tuple[str, ...] = ()
    topic: str = ""
    starred: bool = False
    journal: str = ""
    links: tuple[str, ...] = ()
    """Names that it links to, as wikis do."""

    def __repr__(self) -> str:
        return f"Page({self.at})"


class Pages(Struct, frozen=True, kw_only=True):
    """Everything one journal would bring."""

    source: str
    """What the act is called: the program it comes from."""
    pages: tuple[Page, ...] = ()
    doubts: tuple[str, ...] = ()
    """What was understood in one of several ways."""
    left_out: tuple[str, ...] = ()
    """What kinship has no place for, each in a few words."""

    def __repr__(self) -> str:
        return f"Pages({len(self.pages)})"


class Asides:
    """What a reader meets beside the words: counted, and named where that helps."""

    def __init__(self) -> None:
        self.doubts: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self._named: dict[str, list[str]] = {}

    def leave(self, what: str, name: str = "", times: int = 1) -> None:
        """Note that something was left out, by the name of a file or by a day where one is given."""
        self.left_out[what] += times
        named = self._named.setdefault(what, [])
        if name and named[-1:] != [name]:
            named.append(name)

    def doubt(self, what: str) -> None:
        """Note that something was understood in one of several ways."""
        self.doubts[what] += 1

    def plan(self, source: str, pages: Iterable[Page]) -> Pages:
        """Return the plan of these pages, with what was noted."""
        return Pages(
            source=source,
            pages=tuple(pages),
            doubts=tuple(f"{what} ({times})" for what, times in self.doubts.most_common()),
            left_out=tuple(self._sentence(what, times) for what, times in self.left_out.most_common()),
        )

    def _sentence(self, what: str, times: int) -> str:
        names = self._named.get(what, [])
        told = ", ".join(names[:_NAMED])
        more = ", …" if len(names) > _NAMED else ""
        return f"{what} ({times}: {told}{more})" if names else f"{what} ({times})"


def ref_of(*words: object) -> str:
    """Return what identifies an entry that has no id: its time and its words."""
    return hashlib.sha256("\n".join(map(str, words)).encode("utf-8", "replace")).hexdigest()
