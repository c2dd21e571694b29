"""Everything as one JSON file, and back to an equal vault."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import hostile
from builders.journals import EVENING, TODAY, alter, entry, fact, moment, new_journal
from builders.lived import lived
from kinship.demo.life import live
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import NewerVault, Refused
from kinship.journal.acts import change
from kinship.journal.journal import Journal, PageText
from kinship.journal.model import Line, Revision
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
IDS = st.sampled_from(("bea", "old-tom", "ana"))
VALUES = st.one_of(
    st.builds(
        entry, TEXT, title=st.none() | TEXT, mood=st.none() | st.integers(0, 10),
        tags=st.lists(TEXT, max_size=2).map(tuple), names=st.dictionaries(TEXT, IDS, max_size=2), starred=st.booleans(),
    ),
    st.builds(alter, TEXT.filter(bool), id_=IDS, aliases=st.lists(TEXT, max_size=2).map(tuple), notes=TEXT),
    st.builds(fact, IDS, st.just("gives.listening"), st.integers(1, 3) | st.none()),
    st.builds(moment, IDS, st.sampled_from(("listening", "strain", "money"))),
    st.builds(Line, id=IDS, entry=IDS, text=TEXT, day=st.just(TODAY)),
    st.builds(Revision, id=IDS, entry=IDS, at=st.just(EVENING), device=st.just("d"), title=st.none() | TEXT, body=TEXT),
)  # fmt: skip


@given(st.lists(VALUES, max_size=12))
@settings(max_examples=40, deadline=None)
def test_any_journal_comes_back_equal(values: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        journal = new_journal(Path(folder))
        journal.take_in("Values", values)
        other = copied(journal, Path(folder))
        assert everything(other) == everything(journal)
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
