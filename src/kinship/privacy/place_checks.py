"""How the vault and the folders around it lie: whose they are, who may look, what carries or keeps copies of them."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kinship.privacy.machine import Line, Machine, Seen, State

OWNER = "owners and modes"
PARENTS = "the folders above"
SYNCED = "syncing"
GIT = "git"
BACKUPS = "backups"
EXPORTS = "exports"
EDITOR = "another editor"
LOCK = "the lock"

_OTHERS = 0o077
_OTHERS_WRITE = 0o022
_OTHERS_READ = 0o044
_OTHERS_ENTER = 0o011
_MOST_FILES = 20_000
_SYNCERS = {
    "Dropbox": "Dropbox", "OneDrive": "OneDrive", "Google Drive": "Google Drive", "GoogleDrive": "Google Drive",
    "My Drive": "Google Drive", "Mobile Documents": "iCloud", "CloudStorage": "a cloud drive", "Nextcloud": "Nextcloud",
    "ownCloud": "ownCloud", "MEGA": "MEGA", "pCloudDrive": "pCloud", "Proton Drive": "Proton Drive", "Sync": "a syncer",
    "Seafile": "Seafile",
}  # fmt: skip
_MARKS = {".stfolder": "Syncthing", ".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".sync": "Resilio Sync"}
"""What a syncer leaves in the folder that it carries."""


@dataclass(frozen=True)
class Around:
    """Where the things of one person lie; none of them need exist."""

    vault: Path
    state: Path
    config: Path
    backups: Path
    editor: str = ""
    """The setting: which other editor may be used for a page."""
    lock_after: float = 5
    """The setting: minutes without use until it locks; 0 for never."""


def place_lines(machine: Machine, around: Around) -> Iterator[Line]:
    """Yield how the vault, its state and the settings lie."""
    yield _owner(machine, around)
    yield _parents(machine, around.vault)
    yield _synced(machine, around)
    yield _git(machine, around)
    yield _backups(machine, around.backups)
    sentence = "What you export is yours alone until you hand it on; where it went is not remembered, nor looked at."
    yield Line(EXPORTS, State.UNKNOWN, sentence, "Delete exports that have served; syncers and backups may keep them.")
    yield _editor(around.editor)
    yield _lock(around.lock_after)


def _owner(machine: Machine, around: Around) -> Line:
    places = [place for place in (around.vault, around.state, around.config) if machine.seen(place) is not None]
    if around.vault not in places:
        return Line(OWNER, State.UNKNOWN, f"There is no vault at {around.vault} yet.", "kinship new makes one.")
    found = [(path, seen) for place in places for path, seen in _below(machine, place)]
    foreign = [path for path, seen in found if seen.owner != machine.user]
    if foreign:
        sentence = f"{foreign[0]} belongs to somebody else."
        return Line(OWNER, State.LOOK, sentence, "Find out how that came about; kinship uses only what is yours.")
    wide = [path for path, seen in found if _is_wide(path, seen, around)]
    if wide:
        sentence = f"Other users of this computer may open {wide[0]}{f' and {len(wide) - 1} more' if wide[1:] else ''}."
        return Line(OWNER, State.LOOK, sentence, f"chmod -R go= {wide[0]}")
    if len(found) >= _MOST_FILES:
        return Line(OWNER, State.UNKNOWN, f"The first {_MOST_FILES} files are yours alone; there are more.")
    return Line(OWNER, State.FINE, "The vault, what this computer keeps beside it and the settings are yours alone.")


def _is_wide(path: Path, seen: Seen, around: Around) -> bool:
    """Whether others may open what only its owner should; the settings hold nothing private, so only change them."""
    bits = _OTHERS_WRITE if path.is_relative_to(around.config) else _OTHERS
    return bool(seen.mode & bits) and not seen.is_link


def _below(machine: Machine, place: Path) -> Iterator[tuple[Path, Seen]]:
    waiting, told = [place], 0
    while waiting and told < _MOST_FILES:
        path = waiting.pop()
        seen = machine.seen(path)
        if seen is None:
            continue
        told += 1
        yield path, seen
        if seen.is_folder:
            waiting += [path / name for name in machine.names(path) or () if name not in _MARKS and name != ".git"]


def _parents(machine: Machine, vault: Path) -> Line:
    readable = None
    for folder, seen in _above(machine, vault):
        if seen.mode & _OTHERS_WRITE and not seen.mode & stat.S_ISVTX:
            sentence = f"Other users may write into {folder}, and could put another folder in the place of yours."
            return Line(PARENTS, State.LOOK, sentence, f"chmod go-w {folder}")
        if seen.owner not in (machine.user, 0):
            sentence = f"{folder} belongs to somebody else, who could put another folder in the place of yours."
            return Line(PARENTS, State.LOOK, sentence, "Move the vault into your own home.")
        shared = bool(seen.mode & stat.S_ISVTX) or seen.owner != machine.user
        if readable is None and seen.mode & _OTHERS_READ and not shared:
            readable = folder
    if readable is not None:
        sentence = f"Other users may list {readable}: they see that there is a folder, but cannot look into the vault."
        return Line(PARENTS, State.LOOK, sentence, f"chmod go= {readable}")
    return Line(PARENTS, State.FINE, "Nobody else may list or change the folders above the vault.")


def _above(machine: Machine, vault: Path) -> list[tuple[Path, Seen]]:
    """Return the folders above the vault that others can reach: from the highest that only its owner may enter on."""
    found = [(folder, seen) for folder in machine.real(vault).parents if (seen := machine.seen(folder)) is not None]
    closed = [at for at, (_, seen) in enumerate(found) if seen.owner == machine.user and not seen.mode & _OTHERS_ENTER]
    return found[closed[-1] if closed else 0 :]


def _synced(machine: Machine, around: Around) -> Line:
    for name, place in (("the settings", around.config), ("what is only for this computer", around.state)):
        carrier = _carrier(machine, place)
        if carrier is not None:
            sentence = f"{carrier} seems to carry {name} ({place}): drafts, marks and keys of this computer leave it."
            return Line(SYNCED, State.LOOK, sentence, "Keep the XDG folders for state and settings out of it.")
    carrier = _carrier(machine, around.vault)
    if carrier is None:
        return Line(SYNCED, State.UNKNOWN, "No syncer that kinship knows of carries the vault; others cannot be seen.")
    sentence = f"{carrier} seems to carry the vault: it gets no words, but sizes and times, and it keeps old versions."
    remedy = "Those still open with an old passphrase and hold what was purged; after a leak: kinship rotate"
    return Line(SYNCED, State.LOOK, sentence, remedy)


def _carrier(machine: Machine, place: Path) -> str | None:
    real = machine.real(place)
    for folder in (real, *real.parents):
        for mark in machine.names(folder) or ():
            if mark in _MARKS and folder != Path(machine.environment.get("HOME", "/")):
                return _MARKS[mark]
        name = next((told for start, told in _SYNCERS.items() if _named(folder.name, start)), None)
        if name is not None:
            return name
    return None


def _named(folder: str, syncer: str) -> bool:
    """Whether a folder has a syncer's name, or that with an account behind it (`OneDrive - Work`)."""
    return folder == syncer or (syncer != "Sync" and folder.startswith((f"{syncer} ", f"{syncer}-")))


