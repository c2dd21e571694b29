"""What a fresh program is told after a lock: the vault's place, why, and nothing of a person's."""

from __future__ import annotations

import inspect
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.drivers.linux_driver import LinuxDriver

from builders.installed import Machine
from kinship.privacy import anew
from kinship.tui import again
from kinship.tui.again import Locked, arguments_for, environment_for, lock_anew, take_locked
from kinship.tui.left_alone import Why


def test_the_words_are_fixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert arguments_for(Path("journal.kinship")) == ["--locked", str(tmp_path / "journal.kinship")]


def test_no_source_of_a_passphrase_goes_over_and_what_textual_is_told_neither() -> None:
    before = {
        "HOME": "/h",
        "KINSHIP_PASSPHRASE_FILE": "/h/secret",
        "KINSHIP_PASSPHRASE_COMMAND": "pass kinship",
        "KINSHIP_KEYFILE": "/stick/key",
        "TEXTUAL_LOG": "/tmp/log",
    }
    told = environment_for(before, Locked(Why.SLEPT, "ab12"))
    assert told == {
        "HOME": "/h",
        "KINSHIP_KEYFILE": "/stick/key",
        "KINSHIP_LOCKED_WHY": "slept",
        "KINSHIP_LOCKED_BOOKMARK": "ab12",
    }
    assert take_locked(told) == Locked(Why.SLEPT, "ab12")


@pytest.mark.parametrize("told", [{}, {"KINSHIP_LOCKED_WHY": "a whim"}])
def test_a_word_that_is_none_is_a_lock_that_was_asked_for(told: dict[str, str]) -> None:
    assert take_locked(told) == Locked(Why.ASKED, "")


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_has_a_sentence_that_fits(why: Why) -> None:
    assert len(Locked(why).sentence) <= 2 * 50


class Recorded:
    """A driver that notes what it is told to do."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def __getattr__(self, name: str) -> Callable[[], None]:
        return lambda: self.done.append(name)


def test_the_terminal_is_given_back_before_and_taken_again_where_the_system_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver, ran = Recorded(), []

    def refuse(program: str, words: list[str], environment: dict[str, str]) -> None:
        ran.append((program, words, environment, signal.getsignal(signal.SIGINT), tuple(driver.done)))
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "execve", refuse)
    monkeypatch.setattr(again, "STANDARD_INPUT", os.open(os.devnull, os.O_RDONLY))
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(PermissionError):
        lock_anew(driver, tmp_path, {"HOME": "/h"})
    ((program, words, environment, interrupt, done),) = ran
    assert words[0] == program
    assert words[1:] == ["-P", "-m", "kinship", "--locked", str(tmp_path)]
    assert environment == {"HOME": "/h"}
    assert interrupt is signal.SIG_IGN
    assert done == ("stop_application_mode", "close")
    assert driver.done == ["stop_application_mode", "close", "start_application_mode"]
    assert signal.getsignal(signal.SIGINT) is before


def test_textuals_driver_has_what_is_used_of_it() -> None:
    """The lock ends the driver from outside; a Textual that does so by other names fails here."""
    for name in ("start_application_mode", "stop_application_mode", "close"):
        assert list(inspect.signature(getattr(LinuxDriver, name)).parameters) == ["self"]
    assert "_writer_thread.stop" in inspect.getsource(LinuxDriver.close)
    assert "tcsetattr" in inspect.getsource(LinuxDriver.stop_application_mode)


def test_open_files_do_not_go_over(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.set_inheritable(reading, True)
    monkeypatch.setattr(os, "execve", lambda *_: None)
    anew.begin_anew([], {})
    assert not os.get_inheritable(reading)
    for descriptor in (reading, writing):
        os.close(descriptor)


def test_the_way_in_is_named_nowhere_and_needs_a_terminal(tmp_path: Path) -> None:
    person = Machine(tmp_path)
    assert "--locked" not in person.run("--help").out
    ended = person.run("--locked", str(person.vault))
    assert ended.code == 2
    assert "needs a terminal" in ended.err
    assert not person.vault.exists()
