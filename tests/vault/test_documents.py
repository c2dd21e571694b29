"""TinyDB on the vault: equal to stock TinyDB under any operations, and each call one durable transaction."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb import operations as change
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from builders.vaults import Made, new_vault
from kinship.ground.errors import NotSaved
from kinship.vault import Vault, durable
from kinship.vault.documents import VaultDocument, VaultTable
from kinship.vault.vault import copy_document


class StockTable(Table):
    document_id_class = str  # type: ignore[assignment]


class Stock(TinyDB):
    table_class = StockTable


Step = tuple[Any, ...]

documents = st.fixed_dictionaries(
    {"a": st.integers(0, 4)},
    optional={"b": st.text(st.characters(codec="utf-8"), max_size=4), "t": st.lists(st.integers(0, 3), max_size=2)},
)
ids = st.sampled_from(["i1", "i2", "i3", "i4"])
several = st.lists(ids, max_size=3, unique=True)
steps: st.SearchStrategy[list[Step]] = st.lists(
    st.one_of(
        st.tuples(st.just("insert"), ids, documents),
        st.tuples(
            st.just("insert_multiple"), st.lists(st.tuples(ids, documents), max_size=3, unique_by=lambda one: one[0])
        ),
        st.tuples(st.just("update_where"), st.integers(0, 4), documents),
        st.tuples(st.just("update_ids"), several, documents),
        st.tuples(st.just("update_all"), documents),
        st.tuples(st.just("operation"), st.sampled_from(["increment", "set", "delete"]), st.integers(0, 4)),
        st.tuples(st.just("update_multiple"), st.integers(0, 4), documents),
        st.tuples(st.just("upsert"), ids, documents),
        st.tuples(st.just("upsert_where"), st.integers(0, 4), documents),
        st.tuples(st.just("remove_where"), st.integers(0, 4)),
        st.tuples(st.just("remove_ids"), several),
        st.tuples(st.just("truncate")),
        st.tuples(st.just("search"), st.integers(0, 4)),
        st.tuples(st.just("get"), ids),
        st.tuples(st.just("count"), st.integers(0, 4)),
    ),
    max_size=12,
)

OPERATIONS = {"increment": change.increment("a"), "set": change.set("b", "z"), "delete": change.delete("a")}


def do(table: Table, step: Step) -> Any:
    name, told = step[0], copy_document(list(step[1:]))
    acts: dict[str, Callable[[], Any]] = {
        "insert": lambda: table.insert(VaultDocument(told[1], told[0])),
        "insert_multiple": lambda: table.insert_multiple([VaultDocument(document, uid) for uid, document in step[1]]),
        "update_where": lambda: table.update(told[1], where("a") == told[0]),
        "update_ids": lambda: table.update(told[1], doc_ids=told[0]),
        "update_all": lambda: table.update(told[0]),
        "operation": lambda: table.update(OPERATIONS[told[0]], where("a") == told[1]),
        "update_multiple": lambda: table.update_multiple(
            [(told[1], where("a") == told[0]), ({"q": 1}, where("a") == 2)]
        ),
        "upsert": lambda: table.upsert(VaultDocument(told[1], told[0])),
        "upsert_where": lambda: sorted(table.upsert(VaultDocument(told[1], "i1"), where("a") == told[0])),
        "remove_where": lambda: table.remove(where("a") == told[0]),
        "remove_ids": lambda: table.remove(doc_ids=told[0]),
        "truncate": table.truncate,
        "search": lambda: contents(table.search(where("a") == told[0])),
        "get": lambda: table.get(doc_id=told[0]),
        "count": lambda: table.count(where("a") == told[0]),
    }
    try:
        outcome = acts[name]()
    except (ValueError, KeyError) as error:
        return type(error)
    return sorted(outcome, key=repr) if isinstance(outcome, list) else outcome


def contents(found: Any) -> list[tuple[str, str]]:
    return sorted((str(one.doc_id), repr(sorted(one.items(), key=repr))) for one in found)


def difference(ours: Table, sequence: list[Step]) -> str | None:
    """Return where our table and stock TinyDB part, None where they agree throughout."""
    stock = Stock(storage=MemoryStorage).table(ours.name)
    for step in sequence:
        half_done = step[0] == "insert_multiple" and any(uid in stock for uid, _ in step[1])
        told, expected = do(ours, step), do(stock, step)
        if told != expected and not half_done:
            return f"{step}: {told} instead of {expected}"
        if half_done:
            return None
        if contents(ours.all()) != contents(stock.all()) or len(ours) != len(stock):
            return f"{step}: {contents(ours.all())} instead of {contents(stock.all())}"
    return None


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    one = new_vault(tmp_path_factory.mktemp("tinydb"))
    yield one
    one.vault.close()


fresh = itertools.count()


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps)
def test_a_table_behaves_as_stock_tinydb_does(made: Made, sequence: list[Step]) -> None:
    table = made.vault.db.table(f"table{next(fresh)}")
    assert difference(table, sequence) is None


def test_the_comparison_finds_a_table_that_updates_too_much(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    sequence: list[Step] = [
        ("insert", "i1", {"a": 1}),
        ("insert", "i2", {"a": 2}),
        ("update_where", 1, {"b": "new"}),
    ]
    assert difference(made.vault.db.table("right"), sequence) is None
    monkeypatch.setattr(VaultTable, "_found", lambda table, *_: list(table._live()))
    assert difference(made.vault.db.table("wrong"), sequence) is not None


def test_what_tables_were_told_is_there_after_reopening(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    table = made.vault.db.table("entries")
    uid = table.insert({"a": 1, "names": {"Bea": "x"}})
    table.insert(VaultDocument({"a": 2}, "gone"))
    table.update({"b": "y"}, where("a") == 1)
    table.remove(doc_ids=["gone"])
    made.vault.db.close()
    found = made.reopen().db.table("entries").all()
    assert contents(found) == contents([VaultDocument({"a": 1, "names": {"Bea": "x"}, "b": "y"}, uid)])


def frames(vault: Vault) -> int:
    return next(iter(vault._session.seen().values()))[0]


def test_each_call_is_one_transaction_and_touches_only_its_documents(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    table = made.vault.db.table("entries")
    table.insert_multiple([{"a": number} for number in range(5)])
    before = frames(made.vault)
    table.update({"b": 1}, where("a") == 3)
    table.upsert({"a": 9}, where("a") == 9)
    table.remove(where("a") == 0)
    table.remove(where("a") == 77)
    assert frames(made.vault) == before + 3


def test_what_a_table_gives_out_is_a_copy(tmp_path: Path) -> None:
    table = new_vault(tmp_path).vault.db.table("entries")
    table.insert(VaultDocument({"tags": ["one"]}, "a"))
    for found in (table.get(doc_id="a"), table.all()[0], table.search(where("tags").exists())[0], *table):
        assert isinstance(found, Document)
        found["tags"].append("two")
        found["new"] = 1
    assert table.all() == [{"tags": ["one"]}]


def test_a_query_is_answered_anew_after_another_writer(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    table = made.vault.db.table("entries")
    other = made.reopen()
    assert table.search(where("a") == 1) == []
    other.db.table("entries").insert({"a": 1})
    made.vault.refresh()
    assert table.search(where("a") == 1) == [{"a": 1}]


def test_a_refused_write_never_appears_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = new_vault(tmp_path)
    table = made.vault.db.table("entries")
    table.insert(VaultDocument({"a": 1}, "i1"))

    def full(*_: object) -> None:
        raise OSError(28, "no space left")

    with monkeypatch.context() as patched:
        patched.setattr(durable, "write_all", full)
        for act in (
            lambda: table.insert({"a": 2}),
            lambda: table.update({"a": 2}),
            lambda: table.remove(doc_ids=["i1"]),
            table.truncate,
        ):
            with pytest.raises(NotSaved):
                act()
            assert table.all() == [{"a": 1}]
    table.update({"a": 3})
    assert made.reopen().get("entries", "i1") == {"a": 3}


def test_a_rewrite_of_the_whole_is_never_let_through(tmp_path: Path) -> None:
    database = new_vault(tmp_path).vault.db
    with pytest.raises(NotImplementedError):
        database.table("entries")._update_table(lambda table: table.clear())
    with pytest.raises(NotImplementedError):
        database.storage.write({})


def test_dropping_tables_deletes_their_documents(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    database = made.vault.db
    for name in ("one", "two", "three"):
        database.table(name).insert({"a": name})
    database.drop_table("one")
    assert (len(database.table("one")), len(database.table("two"))) == (0, 1)
    database.drop_tables()
    again = made.reopen()
    assert [list(again.all(name)) for name in ("one", "two", "three")] == [[], [], []]
