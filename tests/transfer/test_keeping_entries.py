"""Pages of other journals come once, what was changed here stays, people are found, none is made, one act undoes it."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import msgspec
import pytest

from builders.journals import new_journal
from builders.journals_of_others import JRNL, NOTES, day_one, day_one_entry, day_one_journal
from builders.screens import EVENING
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import Misused, NotSaved, Refused
from kinship.journal.journal import Journal, page_of
from kinship.transfer import day_one as of_day_one
from kinship.transfer import jrnl, markdown_folder
from kinship.transfer.entries import LONGEST_PAGE, Page, Pages
from kinship.transfer.keeping_entries import keep_pages, match_pages

PLAN = jrnl.read({"journal.txt": JRNL.encode()})


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return new_journal(tmp_path, FrozenClock(EVENING))


def test_pages_come_with_their_times_tags_and_stars(journal: Journal) -> None:
    keep_pages(journal, match_pages(journal, PLAN, into="old", zone="Europe/Vienna"))
    last, night, first = journal.pages.all()
    assert (first.at.isoformat(), first.zone, first.day) == (
        "2024-05-03T21:30:00+02:00",
        "Europe/Vienna",
        dt.date(2024, 5, 3),
    )
    assert (first.starred, first.journal, first.tags) == (True, "old", ("marta", "garden"))
    assert night.day == dt.date(2024, 5, 3)
    assert last.day == dt.date(2024, 5, 4)


def test_a_time_without_a_zone_is_of_this_place_and_a_zone_that_is_none_is_refused(journal: Journal) -> None:
    incoming = match_pages(journal, PLAN)
    assert {one.zone for one in incoming.new} == {"UTC"}
    with pytest.raises(Misused, match="no time zone"):
        match_pages(journal, PLAN, zone="Mars/Olympus")


def test_nothing_comes_twice(journal: Journal) -> None:
    for plan in (PLAN, of_day_one.read({"a.json": day_one_journal()}), markdown_folder.read(NOTES)):
        keep_pages(journal, match_pages(journal, plan, into="old"))
        again = match_pages(journal, plan)
        assert (again.values, again.known) == ((), len(plan.pages))


def test_an_entry_that_is_twice_in_the_source_comes_once_and_is_said(journal: Journal) -> None:
    twice = jrnl.read({"journal.txt": (JRNL + "\n" + JRNL).encode()})
    incoming = match_pages(journal, twice)
    assert len(incoming.new) == 3
    assert incoming.doubts == ("entries that are twice in the source come once (3)",)


def test_two_entries_under_one_id_both_come(journal: Journal) -> None:
    plan = of_day_one.read({"a.json": day_one(day_one_entry("One"), day_one_entry("Two"))})
    assert len(match_pages(journal, plan).new) == 2


def test_what_was_changed_here_is_never_overwritten(journal: Journal) -> None:
    keep_pages(journal, match_pages(journal, of_day_one.read({"a.json": day_one(day_one_entry("Before"))})))
    (page,) = journal.pages.all()
    journal.keep_page(msgspec.structs.replace(page_of(page), body="Mine"))
    later = of_day_one.read({"a.json": day_one(day_one_entry("Later"))})
    incoming = match_pages(journal, later)
    assert (incoming.values, incoming.changed_here) == ((), 1)


def test_what_went_on_there_and_not_here_is_brought_again_and_can_be_undone(journal: Journal) -> None:
    keep_pages(journal, match_pages(journal, of_day_one.read({"a.json": day_one(day_one_entry("Before"))})))
    incoming = match_pages(journal, of_day_one.read({"a.json": day_one(day_one_entry("Before and later"))}))
    assert len(incoming.renewed) == 1
    (kept,) = keep_pages(journal, incoming).made["acts"]
    assert [one.body for one in journal.pages.all()] == ["Before and later"]
    (page,) = journal.pages.all()
    assert [one.body for one in journal.pages.history(page.id)] == ["Before"]
    journal.take_back(kept)
    assert [one.body for one in journal.pages.all()] == ["Before"]
    assert journal.pages.history(page.id) == ()


def test_what_was_deleted_here_stays_away_until_the_import_itself_is_undone(journal: Journal) -> None:
    (kept,) = keep_pages(journal, match_pages(journal, PLAN)).made["acts"]
    journal.delete_page(journal.pages.all()[0].id)
    assert match_pages(journal, PLAN).thrown_away == 1
    with pytest.raises(Refused):
        journal.take_back(kept)
    journal.undo()
    journal.take_back(kept)
    assert journal.pages.all() == []
    assert len(match_pages(journal, PLAN).new) == 3


def test_people_are_found_among_mentions_and_links_and_none_is_made(journal: Journal) -> None:
    (marta,) = journal.add_alter("Marta", aliases=("Marta Orth",)).made["alters"]
    incoming = match_pages(journal, PLAN)
    assert (incoming.linked, incoming.offered) == ((("Marta", 1),), (("garden", 1),))
    incoming = match_pages(journal, markdown_folder.read(NOTES))
    assert (incoming.linked, incoming.offered) == ((("Marta", 1),), (("Paul", 1),))
    keep_pages(journal, incoming)
    assert [one.names for one in journal.pages.all() if one.names] == [{"Marta Orth": marta}]
    assert len(journal.alters.all()) == 1


def test_a_name_that_is_wanted_comes_onto_the_map_with_the_pages_and_goes_with_them(journal: Journal) -> None:
    plan = jrnl.read({"journal.txt": JRNL.encode()})
    incoming = match_pages(journal, plan, adding=["@Marta", "nobody"])
    (kept,) = keep_pages(journal, incoming).made["acts"]
    (marta,) = journal.alters.all()
    (page,) = journal.pages.mentioning(marta.id)
    assert (marta.name, page.names) == ("Marta", {"Marta": marta.id})
    assert [one.alter.name for one in journal.circle.as_of(page.day).bonds] == ["Marta"]
    assert journal.circle.as_of(page.day - dt.timedelta(days=1)).bonds == ()
    again = match_pages(journal, plan, adding=["Marta"])
    assert (again.people, again.linked) == ((), (("Marta", 1),))
    journal.take_back(kept)
    assert (journal.alters.all(), journal.pages.all()) == ([], [])


def test_a_page_that_is_too_long_is_left_out_and_listed(journal: Journal) -> None:
    page = Page(ref="x", body="x" * (LONGEST_PAGE + 1), at=EVENING)
    incoming = match_pages(journal, Pages(source="x", pages=(page,)))
    assert (incoming.new, incoming.left_out) == ((), ("pages longer than 524,288 characters (1)",))


def test_ten_thousand_pages_come_in_seconds(journal: Journal) -> None:
    words = "A day with @Marta and some words on it, none of them new. " * 14
    text = "".join(
        f"[{dt.date(1995, 1, 1) + dt.timedelta(days=number)} 21:30] Day {number} #calm\n{words}\n\n"
        for number in range(10_000)
    )
    told: list[int] = []
    begun = time.process_time()
    incoming = match_pages(
        journal, jrnl.read({"journal.txt": text.encode()}), progress=lambda done, _of: told.append(done)
    )
    keep_pages(journal, incoming)
    assert time.process_time() - begun < 12
    assert len(journal.pages.all()) == 10_000
    assert len(told) > 10


def test_an_import_that_is_stopped_or_not_saved_leaves_nothing(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        match_pages(journal, PLAN, progress=stop)

    def full(*_told: object) -> None:
        raise NotSaved("The disk is full.")

    incoming = match_pages(journal, PLAN)
    monkeypatch.setattr(journal.vault._session, "save", full)
    with pytest.raises(NotSaved):
        keep_pages(journal, incoming)
    assert journal.pages.all() == []
