"""Acts: one transaction each, undone by their inverse, told to who listens."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from builders.journals import EVENING, TODAY, alter, circle_of, entry, new_journal
from builders.vaults import new_vault
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import Misused, NewerVault, NotFound, NotSaved, Refused
from kinship.journal.acts import Event, Origin
from kinship.journal.codec import TYPES
from kinship.journal.journal import Journal, PageText
from kinship.journal.model import Card, Pulse, StepState
from kinship.vault import Change

Documents = dict[str, dict[str, dict[str, Any]]]


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return new_journal(tmp_path)


def documents(journal: Journal) -> Documents:
    return {table: dict(journal.vault.all(table)) for table in TYPES if table != "meta"}


class Doing:
    """Commands on whatever a number points at; those that make no sense there are refused."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal

    def do(self, command: str, pick: int) -> None:
        with contextlib.suppress(Misused, NotFound):
            COMMANDS[command](self, self.journal, pick)

    def page(self, pick: int) -> str:
        return any_of([one.id for one in self.journal.pages.all(hidden=True)], pick)

    def who(self, pick: int) -> str:
        return any_of(sorted(self.journal.alters.by_id), pick)


def any_of(found: list[str], pick: int) -> str:
    return found[pick % len(found)] if found else "none"


COMMANDS: dict[str, Callable[[Doing, Journal, int], object]] = {
    "write": lambda _, j, n: j.keep_page(PageText(body=f"@Bea{n % 3} and @Ana #t{n % 4} {n}", mood=n % 11)),
    "edit": lambda on, j, n: j.keep_page(PageText(id=on.page(n), body=f"again @Bea{n % 2} {n % 5}")),
    "empty": lambda on, j, n: j.keep_page(PageText(id=on.page(n), body=" ", mood=None, feelings=())),
    "delete page": lambda on, j, n: j.delete_page(on.page(n)),
    "star": lambda on, j, n: j.star_page(on.page(n), starred=bool(n % 2)),
    "hide": lambda on, j, n: j.hide_page(on.page(n), TODAY if n % 2 else None),
    "line": lambda on, j, n: j.star_line(on.page(n), f"line {n}"),
    "name": lambda on, j, n: j.name_on_page(on.page(n), "Ana", on.who(n) if n % 2 else None),
    "add": lambda _, j, n: j.add_alter(f"Bea{n % 3}", aliases=("Ana",) if n % 2 else ()),
    "rename": lambda on, j, n: j.edit_alter(alter(f"New{n % 5}", id_=on.who(n))),
    "delete alter": lambda on, j, n: j.delete_alter(on.who(n)),
    "merge": lambda on, j, n: j.merge_alters(on.who(n), on.who(n // 7)),
    "part": lambda on, j, n: j.part_alters(on.who(n)),
    "state": lambda on, j, n: j.state(on.who(n), "ring", ["inner", "outer", None][n % 3]),
    "tie": lambda on, j, n: j.state((on.who(n), on.who(n // 7)), "knows", n % 3 + 1),
    "correct": lambda _, j, n: j.correct(any_of(sorted(j.facts.by_id), n), from_=TODAY - dt.timedelta(days=n)),
    "moment": lambda on, j, n: j.record_moment(on.who(n), "listening", entry=on.page(n) if n % 2 else None),
    "forget": lambda _, j, n: j.forget_moment(any_of(sorted(j.moments.by_id), n)),
    "link": lambda on, j, n: j.link_name(on.who(n)),
    "choose": lambda _, j, n: j.choose("own_name", [None, "Mo", "Jo"][n % 3]),
    "small": lambda _, j, n: j.check_in(mood=n % 11, pulse=Pulse(heard=1)),
    "template": lambda _, j, n: j.keep_template(f"Night{n % 2}", f"words {n}"),
    "drop template": lambda _, j, n: j.delete_template(any_of(sorted(j.templates.by_id), n)),
    "restore": lambda on, j, n: j.restore_page(on.page(n), any_of([one.id for one in j.pages.history(on.page(n))], n)),
    "move page": lambda on, j, n: j.move_page(on.page(n), ["", "dreams", "work"][n % 3]),
    "rename journal": lambda _, j, n: j.rename_journal(["", "dreams", "work"][n % 3], f"dreams{n % 2}"),
    "take in": lambda _, j, n: j.take_in("import", [entry(f"imported {n}"), alter(f"Imported {n}")]),
}
STEPS = st.lists(st.tuples(st.sampled_from(sorted(COMMANDS)), st.integers(0, 50)), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Journal:
    journal = new_journal(tmp_path_factory.mktemp("lived"))
    for n, command in enumerate(["add", "add", "write", "write", "moment", "state", "tie", "choose", "edit"]):
        Doing(journal).do(command, n)
    return journal


@given(STEPS)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_undo_after_any_commands_restores_every_document_and_redo_does_them_again(
    lived_in: Journal, steps: list[tuple[str, int]]
) -> None:
    journal = lived_in
    journal._done.clear()
    journal._undone.clear()
    states = [documents(journal)]
    for command, pick in steps:
        before = documents(journal)
        acts = len(journal._done)
        Doing(journal).do(command, pick)
        assert (len(journal._done) > acts) == (documents(journal) != before), "an act is what changed something"
        if len(journal._done) > acts:
            states.append(documents(journal))
    for state in reversed(states[:-1]):
        assert journal.undo() is not None
        assert documents(journal) == state
    assert journal.undo() is None
    for state in states[1:]:
        assert journal.redo() is not None
        assert documents(journal) == state
    assert journal.redo() is None
    as_read = Journal(journal.vault, journal.clock)
    assert [shelf.by_id for shelf in journal.shelves] == [shelf.by_id for shelf in as_read.shelves]
    assert journal.circle.as_of(TODAY) == as_read.circle.as_of(TODAY)
    assert journal.pages.last_named() == as_read.pages.last_named()
    assert journal.pages.all() == as_read.pages.all()
    while journal.undo() is not None:
        pass


def test_undo_refuses_where_a_document_changed_since_and_goes_on_with_the_act_before(tmp_path: Path) -> None:
    clock = FrozenClock(EVENING)
    made = new_vault(tmp_path, clock)
    here = Journal(made.vault, clock)
    there = Journal(made.reopen(state=tmp_path / "other"), clock)
    here.choose("own_name", "Mo")
    page = here.keep_page(PageText(body="one")).made["entries"][0]
    there.refresh()
    there.keep_page(PageText(id=page, body="two"))
    here.refresh()
    with pytest.raises(Refused, match="changed again since"):
        here.undo()
    assert here.can_undo == "Choice"
    assert here.undo() is not None
    assert here.choices.own_name == ""
    assert here.can_undo is None


def test_a_new_act_ends_what_could_be_done_again(journal: Journal) -> None:
    journal.choose("own_name", "Mo")
    journal.undo()
    assert journal.can_redo == "Choice"
    journal.choose("own_name", "Jo")
    assert journal.can_redo is None
    assert journal.redo() is None


def test_what_changes_nothing_is_no_act_and_is_told_to_nobody(journal: Journal) -> None:
    journal.choose("own_name", "Mo")
    told: list[Event] = []
    journal.subscribe(told.append)
    assert not journal.choose("own_name", "Mo")
    assert not journal.choose("country", None)
    assert told == []
    journal.undo()
    assert journal.can_undo is None


def test_every_change_is_told_once_until_one_no_longer_listens(journal: Journal) -> None:
    told: list[Event] = []
    end = journal.subscribe(told.append)
    act = journal.add_alter("Bea")
    journal.undo()
    journal.redo()
    (bea,) = act.made["alters"]
    assert [one.origin for one in told] == [Origin.ACT, Origin.UNDONE, Origin.REDONE]
    assert all(("alters", bea) in one.changed and one.touches("facts") for one in told)
    assert not any(one.touches("meta") for one in told)
    end()
    end()
    journal.add_alter("Ana")
    assert len(told) == 3


def test_what_another_program_wrote_is_told_as_an_event(tmp_path: Path) -> None:
    clock = FrozenClock(EVENING)
    made = new_vault(tmp_path, clock)
    here, there = Journal(made.vault, clock), Journal(made.reopen(), clock)
    told: list[Event] = []
    here.subscribe(told.append)
    assert here.refresh() is None
    page = there.keep_page(PageText(body="from the other @Bea")).made["entries"][0]
    event = here.refresh()
    assert told == [event]
    assert event == Event("", (("entries", page),), Origin.ELSEWHERE)
    assert [one.id for one in here.pages.all()] == [page]
    assert here.can_undo is None


def test_a_save_after_a_pause_looks_first(tmp_path: Path) -> None:
    clock = FrozenClock(EVENING)
    made = new_vault(tmp_path, clock)
    here, there = Journal(made.vault, clock), Journal(made.reopen(), clock)
    there.choose("own_name", "Mo")
    here.choose("country", "PT")
    assert here.choices.own_name == ""
    clock.advance(11)
    here.choose("country", "DE")
    assert here.choices.own_name == "Mo"


def test_a_refused_save_leaves_the_journal_as_it_was(journal: Journal) -> None:
    journal.choose("own_name", "Mo")
    before = documents(journal)
    journal.vault.close()
    with pytest.raises(NotSaved):
        journal.choose("own_name", "Jo")
    with pytest.raises(NotSaved):
        journal.undo()
    assert (documents(journal), journal.can_undo, journal.choices.own_name) == (before, "Choice", "Mo")


# -- large acts ---------------------------------------------------------------------------------------------------


def test_what_was_taken_in_can_be_taken_back_after_a_restart(tmp_path: Path) -> None:
    clock = FrozenClock(EVENING)
    made = new_vault(tmp_path, clock)
    alters, facts, moments = circle_of(5)
    with Journal(made.vault, clock) as journal:
        journal.take_in("first", [replace(alters[0], notes="before")])
        before = documents(journal)
        act = journal.take_in("Import of a file", [*alters, *facts, *moments, entry("imported\x1b")])
        assert len(act.made["alters"]) == 4
    with Journal(made.reopen(), clock) as again:
        assert [one.label for one in again.kept_acts] == ["first", "Import of a file"]
        assert again.pages.all()[0].body == "imported"
        kept = next(one for one in again.kept_acts if one.label == "Import of a file")
        assert again.can_undo is None
        again.take_back(kept.id)
        assert documents(again) == before
        again.undo()
        assert len(again.alters) == 5
        with pytest.raises(NotFound):
            again.take_back("none")


def test_taking_back_is_refused_where_a_page_changed_since(journal: Journal) -> None:
    page = entry("imported")
    (kept,) = journal.take_in("Import", [page]).made["acts"]
    journal.keep_page(PageText(id=page.id, body="made my own"))
    with pytest.raises(Refused):
        journal.take_back(kept)
    assert len(journal.pages.all()) == 1


def test_taking_in_nothing_is_no_act(journal: Journal) -> None:
    assert not journal.take_in("Import", [])
    assert len(journal.kept_acts) == 0


# -- the vault's own words ----------------------------------------------------------------------------------------


def test_the_first_save_of_a_device_names_it_and_the_schema(tmp_path: Path) -> None:
    clock = FrozenClock(EVENING)
    made = new_vault(tmp_path, clock)
    here = Journal(made.vault, clock)
    assert len(here.meta) == 0, "opening writes nothing"
    act = here.choose("own_name", "Mo")
    assert [one.table for one in act.changes] == ["choices"]
    there = Journal(made.reopen(state=tmp_path / "other"), clock)
    there.choose("country", "PT")
    assert {one.id for one in there.meta} == {"schema", here.device, there.device}
    assert len(there.meta) == 3


def test_a_vault_of_a_later_schema_is_read_but_not_written(journal: Journal) -> None:
    journal.keep_page(PageText(body="mine"))
    journal.vault.commit([Change("meta", "schema", {"version": 99})])
    later = Journal(journal.vault, journal.clock)
    assert len(later.pages.all()) == 1
    with pytest.raises(NewerVault):
        later.keep_page(PageText(body="more"))


def test_documents_of_a_newer_version_are_passed_over_and_left_as_they_are(journal: Journal) -> None:
    strange = {"kind": "dragon", "name": "Smaug"}
    carried = {"kind": "person", "name": "Bea", "voice": "low"}
    journal.vault.commit([Change("alters", "d", strange), Change("alters", "b", carried), Change("spells", "s", {})])
    later = Journal(journal.vault, journal.clock)
    assert [one.name for one in later.alters.all()] == ["Bea"]
    assert later.alters.unread == {"d"}
    later.edit_alter(alter("Beatrice", id_="b"))
    assert later.vault.get("alters", "d") == strange
    assert later.vault.get("alters", "b") == carried | {"name": "Beatrice", "aliases": ["Bea"]}


# -- small things -------------------------------------------------------------------------------------------------


def test_check_ins_are_on_their_day(journal: Journal) -> None:
    journal.check_in(mood=4, feelings=("tired",), pulse=Pulse(heard=7))
    with pytest.raises(Misused):
        journal.check_in(pulse=Pulse(helped=11))
    (one,) = journal.checkins.on(TODAY)
    assert (one.mood, one.feelings, one.pulse, one.at) == (4, ("tired",), Pulse(heard=7), EVENING)
    assert journal.checkins.latest() == one


def test_a_next_step_is_open_until_it_is_done_or_let_go(journal: Journal) -> None:
    (late,) = journal.intend("Write to Ana").made["intentions"]
    (soon,) = journal.intend("Call Bea", due=TODAY).made["intentions"]
    assert [one.id for one in journal.intentions.open()] == [soon, late]
    journal.finish_intention(soon)
    journal.finish_intention(late, StepState.LET_GO)
    assert (journal.intentions.open(), len(journal.intentions.all())) == ([], 2)
    with pytest.raises(NotFound):
        journal.finish_intention("none")


def test_dates_ahead_come_next_first(journal: Journal) -> None:
    for days in (3, -1, 1):
        journal.appoint(EVENING + dt.timedelta(days=days), with_=f"in {days}")
    assert [one.with_ for one in journal.appointments.ahead(EVENING)] == ["in 1", "in 3"]
    date = journal.appointments.all()[0]
    journal.edit_appointment(replace(date, bring=("the list",)))
    assert journal.appointments.all()[0].bring == ("the list",)
    journal.throw_away("appointments", date.id)
    assert len(journal.appointments) == 2


def test_the_rest_is_kept_too(journal: Journal) -> None:
    assert journal.card == Card()
    journal.write_card(Card(words="It passed before."))
    assert journal.card.words == "It passed before."
    journal.keep_scale("own", "1", {"q": 2})
    journal.keep_snapshot("{}", as_of=TODAY, title="May", names="none")
    assert (journal.scale_results.all()[0].answers, journal.snapshots.all()[0].taken) == ({"q": 2}, EVENING)
    with pytest.raises(Misused):
        journal.throw_away("entries", "x")
    with pytest.raises(NotFound):
        journal.throw_away("snapshots", "x")
    with pytest.raises(NotFound):
        journal.star_line("none", "x")


def test_choices_fall_back_to_what_is_usual(journal: Journal) -> None:
    journal.choose("day_start", "nonsense")
    assert journal.choices.day_start == dt.time(4)
    journal.choose("day_start", None)
    assert journal.choices.value("day_start", "unset") == "unset"
    journal.choose("prompts_put_away", ["a", "b"])
    assert journal.choices.value("prompts_put_away") == ["a", "b"]
