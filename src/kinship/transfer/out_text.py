"""Pages as plain text, one after the other, each under its day."""

from __future__ import annotations

from collections.abc import Iterable

from kinship.transfer.leaving import Sheet

_RULE = "-" * 40


def text(pages: Iterable[Sheet]) -> bytes:
    """Return the pages as UTF-8 text: a line with day, time and title, the words as they stand, a rule between two."""
    return f"\n{_RULE}\n\n".join(map(_page, pages)).encode("utf-8", "replace")


def _page(page: Sheet) -> str:
    head = f"{page.day} {page.at:%H:%M}" + (f"  {page.title}" if page.title else "")
    told = [
        f"{name} {number} of 10"
        for name, number in (("mood", page.mood), ("stress", page.stress))
        if number is not None
    ]
    told += page.feelings
    return "\n".join((head, *([", ".join(told)] if told else []), "", page.body.strip("\n"), ""))
