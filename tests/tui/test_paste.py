"""What is pasted arrives as one piece of text, whatever characters and reads it comes in."""

from __future__ import annotations

import inspect

from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from kinship.tui.paste import BEGIN, END, PasteFilter, PasteSafeParser


def events_of(parser: XTermParser, *reads: str) -> list[str]:
    """Return pastes as their text and keys by their name."""
    told = []
    for event in (event for read in reads for event in parser.feed(read)):
        if isinstance(event, events.Paste):
            told.append(event.text)
        elif isinstance(event, events.Key):
            told.append(event.key)
    return told


def test_an_escape_in_a_paste_is_neither_a_key_nor_a_loss() -> None:
    pasted = "before \x1b[31mred\x1b[0m \x1bOP after"
    assert events_of(PasteSafeParser(), f"{BEGIN}{pasted}{END}") == ["before [31mred[0m OP after"]


def test_without_the_filter_words_are_lost_or_keys_pressed() -> None:
    pasted = "before \x1b[31mred\x1b[0m \x1bOP after"
    assert events_of(XTermParser(), f"{BEGIN}{pasted}{END}") != ["before [31mred[0m OP after"]


@given(st.text(st.sampled_from("ab\x1b[201~ \n"), max_size=30).filter(lambda text: END not in text), st.data())
def test_it_does_not_matter_how_a_paste_is_cut_into_reads(pasted: str, data: st.DataObject) -> None:
    stream = f"x{BEGIN}{pasted}{END}y"
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=4)))
    reads = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    one = PasteFilter()
    end = stream.index(END, len(BEGIN) + 1)
    inside = stream[1 + len(BEGIN) : end].replace("\x1b", "")
    rest = stream[end + len(END) :]
    assert "".join(map(one.pass_on, reads)) == f"x{BEGIN}{inside}{END}{rest}"


def test_a_lone_escape_key_is_not_held_back() -> None:
    assert PasteFilter().pass_on("\x1b") == "\x1b"


def test_the_terminal_driver_still_builds_its_parser_by_that_name() -> None:
    assert "XTermParser(" in inspect.getsource(LinuxDriver.run_input_thread)
