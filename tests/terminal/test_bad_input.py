"""Whatever is wrong around the program, it says one clear sentence with the right exit code, and nothing is lost."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders.installed import Machine, machine

pytestmark = pytest.mark.terminal

NOBODY = 12345
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")


def one_sentence(told: str) -> str:
    """Return the only line of what was said; it must hold no traceback."""
    (line,) = told.strip().splitlines()
    assert "Traceback" not in line
    return line


# A vault path that cannot be one.


def test_a_vault_path_that_is_a_file_is_said_on_a_terminal_and_the_file_is_left_alone(tmp_path: Path) -> None:
    file = Machine(tmp_path).home / "diary.txt"
    file.write_text("mine")
    with Machine(tmp_path).terminal("--vault", str(file), columns=300) as terminal:
        assert terminal.end() == 1
        assert "is a file; a vault is a folder" in one_sentence(terminal.text())
        assert b"\x1b[?1049h" not in terminal.raw
    assert file.read_text() == "mine"


@pytest.mark.parametrize("words", [["list"], ["write"], ["new"]])
def test_a_vault_path_that_is_a_file_is_exit_1_for_commands(tmp_path: Path, words: list[str]) -> None:
    file = Machine(tmp_path).home / "diary.txt"
    file.write_text("mine")
    ended = Machine(tmp_path).run(*words, "--vault", str(file), piped="words")
    assert (ended.code, ended.out) == (1, "")
    assert "is a file" in one_sentence(ended.err)
    assert file.read_text() == "mine"


def test_a_vault_path_below_a_file_is_refused_without_a_traceback(tmp_path: Path) -> None:
    file = Machine(tmp_path).home / "diary.txt"
    file.write_text("mine")
    for word, code in (("new", 5), ("list", 1)):
        ended = Machine(tmp_path).run(word, "--vault", str(file / "inner.kinship"))
        assert ended.code == code
        one_sentence(ended.err)


@as_root
def test_a_vault_of_somebody_else_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    person = machine(tmp_path)
    os.chown(person.vault, NOBODY, NOBODY)
    before = sorted((str(path), path.stat().st_mtime_ns) for path in person.vault.rglob("*"))
    ended = person.run("write", piped="mine")
    assert ended.code == 1
    assert "belongs to another user" in one_sentence(ended.err)
    with person.terminal(columns=300) as terminal:
        assert terminal.end() == 1
        assert "belongs to another user" in one_sentence(terminal.text())
    assert sorted((str(path), path.stat().st_mtime_ns) for path in person.vault.rglob("*")) == before


@pytest.fixture
def open_ground() -> Iterator[Path]:
    """Give a folder that other users can walk into; the tests' own are closed to them."""
    ground = Path(tempfile.mkdtemp(prefix="kinship-test-"))
    ground.chmod(0o755)
    yield ground
    shutil.rmtree(ground)


def as_somebody_else() -> None:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def installed_for_all() -> bool:
    """Return whether another user can reach the program that is tested."""
    import kinship

    places = (Path(os.__file__), Path(kinship.__file__).resolve())
    return all(folder.stat().st_mode & 0o005 == 0o005 for place in places for folder in place.parents)


