"""Copies of one vault, edited at the same time and brought together in any way: nothing is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.vaults import Made, new_vault
from kinship.vault import Change, Vault, merge
from kinship.vault.merge import Head

Step = tuple[Any, ...]
PAGES = ("a", "b")


class Copies:
    """Several computers with a copy each, and for each the texts it ever saw and those it replaced knowingly."""

    def __init__(self, folder: Path, count: int) -> None:
        self.made: Made = new_vault(folder)
        self.made.vault.close()
        self.paths = [folder / f"copy{number}.kinship" for number in range(count)]
        self.states = [folder / f"state{number}" for number in range(count)]
        for path in self.paths:
            shutil.copytree(self.made.path, path)
        self.vaults: list[Vault] = [self._opened(number) for number in range(count)]
        self.replaced: set[str] = set()
        self.written: set[str] = set()

    def _opened(self, number: int) -> Vault:
        return self.made.reopen(path=self.paths[number], state=self.states[number])

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

    def carry(self, one: int, other: int) -> None:
        for file in (self.paths[one] / "log").iterdir():
            target = self.paths[other] / "log" / file.name
            if not target.exists() or target.stat().st_size < file.stat().st_size:
                shutil.copy(file, target)
        self.vaults[other].refresh()

    def restart(self, number: int) -> None:
        self.vaults[number].close()
        self.vaults[number] = self._opened(number)

    def settle(self) -> None:
        for _ in self.vaults:
            for one in range(len(self.vaults)):
                self.carry(one, (one + 1) % len(self.vaults))

    def faults(self) -> list[str]:
        """Return texts that nobody replaced and that are gone, and pages on which the copies disagree."""
        self.settle()
        there = {text for page in PAGES for text in self.texts(0, page)}
        wrong = sorted(self.written - self.replaced - there)
        for page in PAGES:
            told = {repr(vault.heads("pages", page)) for vault in self.vaults}
            if len(told) > 1:
                wrong.append(f"copies disagree on {page}")
        return wrong


steps = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), st.integers(0, 2), st.sampled_from(PAGES)),
        st.tuples(st.just("delete"), st.integers(0, 2), st.sampled_from(PAGES)),
        st.tuples(st.just("carry"), st.integers(0, 2), st.integers(0, 2)),
        st.tuples(st.just("restart"), st.integers(0, 2)),
    ),
    max_size=14,
)


def walked(folder: Path, sequence: list[Step]) -> list[str]:
    copies = Copies(folder, 3)
    for name, *told in sequence:
        if name != "carry" or told[0] != told[1]:
            getattr(copies, name)(*told)
    wrong = copies.faults()
    for vault in copies.vaults:
        vault.close()
    return wrong


def test_three_copies_carried_about_in_any_order_agree_and_lose_nothing(
    scratch: Path, counted: Callable[[int, int], int], tally: Callable[..., None]
) -> None:
    examples = counted(50, 2000)
    walks = 0

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(steps)
    def check(sequence: list[Step]) -> None:
        nonlocal walks
        walks += 1
        folder = scratch / str(walks)
        folder.mkdir()
        assert walked(folder, sequence) == []
        shutil.rmtree(folder)

    check()
    tally("three copies (property test)", walks=walks, wrong=0)


BOTH_EDIT: list[Step] = [
    ("edit", 0, "a"),
    ("carry", 0, 1),
    ("edit", 0, "a"),
    ("edit", 1, "a"),
    ("restart", 0),
    ("delete", 2, "a"),
]


def test_two_copies_edited_at_the_same_time_keep_both_texts(tmp_path: Path) -> None:
    copies = Copies(tmp_path, 2)
    copies.edit(0, "a")
    copies.carry(0, 1)
    copies.edit(0, "a")
    copies.edit(1, "a")
    assert copies.faults() == []
    assert copies.texts(0, "a") == copies.texts(1, "a") == {"a text 1", "a text 2"}
    copies.edit(1, "a")
    assert copies.faults() == []
    assert copies.texts(0, "a") == {"a text 3"}


def test_keeping_only_the_last_writing_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def last(heads: tuple[Head, ...], new: Head) -> tuple[Head, ...]:
        return (max((*heads, new), key=lambda head: head.clock),)

    (tmp_path / "right").mkdir()
    (tmp_path / "wrong").mkdir()
    assert walked(tmp_path / "right", BOTH_EDIT) == []
    monkeypatch.setattr(merge, "add_head", last)
    assert walked(tmp_path / "wrong", BOTH_EDIT) != []


def test_writers_that_took_each_other_for_themselves_would_be_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Vault._write

    def mistaken(vault: Vault, _: str, change: Change, encoded: bytes) -> Any:
        return real(vault, "00" * 16, change, encoded)

    monkeypatch.setattr(Vault, "_write", mistaken)
    assert walked(tmp_path, [*BOTH_EDIT[:3], *BOTH_EDIT[2:]]) != []
