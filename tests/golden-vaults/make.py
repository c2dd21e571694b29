"""Makes a golden vault: one of this version of the format, kept in the tests for ever and never made again.

    PYTHONPATH=tests python tests/golden-vaults/make.py 1.0

Two devices wrote it; it holds a page in two versions, a deletion, people and what they gave, a folded segment, a
keyfile beside the passphrase, and a note that waits in the inbox.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from kinship.ground.clock import FrozenClock
from kinship.journal.drafts import PageText
from kinship.journal.journal import Journal
from kinship.vault import Vault, create_vault, durable, notes, open_vault, sealing, slots, unlock
from kinship.vault.recovery import read_recovery
from kinship.vault.tidy import Order, tidy

HERE = Path(__file__).parent
PASSPHRASE = "nine blue teapots, gently stacked"
SECOND = "and a key file"
KEYFILE = bytes(range(256))
BEGAN = dt.datetime(2026, 11, 22, 20, 0, tzinfo=dt.UTC)
NAME = "journal.kinship"


class Device:
    """One computer with its own state, clock and copy of the vault."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path, self.state, self.name = folder / name / NAME, folder / name / "state", name
        self.clock = FrozenClock(BEGAN)

    def opened(self, vault: Vault) -> Journal:
        return Journal(vault, self.clock)

    def reopened(self) -> Vault:
        key = unlock(self.path, PASSPHRASE, state=self.state)
        return open_vault(self.path, key, state=self.state, clock=self.clock)

    def take_from(self, other: Device) -> None:
        shutil.copytree(other.path, self.path, dirs_exist_ok=True)


def be(name: str) -> None:
    """Let no name of the machine this runs on come into the vault."""
    told = os.uname()
    os.uname = lambda: os.uname_result((told.sysname, name, told.release, told.version, told.machine))


def make(folder: Path) -> None:
    """Write the vault, its secrets and what it holds into `folder`, which must not exist."""
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as place:
        laptop, phone = Device(Path(place), "laptop"), Device(Path(place), "phone")
        be("laptop")
        vault, text = create_vault(laptop.path, PASSPHRASE, state=laptop.state, clock=laptop.clock, cost=slots.FLOOR)
        first = write_on(laptop, vault)
        add_keyfile(vault, text)
        vault.close()
        phone.take_from(laptop)
        edit_on_both(laptop, phone, first)
        with phone.reopened() as last:
            documents = shown(last)
        key = unlock(phone.path, PASSPHRASE, state=phone.state)
        note = sealing.seal(notes.address_of(key), "Ask Bea about the boat.", BEGAN, "Europe/Berlin")
        sealing.put_in_inbox(phone.path, note)
        shutil.copytree(phone.path, folder / NAME)
    told = {
        "passphrase": PASSPHRASE,
        "second": {"passphrase": SECOND, "keyfile": KEYFILE.hex()},
        "recovery": text,
        "note": "Ask Bea about the boat.",
        "documents": documents,
    }
    (folder / "told.json").write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def write_on(device: Device, vault: Vault) -> str:
    """Write a few days, and return the id of the first page."""
    journal = device.opened(vault)
    (bea,) = journal.add_alter("Bea", aliases=("Beatrix",)).made["alters"]
    first = journal.keep_page(PageText(body="Met @Bea on the stairs. #home\n\nShe *listened*; Zoë laughed.", mood=2))
    journal.record_moment(bea, "listening", entry=first.made["entries"][0])
    device.clock.advance(86_400)
    gone = journal.keep_page(PageText(body="A page to be deleted.")).made["entries"][0]
    journal.keep_page(PageText(body="A long one.\n\n" + "The rain went on. " * 2_000, title="Rain"))
    journal.delete_page(gone)
    return first.made["entries"][0]


def add_keyfile(vault: Vault, text: str) -> None:
    kept = (vault.path / slots.FOLDER).iterdir()
    ids = [path.stem for path in kept]
    slot = slots.make_slot(
        read_recovery(text), bytes.fromhex(vault.id), SECOND, slots.FLOOR, os.urandom, keyfile=KEYFILE
    )
    durable.create_durable(vault.path / slots.FOLDER / f"{slot.id}{slots.ENDING}", slots.write_slot(slot))
    vault.note_slots([*ids, slot.id])


def edit_on_both(laptop: Device, phone: Device, page: str) -> None:
    """Edit one page on two devices at once, tidy on one of them, and bring both together on the phone."""
    for device in (laptop, phone):
        be(device.name)
        device.clock.advance(2 * 86_400)
        vault = device.reopened()
        journal = device.opened(vault)
        before = journal.pages.get(page)
        assert before is not None
        journal.keep_page(PageText(body=f"{before.body}\n\nAdded on the {device.name}.", id=page))
        journal.keep_page(PageText(body=f"Only from the {device.name}."))
        site = vault.site
        vault.close()
        if device is laptop:
            tidy(site, Order(asked=True))
    shutil.copytree(laptop.path / "log", phone.path / "log", dirs_exist_ok=True)


def shown(vault: Vault) -> dict[str, dict[str, list[object]]]:
    """Return table -> id -> what is shown of each document."""
    tables = sorted(table for table, documents in vault.live.items() if documents)
    return {table: {uid: list(vault.heads(table, uid)) for uid, _ in vault.all(table)} for table in tables}


if __name__ == "__main__":
    make(HERE / sys.argv[1])
