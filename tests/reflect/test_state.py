"""What choosing a prompt knows of a journal: only those are asked about who may be."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from builders.journals import new_journal
from kinship.journal.kinds import Kind
from kinship.journal.model import (
    Alter,
    AlterKind,
    Appointment,
    Bond,
    Card,
    CheckIn,
    Circle,
    Direction,
    Entry,
    Line,
    Moment,
    Ring,
    Status,
)
from kinship.reflect.packs import load_pack
from kinship.reflect.prompts import Condition, Rules
from kinship.reflect.selection import choose_today
from kinship.reflect.slots import SelectionState
from kinship.reflect.state import CONDITIONS, PUT_AWAY, SHOWN, gather, note_shown, selection_state

DAY = dt.date(2026, 11, 22)


def days_ago(n: int) -> dt.date:
    return DAY - dt.timedelta(days=n)


def at(day: dt.date, hour: int = 20) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), dt.UTC)


def bond(id_: str, *, kind: AlterKind = AlterKind.PERSON, **more: object) -> Bond:
    return Bond(alter=Alter(id=id_, kind=kind, name=id_.title()), **more)  # type: ignore[arg-type]


def page(n: int, names: tuple[str, ...] = (), **more: object) -> Entry:
    day = days_ago(n)
    named = {name.title(): name for name in names}
    return Entry(id=f"e{n}", at=at(day), zone="UTC", day=day, body="words", names=named, **more)  # type: ignore[arg-type]


def weight(n: int, strength: int | None = None) -> Moment:
    return Moment(
        id=f"m{n}", day=days_ago(n), alter="a", direction=Direction.FROM_THEM, kind=Kind.STRAIN, strength=strength
    )


def state(*bonds: Bond, entries: tuple[Entry, ...] = (), **more: object) -> SelectionState:
    circle = Circle(as_of=DAY, bonds=bonds, ties=())
    return gather(DAY, Rules(), circle=circle, entries=entries, **more)  # type: ignore[arg-type]


def people(told: SelectionState) -> list[str]:
    return [one.id for one in told.people]


def test_only_active_ties_are_asked_about() -> None:
    bonds = [bond(status.value, status=status, ring=Ring.INNER) for status in Status]
    assert people(state(*bonds)) == ["active"]


def test_a_tie_that_weighs_much_is_left_in_peace() -> None:
    assert people(state(bond("a", ring=Ring.INNER, strain={"drains": 3}))) == []
    assert people(state(bond("a", ring=Ring.INNER, strain={"drains": 1}))) == ["a"]
    assert people(state(bond("a", ring=Ring.INNER, moments=(weight(9, 3),)))) == []
    assert people(state(bond("a", ring=Ring.INNER, moments=(weight(9), weight(8), weight(7))))) == []


def test_somebody_who_never_comes_up_is_not_brought_up() -> None:
    assert people(state(bond("ana"), bond("bea"), entries=(page(3, ("bea",)),))) == ["bea"]
    assert people(state(bond("bea"), entries=(page(300, ("bea",)),))) == []


def test_keeping_in_touch_brings_somebody_back() -> None:
    told = state(bond("bea"), entries=(page(300, ("bea",)),), rhythms={"bea": 30})
    assert people(told) == ["bea"]
    assert told.people[0].rhythm == 30
    assert told.people[0].last == days_ago(300)


def test_places_and_online_circles_stand_wherever_a_group_does() -> None:
    told = state(*(bond(kind.value, kind=kind) for kind in AlterKind))
    assert {one.id for one in told.groups} == {"group", "place", "online"}
    assert [one.id for one in told.professionals] == ["professional"]


def test_a_professional_comes_with_the_next_appointment() -> None:
    told = state(
        bond("doc", kind=AlterKind.PROFESSIONAL), appointments=[Appointment(id="x", at=at(days_ago(-4)), alter="doc")]
    )
    assert told.professionals[0].appointment == days_ago(-4)
    assert told.appointments == (days_ago(-4),)


def test_lines_of_a_hidden_page_are_not_given_back() -> None:
    entries = (page(40), page(50, hidden_until=days_ago(-3)))
    lines = [Line(id="1", entry="e40", text="seen", day=days_ago(40)), Line(id="2", entry="e50", text="x", day=DAY)]
    assert [one.text for one in state(entries=entries, lines=lines).lines] == ["seen"]


def test_the_last_mood_of_a_day_counts_wherever_it_was_said() -> None:
    said = [CheckIn(id="c", at=at(days_ago(1), 22), day=days_ago(1), mood=3)]
    told = state(entries=(page(1, mood=8), page(2, mood=7)), checkins=said)
    assert told.moods == {days_ago(1): 3, days_ago(2): 7}


def test_switches_wear_off_by_themselves() -> None:
    assert set(CONDITIONS) == {"recent_loss", "recent_separation"}
    lost = {"recent_loss": days_ago(100).isoformat()}
    assert state(choices=lost).conditions == {Condition.RECENT_LOSS}
    assert state(choices={"recent_loss": days_ago(200).isoformat()}).conditions == frozenset()
    assert state(choices={"recent_loss": "nonsense"}).conditions == frozenset()


def test_the_rest_is_taken_as_it_is() -> None:
    told = state(
        entries=(page(2, ("bea",), prompt="val-01"),),
        card=Card(helps=("a walk",)),
        choices={PUT_AWAY: ["trt-01"]},
    )
    assert told.helps == ("a walk",)
    assert told.put_away == {"trt-01"}
    assert told.last_page == days_ago(2)
    assert [(one.prompt, one.alters) for one in told.answered] == [("val-01", frozenset({"bea"}))]


def test_what_was_shown_is_noted_once_a_day_and_stays_the_same_all_day(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    day = journal.today()
    for n in range(70):
        then = day + dt.timedelta(days=n)
        choice = choose_today(load_pack(), selection_state(journal, then), then)
        note_shown(journal, then, choice)
        note_shown(journal, then, choice)
        again = choose_today(load_pack(), selection_state(journal, then), then)
        assert choice is not None
        assert again is not None
        assert again.prompt.id == choice.prompt.id
    noted = selection_state(journal, day + dt.timedelta(days=69)).shown
    assert len(noted) == len({one.day for one in noted}) <= 64
    assert journal.can_undo is None


def test_a_note_of_what_was_shown_that_makes_no_sense_is_no_note() -> None:
    assert state(choices={SHOWN: ["x", 3]}).shown == ()
    assert state(choices={SHOWN: "x"}).shown == ()
