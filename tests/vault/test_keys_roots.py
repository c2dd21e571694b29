"""What opens a vault: which slot is tried when, what is asked first, and the copies this computer keeps."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import msgspec
import pytest

from builders.keys import NEW, TERMS, Memory, opens, root_of
from builders.vaults import CHEAP, PASSPHRASE, Made, new_vault
from kinship.ground.errors import Damaged, KinshipError, NotFound, NotSaved, WrongPassphrase
from kinship.vault import Change, KdfCost, crypto, key_copies, open_vault, slots, unlock, unlocks
from kinship.vault.roots import Terms, copies_would_do, root_by_device, root_by_passphrase, root_by_sheet
from kinship.vault.slots import TooHeavy, make_slot, write_slot
from kinship.vault.unlocks import ELSEWHERE, VALID, add_device, add_passphrase, remove_unlock

KEYFILE = b"the second factor"


def add(made: Made, passphrase: str, *, keyfile: bytes | None = None) -> str:
    root = root_of(made)
    with made.reopen() as vault:
        return add_passphrase(vault, root, passphrase, keyfile=keyfile, cost=CHEAP)


def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list that every slot which is tried from now on is added to."""
    told: list[str] = []
    real = slots.open_slot

    def watched(slot: slots.Slot, passphrase: str, keyfile: bytes | None = None) -> bytes | None:
        told.append(slot.id)
        return real(slot, passphrase, keyfile)

    monkeypatch.setattr(slots, "open_slot", watched)
    return told


def test_the_slot_that_opened_last_is_tried_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = new_vault(tmp_path)
    ids = {f"passphrase {number}": add(made, f"passphrase {number}") for number in range(4)}
    order = tried(monkeypatch)
    for passphrase, id_ in ids.items():
        root_of(made, passphrase)
        order.clear()
        root_of(made, passphrase)
        assert order == [id_]


