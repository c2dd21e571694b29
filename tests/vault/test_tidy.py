"""Tidying: many small files become one that says the same; what may still grow or cannot be read stays."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path

import msgspec
import pytest

from builders.logs import bodies, key_of, page, readable_bytes, save, segments, write_sessions
from builders.vaults import Made, new_vault
from kinship.ground.errors import Damaged, NotSaved
from kinship.vault import Change, Vault, durable, fold, proof, tidy
from kinship.vault.fold import RawOperation, RawRecord
from kinship.vault.records import Operation, Record, write_record
from kinship.vault.segment import SegmentWriter
from kinship.vault.state import LocalState
from kinship.vault.tidy import MOST_SMALL, Order, quarantined
from kinship.vault.tidy import tidy as run
from kinship.vault.writer_lock import this_boot


def closed(tmp_path: Path) -> Made:
    made = new_vault(tmp_path)
    made.vault.close()
    return made


def asked(made: Made, **how: bool) -> tidy.Tidied:
    done = run(made.vault.site, Order(asked=True, **how))
    assert done is not None
    return done


def told(vault: Vault) -> list[str]:
    return [notice.what for notice in vault.notices]


def left_open(made: Made, uid: str) -> str:
    """Save a page in a session that dies without a farewell; return the id of its segment."""
    child = os.fork()
    if child == 0:
        vault = made.reopen()
        vault.commit([page(uid)])
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    (name,) = [path.stem for path in segments(made) if (made.state / made.vault.id / "writers" / path.stem).exists()]
    return name


def test_twenty_four_small_files_are_left_and_twenty_five_are_folded(tmp_path: Path) -> None:
    made = closed(tmp_path)
    ids = write_sessions(made, MOST_SMALL - 1)
    assert not tidy.is_untidy(made.path)
    assert run(made.vault.site) == tidy.Tidied()
    ids += write_sessions(made, 1, "last")
    assert tidy.is_untidy(made.path)
    done = run(made.vault.site)
    assert done is not None
    assert len(done.folded) == MOST_SMALL + 1
    assert [path.stem for path in segments(made)] == [done.into]
    vault = made.reopen()
    assert sorted(bodies(vault)) == sorted(ids)
    assert vault.notices == ()


def test_everything_a_vault_knows_survives(tmp_path: Path) -> None:
    made = closed(tmp_path)
    write_sessions(made, 3)
    save(made, [page("p1", "a later text"), Change("entries", "p2", None)])
    save(made, [Change("choices", "c", {"value": 1}, lww=True)])
    before = made.reopen()
    asked(made)
    after = made.reopen(state=tmp_path / "elsewhere")
    for table, uid in (("entries", "p0"), ("entries", "p1"), ("entries", "p2"), ("choices", "c")):
        assert after.heads(table, uid) == before.heads(table, uid)
        assert after.versions(table, uid) == before.versions(table, uid)
    assert after.notices == ()
    assert after.get("entries", "p2") is None
    assert b'"slots"' in b"".join(readable_bytes(key_of(made), made.path / "log"))


def test_texts_written_at_once_stay_beside_each_other(tmp_path: Path) -> None:
    made = closed(tmp_path)
    save(made, [page("a")])
    one, other = made.reopen(), made.reopen(state=tmp_path / "other-computer")
    one.commit([page("a", "here")])
    other.commit([page("a", "there")])
    one.close()
    other.close()
    expected = made.reopen().heads("entries", "a")
    sides = made.reopen().heads_detail("entries", "a")
    assert len(expected) == 2
    asked(made)
    vault = made.reopen()
    assert vault.heads("entries", "a") == expected
    assert vault.heads_detail("entries", "a") == sides
    assert vault.conflicts() == (("entries", "a"),)
    assert len(segments(made)) == 1


def test_a_fold_is_folded_again_and_still_speaks_for_all(tmp_path: Path) -> None:
    made = closed(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    for round_ in range(3):
        write_sessions(made, 3, f"r{round_}-")
        made.reopen(state=elsewhere).close()
        asked(made)
    vault = made.reopen(state=elsewhere)
    assert len(bodies(vault)) == 9
    assert vault.notices == ()
    assert len(segments(made)) == 1


def test_a_session_that_still_runs_is_left_alone(tmp_path: Path) -> None:
    made = closed(tmp_path)
    write_sessions(made, 3)
    running = made.reopen()
    running.commit([page("running")])
    done = asked(made)
    assert [whole.name for whole in done.open] == [running.session]
    assert len(segments(made)) == 2
    running.commit([page("later")])
    running.close()
    assert {"running", "later"} <= bodies(made.reopen()).keys()


def test_a_session_that_died_here_is_folded(tmp_path: Path) -> None:
    made = closed(tmp_path)
    write_sessions(made, 2)
    died = left_open(made, "died")
    done = asked(made)
    assert died in done.folded
    assert not (made.state / made.vault.id / "writers" / died).exists()
    assert "died" in bodies(made.reopen())


def saved_after_the_listing(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a session save and die between the tidier's look, which found its file empty, and the taking of its lock."""
    file = made.path / "log" / f"{left_open(made, 'late')}.seg"
    data, taken = file.read_bytes(), proof.dead_writers
    os.truncate(file, 0)

    def late(state: LocalState, segments: Iterable[str]) -> AbstractContextManager[frozenset[str]]:
        monkeypatch.setattr(tidy, "dead_writers", taken)
        file.write_bytes(data)
        return taken(state, segments)

    monkeypatch.setattr(tidy, "dead_writers", late)


