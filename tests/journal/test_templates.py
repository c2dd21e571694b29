"""Templates and several journals: kept, found by name, used, renamed, taken back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from builders.devices import devices, one_page_twice
from builders.journals import new_journal
from kinship.ground.errors import Misused, NotFound, NotSaved, Refused
from kinship.journal.journal import Journal, PageText
from kinship.journal.template_acts import words_from
from kinship.vault import Change, Vault


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return new_journal(tmp_path)


def test_a_template_is_found_by_its_name_or_the_beginning_of_it(journal: Journal) -> None:
    journal.keep_template("Morning pages", "slept: ")
    journal.keep_template("After therapy", "we spoke of ")
    assert [one.name for one in journal.all_templates()] == ["After therapy", "Morning pages"]
    assert journal.template_named("morn").body == "slept: "
    with pytest.raises(NotFound, match="Did you mean Morning pages"):
        journal.template_named("moning pages")


def test_a_template_says_the_day_and_the_time_of_the_page(journal: Journal) -> None:
    journal.keep_template("Day", "# {day}, {time}\n{else}")
    words = words_from(
        journal.template_named("day"), dt.date(2026, 5, 3), dt.datetime(2026, 5, 3, 21, 4, tzinfo=dt.UTC)
    )
    assert words == "# Sunday 3 May 2026, 21:04\n{else}"


def test_a_template_needs_words_and_a_name_of_its_own(journal: Journal) -> None:
    journal.keep_template("Day", "words")
    for name, body in (("", "words"), ("x" * 61, "words"), ("Night", " \n"), ("DAY", "others")):
        with pytest.raises(Misused):
            journal.keep_template(name, body)
    (one,) = journal.all_templates()
    journal.keep_template("day", "other words", id_=one.id)
    assert journal.template_named("day").body == "other words"
    journal.undo()
    assert journal.template_named("Day").body == "words"
    journal.delete_template(one.id)
    assert journal.all_templates() == []
    journal.undo()
    assert journal.all_templates() == [one]


def test_a_full_disk_leaves_every_template_as_it_was(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    journal.keep_template("Day", "words")
    before = journal.all_templates()

    def full(*_: object) -> None:
        raise NotSaved("The disk is full.")

    monkeypatch.setattr(Vault, "commit", full)
    with pytest.raises(NotSaved):
        journal.keep_template("Day", "others", id_=before[0].id)
    with pytest.raises(NotSaved):
        journal.delete_template(before[0].id)
    assert journal.all_templates() == before


def test_a_template_that_two_computers_change_at_once_stays_in_both_versions(tmp_path: Path) -> None:
    laptop, phone = devices(tmp_path, "laptop", "phone")
    laptop.journal.keep_template("Day", "words")
    phone.take_from(laptop)
    for device in (laptop, phone):
        (one,) = device.journal.all_templates()
        device.journal.keep_template("Day", f"words of {device.name}", id_=one.id)
    phone.take_from(laptop)
    (conflict,) = phone.journal.conflicts()
    assert conflict.called == "a template"
    assert all(any(f"words of {name}" in one.body for one in conflict.versions) for name in ("laptop", "phone"))
    (shown,) = phone.journal.all_templates()
    phone.journal.keep_template("Day", "new words", id_=shown.id)
    assert phone.journal.conflicts() == ()
    other = ({"words of laptop", "words of phone"} - {shown.body}).pop()
    assert [(one.name, one.body) for one in phone.journal.all_templates()] == [("Day", "new words"), ("Day 2", other)]
    phone.journal.undo()
    assert len(phone.journal.conflicts()) == 1


def test_pages_go_into_journals_and_a_journal_is_renamed_in_one_act(journal: Journal) -> None:
    journal.keep_page(PageText(body="one"))
    for body in ("two", "three"):
        journal.keep_page(PageText(body=body, journal="Dreams"))
    assert [(one.name, one.pages) for one in journal.journals()] == [("", 1), ("Dreams", 2)]
    assert journal.journal_meant(" dreams ") == "Dreams"
    assert journal.journal_meant("unnamed") == ""
    journal.rename_journal("Dreams", "Nights")
    assert {one.body for one in journal.search("journal:nights")} == {"three", "two"}
    assert all(not journal.pages.history(one.id) for one in journal.pages.all())
    journal.undo()
    assert [(one.name, one.pages) for one in journal.journals()] == [("", 1), ("Dreams", 2)]
    assert [one.body for one in journal.search("journal:unnamed")] == ["one"]
    journal.rename_journal("Dreams", "DREAMS")
    assert journal.journals()[-1].name == "DREAMS"
    with pytest.raises(NotFound):
        journal.rename_journal("nothing", "something")
    with pytest.raises(Misused):
        journal.journal_meant("x" * 61)


@pytest.mark.parametrize("way", ["move", "rename"])
def test_a_page_of_two_versions_keeps_both_texts_where_it_goes_into_another_journal(tmp_path: Path, way: str) -> None:
    laptop, _, page = one_page_twice(tmp_path)
    texts = {one.body for one in laptop.journal.conflicts()[0].versions}
    if way == "move":
        laptop.journal.move_page(page, "Dreams")
    else:
        laptop.journal.rename_journal("", "Dreams")
    shown = laptop.journal.pages.get(page)
    assert shown is not None
    assert shown.journal == "Dreams"
    assert {shown.body, *(one.body for one in laptop.journal.pages.history(page))} >= texts


def test_a_page_goes_into_another_journal_and_back(journal: Journal) -> None:
    id_ = journal.keep_page(PageText(body="one")).made["entries"][0]
    journal.move_page(id_, "Dreams")
    assert journal.pages.all()[0].journal == "Dreams"
    journal.redo()
    journal.undo()
    assert journal.pages.all()[0].journal == ""
    journal.redo()
    assert journal.pages.all()[0].journal == "Dreams"


def test_restoring_keeps_what_the_page_says_now_in_one_sitting_too(journal: Journal) -> None:
    id_ = journal.keep_page(PageText(body="first")).made["entries"][0]
    journal.keep_page(PageText(id=id_, body="second"))
    (former,) = journal.pages.history(id_)
    journal.restore_page(id_, former.id)
    assert journal.pages.all()[0].body == "first"
    assert {one.body for one in journal.pages.history(id_)} == {"first", "second"}
    journal.undo()
    assert journal.pages.all()[0].body == "second"
    with pytest.raises(NotFound):
        journal.restore_page(id_, "none")


def test_redoing_over_a_later_change_is_refused_in_its_own_words(journal: Journal) -> None:
    id_ = journal.keep_page(PageText(body="first")).made["entries"][0]
    journal.star_page(id_)
    journal.undo()
    document = journal.vault.get("entries", id_)
    assert document is not None
    journal.vault.commit([Change("entries", id_, {**document, "body": "elsewhere"})])
    with pytest.raises(Refused, match="cannot be done again"):
        journal.redo()
