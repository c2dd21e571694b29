"""The demo's journal: a real vault, thrown away, with the whole life in it."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

from kinship.demo import live
from kinship.demo.vault import demo_vault
from kinship.ground.clock import FrozenClock
from kinship.reflect import choose_today, load_pack
from kinship.reflect.state import selection_state

NOW = dt.datetime(2026, 11, 22, 20, 0, tzinfo=dt.UTC)


def test_the_whole_life_is_in_the_journal_and_cannot_be_undone_by_a_key(tmp_path: Path) -> None:
    life = live(7)
    with_all = demo_vault(tmp_path, life, FrozenClock(NOW))
    assert len(with_all.pages) == len(life.entries)
    assert [entry.id for entry in with_all.pages.latest(1)] == [max(life.entries, key=lambda one: (one.day, one.at)).id]
    assert with_all.circle.as_of(life.as_of).bonds
    assert len(with_all.moments) == len(life.moments)
    assert with_all.choices.own_name == "Alma"
    assert with_all.can_undo is None
    with_all.close()


def test_nothing_of_the_life_is_readable_in_the_folder(tmp_path: Path) -> None:
    demo_vault(tmp_path, live(7), FrozenClock(NOW)).close()
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    for word in (b"Amina", b"Thornbeck", b"quinces"):
        assert word not in kept


def test_the_prompt_of_the_day_can_be_chosen_from_it(tmp_path: Path) -> None:
    journal = demo_vault(tmp_path, live(7), FrozenClock(NOW))
    state = selection_state(journal, journal.today())
    names = {one.name for one in state.people}
    assert {"Ines", "Noor"} <= names
    assert names.isdisjoint({"Opa Josef", "Viktor", "Jonah", "Gareth"})
    assert len(state.professionals) == 3
    assert state.helps
    assert choose_today(load_pack(), state, journal.today()) is not None
    journal.close()


def test_one_seed_asks_the_same_every_time(tmp_path: Path) -> None:
    ids = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        with demo_vault(tmp_path / name, live(7), FrozenClock(NOW)) as journal:
            ids.append(journal.vault.id)
    assert ids[0] == ids[1]


def test_ten_years_of_a_hundred_and_fifty_people_open_quickly(tmp_path: Path) -> None:
    began = time.process_time()
    life = live(7, years=10, people=150, pages=2500, as_of=NOW.date())
    journal = demo_vault(tmp_path, life, FrozenClock(NOW))
    days = journal.circle.timeline().days()
    assert time.process_time() - began <= 6
    assert (days[-1] - days[0]).days > 9 * 365
    assert len(journal.circle.as_of(NOW.date()).bonds) == 150
    journal.close()
