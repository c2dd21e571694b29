"""Every test starts from a clean environment: no settings, vaults or terminal habits of the machine leak in."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from pathlib import Path

import pytest

from builders.network import shut_network

FOREIGN = ("KINSHIP_", "XDG_", "TEXTUAL")
SINGLE = ("NO_COLOR", "EDITOR", "VISUAL", "COLORFGBG", "COLORTERM", "TZ")

shut_network()
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A run in the background ignores it, and so would every program that a test starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)


RAM_DISK = Path("/dev/shm")
ROOM = 3 * 2**30
"""Bytes that all tests together may need, with those of a run before."""


def pytest_configure(config: pytest.Config) -> None:
    """Let the folders of tests lie in memory where there is room: thousands of vaults are made durable and removed.

    The long fault loops keep to the disk.
    """
    if config.getoption("--long") or "PYTEST_DEBUG_TEMPROOT" in os.environ:
        return
    if RAM_DISK.is_dir() and os.access(RAM_DISK, os.W_OK) and shutil.disk_usage(RAM_DISK).free > ROOM:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(RAM_DISK)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread the tests that wait for a terminal evenly among those that compute, so that no processor waits with them.

    Each worker takes what lies together. Within its file every test keeps its place.
    """
    waiting = [one for one in items if one.get_closest_marker("terminal")]
    others = [one for one in items if not one.get_closest_marker("terminal")]
    if not waiting or not others:
        return
    places = [(at * len(others) / len(waiting), 0, at) for at in range(len(waiting))]
    order = sorted([*places, *((at, 1, at) for at in range(len(others)))])
    items[:] = [others[at] if computes else waiting[at] for _, computes, at in order]


def pytest_collection_finish() -> None:
    """Look for garbage among what the tests make, and not again and again among all tests and modules there are."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the fault loops at their long counts")
    parser.addoption("--share", type=float, default=1.0, help="run this share of the long counts")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(FOREIGN) or name in SINGLE:
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TZ", "UTC")
