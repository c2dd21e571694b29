from __future__ import annotations

import datetime as dt
import stat
from pathlib import Path

import pytest

from kinship.ground.errors import NotSaved, Refused
from kinship.snapshot import Format, Share, file_name, write_export


def test_an_export_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "map.svg"
    write_export(file, b"<svg/>")
    assert file.read_bytes() == b"<svg/>"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.glob("*")) == [file, tmp_path / "home"] or list(tmp_path.glob("*.new")) == []


def test_what_is_there_already_is_replaced_only_by_force(tmp_path: Path) -> None:
    file = tmp_path / "map.svg"
    file.write_bytes(b"old")
    with pytest.raises(Refused):
        write_export(file, b"new")
    assert file.read_bytes() == b"old"
    write_export(file, b"new", force=True)
    assert file.read_bytes() == b"new"


def test_a_folder_that_is_not_there_is_one_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotSaved) as caught:
        write_export(tmp_path / "nowhere" / "map.svg", b"new")
    assert "\n" not in str(caught.value)


def test_the_offered_name_says_no_day_unless_days_leave() -> None:
    day = dt.date(2026, 11, 22)
    assert file_name(day, Format.SVG) == "support-map-2026-11.svg"
    assert file_name(day, Format.TEXT, Share(exact_dates=True)) == "support-map-2026-11-22.txt"
