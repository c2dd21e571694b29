"""A doctor's look at where a vault lies: places, modes, owners, the disk, the clock, what is foreign or set aside."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from kinship.ground.clock import Clock
from kinship.ground.errors import Damaged, NewerVault
from kinship.vault import durable
from kinship.vault.backups import FOLDER as BACKUPS
from kinship.vault.backups import backups_in
from kinship.vault.hybrid import COUNTER_BITS, FAR_AHEAD_MS, milliseconds
from kinship.vault.identity import BACKUP_MARK, NAME, read_identity
from kinship.vault.log import FOLDER as LOG
from kinship.vault.mounts import IN_MEMORY, OVER_NETWORK, WITHOUT_MODES, filesystem_of
from kinship.vault.segment import MAGIC
from kinship.vault.slots import ENDING as KEY_ENDING
from kinship.vault.slots import FOLDER as KEYS
from kinship.vault.tidy import QUARANTINE
from kinship.vault.vault import Vault

FINE = "fine"
WARNING = "warning"
WRONG = "wrong"

_OLDEST_BACKUP_DAYS = 14
_PROBE = ".doctor-probe"
_KNOWN = frozenset({NAME, KEYS, LOG, "inbox", ".gitattributes", "READ-ME-recovery.txt", BACKUP_MARK})
_OF_SYNCERS = frozenset({".git", ".gitignore", ".stfolder", ".stignore", ".stversions", ".dropbox", ".DS_Store"})


class Symptom(Struct, frozen=True):
    """One thing that was looked at."""

    check: str
    """place, mode, owner, disk, memory, foreign, quarantine, backup, clock, or the kind of a notice."""
    level: str
    """fine, warning or wrong."""
    sentence: str


def look_from_outside(path: Path, state: Path, clock: Clock) -> Iterator[Symptom]:
    """Yield what can be seen without the key; `state` is the folder of all local states."""
    yield Symptom("place", FINE, f"The vault is at {path}.")
    own = _own_state(path, state)
    yield Symptom("place", FINE, f"What only this computer keeps is at {own}.")
    yield from _modes((path, path / KEYS, path / LOG, own))
    for name, folder in (("vault", path / LOG), ("local state", own)):
        if folder.is_dir():
            yield from _disk(name, folder)
    yield from _foreign(path)
    yield from _set_aside(own)
    yield from _backups(own, clock)


def look_from_inside(vault: Vault, clock: Clock) -> Iterator[Symptom]:
    """Yield what only whoever has the key can see: the notices, and clocks that ran ahead."""
    for notice in vault.notices:
        level = WRONG if notice.what in {"damaged", "other_key"} else WARNING
        yield Symptom(notice.what, level, f"{notice.sentence} ({notice.where})" if notice.where else notice.sentence)
    ahead = vault.latest_clock() - ((milliseconds(clock.now()) + FAR_AHEAD_MS) << COUNTER_BITS)
    if ahead > 0:
        sentence = "Something was saved more than a day in the future: a clock was wrong, here or on another device."
        yield Symptom("clock", WARNING, sentence)
    else:
        yield Symptom("clock", FINE, f"The clock says {clock.now().isoformat(sep=' ', timespec='minutes')}.")


def _own_state(path: Path, state: Path) -> Path:
    with suppress(OSError, Damaged, NewerVault):
        return state / read_identity(path).vault.hex()
    return state


def _modes(folders: Iterable[Path]) -> Iterator[Symptom]:
    wide: list[Path] = []
    foreign: list[Path] = []
    for folder in folders:
        for path in (folder, *(entry for entry in _entries(folder) if entry.name not in _OF_SYNCERS)):
            with suppress(FileNotFoundError):
                told = path.lstat()
                if path in wide or path in foreign:
                    continue
                if told.st_uid != os.geteuid():
                    foreign.append(path)
                elif told.st_mode & durable.OTHERS and not stat.S_ISLNK(told.st_mode):
                    wide.append(path)
    if foreign:
        yield Symptom("owner", WRONG, f"{_these(foreign)} of somebody else.")
    else:
        yield Symptom("owner", FINE, "Everything is yours.")
    if wide:
        kept = filesystem_of(wide[0]) not in WITHOUT_MODES
        advice = "opening the journal closes what is yours" if kept else "that drive keeps no modes, so it stays so"
        yield Symptom("mode", WARNING, f"{_these(wide)} open to other users of this computer; {advice}.")
    else:
        yield Symptom("mode", FINE, "Only you can look into the folders.")


def _these(paths: list[Path]) -> str:
    more = f" and {len(paths) - 1} more are" if len(paths) > 1 else " is"
    return f"{paths[0]}{more}"


def _disk(name: str, folder: Path) -> Iterator[Symptom]:
    kind = filesystem_of(folder)
    if kind in IN_MEMORY:
        sentence = f"The {name} lies in memory ({kind}): it is gone when the computer is turned off."
        yield Symptom("memory", WRONG, sentence)
    if kind in WITHOUT_MODES:
        yield Symptom("disk", WARNING, f"The {name} lies on {kind}, which keeps no owners and modes.")
    if kind in OVER_NETWORK:
        sentence = f"The {name} lies on {kind}, over a network: locks and syncing to the drive may not hold there."
        yield Symptom("disk", WARNING, sentence)
    yield _can_sync(name, folder)


def _can_sync(name: str, folder: Path) -> Symptom:
    probe = folder.parent / f"{_PROBE}-{os.urandom(4).hex()}"
    try:
        durable.create_durable(probe, b"probe")
        holds = probe.lstat().st_mode & durable.OTHERS == 0
        synced = durable.sync_folder(probe.parent)
    except OSError as error:
        return Symptom("disk", WRONG, f"The {name} cannot be written: {os.strerror(error.errno or 0).lower()}.")
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    if not synced:
        return Symptom(
            "disk", WARNING, f"The drive of the {name} cannot sync folders: a power cut may lose a new file."
        )
    if not holds:
        return Symptom("mode", WARNING, f"The drive of the {name} keeps no modes: others may look into new files.")
    return Symptom("disk", FINE, f"The drive of the {name} syncs files and folders.")


def _foreign(path: Path) -> Iterator[Symptom]:
    found = [entry.name for entry in _entries(path) if entry.name not in _KNOWN | _OF_SYNCERS]
    found += [f"{KEYS}/{entry.name}" for entry in _entries(path / KEYS) if entry.suffix != KEY_ENDING]
    found += [f"{LOG}/{entry.name}" for entry in _entries(path / LOG) if not _is_segment(entry)]
    for name in found:
        yield Symptom("foreign", WARNING, f"{name} in the vault is not kinship's; it is left alone.")
    if not found:
        yield Symptom("foreign", FINE, "Nothing foreign lies in the vault.")


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _is_segment(path: Path) -> bool:
    try:
        return durable.read_regular(path, most=len(MAGIC)) in {MAGIC, b""}
    except OSError:
        return False


def _set_aside(own: Path) -> Iterator[Symptom]:
    files = _entries(own / QUARANTINE)
    if files:
        number = f"{len(files)} file{'s' * (len(files) > 1)} that could not be read to the end"
        yield Symptom("quarantine", WARNING, f"{number} {'are' if len(files) > 1 else 'is'} in {own / QUARANTINE}.")
    else:
        yield Symptom("quarantine", FINE, "Nothing is in quarantine.")


def _backups(own: Path, clock: Clock) -> Iterator[Symptom]:
    backups = backups_in(own / BACKUPS)
    if not backups:
        yield Symptom("backup", WARNING, "This computer keeps no backup of the vault yet.")
        return
    days = (clock.now().date() - backups[0].made.date()).days
    level = WARNING if days > _OLDEST_BACKUP_DAYS else FINE
    yield Symptom("backup", level, f"The latest of {len(backups)} backups on this computer is {backups[0].path.name}.")
