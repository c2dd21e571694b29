"""Two programs that run on two copies at the same time, and what brings the copies together: both see both edits."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from builders.desks import Desk
from builders.devices import called
from builders.syncthing import equal, sharing
from builders.vaults import Made, new_vault
from kinship.journal.journal import Journal, PageText

Carry = Callable[[Path, Path], None]
"""Brings two copies of a vault together, in both directions."""


def run(*words: str | Path, cwd: Path | None = None) -> None:
    quiet = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "RCLONE_CONFIG": os.devnull,
        **{f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    done = subprocess.run(list(map(str, words)), cwd=cwd, env={**os.environ, **quiet}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def needed(tool: str) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed here")


def by_plain_copies(one: Path, other: Path) -> None:
    for source, target in ((one, other), (other, one)):
        run("cp", "-ru", f"{source}/.", f"{target}/")


def by_rsync(one: Path, other: Path) -> None:
    for source, target in ((one, other), (other, one)):
        run("rsync", "--archive", "--update", f"{source}/", f"{target}/")


def by_rclone(one: Path, other: Path) -> None:
    for source, target in ((one, other), (other, one)):
        run("rclone", "copy", "--update", source, target)


def by_git(one: Path, other: Path) -> None:
    for copy in (one, other, one):
        run("git", "add", "--all", cwd=copy)
        run("git", "commit", "--quiet", "--allow-empty", "--message", "journal", cwd=copy)
        run("git", "pull", "--quiet", "--no-rebase", "--no-edit", cwd=copy)
        run("git", "push", "--quiet", cwd=copy)


def bytes_in(vault: Path) -> dict[str, bytes]:
    """Return every file of a vault, without what git keeps beside it."""
    files = {file.relative_to(vault): file for file in vault.rglob("*") if file.is_file()}
    return {str(name): file.read_bytes() for name, file in files.items() if name.parts[0] != ".git"}


def copied(made: Made, folder: Path, _: str) -> tuple[Path, Path]:
    laptop, phone = folder / "laptop.kinship", folder / "phone.kinship"
    for copy in (laptop, phone):
        shutil.copytree(made.path, copy)
    return laptop, phone


def cloned(made: Made, folder: Path, name: str) -> tuple[Path, Path]:
    """Return two clones, on computers that change line ends where they may."""
    laptop, phone, hub = folder / "laptop.kinship", folder / "phone.kinship", folder / "hub.git"
    shutil.copytree(made.path, laptop)
    run("git", "init", "--quiet", "--bare", "--initial-branch", "main", hub)
    run("git", "init", "--quiet", "--initial-branch", "main", cwd=laptop)
    run("git", "config", "core.autocrlf", "true", cwd=laptop)
    run("git", "add", "--all", cwd=laptop)
    run("git", "commit", "--quiet", "--message", name, cwd=laptop)
    run("git", "remote", "add", "origin", hub, cwd=laptop)
    run("git", "push", "--quiet", "--set-upstream", "origin", "main", cwd=laptop)
    run("git", "clone", "--quiet", "--config", "core.autocrlf=true", hub, phone)
    return laptop, phone


@pytest.fixture
def made(tmp_path: Path) -> Made:
    made = new_vault(tmp_path)
    made.vault.close()
    return made


@contextmanager
def desks(made: Made, *places: tuple[Path, Path, str]) -> Iterator[list[Desk]]:
    """Yield a running program for each vault, state and name of a computer; all end well."""
    running = [Desk(made, *place) for place in places]
    try:
        yield running
        for desk in running:
            desk.leave()
    finally:
        for desk in running:
            desk.process.kill()
            desk.process.communicate()


WAYS = [
    pytest.param("cp", copied, by_plain_copies, id="plain copies"),
    pytest.param("rsync", copied, by_rsync, id="rsync"),
    pytest.param("rclone", copied, by_rclone, id="rclone"),
    pytest.param("git", cloned, by_git, id="git"),
]


@pytest.mark.parametrize(("tool", "begin", "carry"), WAYS)
def test_two_running_programs_on_two_copies_show_both_edits(
    made: Made, tmp_path: Path, tool: str, begin: Callable[[Made, Path, str], tuple[Path, Path]], carry: Carry
) -> None:
    needed(tool)
    here, there = begin(made, tmp_path, tool)
    _write_at_once(made, here, there, (carry, carry, carry))
    carry(here, there)
    assert bytes_in(here) == bytes_in(there)
    assert bytes_in(there)["READ-ME-recovery.txt"] == (made.path / "READ-ME-recovery.txt").read_bytes()


def test_two_running_programs_that_syncthing_connects_show_both_edits(made: Made, tmp_path: Path) -> None:
    needed("syncthing")
    here, there = copied(made, tmp_path, "syncthing")
    with ExitStack() as connected:

        def connect(one: Path, other: Path) -> None:
            connected.enter_context(sharing(tmp_path, one, other))
            equal(one, other)

        _write_at_once(made, here, there, (by_plain_copies, connect, equal))
        equal(here, there)


def _write_at_once(made: Made, here: Path, there: Path, ways: tuple[Carry, Carry, Carry]) -> None:
    """Have two programs edit one page at the same time; what brings the copies together first, then, and in the end."""
    states = here.parent / "laptop-state", here.parent / "phone-state"
    first, then, last = ways
    with made.reopen(path=here, state=states[0]) as vault, called("laptop"):
        page = Journal(vault, made.clock).keep_page(PageText(body="Tea.")).made["entries"][0]
    first(here, there)
    with desks(made, (here, states[0], "laptop"), (there, states[1], "phone")) as (laptop, phone):
        assert phone.look()["pages"] == {page: "Tea."}
        laptop.tell("edit", page, "Tea.\nShe laughed.")
        phone.tell("edit", page, "Tea.\nIt rained.")
        assert laptop.answer()
        assert phone.answer()
        own = phone.ask("write", "Only on the phone.")
        then(here, there)
        both = {"laptop": "Tea.\nShe laughed.", "phone": "Tea.\nIt rained."}
        for desk in (laptop, phone):
            shown = desk.look()
            assert shown["conflicts"] == {page: both}
            assert shown["pages"][own] == "Only on the phone."
        assert laptop.ask("together", page)
        last(here, there)
        shown = [desk.look() for desk in (laptop, phone)]
        assert shown[0] == shown[1]
        assert shown[0]["conflicts"] == {}
        assert shown[0]["notices"] == []
        assert "She laughed." in shown[0]["pages"][page]
        assert "It rained." in shown[0]["pages"][page]


def test_several_programs_on_one_vault_see_each_other_and_keep_everything(made: Made) -> None:
    place = (made.path, made.state, "laptop")
    with desks(made, place, place, place) as running:
        page = running[0].ask("write", "Begun.")
        for desk in running:
            desk.look()
        for number in range(5):
            for at, desk in enumerate(running):
                desk.tell("write", f"{at} {number}")
        for desk in running:
            desk.tell("edit", page, f"Edited by {running.index(desk)}.")
        for desk in running:
            for _ in range(6):
                assert desk.answer()
        shown = [desk.look() for desk in running]
        for one in shown:
            assert len(one["pages"]) == 16
            assert set(one["conflicts"]) == {page}
            assert one["notices"] == []
    again = made.reopen()
    texts = {document["body"] for document in again.heads("entries", page) if document is not None}
    assert texts == {f"Edited by {at}." for at in range(3)}


def test_a_copy_over_the_file_that_a_program_writes_loses_nothing(made: Made, tmp_path: Path) -> None:
    with desks(made, (made.path, made.state, "laptop")) as (laptop,):
        laptop.ask("write", "one")
        before = {file: file.read_bytes() for file in (made.path / "log").iterdir()}
        laptop.ask("write", "two")
        for file, data in before.items():
            file.write_bytes(data)
        laptop.ask("write", "three")
        assert laptop.ask("read")["notices"] == []
    again = made.reopen(state=tmp_path / "another-computer")
    assert {document["body"] for _, document in again.all("entries")} == {"one", "two", "three"}
    assert [notice.what for notice in again.notices if notice.what != "tail"] == []
