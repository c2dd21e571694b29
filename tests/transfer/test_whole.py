"""Everything as one JSON file, and back to an equal vault."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from builders import hostile
from builders.journals import EVENING, TODAY, entry, moment, new_journal
from builders.lived import lived
from kinship.demo.life import live
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import NewerVault, Refused
from kinship.journal.acts import change
from kinship.journal.codec import TYPES
from kinship.journal.journal import Journal, PageText
from kinship.transfer.whole import compare, keep, part, read, whole
from kinship.vault import Change

Everything = dict[str, dict[str, list[Any]]]


def everything(journal: Journal) -> Everything:
    """Return all versions of all documents, but for what a vault says of itself and of this computer."""
    vault = journal.vault
    return {
        table: {id_: [*sorted(map(repr, vault.heads(table, id_))), repr(told)] for id_, told in found.items()}
        for table, found in vault.live.items()
        if found and table not in {"meta", "unlocks"}
    }


def copied(journal: Journal, folder: Path) -> Journal:
    """Return a new journal of what the file of another holds."""
    made = new_journal(folder, FrozenClock(EVENING + dt.timedelta(days=1)), "copy")
    keep(made, compare(made, read(whole(journal, EVENING))))
    return made


def test_a_life_comes_back_equal(tmp_path: Path) -> None:
    journal = lived(tmp_path)
    life = live(seed=3, years=1, people=12, pages=40, as_of=TODAY)
    journal.take_in("A life", life.values())
    id_ = journal.keep_page(PageText(body="first")).made["entries"][0]
    journal.keep_page(PageText(id=id_, body="second"))
    journal.delete_page(journal.keep_page(PageText(body="gone")).made["entries"][0], kept=True)
    journal.choose("country", "DE")
    other = copied(journal, tmp_path)
    assert everything(other) == everything(journal)
    assert [one.name for one in other.alters.all()] == [one.name for one in journal.alters.all()]
    assert other.circle.as_of(TODAY) == journal.circle.as_of(TODAY)
    assert {one.id for one in journal.meta} <= {one.id for one in other.meta}


def test_what_was_remembered_can_still_be_taken_back(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    id_ = journal.keep_page(PageText(body="gone")).made["entries"][0]
    journal.delete_page(id_, kept=True)
    other = copied(journal, tmp_path)
    other.bring_back_page(id_)
    assert other.pages.by_id[id_].body == "gone"


def test_two_versions_side_by_side_stay_so(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    id_ = journal.keep_page(PageText(body="first")).made["entries"][0]
    document = journal.vault.get("entries", id_)
    assert document is not None
    journal.vault.commit([Change("entries", id_, document | {"body": "here"})])
    journal.vault.commit([Change("entries", id_, document | {"body": "there"}, began=())])
    journal = Journal(journal.vault, journal.clock)
    assert len(journal.vault.heads("entries", id_)) == 2
    other = copied(journal, tmp_path)
    assert everything(other) == everything(journal)
    assert other.pages.conflicts() == (id_,)
    assert other.pages.by_id[id_].body == journal.pages.by_id[id_].body


def test_documents_of_later_versions_are_carried(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.perform("", [change("entries", "e", {**_document(journal), "weather": {"sky": "grey\nor so"}})])
    journal.perform("", [change("dreams", "d", {"body": "two\nlines", "depth": 1.5, "none": None})])
    assert everything(copied(journal, tmp_path)) == everything(journal)


def _document(journal: Journal) -> dict[str, Any]:
    told = journal.put(entry("words")).document
    assert told is not None
    return told


TEXT = st.text(max_size=30)
LINES = st.lists(TEXT, max_size=3).map("\n".join)
IDS = st.sampled_from(("bea", "old-tom", "ana", "0f1e2d"))
DAYS = st.dates(dt.date(1700, 1, 1), dt.date(2200, 1, 1))
ZONES = st.sampled_from((dt.UTC, dt.timezone(dt.timedelta(hours=-5, minutes=-30)), dt.timezone(dt.timedelta(hours=14))))
TIMES = st.builds(dt.datetime.combine, DAYS, st.times(), ZONES)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 99) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
PLAIN: dict[object, st.SearchStrategy[Any]] = {
    str: LINES, int: st.integers(0, 10), bool: st.booleans(), dt.date: DAYS, dt.datetime: TIMES, Any: JSON,
    type(None): st.none(), float: st.floats(0, 10),
}  # fmt: skip


def any_of(hint: Any) -> st.SearchStrategy[Any]:
    """Return anything that a field of this type may hold."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if origin in (tuple, list):
        return st.lists(any_of(inner[0]), max_size=3).map(origin)
    if origin is dict:
        return st.dictionaries(TEXT, any_of(inner[1]), max_size=3)
    if origin in (Union, UnionType):
        return st.one_of(*map(any_of, inner))
    return st.sampled_from(list(hint)) if issubclass(hint, StrEnum) else a_value(hint)


