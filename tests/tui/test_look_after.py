"""When the screen is gone, the files of the journal are looked after; those of the demo are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders.doors import a_few_pages, steady_journal
from builders.screens import kinship_app
from kinship.journal.journal import Journal
from kinship.tui.context import Context
from kinship.vault.backups import own_backups


@pytest.fixture
def journal(context: Context) -> Journal:
    journal = steady_journal(context)
    a_few_pages(journal)
    return journal


def test_leaving_keeps_a_backup_of_the_day(context: Context, journal: Journal) -> None:
    kinship_app(context, journal=journal).look_after_journal()
    assert len(own_backups(journal.vault.site)) == 1


def test_a_demo_leaves_nothing(context: Context, journal: Journal) -> None:
    kinship_app(replace(context, demo=True), journal=journal).look_after_journal()
    assert own_backups(journal.vault.site) == ()


def test_a_lock_that_was_never_opened_has_nothing_to_look_after(context: Context) -> None:
    kinship_app(context).look_after_journal()
