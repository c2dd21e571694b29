"""Documents and values: nothing is lost on the way, and what a newer version wrote stays."""

from __future__ import annotations

import datetime as dt
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.journals import EVENING, TODAY, alter, entry, fact, moment
from kinship.journal.codec import TYPES, table_of, to_document, to_value
from kinship.journal.model import (
    Appointment,
    Card,
    CheckIn,
    Intention,
    Line,
    Note,
    Pulse,
    Revision,
    ScaleResult,
    Snapshot,
    StepState,
    Template,
)
from kinship.journal.records import Choice, Former, KeptAct, Meta

ONE_OF_EACH = (
    entry("# Day\n\nwith @Bea", mood=0, stress=10, feelings=("glad",), tags=("calm",), names={"Bea": "b"}, starred=True,
          hidden_until=TODAY, prompt="p", topic="t", title="T", journal="work"),
    Note(id="n", at=EVENING, zone="UTC", body="two\nlines"),
    Revision(id="r", entry="e", at=EVENING, device="d", title=None, body="was"),
    alter("Bea", aliases=("B",), pronouns="she", birthday="--05-03", notes="two\nlines", merged_into="x"),
    fact(("b", "a"), "knows", 2),
    fact("b", "ring", None),
    moment("b", "listening", strength=3, entry="e"),
    CheckIn(id="c", at=EVENING, day=TODAY, mood=5, pulse=Pulse(heard=0, belonging=7)),
    Intention(id="i", text="write", made=TODAY, state=StepState.LET_GO, due=TODAY, when_where="tea\nhome"),
    Appointment(id="a", at=EVENING, with_="Dr Okonkwo", bring=("the list", "the letter")),
    Line(id="l", entry="e", text="a line", day=TODAY),
    Card(people=("Bea",), words="you did\nthis before"),
    ScaleResult(id="s", pack="own", version="1", day=TODAY, answers={"q1": 3, "q2": None}),
    Snapshot(id="n", as_of=TODAY, taken=EVENING, title="May", names="none", map='{"a": 1}'),
    Template(id="t", name="Morning", body="# {day}\n\nslept: ", journal="mornings"),
    KeptAct(id="k", label="Import", at=EVENING, formers=(Former("entries", "e", None, "ff"),)),
    Choice(id="day_start", value="05:00"),
    Meta(id="schema", version=1, migrations=("a",)),
)  # fmt: skip


@pytest.mark.parametrize("value", ONE_OF_EACH, ids=lambda value: type(value).__name__)
def test_every_value_comes_back_from_its_document_as_it_was(value: msgspec.Struct) -> None:
    document = to_document(value)
    as_read = json.loads(json.dumps(document))
    assert as_read == document, "a document is the same before and after it was on disk"
    assert to_value(type(value), value.id, as_read) == value  # type: ignore[attr-defined]


def test_every_table_has_a_value_that_the_tests_know() -> None:
    assert {table_of(value) for value in ONE_OF_EACH} == set(TYPES)


def test_a_document_has_no_id_and_leaves_out_what_is_usual() -> None:
    assert to_document(alter("Bea")) == {"kind": "person", "name": "Bea"}


def test_fields_of_a_newer_version_are_carried_through_an_edit() -> None:
    former = {"kind": "person", "name": "Bea", "notes": "gone", "voice": {"pitch": [1, 2]}}
    assert to_document(alter("Beatrice"), former) == {
        "kind": "person",
        "name": "Beatrice",
        "voice": {"pitch": [1, 2]},
    }


def test_fields_of_a_newer_version_are_carried_inside_a_pulse() -> None:
    former = {"at": "x", "day": "y", "pulse": {"heard": 1, "rested": 4}}
    document = to_document(CheckIn(id="c", at=EVENING, day=TODAY, pulse=Pulse(heard=2)), former)
    assert document["pulse"] == {"heard": 2, "helped": None, "belonging": None, "rested": 4}


def test_text_is_cleaned_whoever_it_came_from() -> None:
    page = entry("one\r\ntwo\x1b[31m", title="a\nb\x07", tags=("x\u202ey",))
    document = to_document(page)
    assert (document["body"], document["title"], document["tags"]) == ("one\ntwo[31m", "a b", ["xy"])


def test_a_lone_surrogate_cannot_stop_a_document_from_being_written() -> None:
    msgspec.json.encode(to_document(entry("\ud800 half", names={"\udfff": "b"})))


@given(st.datetimes(timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=5, minutes=45))])))
def test_an_instant_keeps_its_offset(at: dt.datetime) -> None:
    page = entry(at=at)
    back = to_value(type(page), page.id, to_document(page))
    assert back.at == at
    assert back.at.utcoffset() == at.utcoffset()
