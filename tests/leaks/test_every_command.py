"""Whichever command breaks, and as whatever, the report says where and none of the words that were near."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import click
import msgspec
import pytest

from builders.console import Console, console
from builders.hostile import leaks
from builders.sweep import CANARIES, shows
from kinship.cli.root import COMMANDS, kinship
from kinship.ground.errors import Misused
from kinship.ground.settings import Settings

BODY = f"{CANARIES['body']} with @{CANARIES['name']} #{CANARIES['tag']}"
SECRET = CANARIES["passphrase"]
NOTHING: dict[str, str] = {}


def canaries_in(told: str) -> list[str]:
    return [which for which, word in CANARIES.items() if shows(told.encode(), word)]


def every_command() -> Iterator[tuple[str, ...]]:
    """Yield the words of every command and subcommand there is."""

    def below(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if isinstance(command, click.Group):
            if command.invoke_without_command and words:
                yield words
            for name in command.list_commands(click.Context(command)):
                inner = command.get_command(click.Context(command), name)
                assert inner is not None
                yield from below(inner, (*words, name))
        else:
            yield words

    yield from below(kinship, ())


COMMAND_LINES = sorted(every_command())


def command_of(words: tuple[str, ...]) -> click.Command:
    found: click.Command = kinship
    for word in words:
        assert isinstance(found, click.Group)
        inner = found.get_command(click.Context(found), word)
        assert inner is not None
        found = inner
    return found


class Broken(Exception):
    """Carries words, as an error of a parser would."""


def raising(error: BaseException) -> None:
    passphrase, entry = SECRET, BODY
    error.add_note(f"{passphrase} {entry}")
    raise error


def quoting() -> dict[str, Callable[[], object]]:
    """Return what raises with somebody's words in the message, the arguments or the object, by what does."""

    class Page(msgspec.Struct, forbid_unknown_fields=True):
        body: int

    def grouped() -> None:
        raise ExceptionGroup(BODY, [ValueError(SECRET), ExceptionGroup(SECRET, [KeyError(BODY)])])

    def caused() -> None:
        try:
            NOTHING[BODY]
        except KeyError as error:
            raise Broken(SECRET) from error

    def in_context() -> None:
        try:
            NOTHING[BODY]
        except KeyError:
            raising(Broken(SECRET))

    def in_the_end() -> None:
        def words() -> Generator[str, None, None]:
            try:
                yield BODY
            finally:
                raising(Broken(SECRET))

        made = words()
        next(made)
        made.close()

    return {
        "a message": lambda: raising(Broken(f"{SECRET} {BODY}")),
        "a cause": caused,
        "a context": in_context,
        "a group": grouped,
        "a generator's end": in_the_end,
        "msgspec": lambda: msgspec.convert({BODY: SECRET}, Page),
        "msgspec's JSON": lambda: msgspec.json.decode(json.dumps({"body": BODY, SECRET: 1}), type=Page),
        "tomllib": lambda: tomllib.loads(f"body = {BODY}"),
        "json": lambda: json.loads(f'{{"{BODY}": {SECRET}'),
        "utf-8": f"{BODY}\udce9{SECRET}".encode,
        "bytes": (BODY.encode() + b"\xff").decode,
        "a path": (Path("/nowhere") / BODY / SECRET).read_text,
        "a number": lambda: int(BODY),
        "a key": lambda: NOTHING[BODY],
        "an attribute": lambda: getattr(BODY, SECRET),
        "an assertion": lambda: raising(AssertionError(BODY)),
        "too deep": lambda: raising(RecursionError(BODY)),
        "no memory": lambda: raising(MemoryError(BODY)),
        "an end of input": lambda: raising(EOFError(BODY)),
    }


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Console:
    monkeypatch.chdir(tmp_path)
    return console(tmp_path / "home")


def broken(monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], how: Callable[..., Any]) -> None:
    """Let a command take no arguments and break."""
    command = command_of(words)
    monkeypatch.setattr(command, "params", [])
    monkeypatch.setattr(command, "callback", lambda *_args, **_told: how())


@pytest.mark.parametrize("words", COMMAND_LINES, ids=" ".join)
def test_a_command_that_breaks_says_where_and_no_word(
    person: Console, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    broken(monkeypatch, words, lambda: raising(Broken(f"{SECRET} {BODY}")))
    for terminal in (False, True):
        ended = person.run(*words, terminal=terminal)
        assert ended.code == 1
        assert "stopped unexpectedly" in ended.err
        assert "Broken" in ended.err
        assert "raising" in ended.err
        assert canaries_in(ended.out + ended.err) == []


@pytest.mark.parametrize("name", quoting())
def test_whatever_is_raised_its_words_stay(person: Console, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    broken(monkeypatch, ("list",), quoting()[name])
    ended = person.run("list")
    assert ended.code == 1
    assert "stopped unexpectedly" in ended.err
    assert canaries_in(ended.out + ended.err) == []


def test_an_interrupt_says_nothing(person: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch, ("list",), lambda: raising(KeyboardInterrupt(BODY)))
    ended = person.run("list")
    assert (ended.code, ended.out + ended.err) == (130, "")


def test_every_command_is_named_here() -> None:
    assert {words[0] for words in COMMAND_LINES} == set(COMMANDS)


def test_a_crash_that_quotes_would_be_noticed(person: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kinship.cli.main.report_of", repr)
    broken(monkeypatch, ("list",), lambda: raising(Broken(f"{SECRET} {BODY}")))
    assert {"body", "passphrase"} <= set(canaries_in(person.run("list").err))


def test_a_setting_that_is_wrong_is_named_and_no_long_part_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(msgspec.ValidationError) as told:
        msgspec.convert({"x" * 9_000: 1}, Settings)
    assert len(str(told.value)) > 9_000
    from kinship.ground.settings import read_settings

    file = tmp_path / "settings.toml"
    file.write_text(f"{'x' * 9_000} = 1\n")
    with pytest.raises(Misused) as said:
        read_settings(file)
    assert len(str(said.value)) < 600


HOSTILE = "Zzq\x1b]52;c;SEVJTA==\x07\x9b31;5m\u202egpj[/x] [@click=app.quit]q[/] %s {0} --output=/tmp/x"


@pytest.mark.parametrize("words", COMMAND_LINES, ids=" ".join)
def test_hostile_words_on_the_line_of_any_command_reach_no_terminal(person: Console, words: tuple[str, ...]) -> None:
    """As an argument, as an option's name and as its value, with a hostile journal behind it."""
    person.ask = lambda _question: HOSTILE
    person.run("people", "add", f"N{HOSTILE}")
    person.run("write", "--title", HOSTILE, "--tag", HOSTILE, piped=f"{HOSTILE} @N{HOSTILE}")
    for told in ([HOSTILE], [f"--{HOSTILE}"], ["--vault", HOSTILE], [HOSTILE, HOSTILE], ["-"], []):
        if words == ("demo",) and not (told and told[0].startswith("-")):
            continue
        ended = person.run(*words, *told, piped=HOSTILE, terminal=True)
        assert "stopped unexpectedly" not in ended.err, (told, ended.err)
        assert leaks(ended.out) == [], told
        assert leaks(ended.err) == [], told
