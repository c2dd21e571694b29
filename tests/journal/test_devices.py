"""A computer has the name that the person gave it, wherever versions and former texts say where they are from."""

from __future__ import annotations

from pathlib import Path

from builders.journals import new_journal
from kinship.journal.drafts import PageText
from kinship.journal.journal import Journal


def test_a_computer_is_called_what_the_person_calls_it_and_undo_takes_that_back(tmp_path: Path) -> None:
    journal: Journal = new_journal(tmp_path)
    journal.keep_page(PageText(body="Tea."))
    usual = journal.name_of_device(journal.device)
    assert usual
    journal.name_this_device("  the one\nin the kitchen ")
    assert journal.name_of_device(journal.device, "from the frame") == "the one in the kitchen"
    journal.undo()
    assert journal.name_of_device(journal.device) == usual
    journal.name_this_device("x")
    journal.name_this_device("")
    assert journal.name_of_device(journal.device, "from the frame") == "from the frame"
    assert journal.name_of_device("unheard of") == ""
