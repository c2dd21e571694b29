"""Moving a vault's folder elsewhere, to another drive too: at every moment one whole vault stands, old or new."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from kinship.ground.errors import Damaged, NotFound, NotSaved, Refused
from kinship.vault import durable
from kinship.vault.known import note_place
from kinship.vault.making import HALF_MADE, beside, sweep
from kinship.vault.place import IDENTITY, check_place, exists, remains
from kinship.vault.removing import check_unused, state_folder
from kinship.vault.roots import vault_id

AT_ONCE = 1024 * 1024
"""Bytes that are copied at once."""

Progress = Callable[[int, int], None]
"""Is told how many bytes of how many were copied."""


def place_for(path: Path, to: Path) -> Path:
    """Return where a vault would stand: in a folder that is there and is none itself, it keeps its name."""
    to = to.expanduser().resolve()
    return to / path.name if to.is_dir() and not exists(to) and not remains(to) else to


def move_vault(path: Path, to: Path, *, state: Path, progress: Progress | None = None) -> Path:
    """Move the vault at `path` to `to` (or into it, where that is a folder) and return where it stands now.

    On the same drive its folder is renamed. To another one it is copied beside its new place, made durable, read
    again and compared, put in place, and only then is the old one taken away. Killed at any moment it leaves the old
    vault or the new one whole, or both; the same move once more ends it. Raises NotFound, Refused (it is open, a link
    lies in it, something is at the new place) and NotSaved or Damaged where the copy cannot be made; then the old one
    is as it was.
    """
    path, new = path.resolve(), place_for(path.resolve(), to)
    own_state = state_folder(path, state)
    _check_ways(path, new)
    check_unused(own_state)
    try:
        if _is_moved_copy(path, new):
            _take_away(path)
        elif not _renamed(path, new):
            _copied(path, new, progress)
            check_unused(own_state)
            if not _is_moved_copy(path, new):
                raise Refused(
                    f"Something was written into {path} while it was copied.",
                    f"Both folders are whole; move it once more to end it. The copy is {new}.",
                )
            _take_away(path)
    except OSError as error:
        where = new if exists(new) else path
        raise NotSaved(
            f"The vault was not moved to its end: {os.strerror(error.errno or errno.EIO)}.",
            f"It is whole at {where}. Moving it once more ends it.",
        ) from error
    note_place(state, bytes.fromhex(own_state.name), new)
    return new


def _check_ways(path: Path, new: Path) -> None:
    if not exists(path):
        raise Refused(f"The vault at {path} has lost its {IDENTITY}.", "Open it once: that writes the file anew.")
    if new == path:
        raise Refused("The vault is there already.")
    if path in new.parents or new in path.parents:
        raise Refused("The new place cannot lie in the vault, nor around it.", "Name another place.")
    if not new.parent.is_dir():
        raise NotFound(f"There is no folder {new.parent}.", "Make it first.")
    if os.path.lexists(new) and not (exists(new) and vault_id(new, later=True) == vault_id(path, later=True)):
        check_place(new)
        raise Refused(f"{new} is there already.", "Name another place.")
    for name in _files(path):
        if not stat.S_ISREG((path / name).lstat().st_mode):
            raise Refused(f"{name} in {path} is no plain file; a vault has none of those.", "Take it out first.")


def _files(folder: Path) -> Iterator[str]:
    """Yield everything below a folder that is no folder itself, links too."""
    for place, folders, names in os.walk(folder):
        inside = Path(place).relative_to(folder)
        yield from ((inside / name).as_posix() for name in sorted(names))
        yield from ((inside / name).as_posix() for name in sorted(folders) if (Path(place) / name).is_symlink())


def _renamed(path: Path, new: Path) -> bool:
    """Rename where both are on one drive; return whether they are."""
    try:
        path.rename(new)
    except OSError as error:
        if error.errno == errno.EXDEV:
            return False
        raise
    for parent in {path.parent, new.parent}:
        durable.sync_folder(parent)
    return True


def _copied(path: Path, new: Path, progress: Progress | None) -> None:
    """Put a copy at `new` that was read again; nothing stands there before all of it is durable."""
    names = list(_files(path))
    whole = sum((path / name).stat().st_size for name in names)
    done = 0
    with beside(new) as half_made:
        for place, folders, _ in os.walk(path):
            for folder in folders:
                (half_made / Path(place).relative_to(path) / folder).mkdir(mode=durable.FOLDER_MODE)
        for name in names:
            _copy(path / name, half_made / name)
            done += (half_made / name).stat().st_size
            if progress is not None:
                progress(done, max(whole, done))
        for place, _, _ in os.walk(half_made, topdown=False):
            durable.sync_folder(Path(place))
        if any(_sum(path / name) != _sum(half_made / name) for name in names):
            raise Damaged("The copy does not read as it was written, so it was not kept.", f"The vault is at {path}.")
        half_made.rename(new)
    durable.sync_folder(new.parent)


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as told:
        file = durable.open_new(target)
        try:
            while data := told.read(AT_ONCE):
                durable.write_all(file, data)
            durable.sync_file(file)
        finally:
            os.close(file)
    times = source.stat()
    os.utime(target, ns=(times.st_atime_ns, times.st_mtime_ns))


def _is_moved_copy(path: Path, new: Path) -> bool:
    """Return whether everything in `path` is in `new` too; a file there may have grown since."""
    if not exists(new):
        return False
    for name in _files(path):
        old, copy = path / name, new / name
        if not copy.is_file() or copy.is_symlink() or not _begins_with(copy, old):
            return False
    return True


def _begins_with(longer: Path, shorter: Path) -> bool:
    size = shorter.stat().st_size
    return longer.stat().st_size >= size and _sum(longer, size) == _sum(shorter, size)


def _sum(path: Path, most: int | None = None) -> bytes:
    told = hashlib.sha256()
    left = path.stat().st_size if most is None else most
    with path.open("rb") as file:
        while left > 0 and (data := file.read(min(AT_ONCE, left))):
            told.update(data)
            left -= len(data)
    return told.digest()


def _take_away(path: Path) -> None:
    """Remove the old folder: first out of sight in one step, so that no half of it is ever taken for a vault."""
    sweep(path)
    gone = path.with_name(f".{path.name}.{os.urandom(6).hex()}{HALF_MADE}")
    path.rename(gone)
    durable.sync_folder(path.parent)
    shutil.rmtree(gone)
    durable.sync_folder(path.parent)
