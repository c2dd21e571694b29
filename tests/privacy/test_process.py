"""The process makes private files, tells Textual nothing, and leaves no core."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kinship.privacy.process import harden


@pytest.fixture(autouse=True)
def same_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_new_files_are_ours_alone(tmp_path: Path) -> None:
    harden(environment={})
    (tmp_path / "a").write_text("x")
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


def test_textual_is_told_nothing_by_the_environment() -> None:
    environment = {"TEXTUAL_LOG": "/tmp/x", "TEXTUAL": "devtools", "TEXTUAL_SCREENSHOT": "1", "HOME": "/h"}
    harden(["list"], environment)
    assert environment == {"HOME": "/h"}


@pytest.mark.parametrize(
    ("arguments", "dev", "kept"),
    [(["demo"], "1", True), (["demo"], "0", False), (["list"], "1", False), (["write", "demo"], "1", False)],
)
def test_only_the_demo_of_a_developer_keeps_it(arguments: list[str], dev: str, *, kept: bool) -> None:
    environment = {"TEXTUAL_LOG": "/tmp/x", "KINSHIP_DEV": dev}
    harden(arguments, environment)
    assert ("TEXTUAL_LOG" in environment) is kept


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's own")
@pytest.mark.parametrize(("guard", "dumpable", "core"), [("guard_memory()", 0, 0), ("None", 1, None)])
def test_an_open_vault_leaves_no_core_and_is_not_read_by_others(guard: str, dumpable: int, core: int | None) -> None:
    script = (
        f"import ctypes, resource; from kinship.privacy.process import guard_memory; {guard}; "
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE)[1])"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert int(told[0]) == dumpable
    assert core is None or int(told[1]) == core
