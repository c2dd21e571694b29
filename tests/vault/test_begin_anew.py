"""A session can end its segment and go on in another one, as after the machine stood still."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.vaults import new_vault
from kinship.vault import Change


def test_the_next_save_goes_into_another_segment_and_nothing_is_lost(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.commit([Change("entries", "a", {"body": "before"})])
    before = made.vault.writing
    made.vault.begin_anew()
    made.vault.commit([Change("entries", "b", {"body": "after"})])
    assert made.vault.writing != before
    made.vault.close()
    with made.reopen() as again:
        assert {id_ for id_, _ in again.all("entries")} == {"a", "b"}
        assert not [notice for notice in again.notices if notice.what in {"damaged", "tail", "missing"}]


def test_without_a_save_there_is_nothing_to_end(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    before = sorted(path.name for path in (made.path / "log").iterdir())
    made.vault.begin_anew()
    assert sorted(path.name for path in (made.path / "log").iterdir()) == before


@pytest.mark.parametrize("times", [1, 3])
def test_a_closed_vault_stays_closed(tmp_path: Path, times: int) -> None:
    made = new_vault(tmp_path)
    made.vault.close()
    for _ in range(times):
        made.vault.begin_anew()
