"""What still speaks of deleted pages is found before a purge, and nothing else is."""

from __future__ import annotations

from pathlib import Path

from builders.vaults import new_vault
from kinship.journal.codec import to_document
from kinship.journal.journal import Journal, PageText
from kinship.journal.leftovers import leftovers
from kinship.journal.model import Revision
from kinship.vault import Change


def test_former_texts_and_large_acts_of_deleted_pages_go_and_those_of_living_ones_stay(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    journal = Journal(made.vault, made.clock)
    (gone,) = journal.keep_page(PageText(body="to be deleted")).made["entries"]
    (stays,) = journal.keep_page(PageText(body="stays")).made["entries"]
    pages = [journal.pages.get(gone), journal.pages.get(stays)]
    assert None not in pages
    journal.take_in("An import", [one for one in pages if one is not None])
    for id_ in (gone, stays):
        late = Revision(id=f"{id_[:31]}x", entry=id_, at=made.clock.now(), device="d", title=None, body="former")
        made.vault.commit([Change("revisions", late.id, to_document(late))])
    journal.refresh()
    journal = Journal(made.vault, made.clock)
    assert leftovers(journal) == []
    journal.delete_page(gone)
    made.vault.commit(
        [
            Change(
                "revisions",
                f"{gone[:31]}x",
                to_document(
                    Revision(
                        id=f"{gone[:31]}x",
                        entry=gone,
                        at=made.clock.now(),
                        device="d",
                        title=None,
                        body="arrived late",
                    )
                ),
            )
        ]
    )
    journal = Journal(made.vault, made.clock)
    (act,) = journal.kept_acts
    found = leftovers(journal)
    assert {(one.table, one.id, one.document) for one in found} == {
        ("revisions", f"{gone[:31]}x", None),
        ("acts", act.id, None),
    }


def test_the_former_text_of_a_page_that_has_not_arrived_stays(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    waiting = Revision(id="a" * 32, entry="b" * 32, at=made.clock.now(), device="d", title=None, body="former")
    made.vault.commit([Change("revisions", waiting.id, to_document(waiting))])
    assert leftovers(Journal(made.vault, made.clock)) == []
