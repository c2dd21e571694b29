"""The naive ways to keep a journal, for comparison: a TinyDB JSON file, and the whole file in one Fernet token."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from tinydb import TinyDB, where
from tinydb.table import Document

Pages = dict[str, dict[str, Any]]


class JsonFile:
    """TinyDB with its own storage, nothing encrypted."""

    name = "a TinyDB JSON file"

    def __init__(self, folder: Path, pages: Pages) -> None:
        self.path = folder / "journal.json"
        self.path.write_text(json.dumps({"entries": dict(enumerate(pages.values(), 1))}))
        self.table = TinyDB(self.path).table("entries")
        self.last = len(pages)

    def load(self) -> int:
        return len(TinyDB(self.path).table("entries"))

    def save(self, page: dict[str, Any]) -> None:
        self.last += 1
        self.table.insert(Document(page, self.last))

    def edit(self, page: dict[str, Any]) -> None:
        self.table.update(page, doc_ids=[1])

    def search(self, word: str) -> int:
        return len(self.table.search(where("body").test(lambda body: word in str(body).casefold())))


class OneToken:
    """Every page in one JSON text in one Fernet token, written anew at each save."""

    name = "one Fernet token"

    def __init__(self, folder: Path, pages: Pages) -> None:
        self.path = folder / "journal.fernet"
        self.cipher = Fernet(Fernet.generate_key())
        self.pages = dict(pages)
        self._write()

    def _write(self) -> None:
        self.path.write_bytes(self.cipher.encrypt(json.dumps(self.pages).encode()))

    def load(self) -> int:
        return len(json.loads(self.cipher.decrypt(self.path.read_bytes())))

    def save(self, page: dict[str, Any]) -> None:
        self.pages[f"new {len(self.pages)}"] = page
        self._write()
