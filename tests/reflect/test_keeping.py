"""From a walk to the journal: one act with everything in it, a draft until then, and nothing that was not said."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from builders.journals import EVENING, TODAY, new_journal
from builders.walks import through, to_the_end
from kinship.journal.drafts import PageText
from kinship.journal.journal import Journal
from kinship.journal.kinds import Kind
from kinship.reflect.answers import Lines, Mark, Marks, Number, Passed, People, Picked, Plan, Words
from kinship.reflect.book import load_book
from kinship.reflect.engine import Walk, back, begin
from kinship.reflect.keeping import finish, forget, note, stop, waiting

BOOK = load_book()


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return new_journal(tmp_path)


def ana_in(journal: Journal) -> Picked:
    (id_,) = journal.add_alter("Ana").made["alters"]
    return Picked(id_, "Ana")


def heard(journal: Journal) -> Walk:
    ana = ana_in(journal)
    marks = Marks((Mark(ana.alter, "listening", 2), Mark(ana.alter, "drains")), TODAY - dt.timedelta(days=2))
    plan = Plan("say thank you", "on Sunday", "write instead", TODAY + dt.timedelta(days=3))
    return through(
        BOOK, "val-heard", Number(6), Words("On the stairs."), People((ana,)), Passed(), marks, Passed(), plan,
        Words("Being heard is possible."), Number(8),
    )  # fmt: skip


def test_a_session_becomes_a_page_moments_a_check_in_and_a_next_step_in_one_act(journal: Journal) -> None:
    act = finish(journal, BOOK, heard(journal))
    (page,) = journal.pages.all()
    assert (page.title, page.topic, page.prompt, page.mood) == ("A time you felt heard", "validation", "val-heard", 6)
    assert list(page.names) == ["Ana"]
    assert {(one.kind, one.subkind, one.entry) for one in journal.moments} == {
        (Kind.EMOTIONAL, "listening", page.id),
        (Kind.STRAIN, "drains", page.id),
    }
    assert {one.day for one in journal.moments} == {TODAY - dt.timedelta(days=2)}
    assert [(one.mood, one.entry) for one in journal.checkins] == [(8, page.id)]
    (step,) = journal.intentions
    assert (step.text, step.due, step.entry) == ("say thank you", TODAY + dt.timedelta(days=3), page.id)
    assert act.label == "Reflection"
    journal.undo()
    assert (journal.pages.all(), list(journal.moments), list(journal.intentions)) == ([], [], [])


def test_a_session_without_words_leaves_only_how_the_person_was(journal: Journal) -> None:
    finish(journal, BOOK, through(BOOK, "cop-settle", Number(8), Number(3)))
    assert journal.pages.all() == []
    assert [(one.mood, one.stress) for one in journal.checkins] == [(3, 8)]


def test_a_session_that_was_only_opened_leaves_nothing(journal: Journal) -> None:
    finish(journal, BOOK, begin(BOOK, "val-heard"))
    assert (journal.pages.all(), list(journal.checkins)) == ([], [])


def test_a_walk_that_goes_on_waits_as_a_draft_and_can_be_taken_up(journal: Journal) -> None:
    walk = back(heard(journal))
    begun = note(journal, BOOK, walk, note(journal, BOOK, back(walk)))
    assert list(waiting(journal, BOOK)) == [begun]
    assert journal.drafts.of(None) is None
    assert journal.pages.all() == []
    finish(journal, BOOK, to_the_end(BOOK, begun.walk), begun)
    assert list(waiting(journal, BOOK)) == []
    assert len(journal.pages.all()) == 1


def test_a_walk_that_is_stopped_is_a_page_at_once_and_grows_when_it_is_taken_up(journal: Journal) -> None:
    whole = heard(journal)
    stop(journal, BOOK, back(back(whole)))
    (page,) = journal.pages.all()
    assert "Being heard is possible." in page.body
    (begun,) = waiting(journal, BOOK)
    assert begun.entry == page.id
    finish(journal, BOOK, whole, begun)
    (grown,) = journal.pages.all()
    assert grown.id == page.id
    assert len(list(journal.moments)) == 2
    assert len(list(journal.intentions)) == 1
    assert [one.mood for one in journal.checkins] == [8]
    assert list(waiting(journal, BOOK)) == []


def test_a_walk_that_is_taken_up_no_more_leaves_its_page(journal: Journal) -> None:
    stop(journal, BOOK, heard(journal))
    (begun,) = waiting(journal, BOOK)
    forget(journal, begun)
    assert list(waiting(journal, BOOK)) == []
    assert len(journal.pages.all()) == 1


def test_a_walk_whose_page_was_deleted_becomes_a_page_of_its_own(journal: Journal) -> None:
    whole = heard(journal)
    stop(journal, BOOK, whole)
    journal.delete_page(journal.pages.all()[0].id)
    (begun,) = waiting(journal, BOOK)
    assert (begun.entry, begun.kept) == (None, None)
    finish(journal, BOOK, whole, begun)
    assert len(journal.pages.all()) == 1


def test_the_words_of_a_begun_session_stand_in_its_draft_as_a_page(journal: Journal) -> None:
    note(journal, BOOK, heard(journal))
    (unsaved,) = journal.drafts.walks()
    assert "On the stairs." in unsaved.page.body


def test_a_draft_of_a_page_is_no_begun_session(journal: Journal) -> None:
    journal.drafts.keep(PageText(body="x"))
    assert list(waiting(journal, BOOK)) == []
    assert journal.drafts.of(None) is not None


def test_a_walk_that_nothing_is_known_of_keeps_its_words(journal: Journal) -> None:
    journal.drafts.keep(PageText(body="x"), beside={"walk": {"walk": {"session": "gone"}}})
    journal.drafts.keep(PageText(body="y"), beside={"walk": {"walk": 3}})
    assert list(waiting(journal, BOOK)) == []
    assert len(journal.drafts.walks()) == 2


def test_the_card_is_added_to_and_never_replaced(journal: Journal) -> None:
    ana = ana_in(journal)
    for signs, alone in ((("no sleep",), ("a walk",)), (("no sleep", "no food"), ("a song",))):
        walk = through(BOOK, "res-card", Number(6), Lines(signs), Lines(alone), People((ana,)))
        finish(journal, BOOK, walk)
    assert journal.card.words.splitlines() == ["no sleep", "no food"]
    assert journal.card.helps == ("a walk", "a song")
    assert journal.card.people == (ana.alter,)


def test_the_list_for_a_visit_goes_to_the_next_date_ahead(journal: Journal) -> None:
    journal.appoint(EVENING - dt.timedelta(days=1), with_="gone by")
    journal.appoint(EVENING + dt.timedelta(days=9), with_="later")
    journal.appoint(EVENING + dt.timedelta(days=2), with_="next", bring=("card",))
    finish(journal, BOOK, through(BOOK, "trt-visit", Number(6), Passed(), Lines(("dose?",)), Words("a plan")))
    bring = {one.with_: one.bring for one in journal.appointments}
    assert bring == {"gone by": (), "later": (), "next": ("card", "a plan", "dose?")}
