"""Writing a page: it is kept on leaving, with whom it names and what they gave."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from builders.pages import context_of, journal_with, type_in
from builders.screens import NORMAL, SMALL, WIDE, Stage, hold, painted, settle, staged
from kinship.ground.errors import NotSaved
from kinship.journal.journal import PageText
from kinship.journal.kinds import Kind
from kinship.journal.model import Direction, Status
from kinship.tui.navigation import BackRequested, HoldsWords, Question
from kinship.tui.screens.write import WriteScreen
from kinship.tui.widgets.mark_bar import MarkBar
from kinship.tui.widgets.page_editor import PageEditor
from kinship.vault import Vault

QUESTION = Question("p1", "Who listened to you today, even for a minute? What did they do that helped?", "heard")


def page_of(stage: Stage) -> PageEditor:
    return stage.screen.query_one(PageEditor)


def left(stage: Stage) -> bool:
    return any(isinstance(message, BackRequested) for message in stage.asked)


async def test_leaving_a_page_keeps_it(tmp_path: Path) -> None:
    journal, people = journal_with(tmp_path, "Bea")
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        await type_in(pilot, "Met @Bea #work")
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert left(stage)
    (entry,) = journal.pages.all()
    assert entry.body == "Met @Bea #work"
    assert entry.names == {"Bea": people["Bea"]}
    assert entry.tags == ("work",)


async def test_an_empty_page_leaves_nothing(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path)
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        await type_in(pilot, "  \n")
        await pilot.press("escape")
        await settle(pilot)
        assert left(stage)
    assert journal.pages.all() == []
    assert journal.drafts.all() == []


async def test_a_page_that_answers_a_question_says_which(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path)
    async with staged(WriteScreen(context_of(journal), journal, question=QUESTION)) as (stage, pilot):
        assert "Who listened to you today" in painted(stage)
        await type_in(pilot, "Bea.")
        await pilot.press("escape")
        await settle(pilot)
    (entry,) = journal.pages.all()
    assert (entry.prompt, entry.topic) == ("p1", "heard")


async def test_a_page_that_is_read_and_left_is_not_written(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path, "Bea")
    id_ = journal.keep_page(PageText(body="With @Bea")).made["entries"][0]
    async with staged(WriteScreen(context_of(journal), journal, entry=id_)) as (stage, pilot):
        await pilot.press("escape")
        await settle(pilot)
        assert left(stage)
    assert journal.can_undo == "New page"


async def test_an_edit_keeps_the_former_text(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path)
    id_ = journal.keep_page(PageText(body="One.")).made["entries"][0]
    async with staged(WriteScreen(context_of(journal), journal, entry=id_)) as (_, pilot):
        await type_in(pilot, " Two.")
        await pilot.press("escape")
        await settle(pilot)
    assert journal.pages.all()[0].body == "One. Two."
    assert [one.body for one in journal.pages.history(id_)] == ["One."]


async def test_marks_become_moments_of_the_page_in_one_act(tmp_path: Path) -> None:
    journal, people = journal_with(tmp_path, "Bea")
    async with staged(WriteScreen(context_of(journal), journal)) as (_, pilot):
        await type_in(pilot, "With @Bea.")
        await pilot.press("tab")
        await pilot.pause()
        await pilot.press("1", "1", "2", "enter", "d", "4", "3")
        await pilot.press("escape", "escape")
        await settle(pilot)
    (entry,) = journal.pages.all()
    moments = journal.moments.of_entry(entry)
    assert {(one.kind, one.subkind, one.direction) for one in moments} == {
        (Kind.EMOTIONAL, "listening", Direction.FROM_THEM),
        (Kind.PRACTICAL, None, Direction.FROM_THEM),
        (Kind.STRAIN, "conflict", Direction.TO_THEM),
    }
    assert {one.alter for one in moments} == {people["Bea"]}
    assert {one.day for one in moments} == {entry.day}
    journal.undo()
    assert journal.pages.all() == []
    assert journal.moments.all() == []


async def test_a_way_in_ones_own_word_is_marked_like_the_others(tmp_path: Path) -> None:
    journal, people = journal_with(tmp_path, "Bea")
    journal.add_way(Kind.PRACTICAL, "soup")
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        await type_in(pilot, "With @Bea.")
        await pilot.press("tab", "2")
        await settle(pilot)
        assert "5 soup" in painted(stage)
        await pilot.press("5", "escape", "escape")
        await settle(pilot)
    (moment,) = journal.moments.of(people["Bea"])
    assert (moment.kind, moment.subkind) == (Kind.PRACTICAL, "practical.soup")


async def test_the_marks_of_a_kept_page_are_shown_and_can_be_taken_away(tmp_path: Path) -> None:
    journal, people = journal_with(tmp_path, "Bea", "Ugo")
    id_ = journal.keep_page(PageText(body="@Bea and @Ugo")).made["entries"][0]
    journal.record_moment(people["Bea"], "listening", entry=id_)
    kept = journal.record_moment(people["Ugo"], "time", entry=id_).made["moments"]
    async with staged(WriteScreen(context_of(journal), journal, entry=id_)) as (stage, pilot):
        assert "Bea listened" in painted(stage)
        await pilot.press("tab")
        await pilot.pause()
        await pilot.press("x", "escape", "escape")
        await settle(pilot)
    assert tuple(one.id for one in journal.moments.of_entry(id_)) == kept


async def test_a_mark_given_twice_is_taken_back(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path, "Bea")
    async with staged(WriteScreen(context_of(journal), journal)) as (_, pilot):
        await type_in(pilot, "With @Bea.")
        await pilot.press("tab")
        await pilot.pause()
        await pilot.press("1", "1", "1", "1", "escape", "escape")
        await settle(pilot)
    assert journal.moments.all() == []


async def test_somebody_new_is_asked_about_once_and_added_with_the_page(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path, "Bea")
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        await type_in(pilot, "@Noor came. @Noor laughed.")
        await pilot.press("tab")
        await pilot.pause()
        assert "Is @Noor in your circle?" in painted(stage)
        await pilot.press("y", "1", "1")
        await pilot.pause()
        assert "Noor" in painted(stage).splitlines()[-3]
        assert "Is Noor" not in painted(stage)
        assert [one.name for one in journal.alters.all()] == ["Bea"]
        await pilot.press("escape", "escape")
        await settle(pilot)
    noor = journal.alters.by_name("Noor")[0]
    (entry,) = journal.pages.all()
    assert entry.names == {"Noor": noor.id}
    assert [one.subkind for one in journal.moments.of(noor)] == ["listening"]
    bond = journal.circle.bond(noor.id, journal.today())
    assert bond is not None
    assert bond.status is Status.ACTIVE
    journal.undo()
    assert [one.name for one in journal.alters.all()] == ["Bea"]


async def test_a_name_that_is_no_person_is_not_asked_about_again(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path, "Bea")
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        await type_in(pilot, "@home with @Bea.")
        await pilot.press("tab")
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        assert [one.name for one in stage.screen.query_one(MarkBar).people] == ["Bea"]
        await pilot.press("escape", "escape")
        await settle(pilot)
    (entry,) = journal.pages.all()
    assert [one.text for one in journal.unresolved(entry)] == []
    async with staged(WriteScreen(context_of(journal), journal, entry=entry.id)) as (stage, _):
        assert [one.name for one in stage.screen.query_one(MarkBar).people] == ["Bea"]


async def test_a_newcomer_whose_name_left_the_page_is_not_added(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path)
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        await type_in(pilot, "@Noor")
        await pilot.press("tab", "ctrl+z")
        page_of(stage).load_text("Nobody today.")
        await pilot.press("escape")
        await settle(pilot)
    assert journal.alters.all() == []
    assert journal.pages.all()[0].names == {}


async def test_a_shared_name_is_asked_about(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path, "Ana")
    other = journal.add_alter("Ana", aliases=["Ana from the choir"]).made["alters"][0]
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        await type_in(pilot, "@Ana.")
        await pilot.press("tab")
        await pilot.pause()
        assert "Which Ana?" in painted(stage)
        choices = stage.screen.query_one(MarkBar).people[0].choices
        digit = 1 + [id_ for id_, _ in choices].index(other)
        await pilot.press(str(digit), "3", "1", "escape", "escape")
        await settle(pilot)
    (entry,) = journal.pages.all()
    assert entry.names == {"Ana": other}
    assert [one.subkind for one in journal.moments.of(other)] == ["belonging"]


async def test_a_refused_save_keeps_the_words_on_the_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal, _ = journal_with(tmp_path)

    def refuse(*_: object) -> None:
        raise NotSaved("The save was refused: the disk is full.", "Make room and save again.")

    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        await type_in(pilot, "Dear day.")
        with monkeypatch.context() as broken:
            broken.setattr(Vault, "commit", refuse)
            await pilot.press("escape")
            await settle(pilot)
            assert not left(stage)
            assert "the disk is full" in painted(stage)
            assert page_of(stage).text == "Dear day."
            await type_in(pilot, "x")
        await pilot.press("escape")
        await settle(pilot)
        assert left(stage)
    assert journal.pages.all()[0].body == "Dear day.x"


async def test_escape_first_leaves_the_list_then_the_marks_then_the_page(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path, "Bea")
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        await type_in(pilot, "@Be")
        await pilot.press("escape")
        assert not left(stage)
        await type_in(pilot, "a ")
        await pilot.press("tab")
        await pilot.pause()
        await pilot.press("1", "escape", "escape")
        await pilot.pause()
        assert page_of(stage).has_focus
        assert not left(stage)
        await pilot.press("escape")
        await settle(pilot)
        assert left(stage)


async def test_tab_passes_the_people_and_comes_back_to_the_text(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path, "Bea", "Ugo")
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        await type_in(pilot, "@Bea and @Ugo.")
        bar = stage.screen.query_one(MarkBar)
        for expected in ("Bea", "Ugo"):
            await pilot.press("tab")
            await pilot.pause()
            assert bar.person is not None
            assert bar.person.name == expected
        await pilot.press("tab")
        await pilot.pause()
        assert page_of(stage).has_focus


async def test_arrows_at_the_ends_of_the_people_stay_there(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path, "Bea", "Ugo")
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        await type_in(pilot, "@Bea and @Ugo.")
        await pilot.press("tab")
        await pilot.pause()
        await pilot.press("left", "right", "right", "right")
        assert stage.screen.query_one(MarkBar).has_focus


async def test_the_page_can_be_all_that_is_shown(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path, "Bea")
    async with staged(WriteScreen(context_of(journal), journal, question=QUESTION)) as (stage, pilot):
        await type_in(pilot, "With @Bea.")
        await pilot.press("f11")
        await pilot.pause()
        assert painted(stage).split() == ["With", "@Bea."]
        await pilot.press("f11")
        await pilot.pause()
        assert "Who listened" in painted(stage)


async def test_leaving_the_program_keeps_the_page(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path)
    screen = WriteScreen(context_of(journal), journal)
    assert isinstance(screen, HoldsWords)
    async with staged(screen) as (_, pilot):
        await type_in(pilot, "Late.")
        screen.keep_words()
        screen.keep_words()
    assert [one.body for one in journal.pages.all()] == ["Late."]
    assert journal.drafts.all() == []


async def test_names_with_markup_are_shown_as_they_are(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path, "[red]Bea[/]")
    question = Question("p", "[bold]How[/] are $accent you?")
    async with staged(WriteScreen(context_of(journal), journal, question=question)) as (stage, pilot):
        await type_in(pilot, "@[r")
        await pilot.pause()
        assert "[red]Bea[/]" in painted(stage)
        assert "[bold]How[/] are $accent you?" in painted(stage)


async def test_a_remembered_one_is_completed_with_a_sign(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path)
    journal.add_alter("Tom", status=Status.REMEMBERED)
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        await type_in(pilot, "@To")
        assert "† remembered" in painted(stage)


async def test_somebody_added_elsewhere_is_known_at_once(tmp_path: Path) -> None:
    from kinship.journal.acts import Event
    from kinship.tui.navigation import JournalChanged

    journal, _ = journal_with(tmp_path)
    screen = WriteScreen(context_of(journal), journal)
    async with staged(screen) as (_, pilot):
        await type_in(pilot, "@Noor.")
        act = journal.add_alter("Noor")
        changed = tuple((one.table, one.id) for one in act.changes)
        screen.post_message(JournalChanged(Event(act.label, changed)))
        await pilot.pause()
        assert [one.known for one in screen.bar.people] == [True]


@pytest.mark.parametrize("size", [SMALL, NORMAL, WIDE])
@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_the_screen_looks_as_it_should(tmp_path: Path, size: tuple[int, int], theme: str) -> None:
    journal, _ = journal_with(tmp_path, "Bea", "Tomás", "Dr Okonkwo")
    journal.add_alter("Tom", status=Status.REMEMBERED)
    screen = WriteScreen(context_of(journal), journal, question=QUESTION)
    async with staged(screen, size=size, theme=theme) as (stage, pilot):
        hold(stage, "write-empty")
        page_of(stage).load_text(
            "Met @Bea on the stairs. She put her bag down and *listened*, really, for a quarter of an hour.\n\n"
            "小林さくら said **nothing**. I had forgotten what that is like. @Noor would know.\n\nThen "
        )
        page_of(stage).action_page_end()
        await type_in(pilot, "@To")
        hold(stage, "write-completing")
        await pilot.press("tab")
        await pilot.press("tab")
        await pilot.pause()
        hold(stage, "write-unknown")
        await pilot.press("y", "1", "2", "4")
        await pilot.pause()
        hold(stage, "write-marks")


async def test_the_state_of_the_draft_is_told(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path)
    screen = WriteScreen(context_of(journal), journal)
    async with staged(screen) as (stage, pilot):
        await type_in(pilot, "A day.")
        screen.save_draft()
        await settle(pilot)
        assert str(stage.screen.query_one("#state", Static).content) == "kept 21:04"


async def test_a_mark_is_taken_back_without_undoing_anything_in_the_journal(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path, "Bea")
    screen = WriteScreen(context_of(journal), journal)
    async with staged(screen) as (_, pilot):
        await type_in(pilot, "With @Bea.")
        await pilot.press("tab")
        await pilot.pause()
        await pilot.press("1", "1", "2", "1", "u")
        await pilot.pause()
        assert [mark.word for marks in screen.writing.marks.values() for mark in marks] == ["listening"]
        await pilot.press("u", "u")
        assert not any(screen.writing.marks.values())
    assert [one.name for one in journal.alters.all()] == ["Bea"]


async def test_the_edit_of_a_page_deleted_meanwhile_is_kept_as_a_page(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path)
    id_ = journal.keep_page(PageText(body="One.")).made["entries"][0]
    async with staged(WriteScreen(context_of(journal), journal, entry=id_)) as (stage, pilot):
        await type_in(pilot, " Two.")
        journal.delete_page(id_)
        await pilot.press("escape")
        await settle(pilot)
        assert left(stage)
    assert [one.body for one in journal.pages.all()] == ["One. Two."]


async def test_a_page_that_is_gone_is_not_opened(tmp_path: Path) -> None:
    journal, _ = journal_with(tmp_path)
    async with staged(WriteScreen(context_of(journal), journal, entry="ff" * 16)) as (stage, _):
        assert left(stage)


async def test_an_unforeseen_failure_keeps_the_words_and_tells_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, _ = journal_with(tmp_path)

    def fail(*_: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(Vault, "commit", fail)
    async with staged(WriteScreen(context_of(journal), journal)) as (stage, pilot):
        await type_in(pilot, "Dear day.")
        await pilot.press("escape")
        await settle(pilot)
        assert not left(stage)
        assert page_of(stage).text == "Dear day."
        assert "RuntimeError" in painted(stage)
        assert "secret" not in painted(stage)
