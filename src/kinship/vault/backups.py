"""Backups: whole small vaults, each with one folded segment, kept by date and taken back from.

A backup is a vault folder and no archive: the program opens it, the stand-alone reader reads it, a file manager copies
it back, and there is no second format that could be wrong.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from kinship.ground.errors import NotSaved
from kinship.vault import durable
from kinship.vault.collecting import uncollected
from kinship.vault.fold import Fold, Whole, read_whole, segment_files, write_fold
from kinship.vault.identity import BACKUP_MARK, NAME, write_identity
from kinship.vault.log import FOLDER as LOG
from kinship.vault.log import MOST_ROUNDS
from kinship.vault.site import Site
from kinship.vault.slots import FOLDER as KEYS

FOLDER = "backups"
ENDING = ".kinship"
LOCK = "backup.lock"
DAILY_LOCK = "daily.lock"
DAILY = 7
WEEKLY = 4
ALONGSIDE = (".gitattributes", "READ-ME-recovery.txt")
INBOX = "inbox"
PURPOSE = "backup"
"""That of a segment folded for a backup."""
_MARK = b"""\
This folder is a backup of a kinship vault. It opens like one: kinship --vault THIS-FOLDER list
To take back from it: kinship restore THIS-FOLDER
"""
_FORM = "%Y-%m-%dT%H.%M.%S"
_UNFINISHED = ".unfinished-"
_DAY = dt.timedelta(days=1)


class Backup(Struct, frozen=True):
    """A backup in a folder of backups."""

    path: Path
    made: dt.datetime
    """As its name says, in the time of the place where it was made."""


def backups_in(folder: Path) -> tuple[Backup, ...]:
    """Return the backups in a folder, the latest first; half-made ones and other things are none."""
    try:
        names = [path for path in folder.iterdir() if path.suffix == ENDING and not path.is_symlink()]
    except OSError:
        return ()
    dated = ((path, _date_of(path)) for path in names)
    found = [Backup(path, made) for path, made in dated if made is not None and (path / NAME).is_file()]
    return tuple(sorted(found, key=lambda backup: backup.made, reverse=True))


def own_backups(site: Site) -> tuple[Backup, ...]:
    """Return the backups this computer keeps of a vault, the latest first."""
    return backups_in(site.state.folder / FOLDER)


def _date_of(path: Path) -> dt.datetime | None:
    with suppress(ValueError):
        return dt.datetime.strptime(path.name.removesuffix(ENDING)[:19], _FORM)  # noqa: DTZ007 - the place's own time
    return None


def has_backup_of(site: Site, day: dt.date) -> bool:
    """Return whether one was made on a day of this computer's calendar."""
    return any(backup.made.date() == day for backup in own_backups(site))


@uncollected()
def make_backup(site: Site, into: Path | None = None) -> Backup:
    """Make and verify a backup of everything that can be read now, in `into` or among those kept by themselves.

    Files that cannot be folded (damaged, of a later version) are copied as they are. Raises NotSaved where the disk
    refuses, Damaged where the log cannot be read or the copy is not what was written; then there is no backup.
    """
    folder = into if into is not None else site.state.folder / FOLDER
    try:
        site.state.make()
        durable.make_folder(folder)
        with durable.locked(site.state.folder / LOCK):
            return _Making(site, folder).run()
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else "a file changed meanwhile"
        raise NotSaved(f"The backup could not be made in {folder}: {reason}.", "The vault is as it was.") from error


def make_daily_backup(site: Site) -> Backup | None:
    """Make today's backup among those kept by themselves, and rotate them; None where one is there or being made.

    Raises what `make_backup` raises.
    """
    if has_backup_of(site, site.clock.now().date()):
        return None
    try:
        site.state.make()
        with durable.locked(site.state.folder / DAILY_LOCK, wait=False):
            if has_backup_of(site, site.clock.now().date()):
                return None
            made = make_backup(site)
    except BlockingIOError:
        return None
    rotate(site, made)
    return made


