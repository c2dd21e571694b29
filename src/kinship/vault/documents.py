"""TinyDB on the vault: its whole document interface, with writes that touch only the documents concerned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, NoReturn, cast

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document as TinyDocument
from tinydb.table import Table

from kinship.vault.values import Change, Document, new_id
from kinship.vault.vault import Vault, copy_document

if TYPE_CHECKING:
    Fields = Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None]


class VaultStorage(Storage):
    """Hands TinyDB the live documents; writing goes through the vault's transactions only."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault

    def read(self) -> dict[str, dict[str, Any]]:
        return self.vault.live

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:
        del data
        raise NotImplementedError("a vault is never rewritten as a whole")

    def close(self) -> None:
        self.vault.close()


class VaultDocument(TinyDocument):
    """A document of its own: changing it changes nothing in the vault."""

    def __init__(self, value: Mapping[str, Any], doc_id: Any) -> None:
        super().__init__(copy_document(dict(value)), doc_id)


class VaultTable(Table):
    """One table; each call that changes something is one durable transaction.

    Ids are strings. Raises NotSaved where the disk refuses; then nothing changed.
    """

    document_class = VaultDocument
    document_id_class = str  # type: ignore[assignment]
    default_query_cache_capacity = 0

    def __init__(self, storage: VaultStorage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        del cache_size, persist_empty
        super().__init__(storage, name, cache_size=0)
        self._vault = storage.vault

    def _live(self) -> dict[str, Document]:
        return self._vault.live.get(self.name, {})

    def _commit(self, documents: Mapping[str, Document | None]) -> None:
        self._vault.commit([Change(self.name, uid, document) for uid, document in documents.items()])

    def __iter__(self) -> Iterator[TinyDocument]:
        return iter([VaultDocument(document, uid) for uid, document in list(self._live().items())])

    def get(  # type: ignore[override]
        self, cond: QueryLike | None = None, doc_id: str | None = None, doc_ids: list[str] | None = None
    ) -> Any:
        return super().get(cond, cast("int", doc_id), cast("list[Any]", doc_ids))

    def insert(self, document: Mapping[str, Any]) -> str:  # type: ignore[override]
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[str]:  # type: ignore[override]
        live = self._live()
        puts: dict[str, Document | None] = {}
        for document in documents:
            if not isinstance(document, Mapping):
                raise ValueError("Document is not a Mapping")  # noqa: TRY004 - as TinyDB does
            uid = str(document.doc_id) if isinstance(document, TinyDocument) else new_id()
            if uid in live or uid in puts:
                raise ValueError(f"Document with ID {uid} already exists")
            puts[uid] = dict(document)
        self._commit(puts)
        return list(puts)

    def update(  # type: ignore[override]
        self, fields: Fields, cond: QueryLike | None = None, doc_ids: Iterable[str] | None = None
    ) -> list[str]:
        found = self._found(cond, doc_ids)
        puts: dict[str, Document | None] = {}
        for uid in found:
            puts[uid] = _with(puts.get(uid) or self._live()[uid], fields)
        self._commit(puts)
        return found

    def update_multiple(self, updates: Iterable[tuple[Fields, QueryLike]]) -> list[str]:  # type: ignore[override]
        told = list(updates)
        changed: list[str] = []
        puts: dict[str, Document | None] = {}
        for uid, document in self._live().items():
            now = document
            for fields, cond in told:
                if cond(now):
                    changed.append(uid)
                    puts[uid] = now = _with(now, fields)
        self._commit(puts)
        return changed

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[str]:  # type: ignore[override]
        doc_ids = [str(document.doc_id)] if isinstance(document, TinyDocument) else None
        if doc_ids is None and cond is None:
            raise ValueError("If you don't specify a search query, you must specify a doc_id.")
        return self.update(document, cond, doc_ids) or [self.insert(document)]

    def remove(  # type: ignore[override]
        self, cond: QueryLike | None = None, doc_ids: Iterable[str] | None = None
    ) -> list[str]:
        if cond is None and doc_ids is None:
            raise RuntimeError("Use truncate() to remove all documents")
        found = self._found(cond, doc_ids)
        self._commit(dict.fromkeys(found))
        return found

    def truncate(self) -> None:
        self._commit(dict.fromkeys(list(self._live())))

    def _found(self, cond: QueryLike | None, doc_ids: Iterable[str] | None) -> list[str]:
        live = self._live()
        if doc_ids is not None:
            return [str(uid) for uid in doc_ids if str(uid) in live]
        return [uid for uid, document in live.items() if cond is None or cond(document)]

    def _update_table(self, updater: Callable[[dict[Any, Any]], None]) -> NoReturn:
        del updater
        raise NotImplementedError("a vault is never rewritten as a whole")


def _with(document: Document, fields: Fields) -> Document:
    changed: Document = copy_document(document)
    if callable(fields):
        fields(changed)
    else:
        changed.update(copy_document(dict(fields)))
    return changed


class VaultDB(TinyDB):
    """The vault as a TinyDB: `vault.db.table("entries").search(...)`."""

    table_class = VaultTable  # type: ignore[assignment]
    default_storage_class = VaultStorage  # type: ignore[assignment]

    def __init__(self, vault: Vault) -> None:
        super().__init__(vault)
        self._vault = vault

    def table(self, name: str, **_: Any) -> VaultTable:
        return cast("VaultTable", super().table(name))

    def drop_table(self, name: str) -> None:
        self.table(name).truncate()
        self._tables.pop(name, None)

    def drop_tables(self) -> None:
        live = self._vault.live
        self._vault.commit([Change(table, uid, None) for table in live for uid in live[table]])
        self._tables.clear()
