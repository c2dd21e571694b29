"""`kinship completion` and `kinship manual`: what a shell and `man` need, made from the commands themselves."""

from __future__ import annotations

import click

from kinship.cli.options import example, plain_option
from kinship.cli.output import say

VARIABLE = "_KINSHIP_COMPLETE"
"""By it a shell asks for completions; nothing is opened for an answer."""
SHELLS = ("bash", "zsh", "fish")


@click.command(
    epilog=example(
        "kinship completion bash > ~/.local/share/bash-completion/completions/kinship",
        "kinship completion zsh > ~/.zfunc/_kinship",
        "kinship completion fish > ~/.config/fish/completions/kinship.fish",
    )
)
@click.argument("shell", type=click.Choice(SHELLS))
@plain_option
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what completes commands and options in a shell.

    It knows commands, options and files. It never opens a vault, so that no name of a person is completed.
    """
    from click.shell_completion import ShellComplete, get_completion_class

    kind = get_completion_class(shell)
    if kind is not None:
        script = ShellComplete.source(kind(context.find_root().command, {}, "kinship", VARIABLE))
        say(script.rstrip("\n"))


@click.command(
    epilog=example("kinship manual > ~/.local/share/man/man1/kinship.1", "kinship manual | man -l -"),
)
@plain_option
@click.pass_context
def manual(context: click.Context) -> None:
    """Print the man page: every command with its options, made from the commands themselves."""
    from kinship.cli.man_page import man_page

    say(man_page(context.find_root().command).rstrip("\n"))
