"""The man page in the language of `man` (man(7)), from the tree of commands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import click

from kinship.ground import errors

_FILES = (
    ("~/.local/share/kinship/journal.kinship", "the vault, encrypted (under XDG_DATA_HOME)"),
    ("~/.config/kinship/settings.toml", "settings, never with anything private in them (under XDG_CONFIG_HOME)"),
    ("~/.config/kinship/themes/", "colour themes of your own"),
    ("~/.local/state/kinship/", "what is only for this computer: drafts, locks, backups (under XDG_STATE_HOME)"),
)
_VARIABLES = (
    ("KINSHIP_VAULT", "the vault to use instead of the default"),
    ("KINSHIP_KEYFILE", "the keyfile that belongs to the passphrase"),
    ("KINSHIP_PASSPHRASE_FILE", "a file with the passphrase"),
    ("KINSHIP_PASSPHRASE_COMMAND", "a program that prints the passphrase"),
    ("KINSHIP_SAFE_SCREEN", "show initials instead of names"),
    ("NO_COLOR", "show no colours"),
)
_EXITS = (
    (0, "fine"),
    (1, "an error, with one sentence on standard error"),
    (errors.Misused.exit_code, "a command, an option or a setting was put wrongly"),
    (errors.WrongPassphrase.exit_code, "a wrong passphrase"),
    (errors.Damaged.exit_code, "damaged data"),
    (errors.NotSaved.exit_code, "not saved"),
    (errors.NewerVault.exit_code, "the vault was made by a later kinship"),
    (130, "interrupted"),
)


def man_page(command: click.Command) -> str:
    """Return the page of a command and everything below it; the same each time."""
    return "\n".join(_page(command)) + "\n"


def _page(command: click.Command) -> Iterator[str]:
    yield r'.TH KINSHIP 1 "" "kinship" "kinship"'
    yield ".SH NAME"
    yield r"kinship \- an encrypted journal that shows who holds you"
    yield ".SH SYNOPSIS"
    yield r".B kinship"
    yield r"[\fIoptions\fR] [\fIcommand\fR]"
    yield ".SH DESCRIPTION"
    yield from _help(command)
    yield ".SH OPTIONS"
    yield from _options(command)
    yield ".SH COMMANDS"
    for words, one in _below(command, ()):
        yield f".SS {_safe(' '.join(words))}"
        yield _safe(_usage(words, one))
        yield ".PP"
        yield from _help(one)
        yield from _options(one)
        yield from _example(one)
    yield from _table("FILES", _FILES)
    yield from _table("ENVIRONMENT", _VARIABLES)
    yield from _table("EXIT STATUS", [(str(code), sentence) for code, sentence in _EXITS])


def _below(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(command, click.Group):
        return
    for name in command.list_commands(click.Context(command)):
        one = command.get_command(click.Context(command), name)
        if one is not None and not one.hidden:
            yield (*words, name), one
            yield from _below(one, (*words, name))


def _usage(words: tuple[str, ...], command: click.Command) -> str:
    context = click.Context(command, info_name=" ".join(("kinship", *words)))
    return " ".join([context.command_path, *command.collect_usage_pieces(context)])


def _help(command: click.Command) -> Iterator[str]:
    paragraphs = re.split(r"\n\s*\n", (command.help or "").strip())
    for at, paragraph in enumerate(paragraphs):
        if at:
            yield ".PP"
        if paragraph.startswith("\b"):
            yield from (".nf", *(_safe(line) for line in paragraph.splitlines()[1:]), ".fi")
        else:
            yield _safe(" ".join(paragraph.split()))


def _options(command: click.Command) -> Iterator[str]:
    context = click.Context(command)
    for option in command.get_params(context):
        told = option.get_help_record(context) if isinstance(option, click.Option) and not _is_usual(option) else None
        if told is not None:
            yield ".TP"
            yield rf"\fB{_safe(told[0])}\fR"
            yield _safe(" ".join(told[1].split()))


def _is_usual(option: click.Option) -> bool:
    return option.hidden or "--help" in option.opts


def _example(command: click.Command) -> Iterator[str]:
    lines = [line for line in (command.epilog or "").lstrip("\b\n").splitlines() if line.strip()]
    if lines:
        yield ".PP"
        yield from (".nf", *map(_safe, lines), ".fi")


def _table(title: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f".SH {title}"
    for name, sentence in rows:
        yield from (".TP", rf"\fB{_safe(name)}\fR", _safe(sentence))


def _safe(text: str) -> str:
    """Return a line that `man` shows as it is."""
    told = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{told}" if told.startswith((".", "'")) else told
