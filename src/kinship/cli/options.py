"""Options that many commands share; they may stand before or after the command's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from kinship.cli.invocation import Invocation

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    invocation = context.find_object(Invocation)
    if invocation is not None and parameter.name and value is not None and value is not False:
        setattr(invocation, parameter.name, value)


def vault_options(command: Decorated) -> Decorated:
    """Add `--vault`, `--keyfile` and `--passphrase-fd`, kept in the invocation."""
    for option in (
        click.option(
            "--passphrase-fd",
            type=int,
            metavar="N",
            callback=_keep,
            expose_value=False,
            help="Read the passphrase from this open file descriptor.",
        ),
        click.option(
            "--keyfile",
            type=click.Path(),
            metavar="FILE",
            callback=_keep,
            expose_value=False,
            help="The keyfile that belongs to the passphrase, instead of KINSHIP_KEYFILE.",
        ),
        click.option(
            "--vault",
            type=click.Path(),
            metavar="PATH",
            callback=_keep,
            expose_value=False,
            help="The vault to use instead of KINSHIP_VAULT or the default.",
        ),
    ):
        command = option(command)
    return command


def safe_screen_option(command: Decorated) -> Decorated:
    """Add `--safe-screen`, kept in the invocation."""
    return click.option(
        "--safe-screen",
        is_flag=True,
        callback=_keep,
        expose_value=False,
        help="Show initials instead of names, for use on a train. Files and --json keep the names.",
    )(command)


def plain_option(command: Decorated) -> Decorated:
    """Add `--plain`, kept in the invocation."""
    option = click.option("--plain", is_flag=True, callback=_keep, expose_value=False, help="Linear text, no drawing.")
    return option(command)


def take_plain(command: click.Command) -> None:
    """Let a command and those below it take `--plain`, so that whoever says it always may; once is enough."""
    if isinstance(command, click.Group):
        for one in command.commands.values():
            take_plain(one)
        if not command.invoke_without_command:
            return
    if not any("--plain" in one.opts for one in command.params):
        option = click.Option(
            ["--plain"], is_flag=True, callback=_keep, expose_value=False, help="Linear text, no drawing."
        )
        command.params.append(option)


def output_options(command: Decorated) -> Decorated:
    """Add `--json` and `--plain`, kept in the invocation."""
    option = click.option("--json", is_flag=True, callback=_keep, expose_value=False, help="Machine output, stable.")
    return option(plain_option(command))


def example(*lines: str) -> str:
    """Return an epilog that shows `lines` as they are typed."""
    head = "Example:" if len(lines) == 1 else "Examples:"
    return "\b\n" + "\n".join([head, *(f"  {line}" for line in lines)])
