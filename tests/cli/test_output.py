"""What is printed fits where it goes: a terminal obeys nothing, a pipe gets every character that it can hold."""

from __future__ import annotations

import io
import sys

import pytest

from builders.console import Stream
from kinship.cli import output


def printed(monkeypatch: pytest.MonkeyPatch, text: str, *, terminal: bool) -> str:
    stream = Stream(terminal=terminal)
    monkeypatch.setattr(sys, "stdout", stream)
    output.say(text)
    return stream.bytes.getvalue().decode()


def test_a_terminal_gets_nothing_to_obey_and_a_pipe_gets_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert printed(monkeypatch, "a\x1b[31mb\tc", terminal=True) == "a\ufffd[31mb c\n"
    assert printed(monkeypatch, "a\x1b[31mb\tc", terminal=False) == "a\x1b[31mb\tc\n"


def test_what_an_encoding_cannot_hold_is_a_question_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    held = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(held, encoding="latin-1", write_through=True))
    output.say("é ● \ud800")
    assert held.getvalue() == b"\xe9 ? ?\n"


def test_standard_error_is_always_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    output.remark("a\x1b[31m\nb")
    assert capsys.readouterr().err == "a[31m b\n"


def test_a_list_is_json_with_one_element_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    output.say_json([{"a": "é\x1b"}, {}])
    assert capsys.readouterr().out == '[\n{"a": "\\u00e9\\u001b"},\n{}\n]\n'
    output.say_json([])
    assert capsys.readouterr().out == "[]\n"


def test_long_lines_are_folded_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    long = "word " * 40
    monkeypatch.setattr(sys, "stdout", Stream(terminal=True))
    monkeypatch.setenv("COLUMNS", "40")
    assert all(len(line) <= 40 for line in output.wrapped(long))
    monkeypatch.setattr(sys, "stdout", Stream())
    assert list(output.wrapped(long)) == [long]


@pytest.mark.parametrize(
    ("words", "told"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_listed_as_people_say_them(words: list[str], told: str) -> None:
    assert output.listed(words) == told