def test_a_session_that_saves_and_dies_while_the_tidier_looks_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = closed(tmp_path)
    saved_after_the_listing(made, monkeypatch)
    asked(made)
    assert "late" in bodies(made.reopen())


def test_a_tidier_that_trusts_its_listing_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = closed(tmp_path)
    saved_after_the_listing(made, monkeypatch)
    monkeypatch.setattr(tidy._Tidying, "_is_unbegun", lambda *_: True)
    asked(made)
    assert "late" not in bodies(made.reopen())


@pytest.mark.parametrize("evidence", ["absent", "held", "another boot", "another state"])
def test_without_proof_that_a_writer_is_dead_its_file_stays(tmp_path: Path, evidence: str) -> None:
    made = closed(tmp_path)
    write_sessions(made, 3)
    died = left_open(made, "died")
    lock = made.state / made.vault.id / "writers" / died
    site = made.vault.site
    with lock.open("r+b") as held:
        if evidence == "absent":
            lock.unlink()
        elif evidence == "held":
            fcntl.flock(held, fcntl.LOCK_EX)
        elif evidence == "another boot":
            lock.write_bytes(b"00000000-0000-0000-0000-000000000000\n")
        else:
            site = made.reopen(state=tmp_path / "other-computer").site
        done = run(site, Order(asked=True))
    assert done is not None
    assert [whole.name for whole in done.open] == [died]
    assert (made.path / "log" / f"{died}.seg").exists()


def test_the_end_that_was_cut_off_goes_to_quarantine_with_its_file(tmp_path: Path) -> None:
    made = closed(tmp_path)
    write_sessions(made, 2)
    died = left_open(made, "died")
    file = made.path / "log" / f"{died}.seg"
    torn = file.read_bytes() + b"KFRM and half a frame"
    file.write_bytes(torn)
    done = asked(made)
    assert [path.read_bytes() for path in done.quarantined] == [torn]
    assert quarantined(made.vault.site) == done.quarantined
    assert not file.exists()
    assert "died" in bodies(made.reopen())


def test_a_damaged_file_stays_until_somebody_asks_for_it_to_be_set_aside(tmp_path: Path) -> None:
    made = closed(tmp_path)
    save(made, [page("a"), page("b")])
    write_sessions(made, 3)
    target = next(path for path in segments(made) if path.stat().st_size > 1700)
    data = bytearray(target.read_bytes())
    data[-700] ^= 1
    target.write_bytes(bytes(data))
    assert asked(made).unreadable == (target.name,)
    assert target.read_bytes() == bytes(data)
    done = asked(made, set_aside=True)
    assert [path.read_bytes() for path in done.quarantined] == [bytes(data)]
    assert not target.exists()


def test_what_only_a_later_version_understands_stays_in_its_segment(tmp_path: Path) -> None:
    made = closed(tmp_path)
    write_sessions(made, 3)
    for record in (b'{"future":{"words":"from later"}}', b'{"ops":[{"t":"e","u":"u","v":[0,1],"h":1,"x":{},"new":1}]}'):
        writer = SegmentWriter(made.path / "log", key_of(made), os.urandom(16), os.urandom(32))
        writer.append([write_record(Record())], [record], [write_record(Record(close=1))])
        writer.close()
    later = {path.name: path.read_bytes() for path in segments(made)}
    done = asked(made)
    assert len(done.unreadable) == 2
    assert all((made.path / "log" / name).read_bytes() == later[name] for name in done.unreadable)
    assert len(segments(made)) == 3


def test_folding_knows_every_field_that_a_record_has() -> None:
    assert {field.name for field in msgspec.structs.fields(RawRecord)} == {
        field.name for field in msgspec.structs.fields(Record)
    }
    assert {field.name for field in msgspec.structs.fields(RawOperation)} == {
        field.name for field in msgspec.structs.fields(Operation)
    }


