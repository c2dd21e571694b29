"""Pages that leave: names as initials, nothing a reader obeys, no path from a title, whole files or none."""

from __future__ import annotations

import datetime as dt
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from builders import hostile
from builders.journals import TODAY, alter, entry, new_journal
from kinship.ground.errors import NotSaved, Refused
from kinship.journal.journal import Journal
from kinship.journal.model import Entry
from kinship.privacy.folders import write_folder
from kinship.transfer.leaving import Naming, Sheet, sheets
from kinship.transfer.out_markdown import folder, one_file
from kinship.transfer.out_text import text


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    made = new_journal(tmp_path)
    made.take_in("People", [alter("Bea Novak", aliases=("Beatrix",)), alter("Tom")])
    return made


def leaving(journal: Journal, *entries: Entry, naming: Naming = Naming.INITIALS) -> tuple[Sheet, ...]:
    return sheets(journal, entries, naming)


PAGE: dict[str, Any] = {
    "title": "Tom's day", "tags": ("tom", "sea"), "names": {"Bea Novak": "bea-novak"}, "mood": 6, "starred": True,
    "topic": "Beatrix",
}  # fmt: skip


def test_every_name_on_the_map_is_initials_in_every_field_and_format(journal: Journal) -> None:
    pages = leaving(journal, entry("With @Bea Novak, Tom and Tom's dog; beatrix came.", **PAGE))
    for data in (*folder(pages).values(), one_file(pages), text(pages)):
        words = data.decode().lower()
        assert not any(name in words for name in ("bea", "novak", "tom", "beatrix"))
        assert "  and" not in words
    assert "With @B.N., T. and T.'s dog; B. came." in text(pages).decode()


def test_full_names_stand_as_they_were_written(journal: Journal) -> None:
    (data,) = folder(leaving(journal, entry("With @Bea Novak.  Yes.", **PAGE), naming=Naming.FULL)).values()
    assert data.decode().endswith("\n---\n\nWith @Bea Novak.  Yes.\n")
    assert 'people: ["Bea Novak"]' in data.decode()


def test_a_name_that_is_left_would_be_noticed(journal: Journal) -> None:
    pages = leaving(journal, entry("With @Bea Novak.", **PAGE), naming=Naming.FULL)
    assert "novak" in text(pages).decode().lower()


def test_files_are_called_by_day_and_number_whatever_a_title_says(journal: Journal) -> None:
    day = TODAY - dt.timedelta(days=1)
    pages = leaving(
        journal, *(entry("x", title="../../etc/passwd", id_=f"../{number}") for number in range(3)), entry("y", day=day)
    )
    assert list(folder(pages)) == ["2024-05-02.md", "2024-05-03.md", "2024-05-03-2.md", "2024-05-03-3.md"]


@pytest.mark.parametrize("name", sorted(hostile.corpus()))
def test_hostile_pages_leave_harmless_and_keep_their_form(journal: Journal, name: str) -> None:
    words = hostile.corpus()[name]
    told = entry(words, title=words, tags=(words,), topic=words, feelings=(words,), journal=words)
    for naming in Naming:
        pages = leaving(journal, told, entry("the next one"), naming=naming)
        for data in (*folder(pages).values(), one_file(pages), text(pages)):
            shown = data.decode().replace("\n", "").replace("\t", "")
            assert hostile.obeyed_in(shown) == []
        first, *_ = (data.decode() for data in folder(pages).values() if b"the next one" not in data)
        assert first.startswith("---\ndate: 2024-05-03\n")
        head, _, _ = first.removeprefix("---\n").partition("\n---\n")
        for line in head.splitlines():
            key, colon, value = line.partition(": ")
            assert colon, line
            if key in ("title", "topic", "journal", "feelings", "tags", "people"):
                json.loads(value)


def test_an_open_block_of_code_ends_with_its_page(journal: Journal) -> None:
    data = one_file(leaving(journal, entry("```\ncode", id_="a"), entry("next", id_="b"))).decode()
    assert data.index("```\ncode\n```\n") < data.index("# 2024-05-03\n\n*21:00*\n\nnext")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    made = tmp_path / "here"
    made.mkdir()
    return made


def modes(path: Path) -> set[int]:
    return {stat.S_IMODE(one.stat().st_mode) for one in path.iterdir()}


def test_a_folder_is_made_whole_and_private(here: Path) -> None:
    path = here / "pages"
    write_folder(path, {"a.md": b"one", "b.md": b"two"})
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert modes(path) == {0o600}
    assert [one.name for one in here.iterdir()] == ["pages"]


def test_what_is_there_is_never_written_over_unasked(here: Path) -> None:
    path = here / "pages"
    path.mkdir()
    (path / "a.md").write_text("mine")
    (path / "z.md").write_text("mine too")
    with pytest.raises(Refused):
        write_folder(path, {"a.md": b"one"})
    assert (path / "a.md").read_text() == "mine"
    write_folder(path, {"a.md": b"one"}, force=True)
    assert ((path / "a.md").read_text(), (path / "z.md").read_text()) == ("one", "mine too")


def test_an_empty_folder_is_taken_and_links_and_files_are_refused(here: Path) -> None:
    empty, link, file = here / "empty", here / "link", here / "file"
    empty.mkdir()
    link.symlink_to(empty)
    file.write_text("mine")
    for path in (link, file):
        for force in (False, True):
            with pytest.raises(Refused):
                write_folder(path, {"a.md": b"one"}, force=force)
    write_folder(empty, {"a.md": b"one"})
    assert (empty / "a.md").read_bytes() == b"one"


@pytest.mark.parametrize("name", ["", ".", "..", "../a", "/etc/passwd", "a/b", ".hidden"])
def test_no_file_lies_outside_its_folder(here: Path, name: str) -> None:
    with pytest.raises(Refused):
        write_folder(here / "pages", {"a.md": b"", name: b"x"})
    assert list(here.iterdir()) == []


def test_a_folder_that_cannot_be_written_leaves_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotSaved):
        write_folder(here / "missing" / "pages", {"a.md": b"one"})

    def full(*_told: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.sync", full)
    with pytest.raises(NotSaved, match="no space left"):
        write_folder(here / "pages", {"a.md": b"one"})
    assert list(here.iterdir()) == []