def _git(machine: Machine, around: Around) -> Line:
    for name, place in (("the vault", around.vault), ("the settings", around.config), ("the state", around.state)):
        real = machine.real(place)
        for folder in (real, *real.parents):
            if ".git" in (machine.names(folder) or ()):
                sentence = f"{folder} is a git repository with {name} in it: its history keeps what was purged."
                return Line(GIT, State.LOOK, sentence, "Push it only to where encrypted old pages may stay for ever.")
    return Line(GIT, State.FINE, "Nothing of the journal lies in a git repository.")


def _backups(machine: Machine, folder: Path) -> Line:
    number = len([name for name in machine.names(folder) or () if not name.startswith(".")])
    others = "What Time Machine, snapshots and other backup programs keep cannot be seen."
    if not number:
        sentence = f"kinship keeps no backup here yet. {others}"
        return Line(BACKUPS, State.UNKNOWN, sentence, "kinship backup makes one, encrypted like the vault.")
    these = f"{number} encrypted backups lie" if number > 1 else "One encrypted backup lies"
    sentence = f"{these} here; each opens with the passphrase of its day and holds what was deleted since. {others}"
    return Line(BACKUPS, State.LOOK, sentence, "After a passphrase leaked or a purge: kinship backup --list")


def _editor(setting: str) -> Line:
    if not setting:
        return Line(EDITOR, State.FINE, "No other editor may be used for a page; that is how kinship comes.")
    sentence = f"{setting} may be used for a page: in memory, without your own configuration, and wiped afterwards."
    return Line(EDITOR, State.LOOK, sentence, "Safer is the page of kinship itself: take `editor` out of the settings.")


def _lock(minutes: float) -> Line:
    if not minutes:
        sentence = "kinship never locks because nobody is here; it does when the computer sleeps."
        return Line(LOCK, State.LOOK, sentence, "Put lock_after = 5 into the settings.")
    return Line(LOCK, State.FINE, f"kinship locks after {minutes:g} minutes without use, and when the computer sleeps.")