@as_root
def test_another_user_is_told_that_the_vault_is_not_theirs(open_ground: Path) -> None:
    if not installed_for_all():
        pytest.skip("this checkout cannot be reached by another user")
    owner = machine(open_ground / "owner")
    other = Machine(open_ground / "other")
    for path in (other.root, *other.root.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    for opened in (owner.root, owner.home, *list(owner.vault.parents)[:4]):
        opened.chmod(0o755)
    for words in (["list"], ["write"], ["new"]):
        ended = other.run(*words, "--vault", str(owner.vault), piped="words", prepare=as_somebody_else)
        assert ended.code == 1, words
        said = one_sentence(ended.err)
        assert "somebody else" in said or "may not be" in said


# A theme that is not one.


def with_settings(tmp_path: Path, text: str) -> Machine:
    person = machine(tmp_path)
    (person.config / "themes").mkdir(parents=True)
    (person.config / "settings.toml").write_text(text)
    return person


def test_an_unknown_theme_is_named_with_the_nearest_one_before_any_screen(tmp_path: Path) -> None:
    person = with_settings(tmp_path, 'theme = "drak"\n')
    with person.terminal(columns=300) as terminal:
        assert terminal.end() == 2
        assert one_sentence(terminal.text()) == "There is no theme 'drak'. Did you mean dark?"
        assert b"\x1b[?1049h" not in terminal.raw
    assert person.run("write", piped="A theme does not concern commands.").code == 0


def test_a_theme_name_with_markup_and_escapes_is_only_said(tmp_path: Path) -> None:
    person = with_settings(tmp_path, 'theme = "[/x]\\u001b]52;c;SEVJTA==\\u0007"\n')
    with person.terminal(columns=300) as terminal:
        assert terminal.end() == 2
        assert "There is no theme" in terminal.text()
        assert b"\x1b]52" not in terminal.raw


BROKEN = {
    "no-colour": b'name = "[/x]"\ndark = true\n[colours]\npaper = "[red]"\n',
    "[red]x": b"\xff\xfe\x00\x1b]52;c;SEVJTA==\x07",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_theme_file_is_one_toast_and_the_journal_opens(tmp_path: Path, name: str) -> None:
    person = with_settings(tmp_path, "")
    (person.config / "themes" / f"{name}.toml").write_bytes(BROKEN[name])
    for number in range(100):
        (person.config / "themes" / f"t{number}.toml").write_text("?")
    with person.terminal() as terminal:
        terminal.wait_for("A theme is left out")
        assert terminal.wait_for(re.escape(f"{name}.toml")).count("left out") == 1
        terminal.press(person.passphrase, "enter")
        terminal.wait_for("Lately")
        assert b"\x1b]52" not in terminal.raw


def test_a_theme_whose_title_is_markup_is_offered_as_it_is_written(tmp_path: Path) -> None:
    person = with_settings(tmp_path, "")
    words = (Path(__file__).parents[2] / "themes/dark.toml").read_text()
    lines = ['name = "mine"', 'title = "[/x] [red]T\\u001b]52;c;SEVJTA==\\u0007"']
    lines += [line for line in words.splitlines() if not line.startswith(("name", "title"))]
    (person.config / "themes/mine.toml").write_text("\n".join(lines))
    with person.unlocked() as terminal:
        terminal.press("ctrl+p")
        terminal.wait_for("a person, a page")
        terminal.press("mine")
        seen = terminal.wait_for("Theme: mine")
        assert "[/x] [red]T" in seen
        assert b"\x1b]52" not in terminal.raw
        terminal.press("enter")
        terminal.wait_for("Lately")


@pytest.mark.parametrize(
    ("text", "said"),
    [("thme = 'dark'", "theme"), ("theme = [", "not valid TOML")],
)
def test_wrong_settings_are_said_before_any_screen(tmp_path: Path, text: str, said: str) -> None:
    person = Machine(tmp_path)
    person.config.mkdir(parents=True)
    (person.config / "settings.toml").write_text(text)
    with person.terminal(columns=300) as terminal:
        assert terminal.end() == 2
        assert said in one_sentence(terminal.text())


# No terminal.


def test_without_a_terminal_kinship_says_so_and_names_the_plain_commands(tmp_path: Path) -> None:
    ended = Machine(tmp_path).run()
    assert (ended.code, ended.out) == (2, "")
    assert "needs a terminal" in one_sentence(ended.err)
    assert "kinship write" in ended.err


def test_without_a_terminal_the_demo_prints_today_and_the_map(tmp_path: Path) -> None:
    person = Machine(tmp_path)
    ended = person.run("demo", "--as-of", "2026-06-01")
    assert (ended.code, ended.err) == (0, "")
    assert "1 June 2026" in ended.out
    assert "Support map" in ended.out
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
