"""A terminal that goes away is noticed, and painting to it never holds the program up."""

from __future__ import annotations

import inspect
import io
import os
import pty
import threading

import pytest
from textual.drivers import linux_driver
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from kinship.tui.gone import OutlivingWriter, Terminal, outlive_terminals


class Refusing(io.StringIO):
    """A terminal that takes nothing any more."""

    def write(self, _text: str) -> int:
        raise OSError(5, "gone")


def paint_to(writer: WriterThread) -> bool:
    """Return whether more could be painted than waits for room, and the writer ended when it was told to."""

    def paint() -> None:
        for _ in range(3 * MAX_QUEUED_WRITES):
            writer.write("words")
        writer.stop()

    writer.start()
    painting = threading.Thread(target=paint, daemon=True)
    painting.start()
    painting.join(2)
    return not painting.is_alive()


def test_painting_to_a_terminal_that_is_gone_goes_on() -> None:
    assert paint_to(OutlivingWriter(Refusing()))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_textuals_own_writer_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    assert not paint_to(WriterThread(Refusing()))


def test_a_terminal_that_takes_everything_gets_it() -> None:
    told = io.StringIO()
    writer = OutlivingWriter(told)
    writer.start()
    for letter in "words":
        writer.write(letter)
    writer.stop()
    assert told.getvalue() == "words"


def test_textuals_driver_writes_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "WriterThread(self._file)" in inspect.getsource(linux_driver.LinuxDriver.start_application_mode)
    monkeypatch.setitem(vars(linux_driver), "WriterThread", WriterThread)
    outlive_terminals()
    assert vars(linux_driver)["WriterThread"] is OutlivingWriter


def test_a_closed_terminal_is_gone_and_what_never_was_one_is_not() -> None:
    master, slave = pty.openpty()
    terminal, nowhere = Terminal(slave), Terminal(os.open(os.devnull, os.O_RDONLY))
    assert not terminal.is_gone
    os.close(master)
    assert terminal.is_gone
    assert not nowhere.is_gone
    os.close(slave)
