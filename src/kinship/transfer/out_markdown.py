"""Pages as Markdown: a folder with front matter and one file a page, or all of them in one file."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from kinship.transfer.leaving import Sheet

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$", re.MULTILINE)


def folder(pages: Iterable[Sheet]) -> dict[str, bytes]:
    """Return the files of a folder by their names, which are days and numbers: 2024-05-03.md, 2024-05-03-2.md."""
    files: dict[str, bytes] = {}
    seen: Counter[str] = Counter()
    for page in pages:
        day = page.day.isoformat()
        seen[day] += 1
        number = f"-{seen[day]}" if seen[day] > 1 else ""
        words = "\n".join(("---", *_front(page), "---", "", page.body.rstrip("\n"), ""))
        files[f"{day}{number}.md"] = words.encode("utf-8", "replace")
    return files


def one_file(pages: Iterable[Sheet]) -> bytes:
    """Return all pages one after the other, each under a heading with its day; an open block of code is closed."""
    return "\n".join(_chapter(page) for page in pages).encode("utf-8", "replace")


def _front(page: Sheet) -> Iterator[str]:
    """Yield the lines of the front matter: YAML, every text in it written as JSON writes it."""
    yield f"date: {page.day}"
    yield f'time: "{page.at:%H:%M}"'
    yield f"written: {page.at.isoformat(timespec='seconds')}"
    for name, text in (("title", page.title), ("journal", page.journal), ("topic", page.topic)):
        if text:
            yield f"{name}: {_told(text)}"
    for name, number in (("mood", page.mood), ("stress", page.stress)):
        if number is not None:
            yield f"{name}: {number}"
    for name, words in (("feelings", page.feelings), ("tags", page.tags), ("people", page.people)):
        if words:
            yield f"{name}: [{', '.join(map(_told, words))}]"
    if page.starred:
        yield "starred: true"


def _told(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _chapter(page: Sheet) -> str:
    title = f": {_plain(page.title)}" if page.title else ""
    facts = [f"{page.at:%H:%M}"]
    facts += [f"mood {page.mood}"] if page.mood is not None else []
    facts += [f"stress {page.stress}"] if page.stress is not None else []
    facts += [_plain(word) for word in page.feelings]
    facts += ["starred"] if page.starred else []
    body = page.body.strip("\n")
    return f"# {page.day}{title}\n\n*{', '.join(facts)}*\n\n{body}\n{_closing(body)}"


def _plain(text: str) -> str:
    """Return a text that stands in a heading without a mark of its own."""
    return re.sub(r"([\\`*_\[\]<>#~|])", r"\\\1", text)


def _closing(body: str) -> str:
    """Return the line that closes a block of code which a page left open, so that it ends with the page."""
    opened: str | None = None
    for line in _FENCE.finditer(body):
        if opened is None:
            opened = line[1] if line[1][0] == "~" or "`" not in line[2] else None
        elif line[1].startswith(opened) and not line[2].strip():
            opened = None
    return f"{opened}\n" if opened is not None else ""
