"""`kinship share`: documents go where they are told to, hold what was chosen, and say so first."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.console import Console, console
from kinship.snapshot.sealing import unseal


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    machine = console(tmp_path / "home")
    machine.fine("people", "add", "Beatrix", "--ring", "inner", "--circle", "Friends", "--since", "2026-03-01")
    machine.fine("write", "Met @Beatrix on the stairs. #garden", "--mood", "6", "--date", "2026-11-20")
    machine.fine("appointments", "add", "Thursday 16:30", "--with", "Dr Okonkwo", "--bring", "the letter")
    return machine


def test_a_sheet_a_page_and_a_book_are_written_for_their_owner_alone(machine: Console) -> None:
    for words, name in (
        (("visit", "--since", "2026-01-01"), "visit.pdf"), (("person", "Beatrix"), "person.html"),
        (("book", "tag:garden"), "book.txt"),
    ):  # fmt: skip
        file = machine.home / name
        told = machine.fine("share", *words, "--output", str(file))
        assert str(file) in told.err
        assert file.stat().st_mode & 0o777 == 0o600
        assert b"Beatrix" not in file.read_bytes()
        assert machine.run("share", *words, "--output", str(file)).code == 1
        machine.fine("share", *words, "--output", str(file), "--force")


def test_the_preview_says_every_line_and_writes_nothing(machine: Console) -> None:
    told = machine.fine("share", "visit", "--preview", "--say", "the stairs")
    assert "- the letter" in told.out
    assert "- the stairs" in told.out
    assert "Names stay here" in told.out
    assert "Beatrix" not in told.out
    assert "Beatrix" in machine.fine("share", "book", "--names", "full", "--preview").out


def test_whole_names_need_a_yes(machine: Console) -> None:
    file = machine.home / "book.html"
    words = ("share", "book", "--output", str(file), "--names", "full")
    assert machine.run(*words).code == 2
    assert not file.exists()
    machine.fine(*words, "--yes")
    assert b"Beatrix" in file.read_bytes()


def test_moods_and_days_leave_where_they_are_chosen(machine: Console) -> None:
    plain = machine.fine("share", "book", "--output", "-")
    assert "mood" not in plain.out
    assert "20 November" not in plain.out
    told = machine.fine("share", "book", "--output", "-", "--include", "moods", "--include", "days")
    assert "mood 6 of 10" in told.out
    assert "Friday 20 November 2026" in told.out


def test_what_cannot_be_made_is_said_in_a_sentence(machine: Console) -> None:
    for words, code, sentence in (
        (("book",), 2, "Say where it goes"), (("book", "tag:nowhere", "--output", "b.pdf"), 1, "No entry fits that"),
        (("book", "--output", "b.docx"), 2, "A document is a .pdf, a .html or a .txt."),
        (("visit", "--for", "ffff", "--output", "b.pdf"), 1, "No date has the id ffff"),
        (("person", "Nobody", "--output", "b.pdf"), 1, "Nobody in the circle is called Nobody"),
        (("book", "--output", "b.pdf", "--include", "notes"), 2, "Notes leave only together with whole names"),
    ):  # fmt: skip
        told = machine.run("share", *words)
        assert told.code == code, words
        assert sentence in told.err


def test_a_sealed_book_opens_for_its_reader_alone(machine: Console) -> None:
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    file = machine.home / "book.html"
    machine.fine("share", "book", "--output", str(file), "--seal-to", str(identity.to_public()))
    sealed = machine.home / "book.html.age"
    assert not file.exists()
    assert b"stairs" not in sealed.read_bytes()
    assert b"stairs" in unseal(sealed.read_bytes(), identity=str(identity))
