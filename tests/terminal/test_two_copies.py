"""Two programs on two terminals, each on its own copy of a vault, brought together by plain file copies."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from builders.installed import Machine
from builders.terminal import Terminal

pytestmark = pytest.mark.terminal


def edit(terminal: Terminal, words: str) -> None:
    """Write on the newest page, and go back to Today."""
    terminal.press("p")
    terminal.wait_for("1 page")
    terminal.press("enter")
    terminal.wait_for("e edit")
    terminal.press("e")
    terminal.wait_for("only the page")
    terminal.press(words)
    terminal.wait_for(words.strip())
    terminal.press("esc")
    terminal.wait_for("e edit")
    terminal.press("esc")
    terminal.wait_for("1 page")
    terminal.press("esc")
    terminal.wait_for("Lately")


def test_both_screens_show_both_edits_and_one_settles_it(tmp_path: Path) -> None:
    laptop, phone = Machine(tmp_path / "laptop").make_vault(), Machine(tmp_path / "phone")
    assert laptop.run("write", "Tea.").code == 0
    phone.vault.parent.mkdir(parents=True)
    shutil.copytree(laptop.vault, phone.vault)
    with laptop.unlocked() as here, phone.unlocked() as there:
        edit(here, "She laughed. ")
        edit(there, "It rained. ")
        for source, target in ((laptop, phone), (phone, laptop)):
            subprocess.run(["cp", "-ru", f"{source.vault}/.", f"{target.vault}/"], check=True)
        for terminal in (here, there):
            terminal.wait_for("written in two places at once")
            terminal.press("v")
            shown = terminal.wait_for("2 · ")
            assert "She laughed." in shown
            assert "It rained." in shown
        here.press("t")
        here.wait_for("Nothing is in two versions")
        subprocess.run(["cp", "-ru", f"{laptop.vault}/.", f"{phone.vault}/"], check=True)
        there.wait_for("Nothing is in two versions")
        for terminal in (here, there):
            terminal.press("ctrl+q")
            terminal.process.wait(timeout=20)
    (body,) = phone.bodies()
    assert "She laughed." in body
    assert "It rained." in body
