"""A bookmark is sealed, is taken out once, and is nobody else's page."""

from __future__ import annotations

from pathlib import Path

from builders.sweep import sweep
from builders.vaults import Made, new_vault
from kinship.ground.clock import FrozenClock
from kinship.journal.bookmarks import Bookmark, Place, keep_bookmark, take_bookmark
from kinship.journal.journal import Journal

HERE = Bookmark((Place("CircleRequested", {"focus": "ab"}), Place("PagesRequested")), "Wobblesnipe", "name")


def clock_of(made: Made) -> FrozenClock:
    assert isinstance(made.clock, FrozenClock)
    return made.clock


def test_what_was_kept_is_taken_out_once(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    bookmark = keep_bookmark(made.vault, made.clock, HERE)
    made.vault.close()
    again = made.reopen()
    assert take_bookmark(again, made.clock, bookmark) == HERE
    assert take_bookmark(again, made.clock, bookmark) is None


def test_its_words_cannot_be_read_on_the_disk(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    keep_bookmark(made.vault, made.clock, HERE)
    assert sweep([tmp_path], {"line": HERE.line}) == []


def test_a_start_that_knows_no_bookmark_gets_the_newest_with_a_line(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    keep_bookmark(made.vault, made.clock, HERE)
    clock_of(made).advance(1)
    keep_bookmark(made.vault, made.clock, Bookmark((Place("InboxRequested"),)))
    assert take_bookmark(made.vault, made.clock) == HERE
    assert take_bookmark(made.vault, made.clock) is None


def test_a_bookmark_of_another_program_is_left_to_it(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    ours, theirs = (keep_bookmark(made.vault, made.clock, HERE) for _ in range(2))
    assert take_bookmark(made.vault, made.clock, ours) == HERE
    assert take_bookmark(made.vault, made.clock, theirs) == HERE


def test_what_nobody_came_back_to_for_a_day_is_thrown_away(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    bookmark = keep_bookmark(made.vault, made.clock, Bookmark((Place("InboxRequested"),)))
    clock_of(made).advance(25 * 3600)
    assert take_bookmark(made.vault, made.clock) is None
    assert take_bookmark(made.vault, made.clock, bookmark) is None


def test_a_bookmark_is_no_unfinished_page(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    keep_bookmark(made.vault, made.clock, HERE)
    assert Journal(made.vault, made.clock).drafts.all() == []
