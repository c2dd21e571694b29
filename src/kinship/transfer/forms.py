"""What can be brought along: each form by its word and label, how it is read, and which one a file looks like."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from msgspec import Struct

from kinship.ground.errors import KinshipError
from kinship.transfer import (
    csv_entries,
    dated_text,
    day_one,
    easynwk,
    graphml,
    jrnl,
    kinship_map,
    markdown_folder,
    mini_diary,
    network_canvas,
    rednotebook,
    tui_journal,
    vcard,
    whole,
)
from kinship.transfer.entries import Pages
from kinship.transfer.entry_files import read_journal
from kinship.transfer.files import open_file, read_file, read_set
from kinship.transfer.plan import Plan
from kinship.transfer.whens import Order

Told: TypeAlias = Pages | Plan | whole.Whole
"""What a file says."""


class Form(StrEnum):
    """A form that is read, by the word of its command."""

    JRNL = "jrnl"
    DAY_ONE = "dayone"
    MARKDOWN = "markdown"
    REDNOTEBOOK = "rednotebook"
    MINI_DIARY = "minidiary"
    TUI_JOURNAL = "tui-journal"
    TEXT = "text"
    TABLE = "csv"
    WHOLE = "json"
    MAP = "map"
    EASYNWK = "easynwk"
    NETWORK_CANVAS = "network-canvas"
    GRAPH = "graphml"
    CARDS = "vcard"


LABELS: Mapping[Form, str] = {
    Form.JRNL: "jrnl",
    Form.DAY_ONE: "Day One",
    Form.MARKDOWN: "Markdown, Obsidian",
    Form.REDNOTEBOOK: "RedNotebook",
    Form.MINI_DIARY: "Mini Diary",
    Form.TUI_JOURNAL: "tui-journal",
    Form.TEXT: "text by days",
    Form.TABLE: "table (CSV)",
    Form.WHOLE: "kinship (JSON)",
    Form.MAP: "kinship map (JSON)",
    Form.EASYNWK: "easyNWK map",
    Form.NETWORK_CANVAS: "Network Canvas",
    Form.GRAPH: "graph (GraphML)",
    Form.CARDS: "address book",
}
"""What a form is called where it is chosen."""


class Wishes(Struct, frozen=True, kw_only=True):
    """How a file is to be understood, where it can be in several ways."""

    order: Order | None = None
    """What stands first in 03/04/2024."""
    form: str = ""
    """How days are written there, as strptime says it."""
    symbols: str = "@"
    """What tags of jrnl begin with."""
    places: bool = False
    """Whether places of Day One stay, as a last line."""
    columns: Mapping[str, str] = {}
    scale: tuple[int, int] | None = None
    """The lowest and highest mood of a table."""
    ego: str = ""
    """Who in a map is the person."""
    password: Callable[[], str] | None = None
    """Asks for the password of an encrypted journal of jrnl."""

    def __repr__(self) -> str:
        return "Wishes()"


def read_form(form: Form, path: Path, wishes: Wishes, today: dt.date) -> Told:
    """Return what lies at `path` in this form. Raises NotFound, Refused, Misused, or WrongPassphrase."""
    match form:
        case Form.WHOLE:
            return whole.read(read_file(path, largest=whole.LARGEST))
        case Form.MAP | Form.EASYNWK | Form.NETWORK_CANVAS | Form.GRAPH | Form.CARDS:
            return _read_map(form, path, wishes, today)
        case _:
            return _read_journal(form, path, wishes)


def _read_map(form: Form, path: Path, wishes: Wishes, today: dt.date) -> Plan:
    if form is Form.NETWORK_CANVAS:
        return network_canvas.read(read_set(path), today, wishes.ego)
    data = read_file(path)
    if form is Form.MAP:
        return kinship_map.read(data, today)
    if form is Form.EASYNWK:
        return easynwk.read(data, today)
    if form is Form.GRAPH:
        return graphml.read(data, today, wishes.ego)
    return vcard.read(data, today)


def _read_journal(form: Form, path: Path, wishes: Wishes) -> Pages:
    if form in (Form.MINI_DIARY, Form.TUI_JOURNAL, Form.TABLE):
        return _read_file(form, path, wishes)
    if form is Form.DAY_ONE:
        found = read_journal(path, (".json",))
        return day_one.read(found.files, found.others, places=wishes.places)
    if form is Form.MARKDOWN:
        found = read_journal(path, markdown_folder.ENDINGS)
        return markdown_folder.read(found.files, found.others, order=wishes.order)
    if form is Form.TEXT:
        return dated_text.read(read_journal(path, dated_text.ENDINGS).files, order=wishes.order, form=wishes.form)
    files = read_journal(path, (".txt",)).files
    if form is Form.REDNOTEBOOK:
        return rednotebook.read(files)
    return jrnl.read(files, form=wishes.form, order=wishes.order, symbols=wishes.symbols, password=wishes.password)


def _read_file(form: Form, path: Path, wishes: Wishes) -> Pages:
    data = read_file(path)
    if form is Form.MINI_DIARY:
        return mini_diary.read(data)
    if form is Form.TUI_JOURNAL:
        return tui_journal.read(data)
    return csv_entries.read(data, told=wishes.columns, order=wishes.order, form=wishes.form, scale=wishes.scale)


# Which form a file looks like.

_HEAD = 64 * 1024
"""Bytes of a file that are looked at."""
_MOST_NAMES = 2000
_MONTH = re.compile(r"^\d{4}-\d\d\.txt$")
_DAY_FILE = re.compile(r"(?:^|/)\d{4}/\d\d/\d\d\.txt$")
_INTERVIEW = re.compile(r"attributelist_.+\.csv$|(?:^|_)ego\.csv$", re.IGNORECASE)
_JRNL = re.compile(rb"^(?:\[[^\[\]\n]{4,64}\] |\d{4}-\d\d-\d\d \d\d:\d\d )", re.MULTILINE)
_OF_JSON = (
    (Form.WHOLE, (b'"kinship-journal"',)),
    (Form.MAP, (b'"kinship-map"',)),
    (Form.EASYNWK, (b'"alteri"',)),
    (Form.DAY_ONE, (b'"creationDate"',)),
    (Form.MINI_DIARY, (b"Mini Diary",)),
    (Form.TUI_JOURNAL, (b'"content"', b'"date"')),
    (Form.DAY_ONE, (b'"entries"', b'"metadata"')),
    (Form.MINI_DIARY, (b'"entries"', b'"dateUpdated"')),
    (Form.TUI_JOURNAL, (b'"entries"',)),
)
"""Words in the beginning of a JSON file that tell its form, the surest first."""
_BY_ENDING = {
    ".vcf": Form.CARDS, ".vcard": Form.CARDS, ".graphml": Form.GRAPH, ".gexf": Form.GRAPH, ".csv": Form.TABLE,
    ".tsv": Form.TABLE, ".jrnl": Form.JRNL,
}  # fmt: skip


_LIKELY = {
    ".json": (Form.DAY_ONE, Form.MINI_DIARY, Form.TUI_JOURNAL, Form.WHOLE, Form.MAP, Form.EASYNWK),
    ".txt": (Form.JRNL, Form.TEXT, Form.REDNOTEBOOK, Form.TABLE),
    ".md": (Form.MARKDOWN, Form.TEXT, Form.JRNL),
    ".csv": (Form.TABLE, Form.NETWORK_CANVAS, Form.TEXT),
    ".zip": (Form.DAY_ONE, Form.MARKDOWN, Form.REDNOTEBOOK, Form.TEXT, Form.NETWORK_CANVAS),
    ".vcf": (Form.CARDS,),
    ".graphml": (Form.GRAPH,),
    ".gexf": (Form.GRAPH,),
}


def likely(path: Path, guessed: Form | None) -> tuple[Form, ...]:
    """Return the forms that what lies at `path` may have, by its name; all where that says nothing."""
    folder = ".zip" if path.is_dir() else path.suffix.lower()
    found = _LIKELY.get(folder, ()) if guessed is not None else ()
    return (*found, *([guessed] if guessed not in found and guessed is not None else [])) if found else tuple(Form)


def guess(path: Path) -> Form | None:
    """Return the form that a file, an archive or a folder looks like; None where it looks like none of them."""
    try:
        if path.is_dir():
            return _by_names(_names_in(path))
        return _by_content(path)
    except (OSError, KinshipError, ValueError):
        return None


def _names_in(path: Path) -> list[str]:
    found: list[str] = []
    for file in path.rglob("*"):
        name = file.relative_to(path).as_posix()
        if not any(part.startswith(".") for part in name.split("/")):
            found.append(name)
        if len(found) >= _MOST_NAMES:
            break
    return found


def _by_names(names: list[str]) -> Form | None:
    """Return the form of a set of files by what they are called."""
    bare = [PurePosixPath(name).name for name in names]
    ending = [PurePosixPath(name).suffix.lower() for name in names]
    if any(_INTERVIEW.search(name) for name in bare):
        return Form.NETWORK_CANVAS
    if any(map(_MONTH.match, bare)):
        return Form.REDNOTEBOOK
    if any(map(_DAY_FILE.search, names)):
        return Form.JRNL
    counts = {one: ending.count(one) for one in (".json", ".md", ".markdown", ".txt", ".text")}
    notes = counts[".md"] + counts[".markdown"]
    if counts[".json"] and not notes:
        return Form.DAY_ONE
    if notes:
        return Form.MARKDOWN
    return Form.TEXT if counts[".txt"] + counts[".text"] else None


def _by_content(path: Path) -> Form | None:

    with open_file(path) as stream:
        head = stream.read(_HEAD)
        if head[:4] in (b"PK\3\4", b"PK\5\6"):
            try:
                with zipfile.ZipFile(stream) as archive:
                    return _by_names([one for one in archive.namelist()[:_MOST_NAMES] if "__MACOSX" not in one])
            except zipfile.BadZipFile:
                return None
    if _MONTH.match(path.name):
        return Form.REDNOTEBOOK
    return _BY_ENDING.get(path.suffix.lower()) or _by_words(path, head)


def _by_words(path: Path, head: bytes) -> Form | None:

    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in (b"{", b"["):
        told = next((form for form, words in _OF_JSON if all(word in start for word in words)), None)
        if told is not None:
            return told
    if start.upper().startswith(b"BEGIN:VCARD"):
        return Form.CARDS
    if b"<graphml" in start[:2000] or b"<gexf" in start[:2000]:
        return Form.GRAPH
    if path.suffix.lower() in (".md", ".markdown") and not _JRNL.search(head):
        return Form.MARKDOWN
    if jrnl.is_encrypted(head) or _JRNL.search(head):
        return Form.JRNL
    return Form.TEXT if path.suffix.lower() in (".txt", ".text", "") and b"\0" not in head else None
