"""Pages, or everything, on their way into files: what leaves in a sentence or two, then the files themselves."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from kinship.journal.journal import Journal
from kinship.journal.model import Entry
from kinship.privacy.files import check_replaceable, replace_private
from kinship.privacy.folders import check_folder, write_folder
from kinship.transfer import out_markdown, out_text
from kinship.transfer.leaving import Naming, sheets
from kinship.transfer.whole import part, whole

READABLE = "It is not encrypted: whoever has it can read it."
FULL = "Names are in it as you wrote them."
INITIALS = "Names on your map are initials; other words, and what they tell of somebody, stand as you wrote them."
EVERYTHING = "Everything in the vault is in it but drafts and keys; kinship import json reads it back."
NAMES_LEAVE = "Names leave as you wrote them."
ALL_LEAVES = "Everything in the vault leaves, names and notes too."
SHOWN = 3
"""Pages whose words a preview shows."""


class Form(StrEnum):
    """What is written."""

    FOLDER = "markdown"
    FILE = "markdown-file"
    TEXT = "text"
    JSON = "json"

    @property
    def ending(self) -> str:
        return {Form.FOLDER: "", Form.FILE: ".md", Form.TEXT: ".txt", Form.JSON: ".json"}[self]


class Leaving(Struct, frozen=True, kw_only=True):
    """What is to leave: `entries` are the pages that were chosen, `all` where nothing was chosen among them."""

    form: Form
    entries: tuple[Entry, ...]
    all: bool
    naming: Naming = Naming.INITIALS

    def __repr__(self) -> str:
        return f"Leaving({self.form}, {len(self.entries)} pages)"

    @property
    def names_leave(self) -> bool:
        """Whether whole names are in it, which is asked about."""
        return self.form is Form.JSON or self.naming is Naming.FULL

    @property
    def question(self) -> str:
        """What leaves with whole names, in a sentence."""
        return ALL_LEAVES if self.form is Form.JSON else NAMES_LEAVE

    def sentences(self, *, done: bool = True) -> tuple[str, ...]:
        """Return what leaves (or left: `done`), under which names, and that anybody may read it."""
        left = "left" if done else "leaves" if len(self.entries) == 1 else "leave"
        if self.form is Form.JSON:
            number = _number(len(self.entries), "page")
            told = EVERYTHING if self.all else f"{number} {left}, with their history, moments, and whom they name."
            return (told, READABLE)
        return (self._pages(left), FULL if self.naming is Naming.FULL else INITIALS, READABLE)

    def _pages(self, left: str) -> str:
        pages = self.entries
        days = sorted(one.day for one in pages)
        span = f"of {days[0]}" + (f" to {days[-1]}" if days[-1] != days[0] else "")
        fields = (
            ("titles", any(one.title for one in pages)),
            ("moods", any(one.mood is not None or one.stress is not None for one in pages)),
            ("feelings", any(one.feelings for one in pages)),
            ("tags", any(one.tags for one in pages)),
        )
        told = ", ".join(name for name, there in fields if there)
        return f"{_number(len(pages), 'page')} {span} {left}" + (f", with {told}." if told else ".")


def check_place(form: Form, path: Path, *, force: bool = False) -> None:
    """Raise Refused where `write` would."""
    if form is Form.FOLDER:
        check_folder(path, force=force)
    else:
        check_replaceable(path, force=force)


def data_of(journal: Journal, leaving: Leaving, now: dt.datetime) -> bytes:
    """Return the one file that leaves."""
    match leaving.form:
        case Form.JSON:
            return whole(journal, now) if leaving.all else part(journal, leaving.entries, now)
        case Form.TEXT:
            return out_text.text(sheets(journal, leaving.entries, leaving.naming))
        case _:
            return out_markdown.one_file(sheets(journal, leaving.entries, leaving.naming))


def write(journal: Journal, leaving: Leaving, path: Path, *, force: bool = False) -> None:
    """Write it to `path`, for its owner alone. Raises Refused (something is there already) or NotSaved."""
    if leaving.form is Form.FOLDER:
        write_folder(path, out_markdown.folder(sheets(journal, leaving.entries, leaving.naming)), force=force)
    else:
        replace_private(path, data_of(journal, leaving, journal.clock.now()), force=force)


def sample(journal: Journal, leaving: Leaving) -> str:
    """Return the first pages as they would stand in the file; empty for JSON, which nobody reads."""
    if leaving.form is Form.JSON:
        return ""
    first = sorted(leaving.entries, key=lambda one: (one.day, one.at, one.id))[:SHOWN]
    shown = sheets(journal, first, leaving.naming)
    if leaving.form is Form.FOLDER:
        files = out_markdown.folder(shown)
        return "\n".join(f"{name}\n\n{data.decode()}" for name, data in files.items())
    return (out_text.text if leaving.form is Form.TEXT else out_markdown.one_file)(shown).decode()


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def file_name(day: dt.date, leaving: Leaving) -> str:
    """Return what the file or the folder is called unless somebody says otherwise: nobody's name is in it."""
    stem = "kinship-everything" if leaving.form is Form.JSON and leaving.all else "kinship-pages"
    return f"{stem}-{day}{leaving.form.ending}"
