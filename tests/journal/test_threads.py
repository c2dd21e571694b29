"""Reading in a worker while somebody writes."""

from __future__ import annotations

import threading
from pathlib import Path

from builders.journals import alter, entry, new_journal
from kinship.journal.journal import Journal, PageText


def test_searching_in_a_thread_while_pages_are_kept_misses_none_in_the_end(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    journal.take_in("life", [alter("Bea"), *(entry(f"stairs {n} @Bea", names={"Bea": "bea"}) for n in range(300))])
    fresh = Journal(journal.vault, journal.clock)
    faults: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                fresh.search("stairs", person="bea")
                fresh.pages.latest(5)
                fresh.pages.tags()
                fresh.alters.complete("b")
                fresh.circle.as_of(fresh.today())
        except BaseException as fault:  # noqa: BLE001 - shown by the test
            faults.append(fault)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for n in range(60):
        fresh.keep_page(PageText(body=f"stairs again {n} @Bea #t{n}"))
        fresh.record_moment("bea", "listening")
    done.set()
    for reader in readers:
        reader.join()
    assert faults == []
    assert len(fresh.search("stairs", person="bea")) == 360
    assert len(fresh.circle.as_of(fresh.today()).bonds[0].moments) == 60