def a_value(kind: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Return any value of a kind, each field filled by its type."""
    hints = get_type_hints(kind)
    fields = {name: IDS if name == "id" else any_of(hints[name]) for name in kind.__struct_fields__}
    return st.builds(kind, **fields)


KEPT = {table: kind for table, kind in sorted(TYPES.items()) if table != "meta"}
"""Everything a vault can hold, but for what it says of itself."""


@given(st.lists(st.one_of(*map(a_value, KEPT.values())), max_size=10))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_whatever_any_table_holds_comes_back_equal(values: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        journal = new_journal(Path(folder))
        journal.perform("Values", map(journal.put, values))
        other = copied(journal, Path(folder))
        assert everything(other) == everything(journal)
        other.close()
        journal.close()


@given(st.tuples(*map(a_value, KEPT.values())))
@settings(max_examples=1, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck))
def test_a_table_that_is_left_out_would_be_noticed(values: tuple[Any, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        journal = new_journal(Path(folder))
        journal.perform("Values", map(journal.put, values))
        for table in KEPT:
            told = read(whole(journal, EVENING))
            assert told.documents.pop(table)
            other = new_journal(Path(folder), name=f"without-{table}")
            keep(other, compare(other, told))
            assert everything(other) != everything(journal)
            other.close()
        journal.close()


def test_a_lost_page_would_be_noticed(tmp_path: Path) -> None:
    journal = lived(tmp_path)
    told = read(whole(journal, EVENING))
    told.documents["alters"].popitem()
    other = new_journal(tmp_path, name="copy")
    keep(other, compare(other, told))
    assert everything(other) != everything(journal)


def test_nothing_comes_twice_and_what_is_here_stays(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    id_ = journal.keep_page(PageText(body="theirs")).made["entries"][0]
    told = read(whole(journal, EVENING))
    journal.keep_page(PageText(id=id_, body="mine"))
    again = compare(journal, told)
    assert (again.new, again.same, again.different) == ((), 0, 1)


def test_into_a_journal_with_pages_it_can_be_taken_back(tmp_path: Path) -> None:
    journal, other = lived(tmp_path), new_journal(tmp_path, name="other")
    other.keep_page(PageText(body="mine"))
    before = everything(other)
    kept = keep(other, compare(other, read(whole(journal, EVENING))))
    assert everything(other) != before
    other.take_back(kept)
    assert everything(other) == before


def test_a_part_has_what_belongs_to_its_pages_and_nothing_else(tmp_path: Path) -> None:
    journal = lived(tmp_path)
    wanted = entry("with Bea", names={"Bea": "bea"}, id_="e1")
    journal.take_in("Pages", [wanted, entry("with Ana", names={"Ana": "ana"}, id_="e2"), moment("lee", entry="e1")])
    told = json.loads(part(journal, [wanted], EVENING))
    assert told["complete"] is False
    assert set(told["documents"]) == {"entries", "alters", "facts", "moments"}
    assert set(told["documents"]["entries"]) == {"e1"}
    assert set(told["documents"]["alters"]) == {"bea", "lee"}
    assert all(set(one["subject"]) <= {"bea", "lee"} for one in told["documents"]["facts"].values())


def _file(**fields: Any) -> bytes:
    head = {"format": "kinship-journal", "version": 1, "schema": 1, "documents": {}, "beside": {}}
    return json.dumps(head | fields).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xfe", b"[1]", b"{}", b"[" * 200_000, b'{"format": "kinship-journal"', _file(format="other"),
        _file(documents=[]), _file(documents={"entries": []}), _file(documents={"entries": {"e": 1}}),
        _file(documents={"entries": {"e": {"body": 1}}}), _file(documents={"entries": {"": {}}}),
        _file(documents={"a\nb": {"e": {}}}), _file(documents={"entries": {"../\u202e": {}}}),
        _file(documents={"unlocks": {"e": {}}}), _file(documents={"dreams": {"d": {"n": float("inf")}}}),
        _file(beside={"entries": {"e": 1}}), _file(documents={"choices": {"x" * 300: {"value": 1}}}),
    ],
)  # fmt: skip
def test_a_broken_or_other_file_is_refused_whole(data: bytes) -> None:
    with pytest.raises(Refused) as told:
        read(data)
    assert len(str(told.value)) < 200


def test_a_later_file_is_refused_as_such() -> None:
    for later in ({"version": 2}, {"schema": 99}):
        with pytest.raises(NewerVault):
            read(_file(**later))


@pytest.mark.parametrize("name", sorted(hostile.corpus()))
def test_hostile_texts_in_a_file_are_cleaned_or_refused(tmp_path: Path, name: str) -> None:
    words = hostile.corpus()[name]
    page = {"at": EVENING.isoformat(), "zone": "UTC", "day": "2024-05-03", "body": words, "title": words, words: words}
    told = read(_file(documents={"entries": {"e": page}}))
    journal = new_journal(tmp_path)
    keep(journal, compare(journal, told))
    (kept,) = journal.pages.all()
    assert hostile.obeyed_in(kept.body.replace("\n", "").replace("\t", "")) == []
    assert hostile.obeyed_in(kept.title or "") == []
    assert hostile.obeyed_in(whole(journal, EVENING).decode("ascii").replace("\n", "")) == []


@pytest.mark.parametrize("name", sorted({*hostile.CONTROLS} - {"pair of surrogates"}))
def test_hostile_names_of_tables_and_ids_are_refused_and_not_repeated(name: str) -> None:
    words = hostile.CONTROLS[name]
    wrong: list[dict[str, Any]] = [{words: {"x": {}}}, {"entries": {words: {}}}, {words: 1}]
    for told in wrong:
        with pytest.raises(Refused) as error:
            read(_file(documents=told))
        assert hostile.obeyed_in(str(error.value)) == []