def test_what_is_remembered_of_the_last_slot_is_only_a_hint(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    for nonsense in (b"", b"../../etc/passwd", b"\xff" * 70, b"ffff"):
        (made.state / made.vault.id / key_copies.LAST).write_bytes(nonsense)
        assert opens(made, PASSPHRASE)


def test_a_keyfile_given_in_vain_does_not_hide_a_passphrase(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    assert opens(made, PASSPHRASE, keyfile=KEYFILE)


def test_without_its_keyfile_the_vault_says_what_is_missing(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    (first,) = (one.id for one in unlocks.unlocks(made.vault))
    add(made, NEW, keyfile=KEYFILE)
    with pytest.raises(WrongPassphrase, match="or its keyfile is missing"):
        root_of(made, "neither")
    remove_unlock(made.vault, first)
    with pytest.raises(WrongPassphrase, match="wants its keyfile"):
        root_of(made, NEW)
    with pytest.raises(WrongPassphrase, match="Passphrase and keyfile"):
        root_of(made, NEW, keyfile=b"another")
    assert opens(made, NEW, keyfile=KEYFILE)
    assert root_by_sheet(made.path, made.recovery).key().master == root_of(made, NEW, keyfile=KEYFILE).key().master


def heavy_slot(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave one slot in the vault, which says that it takes 2 GiB; deriving it costs nothing here."""
    real = crypto.argon2id
    monkeypatch.setattr(crypto, "argon2id", lambda words, salt, _m, _t, lanes: real(words, salt, 64, 1, lanes))
    secret = root_of(made).secret
    slot = make_slot(secret, made.vault.key_vault, PASSPHRASE, KdfCost(2 * 1024 * 1024, 3), os.urandom)
    folder = made.path / slots.FOLDER
    for file in folder.iterdir():
        file.unlink()
    (folder / f"{slot.id}{slots.ENDING}").write_bytes(write_slot(slot))


def test_a_heavy_slot_is_asked_about_before_it_is_derived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = new_vault(tmp_path)
    heavy_slot(made, monkeypatch)
    order = tried(monkeypatch)
    with pytest.raises(TooHeavy, match="2048 MiB"):
        root_of(made)
    assert order == []
    terms = msgspec.structs.replace(TERMS, heavy=True)
    root_by_passphrase(made.path, PASSPHRASE, state=made.state, terms=terms)
    assert len(order) == 1


def test_a_cheap_slot_is_never_derived_where_the_floor_is_the_real_one(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    with pytest.raises(KinshipError, match="less work"):
        root_by_passphrase(made.path, PASSPHRASE, state=made.state)


def test_derivations_queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = new_vault(tmp_path)
    real = crypto.argon2id
    at_once: list[int] = []
    running = [0]

    def slow(*told: bytes) -> bytes:
        running[0] += 1
        at_once.append(running[0])
        time.sleep(0.02)
        running[0] -= 1
        return real(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(crypto, "argon2id", slow)
    threads = [threading.Thread(target=root_of, args=(made,)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert at_once == [1] * 5


# -- copies -----------------------------------------------------------------------------------------------------------


def copies(made: Made) -> set[str]:
    return {slot.id for slot in key_copies.read(key_copies.copies_folder(made.state, made.vault.key_vault))}


def test_the_copies_follow_every_change(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.reopen().close()
    (first,) = copies(made)
    second = add(made, NEW)
    assert copies(made) == {first, second}
    remove_unlock(made.vault, first)
    assert copies(made) == {second}


def test_a_retired_slot_that_comes_back_is_not_copied(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    (file,) = (made.path / slots.FOLDER).iterdir()
    data = file.read_bytes()
    second = add(made, NEW)
    remove_unlock(made.vault, file.stem)
    file.write_bytes(data)
    made.reopen().close()
    assert copies(made) == {second}


def test_copies_stand_in_only_where_no_key_file_can_be_read_and_they_were_allowed(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.reopen().close()
    (file,) = (made.path / slots.FOLDER).iterdir()
    assert not copies_would_do(made.path, made.state)
    file.write_bytes(b"damaged")
    assert copies_would_do(made.path, made.state)
    with pytest.raises(Damaged):
        root_of(made)
    terms = Terms(floor=CHEAP, copies=True)
    root = root_by_passphrase(made.path, PASSPHRASE, state=made.state, terms=terms)
    with pytest.raises(WrongPassphrase):
        root_by_passphrase(made.path, "another", state=made.state, terms=terms)
    made.vault.close()
    open_vault(made.path, root.key(), state=made.state, clock=made.clock).close()
    assert copies(made) == {file.stem}
    assert unlocks.restore_copies(made.path, root.key(), made.state) == 1
    assert opens(made, PASSPHRASE)


def test_copies_of_another_vault_are_no_help(tmp_path: Path) -> None:
    made, other = new_vault(tmp_path), new_vault(tmp_path, name="other")
    other.reopen().close()
    for file in (made.path / slots.FOLDER).iterdir():
        file.unlink()
    assert not copies_would_do(made.path, other.state)


# -- devices ----------------------------------------------------------------------------------------------------------


def test_a_device_opens_here_and_is_listed_elsewhere(tmp_path: Path) -> None:
    made, store = new_vault(tmp_path), Memory()
    id_ = add_device(made.vault, root_of(made), store, label="laptop")
    assert [one.state for one in unlocks.unlocks(made.vault)] == [VALID, VALID]
    root = root_by_device(made.path, store, state=made.state)
    assert root is not None
    assert root.slot == id_
    with open_vault(made.path, root.key(), state=made.state, clock=made.clock) as vault:
        assert vault.notices == ()
    away = tmp_path / "other-state"
    assert root_by_device(made.path, store, state=away) is None
    with made.reopen(state=away) as vault:
        assert {one.id: (one.state, one.label) for one in unlocks.unlocks(vault)}[id_] == (ELSEWHERE, "laptop")


def test_a_device_taken_away_elsewhere_is_announced_where_it_still_opens(tmp_path: Path) -> None:
    made, store = new_vault(tmp_path), Memory()
    id_ = add_device(made.vault, root_of(made), store)
    with made.reopen(state=tmp_path / "other-state") as vault:
        remove_unlock(vault, id_)
    root = root_by_device(made.path, store, state=made.state)
    assert root is not None
    with open_vault(made.path, root.key(), state=made.state, clock=made.clock) as vault:
        assert [notice.what for notice in vault.notices] == ["retired"]


def test_a_keyring_that_refuses_adds_nothing(tmp_path: Path) -> None:
    made, store = new_vault(tmp_path), Memory(refuses=True)
    with pytest.raises(KinshipError, match="locked"):
        add_device(made.vault, root_of(made), store)
    assert len(unlocks.unlocks(made.vault)) == 1


def test_a_disk_that_refuses_leaves_no_secret_in_the_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, store = new_vault(tmp_path), Memory()
    root = root_of(made)

    def refused(*_: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr("kinship.vault.durable.create_durable", refused)
    with pytest.raises(NotSaved):
        add_device(made.vault, root, store)
    assert store.kept == {}
    assert len(unlocks.unlocks(made.vault)) == 1


# -- removal ----------------------------------------------------------------------------------------------------------


def test_a_device_alone_is_not_enough_to_lose_the_last_passphrase(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    (first,) = (one.id for one in unlocks.unlocks(made.vault))
    add_device(made.vault, root_of(made), Memory())
    with pytest.raises(KinshipError, match="last passphrase"):
        remove_unlock(made.vault, first)
    with pytest.raises(NotFound):
        remove_unlock(made.vault, "ffff")


def test_two_devices_that_add_a_passphrase_at_once_keep_both(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    root = root_of(made)
    one, other = made.reopen(), made.reopen(state=tmp_path / "other-state")
    add_passphrase(one, root, "the first of two", cost=CHEAP)
    add_passphrase(other, root, "the second of two", cost=CHEAP)
    one.close()
    other.close()
    for passphrase in ("the first of two", "the second of two", PASSPHRASE):
        made.passphrase = passphrase
        with made.reopen() as vault:
            assert vault.notices == (), passphrase


def test_labels_are_documents_of_the_vault_and_go_with_their_slot(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    root = root_of(made)
    id_ = add_passphrase(made.vault, root, NEW, label="in the safe", cost=CHEAP)
    made.vault.commit([Change("entries", "a", {"body": "x"})])
    with made.reopen() as vault:
        assert {one.id: one.label for one in unlocks.unlocks(vault)}[id_] == "in the safe"
    remove_unlock(made.vault, id_)
    assert made.vault.get("unlocks", id_) is None


def test_a_damaged_key_file_is_listed_as_damaged_and_can_be_taken_away(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    id_ = add(made, NEW)
    made.vault.refresh()
    (made.path / slots.FOLDER / f"{id_}{slots.ENDING}").write_bytes(b"damaged")
    assert {one.id: one.state for one in unlocks.unlocks(made.vault)}[id_] == unlocks.DAMAGED
    remove_unlock(made.vault, id_)
    assert unlock(made.path, PASSPHRASE, state=made.state, floor=CHEAP).slot != id_
    assert len(unlocks.unlocks(made.vault)) == 1