class _Making:
    """One backup being made, with the lock held."""

    def __init__(self, site: Site, folder: Path) -> None:
        self._site = site
        self._folder = folder

    def run(self) -> Backup:
        for left in self._folder.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)
        made = self._site.clock.now().replace(tzinfo=None, microsecond=0)
        path = self._free_name(made)
        beside = self._folder / f"{_UNFINISHED}{os.urandom(6).hex()}"
        try:
            self._fill(beside)
            beside.rename(path)
            durable.sync_folder(self._folder)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        return Backup(path, made)

    def _free_name(self, made: dt.datetime) -> Path:
        path = self._folder / f"{made.strftime(_FORM)}{ENDING}"
        number = 1
        while path.exists():
            number += 1
            path = self._folder / f"{made.strftime(_FORM)}-{number}{ENDING}"
        return path

    def _fill(self, beside: Path) -> None:
        log = beside / LOG
        for folder in (beside, beside / KEYS, log):
            durable.make_folder(folder)
        wholes, rest = gathered(self._site)
        if len(wholes) == 1 and wholes[0].folded:
            rest += list(wholes[0].files)[:1]
        else:
            fold = Fold()
            for whole in wholes:
                fold.take(whole)
                whole.records = []
            write_fold(self._site, log, fold, PURPOSE)
        for path in rest:
            _copy(path, log)
        for path in _files_in(self._site.path / KEYS):
            _copy(path, beside / KEYS)
        notes = _files_in(self._site.path / INBOX)
        if notes:
            durable.make_folder(beside / INBOX)
        for path in notes:
            _copy(path, beside / INBOX)
        for name in ALONGSIDE:
            if (self._site.path / name).is_file():
                _copy(self._site.path / name, beside)
        durable.create_durable(beside / BACKUP_MARK, _MARK)
        durable.create_durable(beside / NAME, write_identity(self._site.key))
        durable.sync_folder(beside)


def gathered(site: Site) -> tuple[list[Whole], list[Path]]:
    """Return the segments of a vault's log that can be folded, and the files that must be copied as they are.

    Listed again until nothing vanished meanwhile: another device may be tidying.
    """
    files = segment_files(site.log)
    for _ in range(MOST_ROUNDS):
        found, unread = read_whole(site.key, files)
        before, files = files, segment_files(site.log)
        if before == files:
            break
    sound = [whole for whole in found.values() if not whole.strange and not whole.damaged]
    rest = [path for path, why in unread.items() if why in {"damaged", "newer", "other_key"}]
    rest += [path for whole in found.values() if whole.strange or whole.damaged for path in whole.files]
    return sound, rest


def _files_in(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())
    except OSError:
        return []


def _copy(path: Path, folder: Path) -> None:
    data = durable.read_regular(path)
    durable.create_durable(folder / path.name, data)
    if durable.read_regular(folder / path.name) != data:
        raise OSError(errno.EIO, "the copy differs")


def rotate(site: Site, keep: Backup | None = None) -> tuple[Backup, ...]:
    """Remove the backups that are neither of the last 7 days nor of the last 4 weeks that have one; return them.

    The last one of each day and week stays, `keep` and those dated in the future do in any case: a clock may have been
    wrong.
    """
    latest = site.clock.now().replace(tzinfo=None) + _DAY
    dated = [backup for backup in own_backups(site) if backup.made <= latest]
    staying = {
        *_last_of_each(dated, lambda made: (made.year, made.month, made.day), DAILY),
        *_last_of_each(dated, lambda made: made.isocalendar()[:2], WEEKLY),
    }
    gone = [one for one in dated if one.path not in staying and one != keep]
    return remove(gone)


def _last_of_each(
    backups: Iterable[Backup], part: Callable[[dt.datetime], tuple[int, ...]], most: int
) -> Iterator[Path]:
    seen: set[tuple[int, ...]] = set()
    for backup in backups:
        if part(backup.made) not in seen and len(seen) < most:
            seen.add(part(backup.made))
            yield backup.path


def remove(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Remove backups for good; return those that are gone. One that is being removed is no backup any more."""
    gone = []
    for backup in backups:
        with suppress(OSError):
            leaving = backup.path.with_name(f"{_UNFINISHED}{os.urandom(6).hex()}")
            backup.path.rename(leaving)
            gone.append(backup)
            shutil.rmtree(leaving)
            durable.sync_folder(leaving.parent)
    return tuple(gone)
