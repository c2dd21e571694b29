"""Unsaved words belong to the program that writes them, until it ends; then they are offered again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from builders.vaults import Made, new_vault
from kinship.vault import Draft, Vault, new_id

NOON = dt.datetime(2024, 5, 3, 12, 0, tzinfo=dt.UTC)


def draft(body: str, id_: str = "") -> Draft:
    return Draft(id_ or new_id(), None, (), NOON, {"body": body})


def bodies(vault: Vault) -> list[str]:
    return [one.document["body"] for one in vault.drafts()]


def test_a_draft_that_another_program_is_writing_is_not_offered(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.save_draft(draft("half a thought"))
    with made.reopen() as other:
        assert bodies(other) == []
    assert bodies(made.vault) == ["half a thought"]


def test_a_draft_is_offered_once_its_program_has_ended(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.save_draft(draft("half a thought"))
    made.vault.close()
    with made.reopen() as other:
        assert bodies(other) == ["half a thought"]


def test_two_programs_that_take_up_one_draft_keep_both_texts(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    left = made.vault.save_draft(draft("half a thought"))
    made.vault.close()
    with made.reopen() as one, made.reopen() as other:
        assert one.save_draft(draft("a whole one", left)) == left
        assert other.save_draft(draft("another one", left)) != left
    assert sorted(_left_behind(made)) == ["a whole one", "another one"]


def test_a_dropped_draft_leaves_no_file(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.drop_draft(made.vault.save_draft(draft("half a thought")))
    assert not list(made.state.rglob("drafts/*"))


def _left_behind(made: Made) -> list[str]:
    with made.reopen() as vault:
        return bodies(vault)
