"""Therapy on Thursday: some pages and the map leave for it, and nothing that was not ticked is in them."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from builders.console import Console, console
from builders.sweep import shows

HIDDEN = {
    "name": "Quillonwether",
    "alias": "Nettlespoon",
    "notes": "Bramblequartz",
    "no contact": "Ostrichwhistle",
    "another page": "Gossamerpike",
    "its title": "Lanternbriony",
    "its tag": "thrumblecove",
}
"""What is in the journal and was not ticked."""
BORN = "1961-04-09"
STRAIN = re.compile(r"\b(drains|drained|pressure|weighs)\b")
ONLINE = re.compile(r"https?://(?!www\.w3\.org/)|<script|<iframe|@import|url\(", re.IGNORECASE)


@pytest.fixture
def person(tmp_path: Path) -> Console:
    """Give somebody who writes on several days; the pages for Thursday have a tag of their own."""
    machine = console(tmp_path / "home")
    name = HIDDEN["name"]
    machine.fine("people", "add", name, "--ring", "inner", "--circle", "family", "--since", "2026-03-01")
    machine.fine("people", "edit", name, "--alias", HIDDEN["alias"], "--notes", HIDDEN["notes"])
    machine.fine("people", "edit", name, "--birthday", BORN, "--weighs", "drains")
    machine.fine("people", "add", HIDDEN["no contact"], "--status", "no_contact")
    machine.fine("support", name, "--gives", "listening", "--strain", "pressure", "--on", "2026-11-17")
    machine.fine("write", f"Slept badly; @{name} rang. #thursday", "--date", "2026-11-18")
    machine.fine(
        "write",
        HIDDEN["another page"],
        "--title",
        HIDDEN["its title"],
        "--tag",
        HIDDEN["its tag"],
        "--date",
        "2026-11-19",
    )
    machine.fine("appointments", "add", "Thursday 16:30", "--with", "Dr Okonkwo", "--bring", "the nights")
    return machine


def left(folder: Path) -> list[tuple[str, bytes]]:
    return [(file.name, file.read_bytes()) for file in sorted(folder.rglob("*")) if file.is_file()]


def leave(machine: Console, folder: Path) -> None:
    """Write the pages for Thursday and the map, each way there is, as they come without more words."""
    folder.mkdir()
    machine.fine("export", "markdown", str(folder / "pages"), "tag:thursday")
    machine.fine("export", "markdown-file", str(folder / "pages.md"), "tag:thursday")
    machine.fine("export", "text", str(folder / "pages.txt"), "tag:thursday")
    for form in ("svg", "json", "text", "list"):
        machine.fine("map", "--format", form, "--output", str(folder / f"map.{form}"))
    (page,) = machine.fine("search", "tag:thursday", "--json").json
    for form in ("html", "txt"):
        machine.fine("share", "visit", "--with-page", page["id"], "--output", str(folder / f"sheet.{form}"))


def test_nothing_that_was_not_ticked_leaves(person: Console, tmp_path: Path) -> None:
    leave(person, tmp_path / "out")
    found = left(tmp_path / "out")
    assert len(found) == 9
    assert any(shows(data, "Slept badly") for _, data in found)
    assert [(name, what) for name, data in found for what, word in HIDDEN.items() if shows(data, word)] == []
    assert [name for name, data in found if BORN[:4].encode() in data] == []
    assert [name for name, data in found if STRAIN.search(data.decode())] == []


def test_the_days_of_the_map_stay_too(person: Console, tmp_path: Path) -> None:
    leave(person, tmp_path / "out")
    days = re.compile(r"2026-\d\d-\d\d|\b\d{1,2} (March|November) 2026")
    maps = [data.decode() for name, data in left(tmp_path / "out") if name.startswith("map")]
    assert len(maps) == 4
    assert not any(days.search(told) for told in maps)


def test_a_name_that_is_ticked_would_be_noticed(person: Console, tmp_path: Path) -> None:
    file = tmp_path / "map.svg"
    person.fine("map", "--output", str(file), "--names", "full", "--yes")
    assert shows(file.read_bytes(), HIDDEN["name"])
    assert not shows(file.read_bytes(), HIDDEN["no contact"])


def test_the_sheet_has_the_map_the_list_and_the_ticked_page(person: Console, tmp_path: Path) -> None:
    leave(person, tmp_path / "out")
    told = (tmp_path / "out" / "sheet.txt").read_text()
    assert "A support map as of November 2026: 1 " in told
    assert "- the nights" in told
    assert re.search(r"Slept badly; \w+ rang", told)


def test_the_sheet_on_paper_is_two_pages_and_what_was_ticked(person: Console, tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    person.fine("share", "visit", "--since", "2026-11-01", "--output", str(file))
    pages = [page.extract_text() for page in PdfReader(file).pages]
    assert len(pages) == 2
    assert "What is different since November 2026" in pages[1]
    assert "the nights" in pages[1]
    assert [word for word in HIDDEN.values() if word in "".join(pages)] == []


def test_what_leaves_opens_without_a_network(person: Console, tmp_path: Path) -> None:
    leave(person, tmp_path / "out")
    assert [name for name, data in left(tmp_path / "out") if ONLINE.search(data.decode())] == []


def test_what_leaves_is_the_persons_alone_to_read(person: Console, tmp_path: Path) -> None:
    leave(person, tmp_path / "out")
    files = [file for file in (tmp_path / "out").rglob("*") if file.is_file()]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_what_to_bring_stands_with_the_visit(person: Console) -> None:
    told = person.fine("appointments").out
    assert "Dr Okonkwo" in told
    assert "the nights" in told


def test_getting_ready_puts_the_questions_on_the_list_of_the_visit(person: Console) -> None:
    told = ("6", "The nights are long.", "what about sleep; is it the tea", "A plan for the nights.", *[""] * 8)
    person.fine("reflect", "trt-visit", piped="".join(f"{line}\n" for line in told))
    (visit,) = person.fine("appointments", "--json").json
    assert visit["bring"] == ["the nights", "A plan for the nights.", "what about sleep", "is it the tea"]
    assert dt.datetime.fromisoformat(visit["at"]).date() == dt.date(2026, 11, 26)
