"""Keeping, editing, finding and throwing away pages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace as msgspec_replace

from builders.journals import EVENING, TODAY, alter, entry, moment, new_journal
from builders.vaults import Made, new_vault
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import Misused, NotFound
from kinship.journal.acts import Act
from kinship.journal.journal import Journal, PageText, page_of
from kinship.journal.mentions import NOBODY
from kinship.journal.model import CheckIn, Entry, Intention, Line, Moment
from kinship.vault import new_id

DAY = dt.timedelta(days=1)


def keep(journal: Journal, body: str = "A page.", **fields: object) -> Entry:
    act = journal.keep_page(PageText(body=body, **fields))  # type: ignore[arg-type]
    return page(journal, act.made["entries"][0])


def page(journal: Journal, id_: str) -> Entry:
    found = journal.pages.get(id_)
    assert found is not None
    return found


def add(journal: Journal, name: str, **fields: object) -> str:
    return journal.add_alter(name, **fields).made["alters"][0]  # type: ignore[arg-type]


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return new_journal(tmp_path)


def test_a_kept_page_is_there_with_its_time_and_its_day(journal: Journal) -> None:
    kept = keep(journal, "Met @Bea. #calm", mood=7, feelings=("glad",), title=" Stairs\n", prompt="p1", topic="heard")
    assert (kept.at, kept.zone, kept.day) == (EVENING, "UTC", TODAY)
    assert (kept.title, kept.mood, kept.feelings, kept.tags) == ("Stairs", 7, ("glad",), ("calm",))
    assert journal.pages.all() == journal.pages.on(TODAY) == [kept]


def test_after_midnight_a_page_still_belongs_to_the_evening_before(tmp_path: Path) -> None:
    journal = new_journal(tmp_path, FrozenClock(EVENING.replace(hour=3, minute=59)))
    assert keep(journal).day == TODAY - DAY
    journal.choose("day_start", "02:00")
    assert keep(journal).day == TODAY
    assert journal.today() == TODAY


def test_a_page_may_be_about_another_day(journal: Journal) -> None:
    kept = keep(journal, day=TODAY - 30 * DAY)
    assert (kept.day, kept.at) == (TODAY - 30 * DAY, EVENING)


def test_an_empty_page_leaves_nothing(journal: Journal) -> None:
    for nothing in ("", "  \n\t", "\x1b\u202e"):
        assert journal.keep_page(PageText(body=nothing, title=None)) == Act("Empty page", ())
    assert not journal.pages.all()
    assert journal.can_undo is None


def test_a_mood_without_words_is_kept(journal: Journal) -> None:
    assert keep(journal, "", mood=0).mood == 0


def test_a_page_that_was_emptied_goes_and_comes_back(journal: Journal) -> None:
    kept = keep(journal)
    journal.keep_page(PageText(id=kept.id, body=" "))
    assert journal.pages.get(kept.id) is None
    journal.undo()
    assert journal.pages.get(kept.id) == kept


def test_what_an_edit_leaves_open_stays_and_none_takes_it_away(journal: Journal) -> None:
    kept = keep(journal, mood=3, title="T", topic="heard", tags=("calm",), stress=2)
    journal.keep_page(PageText(id=kept.id, body="Other words.", title=None))
    edited = page(journal, kept.id)
    assert (edited.title, edited.mood, edited.topic, edited.tags) == (None, 3, "heard", ("calm",))
    assert (edited.at, edited.day, edited.stress) == (kept.at, kept.day, 2)


def test_keeping_a_page_as_it_is_is_no_act(journal: Journal) -> None:
    kept = keep(journal, "With @Bea #calm", mood=2)
    assert not journal.keep_page(page_of(kept))


def test_numbers_outside_their_scale_are_refused(journal: Journal) -> None:
    with pytest.raises(Misused):
        keep(journal, mood=11)
    assert not journal.pages.all()


def test_editing_a_page_that_is_gone_says_so(journal: Journal) -> None:
    with pytest.raises(NotFound):
        journal.keep_page(PageText(id="none", body="x"))


def test_text_is_cleaned_on_the_way_in(journal: Journal) -> None:
    kept = keep(journal, "a\x1b[2Jb\r\nc\x00", title="\x07T")
    assert (kept.body, kept.title) == ("a[2Jb\nc", "T")


# -- history ------------------------------------------------------------------------------------------------------


def test_one_revision_for_each_page_and_session(tmp_path: Path) -> None:
    clock = FrozenClock(EVENING)
    made = new_vault(tmp_path, clock)
    with Journal(made.vault, clock) as first:
        kept = keep(first, "one")
        for body in ("two", "three"):
            first.keep_page(PageText(id=kept.id, body=body))
        assert [one.body for one in first.pages.history(kept.id)] == ["one"]
    clock.advance(3600)
    with Journal(made.reopen(), clock) as second:
        second.keep_page(PageText(id=kept.id, body="four"))
        second.keep_page(PageText(id=kept.id, body="five", mood=3))
        second.keep_page(PageText(id=kept.id, body="five", mood=4))
        assert [one.body for one in second.pages.history(kept.id)] == ["three", "one"]
        assert second.pages.history(kept.id)[0].device == second.device


def test_throwing_a_page_away_takes_its_history_and_lines_but_not_what_happened(journal: Journal) -> None:
    bea = add(journal, "Bea")
    kept = keep(journal, "one")
    journal.keep_page(PageText(id=kept.id, body="two"))
    journal.star_line(kept.id, "two")
    journal.record_moment(bea, "listening", entry=kept.id)
    journal.delete_page(kept.id)
    assert (journal.pages.all(), journal.pages.history(kept.id), journal.lines.all()) == ([], (), [])
    assert len(journal.moments.of(bea)) == 1
    journal.undo()
    assert (page(journal, kept.id).body, len(journal.pages.history(kept.id)), len(journal.lines)) == ("two", 1, 1)


def elsewhere(made: Made, tmp_path: Path, clock: FrozenClock) -> Journal:
    return Journal(made.reopen(state=tmp_path / "other-state"), clock)


def test_two_that_write_at_once_are_both_kept_and_joined_with_a_revision_of_each(tmp_path: Path) -> None:
    clock = FrozenClock(EVENING)
    made = new_vault(tmp_path, clock)
    here = Journal(made.vault, clock)
    kept = keep(here, "start")
    there = elsewhere(made, tmp_path, clock)
    here.keep_page(PageText(id=kept.id, body="from here", began=here.drafts.began(kept.id)))
    there.keep_page(PageText(id=kept.id, body="from there", began=there.drafts.began(kept.id)))
    event = here.refresh()
    assert event is not None
    assert event.touches("entries")
    assert here.pages.conflicts() == (kept.id,)
    assert {one.body for one in here.pages.versions(kept.id)} == {"from here", "from there"}
    here.settle_page(kept.id, "from both")
    assert here.pages.conflicts() == ()
    assert page(here, kept.id).body == "from both"
    assert {"from here", "from there"} <= {one.body for one in here.pages.history(kept.id)}


def test_no_act_on_a_page_of_two_versions_loses_one_of_them(tmp_path: Path) -> None:
    clock = FrozenClock(EVENING)
    made = new_vault(tmp_path, clock)
    here = Journal(made.vault, clock)
    kept = keep(here, "start")
    there = elsewhere(made, tmp_path, clock)
    here.keep_page(PageText(id=kept.id, body="from here"))
    there.keep_page(PageText(id=kept.id, body="from there"))
    here.refresh()
    here.star_page(kept.id)
    texts = {page(here, kept.id).body, *(one.body for one in here.pages.history(kept.id))}
    assert (page(here, kept.id).starred, here.pages.conflicts()) == (True, ())
    assert {"from here", "from there"} <= texts


def test_an_edit_that_began_before_another_was_read_leaves_that_one_beside_it(tmp_path: Path) -> None:
    clock = FrozenClock(EVENING)
    made = new_vault(tmp_path, clock)
    here = Journal(made.vault, clock)
    kept = keep(here, "start")
    there = elsewhere(made, tmp_path, clock)
    began = here.drafts.began(kept.id)
    there.keep_page(PageText(id=kept.id, body="from there"))
    here.refresh()
    here.keep_page(PageText(id=kept.id, body="from here", began=began))
    assert {one.body for one in here.pages.versions(kept.id)} == {"from here", "from there"}


# -- names and tags -----------------------------------------------------------------------------------------------


def test_names_are_resolved_when_a_page_is_kept(journal: Journal) -> None:
    bea = add(journal, "Bea", aliases=("Bee",))
    kept = keep(journal, "@Bea, @bee and @Bob")
    assert kept.names == {"Bea": bea, "bee": bea}
    assert [one.text for one in journal.unresolved(kept)] == ["Bob"]
    assert journal.pages.mentioning(bea) == [kept]


def test_a_shared_name_stays_open_until_it_is_decided(journal: Journal) -> None:
    first, second = add(journal, "Lee"), add(journal, "Lee")
    kept = keep(journal, "@Lee came, @lee left")
    assert kept.names == {}
    assert len(journal.unresolved(kept)) == 1
    journal.name_on_page(kept.id, "Lee", second)
    assert journal.pages.mentioning(second) == [page(journal, kept.id)]
    assert journal.pages.mentioning(first) == []
    assert journal.unresolved(page(journal, kept.id)) == ()
    journal.keep_page(PageText(id=kept.id, body="@Lee came again"))
    assert page(journal, kept.id).names == {"Lee": second}


def test_a_name_that_means_nobody_is_not_asked_again(journal: Journal) -> None:
    kept = keep(journal, "@everybody was there")
    journal.name_on_page(kept.id, "everybody", None)
    asked = page(journal, kept.id)
    assert (asked.names, journal.unresolved(asked)) == ({"everybody": NOBODY}, ())
    assert [one.alter for one in journal.mentions(asked)] == [NOBODY]


def test_a_name_that_leaves_the_text_leaves_the_page_but_one_given_beside_it_stays(journal: Journal) -> None:
    bea, ana = add(journal, "Bea"), add(journal, "Ana")
    kept = keep(journal, "with @Bea", names={"Ana": ana})
    assert kept.names == {"Bea": bea, "Ana": ana}
    journal.keep_page(msgspec_replace(page_of(kept), body="alone"))
    assert page(journal, kept.id).names == {"Ana": ana}


def test_a_tag_that_leaves_the_text_leaves_the_page_but_one_given_beside_it_stays(journal: Journal) -> None:
    kept = keep(journal, "#Calm day", tags=("#Work",))
    assert kept.tags == ("calm", "work")
    journal.keep_page(msgspec_replace(page_of(kept), body="a day"))
    assert page(journal, kept.id).tags == ("work",)
    assert (journal.pages.tags(), journal.pages.tagged("#WORK")) == (["work"], [page(journal, kept.id)])
    assert journal.pages.tagged("calm") == []


def test_a_new_one_who_was_named_before_is_linked_at_once(journal: Journal) -> None:
    before = [keep(journal, body) for body in ("@Bob rang", "@bob again", "`@Bob`", "bob@bob.org")]
    bob = add(journal, "Bob")
    journal.link_name(bob)
    assert {one.id for one in journal.pages.mentioning(bob)} == {before[0].id, before[1].id}
    journal.undo()
    assert journal.pages.mentioning(bob) == []


def test_names_on_pages_survive_renaming_and_merging_and_parting(journal: Journal) -> None:
    bea, trix = add(journal, "Bea"), add(journal, "Trix")
    with_bea, with_trix = keep(journal, "@Bea"), keep(journal, "@Trix")
    alter = journal.alters.get(bea)
    assert alter is not None
    journal.edit_alter(msgspec_replace(alter, name="Beatrice"))
    assert keep(journal, "@Bea and @Beatrice").names == {"Bea": bea, "Beatrice": bea}
    journal.merge_alters(bea, trix)
    later = keep(journal, "@Trix again")
    assert {one.id for one in journal.pages.mentioning(bea)} >= {with_bea.id, with_trix.id, later.id}
    journal.part_alters(trix)
    assert {one.id for one in journal.pages.mentioning(trix)} == {with_trix.id, later.id}


# -- lists --------------------------------------------------------------------------------------------------------


def test_pages_come_newest_first_by_day_and_then_by_instant(journal: Journal) -> None:
    east, west = dt.timezone(dt.timedelta(hours=9)), dt.timezone(dt.timedelta(hours=-5))
    early = entry("a", at=dt.datetime(2024, 5, 3, 20, 0, tzinfo=east))
    late = entry("b", at=dt.datetime(2024, 5, 3, 8, 0, tzinfo=west))
    before, old = entry("c", day=TODAY - DAY), entry("d", day=dt.date(1931, 2, 1))
    journal.take_in("pages", [old, late, before, early])
    assert journal.pages.all() == [late, early, before, old]
    assert journal.pages.latest(2) == [late, early]
    assert journal.pages.on(TODAY - DAY) == [before]
    assert journal.pages.between(dt.date(1931, 2, 1), TODAY - DAY) == [before, old]
    assert journal.pages.between(dt.date.min, dt.date.max) == journal.pages.all()
    assert journal.pages.starting(old.id[:12]) == [old.id]


def test_lists_stay_right_while_pages_come_move_and_go(journal: Journal) -> None:
    add(journal, "Bea")
    assert journal.pages.latest(1) == []
    kept = [keep(journal, f"{n} @Bea #t{n % 2}", day=TODAY - n * DAY) for n in range(6)]
    journal.keep_page(PageText(id=kept[3].id, body="moved", day=TODAY + DAY))
    journal.delete_page(kept[0].id)
    fresh = Journal(journal.vault, journal.clock)
    assert journal.pages.all() == fresh.pages.all()
    assert journal.pages.tags() == fresh.pages.tags() == ["t0", "t1"]
    assert journal.pages.last_named() == fresh.pages.last_named()
    assert journal.pages.all()[0].id == kept[3].id


def test_a_hidden_page_is_out_of_lists_and_search_until_its_day(tmp_path: Path) -> None:
    clock = FrozenClock(EVENING)
    journal = new_journal(tmp_path, clock)
    kept = keep(journal, "hard #calm")
    journal.hide_page(kept.id, TODAY + DAY)
    assert journal.pages.get(kept.id) is not None
    assert journal.pages.all() == journal.search("hard") == journal.pages.tagged("calm") == []
    assert len(journal.pages.all(hidden=True)) == len(journal.search("hard", hidden=True)) == 1
    clock.advance(86_400)
    assert len(journal.pages.all()) == 1


def test_on_this_day_gives_the_same_day_of_other_years(journal: Journal) -> None:
    days = [dt.date(2022, 5, 3), dt.date(2023, 5, 3), dt.date(2023, 5, 4), TODAY]
    journal.take_in("pages", [entry(str(day), day=day) for day in days])
    assert [one.day for one in journal.pages.on_this_day(TODAY)] == [days[1], days[0]]


# -- search -------------------------------------------------------------------------------------------------------


def test_search_filters(journal: Journal) -> None:
    bea, trix = add(journal, "Bea"), add(journal, "Trix")
    one = keep(journal, "stairs @Bea #calm", mood=3, day=TODAY - DAY, topic="heard")
    two = keep(journal, "stairs @Trix", mood=8)
    assert journal.search("Stairs") == [two, one]
    assert journal.search("stairs", since=TODAY) == journal.search(until=TODAY, since=TODAY) == [two]
    assert journal.search("stairs", until=TODAY - DAY) == journal.search(tag="#Calm") == [one]
    assert journal.search(mood=3) == journal.search(mood=(0, 5)) == journal.search(topic="heard") == [one]
    assert journal.search("stairs", person=bea) == [one]
    journal.merge_alters(bea, trix)
    assert journal.search("stairs", person=bea) == [two, one]
    journal.keep_page(PageText(id=two.id, body="rain"))
    assert [found.id for found in journal.search("stairs")] == [one.id]
    assert [found.id for found in journal.search("RAI")] == [two.id]


# -- a session, stars, drafts ----------------------------------------------------------------------------------------


def test_a_session_is_one_act_with_all_it_led_to(journal: Journal) -> None:
    bea = add(journal, "Bea")
    beside: list[Moment | CheckIn | Intention | Line] = [
        journal.moment(bea, "listening"),
        CheckIn(id=new_id(), at=EVENING, day=TODAY, mood=5),
        Intention(id=new_id(), text="Write to her", made=TODAY, alter=bea),
    ]
    act = journal.keep_session(PageText(body="## A time\n\n@Bea listened"), beside)
    (id_,) = act.made["entries"]
    assert [one.entry for one in (*journal.moments, *journal.checkins, *journal.intentions)] == [id_] * 3
    journal.undo()
    assert not journal.pages.all()
    assert len(journal.moments) == len(journal.checkins) == len(journal.intentions) == 0


def test_a_session_says_what_somebody_could_give_and_lowers_nothing_that_was_said(journal: Journal) -> None:
    bea = add(journal, "Bea")
    journal.state(bea, "gives.advice", 3)
    claims = [(bea, "gives.advice", 1), (bea, "gives.listening", 2), (bea, "strain.drains", 1)]
    journal.keep_session(PageText(body="@Bea"), claims=claims)
    (bond,) = journal.circle.as_of(TODAY).bonds
    assert bond.gives == {"advice": 3, "listening": 2}
    assert bond.strain == {"drains": 1}


def test_a_session_without_words_leaves_no_page_but_what_was_said_beside_it(journal: Journal) -> None:
    act = journal.keep_session(PageText(body=" "), [CheckIn(id=new_id(), at=EVENING, day=TODAY, mood=5)])
    assert "entries" not in act.made
    assert [one.entry for one in journal.checkins] == [None]


def test_a_session_can_be_put_out_of_sight_as_it_is_kept(journal: Journal) -> None:
    until = TODAY + dt.timedelta(days=7)
    (id_,) = journal.keep_session(PageText(body="x"), hidden_until=until).made["entries"]
    assert page(journal, id_).hidden_until == until


def test_a_page_brings_somebody_new_and_what_they_gave_as_one_act(journal: Journal) -> None:
    newcomer = alter("Bob", id_=new_id())
    marked = moment(newcomer.id, "listening")
    act = journal.keep_page(PageText(body="@Bob listened", names={"Bob": newcomer.id}), beside=[newcomer, marked])
    (id_,) = act.made["entries"]
    assert page(journal, id_).names == {"Bob": newcomer.id}
    assert [one.id for one in journal.moments.of_entry(id_)] == [marked.id]
    journal.keep_page(PageText(id=id_, body="@Bob spoke"), without=[marked.id])
    assert journal.moments.of_entry(id_) == []
    journal.undo()
    assert len(journal.moments.of_entry(id_)) == 1
    journal.undo()
    assert (journal.alters.all(), journal.moments.all(), journal.pages.all()) == ([], [], [])


def test_a_star_is_given_and_taken(journal: Journal) -> None:
    kept = keep(journal)
    journal.star_page(kept.id)
    assert page(journal, kept.id).starred
    journal.undo()
    assert not page(journal, kept.id).starred


def test_a_draft_outlives_the_program_and_remembers_what_it_began_from(tmp_path: Path) -> None:
    clock = FrozenClock(EVENING)
    made = new_vault(tmp_path, clock)
    with Journal(made.vault, clock) as journal:
        kept = keep(journal, "start", mood=3)
        draft = journal.drafts.keep(PageText(id=kept.id, body="starting over"))
        assert journal.drafts.keep(PageText(id=kept.id, body="starting over, really"), draft) == draft
        journal.drafts.keep(PageText(body="new one"))
    with Journal(made.reopen(), clock) as again:
        unsaved = again.drafts.of(kept.id)
        assert unsaved is not None
        assert (unsaved.id, unsaved.page.body) == (draft, "starting over, really")
        again.keep_page(unsaved.page)
        again.drafts.drop(unsaved.id)
        assert (page(again, kept.id).body, page(again, kept.id).mood) == ("starting over, really", 3)
        assert [one.page.body for one in again.drafts.all()] == ["new one"]
        assert again.drafts.of(None) is not None
        assert again.pages.conflicts() == ()


def test_the_words_of_a_page_show_in_no_repr(journal: Journal) -> None:
    kept = keep(journal, "secretword @Secretname", title="secrettitle")
    act = journal.add_alter("Secretname")
    journal.keep_page(PageText(id=kept.id, body="secretword 2"))
    alter = journal.alters.all()[0]
    shown = repr([kept, act, act.changes, alter, PageText(body="secretword"), journal.pages.history(kept.id)])
    assert "secret" not in shown.lower()
    assert "secret" not in act.label.lower()
