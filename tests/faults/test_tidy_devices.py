"""Three copies that are edited, tidied and carried about in any order by a syncer that also carries removals."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.vaults import Made, new_vault
from kinship.vault import Change, Vault
from kinship.vault.fold import Fold
from kinship.vault.tidy import Order, tidy

Step = tuple[Any, ...]
PAGES = ("a", "b")
COPIES = 3


class Devices:
    """Computers with a copy each; a removal on one is carried to the others, as syncers do."""

    def __init__(self, folder: Path) -> None:
        self.made: Made = new_vault(folder)
        self.made.vault.close()
        self.paths = [folder / f"copy{number}.kinship" for number in range(COPIES)]
        self.states = [folder / f"state{number}" for number in range(COPIES)]
        for path in self.paths:
            shutil.copytree(self.made.path, path)
        self.removed: list[set[str]] = [set() for _ in self.paths]
        self.replaced: set[str] = set()
        self.written: set[str] = set()
        self.key = self.made.key()
        self.vaults = [self.opened(number) for number in range(COPIES)]

    def opened(self, number: int) -> Vault:
        from kinship.vault import open_vault

        return open_vault(self.paths[number], self.key, state=self.states[number], clock=self.made.clock)

    def texts(self, number: int, page: str) -> set[str]:
        return {document["body"] for document in self.vaults[number].heads("pages", page) if document is not None}

    def edit(self, number: int, page: str) -> None:
        text = f"{page} text {len(self.written)}"
        self.replaced |= self.texts(number, page)
        self.vaults[number].commit([Change("pages", page, {"body": text})])
        self.written.add(text)

    def delete(self, number: int, page: str) -> None:
        self.replaced |= self.texts(number, page)
        self.vaults[number].commit([Change("pages", page, None)])

    def restart(self, number: int) -> None:
        self.vaults[number].close()
        self.vaults[number] = self.opened(number)

    def tidy(self, number: int) -> None:
        log = self.paths[number] / "log"
        before = {path.name for path in log.iterdir()}
        assert tidy(self.vaults[number].site, Order(asked=True, everything=True)) is not None
        self.removed[number] |= before - {path.name for path in log.iterdir()}
        self.vaults[number].refresh()

    def carry(self, one: int, other: int) -> None:
        source, target = self.paths[one] / "log", self.paths[other] / "log"
        self.removed[other] |= self.removed[one]
        for name in self.removed[other]:
            (target / name).unlink(missing_ok=True)
        for file in source.iterdir():
            copy = target / file.name
            if file.name not in self.removed[other] and (
                not copy.exists() or copy.stat().st_size < file.stat().st_size
            ):
                shutil.copy(file, copy)
        self.vaults[other].refresh()

    def faults(self) -> list[str]:
        """Return texts that nobody replaced and that are gone, pages the copies disagree on, and false alarms."""
        for number in range(COPIES):
            self.restart(number)
        for _ in range(COPIES):
            for one in range(COPIES):
                self.carry(one, (one + 1) % COPIES)
        for number in range(COPIES):
            self.restart(number)
        there = {text for page in PAGES for text in self.texts(0, page)}
        wrong = sorted(self.written - self.replaced - there)
        for page in PAGES:
            if len({repr(vault.heads("pages", page)) for vault in self.vaults}) > 1:
                wrong.append(f"copies disagree on {page}")
        wrong += [f"{notice.what}: {notice.sentence}" for vault in self.vaults for notice in vault.notices]
        for vault in self.vaults:
            vault.close()
        return wrong


numbers = st.integers(0, COPIES - 1)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), numbers, st.sampled_from(PAGES)),
        st.tuples(st.just("delete"), numbers, st.sampled_from(PAGES)),
        st.tuples(st.just("carry"), numbers, numbers),
        st.tuples(st.just("restart"), numbers),
        st.tuples(st.just("tidy"), numbers),
    ),
    max_size=16,
)


def walked(sequence: list[Step], within: Path | None = None) -> list[str]:
    with tempfile.TemporaryDirectory(dir=within) as folder:
        devices = Devices(Path(folder))
        for name, *told in sequence:
            if name != "carry" or told[0] != told[1]:
                getattr(devices, name)(*told)
        return devices.faults()


def test_tidied_copies_agree_lose_nothing_and_raise_no_alarm(
    counted: Callable[[int, int], int], tally: Callable[..., None], scratch: Path
) -> None:
    walks = 0

    @settings(max_examples=counted(30, 1000), deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(steps)
    def check(sequence: list[Step]) -> None:
        nonlocal walks
        walks += 1
        assert walked(sequence, scratch) == []

    check()
    tally("three tidied copies (property test)", walks=walks, wrong=0)


BOTH_EDIT_AND_TIDY: list[Step] = [
    ("edit", 0, "a"),
    ("carry", 0, 1),
    ("edit", 0, "a"),
    ("edit", 1, "a"),
    ("restart", 0),
    ("restart", 1),
    ("tidy", 0),
    ("carry", 1, 0),
    ("carry", 0, 1),
    ("tidy", 1),
    ("tidy", 0),
]


def test_both_texts_survive_the_tidying_of_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    assert walked(BOTH_EDIT_AND_TIDY) == []
    real = Fold.settle

    def shown_only(fold: Fold) -> None:
        real(fold)
        fold.heads = {address: heads[:1] for address, heads in fold.heads.items()}

    monkeypatch.setattr(Fold, "settle", shown_only)
    assert walked(BOTH_EDIT_AND_TIDY) != []


def test_forgetting_what_was_folded_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Fold.settle

    def forgetful(fold: Fold) -> None:
        real(fold)
        fold.replaces.clear()

    monkeypatch.setattr(Fold, "settle", forgetful)
    assert any("missing" in wrong or "older" in wrong for wrong in walked(BOTH_EDIT_AND_TIDY))
