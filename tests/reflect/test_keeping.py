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
from kinship.reflect.keeping import begun, keep_begun, keep_walk

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
    act = keep_walk(journal, BOOK, heard(journal))
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
    keep_walk(journal, BOOK, through(BOOK, "cop-settle", Number(8), Number(3)))
    assert journal.pages.all() == []
    assert [(one.mood, one.stress) for one in journal.checkins] == [(3, 8)]


def test_a_session_that_was_only_opened_leaves_nothing(journal: Journal) -> None:
    keep_walk(journal, BOOK, begin(BOOK, "val-heard"))
    assert (journal.pages.all(), list(journal.checkins)) == ([], [])


def test_a_walk_that_was_stopped_waits_as_a_draft_and_can_be_taken_up(journal: Journal) -> None:
    walk = back(heard(journal))
    draft = keep_begun(journal, BOOK, walk)
    again = keep_begun(journal, BOOK, walk, draft)
    (waiting,) = begun(journal, BOOK)
    assert (waiting.draft, waiting.walk) == (again, walk)
    assert journal.drafts.of(None) is None
    keep_walk(journal, BOOK, to_the_end(BOOK, waiting.walk), waiting.draft)
    assert list(begun(journal, BOOK)) == []
    assert len(journal.pages.all()) == 1


def test_the_words_of_a_begun_session_stand_in_its_draft_as_a_page(journal: Journal) -> None:
    keep_begun(journal, BOOK, heard(journal))
    (unsaved,) = journal.drafts.walks()
    assert "On the stairs." in unsaved.page.body


def test_a_draft_of_a_page_is_no_begun_session(journal: Journal) -> None:
    journal.drafts.keep(PageText(body="x"))
    assert list(begun(journal, BOOK)) == []
    assert journal.drafts.of(None) is not None


def test_a_walk_of_a_session_that_is_gone_keeps_its_words(journal: Journal) -> None:
    journal.drafts.keep(PageText(body="x"), beside={"walk": {"session": "gone", "given": []}})
    journal.drafts.keep(PageText(body="y"), beside={"walk": {"session": 3}})
    assert list(begun(journal, BOOK)) == []
    assert len(journal.drafts.walks()) == 2


def test_the_card_is_added_to_and_never_replaced(journal: Journal) -> None:
    ana = ana_in(journal)
    for signs, alone in ((("no sleep",), ("a walk",)), (("no sleep", "no food"), ("a song",))):
        walk = through(BOOK, "res-card", Number(6), Lines(signs), Lines(alone), People((ana,)))
        keep_walk(journal, BOOK, walk)
    assert journal.card.words.splitlines() == ["no sleep", "no food"]
    assert journal.card.helps == ("a walk", "a song")
    assert journal.card.people == ("Ana",)


def test_the_list_for_a_visit_goes_to_the_next_date_ahead(journal: Journal) -> None:
    journal.appoint(EVENING - dt.timedelta(days=1), with_="gone by")
    journal.appoint(EVENING + dt.timedelta(days=9), with_="later")
    journal.appoint(EVENING + dt.timedelta(days=2), with_="next", bring=("card",))
    keep_walk(journal, BOOK, through(BOOK, "trt-visit", Number(6), Passed(), Lines(("dose?",)), Words("a plan")))
    bring = {one.with_: one.bring for one in journal.appointments}
    assert bring == {"gone by": (), "later": (), "next": ("card", "a plan", "dose?")}
