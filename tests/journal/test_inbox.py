"""The Inbox: sealed notes come in once, wait, and become pages by a word of the person's."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from builders.journals import EVENING, new_journal
from builders.notes import files_in, jotted, note_file, planted
from builders.vaults import NOON, Made, new_vault
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import NewerVault, NotFound, NotSaved
from kinship.journal import inbox as journal_inbox
from kinship.journal.journal import Journal
from kinship.vault import Change, durable, notes
from kinship.vault.notes import note_id


def bodies(journal: Journal) -> list[str]:
    return [note.body for note in journal.waiting_notes()]


def told(journal: Journal) -> list[str]:
    return [one.sentence for one in journal.vault.notices if one.what == "inbox"]


def of(made: Made) -> Journal:
    return Journal(made.vault, FrozenClock(EVENING))


def test_a_note_is_taken_in_once_and_its_file_is_gone(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    jotted(journal.vault, "one", "two")
    assert journal.take_notes() == 2
    assert bodies(journal) == ["two", "one"]
    assert files_in(journal.vault) == []
    assert journal.take_notes() == 0
    assert journal.can_undo is None, "taking in is no act: the file is gone, undoing would lose the words"


def test_the_note_is_durable_before_its_file_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = new_journal(tmp_path)
    jotted(journal.vault, "kept")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "write_all", full)
    assert journal.take_notes() == 0
    monkeypatch.undo()
    assert len(files_in(journal.vault)) == 1
    assert bodies(journal) == []
    assert "could not be taken in" in told(journal)[0]
    assert journal.take_notes() == 1
    assert told(journal) == []


def test_a_crash_before_the_file_goes_makes_no_second_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = new_vault(tmp_path)
    jotted(made.vault, "once")

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.unlink", crash)
    with pytest.raises(KeyboardInterrupt):
        of(made).take_notes()
    monkeypatch.undo()
    assert len(files_in(made.vault)) == 1
    again = Journal(made.reopen(), FrozenClock(EVENING))
    assert again.take_notes() == 0
    assert (bodies(again), files_in(made.vault)) == (["once"], [])


def test_what_was_taken_in_is_there_after_a_restart(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    journal = of(made)
    jotted(made.vault, "kept")
    journal.take_notes()
    assert bodies(Journal(made.reopen(), FrozenClock(EVENING))) == ["kept"]


def test_an_accepted_note_is_a_page_of_its_own_time_that_links_whom_it_names(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    made = journal.add_alter("Bea").made["alters"][0]
    at = dt.datetime(2024, 5, 2, 2, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    planted(journal.vault, "a.note", note_file(journal.vault.inbox.address, "With @Bea #yellow", at, "Europe/Vienna"))
    journal.take_notes()
    assert journal.pages.mentioning(made) == []
    (note,) = journal.waiting_notes()
    act = journal.accept_note(note.id)
    (page,) = journal.pages.mentioning(made)
    assert act.made["entries"] == (note.id,) == (page.id,)
    assert (page.at, page.zone, page.day) == (at, "Europe/Vienna", dt.date(2024, 5, 1))
    assert page.tags == ("yellow",)
    assert journal.waiting_notes() == []


def test_a_time_still_to_come_becomes_now_and_moves_no_clock(tmp_path: Path) -> None:
    made = new_vault(tmp_path, FrozenClock(EVENING))
    journal = of(made)
    jotted(journal.vault, "from 2999", at=dt.datetime(2999, 1, 1, tzinfo=dt.UTC))
    journal.take_notes()
    latest = made.vault._hybrid.latest >> 16
    assert latest <= EVENING.timestamp() * 1000
    journal.accept_note(journal.waiting_notes()[0].id)
    (page,) = journal.pages.all()
    assert (page.at, page.day) == (EVENING, EVENING.date())


def test_undo_brings_a_note_back_and_redo_keeps_it_again(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    jotted(journal.vault, "one")
    journal.take_notes()
    (note,) = journal.waiting_notes()
    journal.accept_note(note.id)
    journal.undo()
    assert (bodies(journal), journal.pages.all()) == (["one"], [])
    journal.redo()
    assert (bodies(journal), len(journal.pages.all())) == ([], 1)
    journal.undo()
    journal.discard_note(note.id)
    assert bodies(journal) == []
    journal.undo()
    assert bodies(journal) == ["one"]
    for command in (journal.accept_note, journal.discard_note):
        with pytest.raises(NotFound):
            command("none")


@pytest.mark.parametrize("what", ["waiting", "accepted", "discarded"])
def test_a_replay_is_only_removed(tmp_path: Path, what: str) -> None:
    journal = new_journal(tmp_path)
    data = note_file(journal.vault.inbox.address, "once")
    planted(journal.vault, "a.note", data)
    journal.take_notes()
    if what != "waiting":
        (journal.accept_note if what == "accepted" else journal.discard_note)(note_id(data))
    before = bodies(journal)
    for name in ("a.note", "again.note"):
        planted(journal.vault, name, data)
    assert journal.take_notes() == 0
    assert bodies(journal) == before
    assert files_in(journal.vault) == []


def test_two_devices_that_take_one_note_in_at_once_make_one(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.close()
    first = Journal(made.reopen(), FrozenClock(EVENING))
    other_place = tmp_path / "other" / "journal.kinship"
    shutil.copytree(made.path, other_place)
    clock = FrozenClock(EVENING + dt.timedelta(hours=1))
    second = Journal(made.reopen(state=tmp_path / "other-state", path=other_place), clock)
    data = note_file(first.vault.inbox.address, "on both")
    for journal in (first, second):
        planted(journal.vault, "a.note", data)
        assert journal.take_notes() == 1
    for source, target in ((made.path, other_place), (other_place, made.path)):
        shutil.copytree(source / "log", target / "log", dirs_exist_ok=True)
    for journal in (first, second):
        journal.refresh()
        assert bodies(journal) == ["on both"]
        assert journal.vault.conflicts() == ()
        assert journal.vault.heads("inbox", note_id(data)) == journal.vault.heads("inbox", note_id(data))[:1]


def test_two_devices_that_accept_one_note_at_once_make_one_page(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    first = Journal(made.vault, FrozenClock(EVENING))
    jotted(made.vault, "on both")
    first.take_notes()
    second = Journal(made.reopen(state=tmp_path / "other-state"), FrozenClock(EVENING))
    (note,) = first.waiting_notes()
    first.accept_note(note.id)
    second.accept_note(note.id)
    for journal in (first, second):
        journal.refresh()
        assert [page.body for page in journal.pages.all()] == ["on both"]
        assert journal.waiting_notes() == []
        assert journal.vault.conflicts() == ()


def test_a_note_whose_page_is_there_already_waits_no_more(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    jotted(journal.vault, "one")
    journal.take_notes()
    (note,) = journal.waiting_notes()
    document = journal.vault.get("inbox", note.id)
    journal.accept_note(note.id)
    journal.vault.commit([Change("inbox", note.id, document)])
    again = Journal(journal.vault, FrozenClock(EVENING))
    assert again.waiting_notes() == []
    assert "entries" not in again.accept_note(note.id).made
    assert len(again.pages.all()) == 1


def test_a_flood_stops_at_the_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "MOST_NOTES", 3)
    monkeypatch.setattr(journal_inbox, "MOST_WAITING", 4)
    made = new_vault(tmp_path)
    jotted(made.vault, *map(str, range(6)))
    assert of(made).take_notes() == 3
    later = Journal(made.reopen(), FrozenClock(EVENING))
    assert later.take_notes() == 1, "no more than so many wait at once"
    assert told(later) == ["2 more files wait in the inbox; they come in at a later unlock."]
    for note in later.waiting_notes():
        later.discard_note(note.id)
    last = Journal(made.reopen(), FrozenClock(EVENING))
    assert last.take_notes() == 2
    assert told(last) == []


def test_a_vault_that_may_not_be_written_keeps_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = new_journal(tmp_path)
    jotted(journal.vault, "one")

    def refused(*_: object) -> None:
        raise NewerVault("Made by a later kinship.")

    monkeypatch.setattr(journal.vault, "commit", refused)
    assert journal.take_notes() == 0
    assert len(files_in(journal.vault)) == 1
    assert "later kinship" in told(journal)[0]
    monkeypatch.setattr(journal.vault, "commit", _not_saved)
    assert journal.take_notes() == 0
    assert len(files_in(journal.vault)) == 1


def _not_saved(*_: object) -> None:
    raise NotSaved("No space is left.")


def test_a_waiting_note_does_not_show_itself(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    jotted(journal.vault, "canary words", at=NOON)
    journal.take_notes()
    assert "canary" not in repr(journal.waiting_notes())
    assert journal.search("canary") == []