def test_who_comes_second_skips(tmp_path: Path) -> None:
    made = closed(tmp_path)
    write_sessions(made, 30)
    with durable.locked(made.state / made.vault.id / tidy.LOCK):
        assert run(made.vault.site) is None
    assert len(segments(made)) == 31


def test_the_large_file_waits_until_the_young_are_a_quarter_of_it(tmp_path: Path) -> None:
    made = closed(tmp_path)
    save(made, [page("large", "x" * 600_000)])
    (base,) = [path for path in segments(made) if path.stat().st_size > tidy.SMALL]
    write_sessions(made, 30)
    run(made.vault.site)
    assert base.exists()
    assert len(segments(made)) == 2
    save(made, [page("also large", "y" * 200_000)])
    write_sessions(made, 30, "q")
    run(made.vault.site)
    assert not base.exists()
    assert len(segments(made)) == 1
    assert len(bodies(made.reopen())) == 62


def test_the_copy_of_a_syncer_goes_with_its_segment(tmp_path: Path) -> None:
    made = closed(tmp_path)
    write_sessions(made, 3)
    first = segments(made)[0]
    shutil.copy(first, first.with_name("copy of it (conflict).seg"))
    done = asked(made)
    assert len(segments(made)) == 1
    assert len(done.folded) == 4


def test_a_program_that_reads_meanwhile_sees_every_page(tmp_path: Path) -> None:
    made = closed(tmp_path)
    ids = write_sessions(made, 5)
    reader = made.reopen()
    asked(made)
    write_sessions(made, 1, "new")
    assert [changed.id for changed in reader.refresh()] == ["new0"]
    assert sorted(bodies(reader)) == sorted([*ids, "new0"])
    assert reader.notices == ()
    reader.commit([page("p0", "edited")])
    assert bodies(made.reopen())["p0"] == "edited"


def test_an_old_file_that_a_syncer_brings_back_changes_nothing(tmp_path: Path) -> None:
    made = closed(tmp_path)
    write_sessions(made, 3)
    save(made, [page("p1", "newer"), Change("entries", "p2", None)])
    old = {path.name: path.read_bytes() for path in segments(made)}
    asked(made)
    for name, data in old.items():
        (made.path / "log" / name).write_bytes(data[: len(data) // 2 * 2 - 548])
    vault = made.reopen()
    assert bodies(vault)["p1"] == "newer"
    assert "p2" not in bodies(vault)
    assert vault.conflicts() == ()
    assert {notice.what for notice in vault.notices} <= {"tail"}


def test_a_segment_of_which_more_was_seen_than_was_folded_is_missed(tmp_path: Path) -> None:
    made = closed(tmp_path)
    done = asked_after_losing_saves(made)
    assert done.into is not None
    assert told(made.reopen()) == ["older"]
    assert told(made.reopen(state=tmp_path / "elsewhere")) == ["missing"]


def asked_after_losing_saves(made: Made) -> tidy.Tidied:
    """Fold a segment whose last saves were taken away, though another session had seen them."""
    with made.reopen() as vault:
        for number in range(4):
            vault.commit([page(str(number))])
        short = (made.path / "log" / f"{vault.session}.seg").stat().st_size
        vault.commit([page("taken away")])
    save(made, [page("witness")])
    target = made.path / "log" / f"{vault.session}.seg"
    whole = target.read_bytes()
    target.write_bytes(whole[:short])
    (made.state / made.vault.id / "writers" / vault.session).write_bytes((this_boot() or b"") + b"\n")
    return asked(made)


def test_a_disk_that_gives_back_other_bytes_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = closed(tmp_path)
    write_sessions(made, 3)
    before = {path: path.read_bytes() for path in segments(made)}
    real = durable.write_all

    def lying(file: int, data: bytes) -> None:
        real(file, data[:-600] + bytes([data[-600] ^ 1]) + data[-599:] if len(data) > 2000 else data)

    monkeypatch.setattr(durable, "write_all", lying)
    with pytest.raises(Damaged):
        run(made.vault.site, Order(asked=True))
    assert {path: path.read_bytes() for path in segments(made)} == before


def test_removing_without_reading_again_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fold, "_check", lambda *_: None)
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        test_a_disk_that_gives_back_other_bytes_costs_nothing(tmp_path, monkeypatch)


def test_a_full_disk_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = closed(tmp_path)
    write_sessions(made, 3)
    before = {path: path.read_bytes() for path in segments(made)}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "write_all", full)
    with pytest.raises(NotSaved) as caught:
        run(made.vault.site, Order(asked=True))
    assert "space" in str(caught.value)
    assert {path: path.read_bytes() for path in segments(made)} == before
    assert list((made.state / made.vault.id / "writers").iterdir()) == []
