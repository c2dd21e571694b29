"""Verifying names every damaged file, and as far as known what stood where it cannot be read any more."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from builders.logs import page, save
from builders.vaults import NOON, Made, new_vault
from kinship.ground.clock import FrozenClock
from kinship.vault.backups import make_backup
from kinship.vault.check import Checked, check_vault_files


def found(made: Made) -> dict[str, Checked]:
    """Return what verifying finds, of the files that are not whole."""
    return {one.file: one for one in check_vault_files(made.vault.site) if one.state != "whole"}


def three_saves(tmp_path: Path) -> tuple[Made, Path]:
    """Return a vault and a segment of three saves, an hour apart."""
    clock = FrozenClock(NOON)
    made = new_vault(tmp_path, clock)
    made.vault.close()
    with made.reopen() as vault:
        for number in range(3):
            vault.commit([page(str(number))])
            clock.advance(3600)
            clock.ticks = 0.0
            vault._session._slept_at = vault._session._drift()
        segment = made.path / "log" / f"{vault.session}.seg"
    return made, segment


def damage(path: Path, frame: int) -> None:
    """Flip one bit in the body of a frame."""
    data = bytearray(path.read_bytes())
    at = -1
    for _ in range(frame + 1):
        at = data.index(b"KFRM", at + 1)
    data[at + 100] ^= 1
    path.write_bytes(bytes(data))


def test_a_whole_vault_is_whole_in_every_file(tmp_path: Path) -> None:
    made, segment = three_saves(tmp_path)
    checked = {one.file: one for one in check_vault_files(made.vault.site)}
    assert {one.state for one in checked.values()} == {"whole"}
    assert f"log/{segment.name}" in checked
    assert checked[f"log/{segment.name}"].frames == 5
    assert "vault.kin" in checked
    assert sum(name.startswith("keys/") for name in checked) == 1


def test_a_damaged_frame_is_named_with_the_time_and_what_stood_beside_it(tmp_path: Path) -> None:
    made, segment = three_saves(tmp_path)
    damage(segment, 2)
    one = found(made)[f"log/{segment.name}"]
    assert (one.state, one.lost, one.frames) == ("damaged", (2,), 4)
    told = " ".join(one.told)
    assert "1 part of 5 cannot be read (frame 2)" in told
    assert "after 2024-05-03 12:00+00:00 and before 2024-05-03 14:00+00:00" in told
    assert "entries" in told
    assert "No backup" in told
    assert "words of" not in told


def test_the_backup_that_holds_what_is_lost_is_named(tmp_path: Path) -> None:
    made, segment = three_saves(tmp_path)
    backup = make_backup(made.vault.site)
    damage(segment, 2)
    assert any(backup.path.name in sentence for sentence in found(made)[f"log/{segment.name}"].told)


def test_another_copy_in_the_folder_makes_it_harmless(tmp_path: Path) -> None:
    made, segment = three_saves(tmp_path)
    shutil.copy(segment, segment.with_name("conflict copy.seg"))
    damage(segment, 2)
    told = found(made)
    assert list(told) == [f"log/{segment.name}"]
    assert any("nothing is lost" in sentence for sentence in told[f"log/{segment.name}"].told)


def test_every_sort_of_broken_file_has_its_word(tmp_path: Path) -> None:
    made, segment = three_saves(tmp_path)
    log = made.path / "log"
    (log / "empty.seg").touch()
    (log / "foreign.txt").write_text("not ours, but long enough to be looked at")
    (log / "short.seg").write_bytes(segment.read_bytes()[:50])
    (log / "headless.seg").write_bytes(segment.read_bytes()[:80] + b"x" * 200)
    torn = save(made, [page("torn")])
    torn.write_bytes(torn.read_bytes()[:-30])
    key_file = next((made.path / "keys").iterdir())
    key_file.write_bytes(key_file.read_bytes()[:-20])
    (made.path / "vault.kin").write_bytes(b"nothing")
    assert {name: one.state for name, one in found(made).items()} == {
        "vault.kin": "damaged",
        f"keys/{key_file.name}": "damaged",
        "log/empty.seg": "empty",
        "log/foreign.txt": "foreign",
        "log/short.seg": "short",
        "log/headless.seg": "damaged",
        f"log/{torn.name}": "tail",
    }
    assert all(one.told for one in found(made).values())


def test_verifying_is_the_same_at_any_hour(tmp_path: Path) -> None:
    made, _ = three_saves(tmp_path)
    first = list(check_vault_files(made.vault.site))
    assert isinstance(made.clock, FrozenClock)
    made.clock.advance(dt.timedelta(days=400).total_seconds())
    assert list(check_vault_files(made.vault.site)) == first
