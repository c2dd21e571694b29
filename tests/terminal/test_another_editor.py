"""From the page on the screen to another editor and back, with the real program on a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.editors import editor
from builders.installed import Machine
from builders.terminal import Terminal
from kinship.privacy.mounts import read_mounts
from kinship.privacy.throw_away import SHARED_MEMORY, true_memory

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(true_memory({}, read_mounts()) is None, reason="no memory file system is mounted here"),
]
ASKING = 'printf "the editor has it: %s\\n" "$(cat "$page")"; IFS= read -r more; printf "%s\\n" "$more" >> "$page"'
"""An editor of one line: it shows the page, and puts what is typed behind it."""


def a_writer(root: Path, settings: str, script: str = ASKING) -> Machine:
    """Return a machine on which `vim` is a script, with these settings."""
    person = Machine(root).make_vault()
    tool = editor(root, script)
    person.config.mkdir(parents=True)
    (person.config / "settings.toml").write_text(settings)
    del person.environment["XDG_RUNTIME_DIR"]
    person.environment["PATH"] = f"{Path(tool.program).parent}:{person.environment['PATH']}"
    return person


def on_a_page(terminal: Terminal, words: str) -> None:
    terminal.press("w")
    terminal.wait_for("only the page")
    terminal.press(words)
    terminal.wait_for(words)


def ask_for_it(terminal: Terminal) -> None:
    terminal.press("ctrl+p", "another editor")
    terminal.wait_for("in memory only")
    terminal.press("enter")


def test_the_page_goes_to_the_editor_and_comes_back(tmp_path: Path) -> None:
    person = a_writer(tmp_path, 'editor = "vim"\n')
    with person.unlocked() as terminal:
        on_a_page(terminal, "Bea came")
        ask_for_it(terminal)
        terminal.wait_for("the editor has it: Bea came")
        terminal.press("ctrl+z", ". We laughed.", "enter")
        terminal.wait_for("Bea came. We laughed.")
        terminal.wait_for(r"kept \d\d:\d\d")
        terminal.press("ctrl+z")
        terminal.wait_gone("We laughed")
        terminal.press("ctrl+y")
        terminal.wait_for("We laughed")
        terminal.press("esc", "esc")
        terminal.wait_for("Lately")
        terminal.press("ctrl+q")
        assert terminal.end() == 0
    assert person.bodies() == ["Bea came. We laughed."]
    pages = [page for page in SHARED_MEMORY.glob("kinship-editor-*/page.md") if page.is_file()]
    assert [page for page in pages if "We laughed" in page.read_text("utf-8", "replace")] == []


def test_an_editor_that_is_not_known_is_refused_on_the_page(tmp_path: Path) -> None:
    person = a_writer(tmp_path, 'editor = "sh"\n')
    with person.unlocked() as terminal:
        on_a_page(terminal, "Bea came.")
        ask_for_it(terminal)
        told = terminal.wait_for("does not know how sh is kept")
        assert "Bea came." in told
        terminal.press(" More.")
        terminal.wait_for(r"Bea came\. More\.")


def test_it_is_not_offered_until_the_settings_ask_for_it_nor_away_from_a_page(tmp_path: Path) -> None:
    for settings, page in (("", True), ('editor = "vim"\n', False)):
        person = a_writer(tmp_path / f"{page}", settings)
        with person.unlocked() as terminal:
            if page:
                on_a_page(terminal, "Bea came.")
            terminal.press("ctrl+p", "another editor")
            terminal.wait_for("No matches found")


def test_write_opens_it_where_no_text_is_given(tmp_path: Path) -> None:
    person = a_writer(tmp_path, 'editor = "vim"\n')
    with person.terminal("write", "--with", "Bea") as terminal:
        terminal.wait_for("Passphrase")
        terminal.press(person.passphrase, "enter")
        terminal.wait_for("the editor has it")
        terminal.press("Typed there.", "enter")
        assert terminal.end() == 0
    with person.terminal("write", "-") as terminal:
        terminal.wait_for("Passphrase")
        terminal.press(person.passphrase, "enter")
        terminal.wait_for("Ctrl-D on a line")
        terminal.press("Typed here.", "enter", "ctrl+d")
        assert terminal.end() == 0
    assert sorted(person.bodies()) == ["Typed here.", "Typed there."]


def test_an_empty_page_from_the_editor_keeps_nothing(tmp_path: Path) -> None:
    person = a_writer(tmp_path, 'editor = "vim"\n', "true")
    with person.terminal("write") as terminal:
        terminal.wait_for("Passphrase")
        terminal.press(person.passphrase, "enter")
        terminal.wait_for("There are no words to keep")
        assert terminal.end() == 2
    assert person.bodies() == []
