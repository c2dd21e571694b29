"""Golden vaults: what any released version wrote is opened by every later one, for ever."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from kinship.ground.clock import FrozenClock
from kinship.journal.journal import Journal
from kinship.vault import Key, Vault, open_vault, reader, unlock, unlock_with_recovery

FOLDER = Path(__file__).parent.parent / "golden-vaults"
VERSIONS = sorted(path.name for path in FOLDER.iterdir() if (path / "told.json").is_file())
NAME = "journal.kinship"
LATER = FrozenClock(dt.datetime(2031, 5, 3, 12, 0, tzinfo=dt.UTC))


class Golden:
    """A copy of a golden vault, and what is told of it."""

    def __init__(self, version: str, folder: Path) -> None:
        self.told: dict[str, Any] = json.loads((FOLDER / version / "told.json").read_bytes())
        self.path, self.state = folder / NAME, folder / "state"
        shutil.copytree(FOLDER / version / NAME, self.path)

    def key(self) -> Key:
        return unlock(self.path, self.told["passphrase"], state=self.state)

    def opened(self, key: Key) -> Vault:
        return open_vault(self.path, key, state=self.state, clock=LATER)


def shown(vault: Vault) -> dict[str, dict[str, list[object]]]:
    tables = [table for table, documents in vault.live.items() if documents]
    return {table: {uid: list(vault.heads(table, uid)) for uid, _ in vault.all(table)} for table in tables}


def test_this_version_has_its_golden_vault() -> None:
    assert "1.0" in VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_every_secret_opens_a_golden_vault_and_shows_what_was_written(tmp_path: Path, version: str) -> None:
    golden = Golden(version, tmp_path)
    second = golden.told["second"]
    keyfile = bytes.fromhex(second["keyfile"])
    keys = (
        golden.key(),
        unlock(golden.path, second["passphrase"], state=golden.state, keyfile=keyfile),
        unlock_with_recovery(golden.path, golden.told["recovery"], state=golden.state),
    )
    for key in keys:
        with golden.opened(key) as vault:
            assert shown(vault) == golden.told["documents"]
            assert {notice.what for notice in vault.notices} <= {"readme"}
            assert len(vault.conflicts()) == 1


@pytest.mark.parametrize("version", VERSIONS)
def test_the_stand_alone_reader_opens_a_golden_vault(tmp_path: Path, version: str) -> None:
    golden = Golden(version, tmp_path)
    second = golden.told["second"]
    for secret, keyfile in (
        (golden.told["passphrase"], None),
        (second["passphrase"], bytes.fromhex(second["keyfile"])),
        (golden.told["recovery"], None),
    ):
        reading = reader.Reading(golden.path, secret, keyfile)
        assert reading.documents() == golden.told["documents"]
        assert [note["body"] for note in reading.notes()] == [golden.told["note"]]
        assert reading.findings == []


@pytest.mark.parametrize("version", VERSIONS)
def test_a_golden_vault_can_still_be_written_as_a_journal(tmp_path: Path, version: str) -> None:
    golden = Golden(version, tmp_path)
    with golden.opened(golden.key()) as vault:
        journal = Journal(vault, LATER)
        pages = len(list(journal.pages.all()))
        assert [alter.name for alter in journal.alters.all()] == ["Bea"]
        journal.add_alter("Zoë")
        assert pages == len(golden.told["documents"]["entries"])
    with golden.opened(golden.key()) as vault:
        assert len(list(Journal(vault, LATER).alters.all())) == 2
