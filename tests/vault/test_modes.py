"""What we own is closed to others; what cannot be is refused where modes hold, and only named where there are none."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from builders.vaults import Made, new_vault
from kinship.ground.errors import Refused
from kinship.vault import Change, durable

Chmod = Callable[..., None]


def silent(*_: object, **__: object) -> None:
    """Say yes and change nothing, as some network drives do."""


def forbidden(*_: object, **__: object) -> None:
    raise PermissionError(errno.EPERM, "Operation not permitted")


def read_only(*_: object, **__: object) -> None:
    raise OSError(errno.EROFS, "Read-only file system")


def open_to_the_group(tmp_path: Path) -> Made:
    made = new_vault(tmp_path)
    made.vault.commit([Change("entries", "a", {"body": "kept"})])
    made.vault.close()
    made.path.chmod(0o770)
    return made


@pytest.fixture
def without_modes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drive on which everything is open to everybody, whatever is asked for."""
    real_mkdir, real_chmod = os.mkdir, os.chmod

    def made(path: Path, mode: int = 0o777, **named: int) -> None:
        real_mkdir(path, mode, **named)
        real_chmod(path, 0o755)

    monkeypatch.setattr(os, "mkdir", made)
    monkeypatch.setattr(os, "chmod", silent)


@pytest.mark.parametrize("chmod", [silent, forbidden])
def test_a_vault_that_stays_open_though_modes_hold_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chmod: Chmod
) -> None:
    made = open_to_the_group(tmp_path)
    monkeypatch.setattr(os, "chmod", chmod)
    with pytest.raises(Refused, match="stays open to other users") as caught:
        made.reopen()
    assert caught.value.remedy == f"Close it with: chmod go= {made.path}"
    assert sorted(entry.name for entry in made.path.iterdir() if "probe" in entry.name) == []


@pytest.mark.parametrize("chmod", [silent, forbidden])
def test_a_local_state_that_stays_open_though_modes_hold_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chmod: Chmod
) -> None:
    (tmp_path / "state").mkdir(mode=0o750)
    monkeypatch.setattr(os, "chmod", chmod)
    with pytest.raises(Refused, match="stays open to other users"):
        durable.make_folder(tmp_path / "state")


def test_what_others_cannot_reach_through_is_not_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = open_to_the_group(tmp_path)
    made.path.chmod(0o700)
    next((made.path / "log").iterdir()).chmod(0o664)
    monkeypatch.setattr(os, "chmod", silent)
    assert made.reopen().get("entries", "a") == {"body": "kept"}


@pytest.mark.usefixtures("without_modes")
def test_a_drive_without_modes_is_used_as_it_is(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.commit([Change("entries", "a", {"body": "kept"})])
    assert made.path.stat().st_mode & 0o077 == 0o055
    assert made.reopen().get("entries", "a") == {"body": "kept"}


def test_a_drive_that_cannot_be_written_is_only_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = open_to_the_group(tmp_path)
    real = os.mkdir

    def only_there(path: Path, mode: int = 0o777, **named: int) -> None:
        if str(path).startswith(str(made.path)):
            read_only()
        real(path, mode, **named)

    monkeypatch.setattr(os, "chmod", read_only)
    monkeypatch.setattr(os, "mkdir", only_there)
    assert made.reopen().get("entries", "a") == {"body": "kept"}
