"""What leaves the vault as a file: a yes for whole names, a seal where one is asked for, and where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from kinship.cli.choosing import agreed, new_passphrase
from kinship.cli.invocation import Invocation
from kinship.cli.output import on_terminal, remark, say_bytes
from kinship.ground.errors import Misused, Refused
from kinship.privacy.files import check_replaceable

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
STDOUT = "-"
READABLE = "It is not encrypted: whoever has it can read it."
NAMES_LEAVE = "Whole names leave with this file."
_UNCHANGED = "Nothing was written."


class Seal(NamedTuple):
    """How a file is sealed: by a passphrase, or to keys."""

    passphrase: str | None
    recipients: tuple[str, ...]

    def __repr__(self) -> str:
        return "Seal()"


class Target(NamedTuple):
    """Where a file goes, None for standard output, and how it is sealed, None for not at all."""

    path: Path | None
    seal: Seal | None
    force: bool


def seal_options(command: Decorated) -> Decorated:
    """Add `--seal`, `--seal-fd` and `--seal-to`, given to the command as `seal`, `seal_fd` and `seal_to`."""
    for option in (
        click.option(
            "--seal-to", multiple=True, metavar="KEY", help="Seal to this age1… key; may be said more than once."
        ),
        click.option("--seal-fd", type=int, metavar="N", help="Seal with the passphrase from this open descriptor."),
        click.option("--seal", is_flag=True, help="Seal with a passphrase that is asked for: age -d opens the file."),
    ):
        command = option(command)
    return command


def target_of(
    invocation: Invocation,
    output: str | None,
    *,
    force: bool,
    seal: bool = False,
    seal_fd: int | None = None,
    seal_to: Sequence[str] = (),
) -> Target:
    """Return where a file goes and how it is sealed; whatever is wrong with either is raised before anything is made.

    The name of a sealed file ends in .age. Raises Misused, and Refused where something is there already.
    """
    from kinship.snapshot.sealing import ENDING, check_recipient

    sealed = seal or seal_fd is not None or bool(seal_to)
    if sum((seal, seal_fd is not None, bool(seal_to))) > 1:
        raise Misused("A file is sealed either by a passphrase or to keys.", "Say one of --seal, --seal-fd, --seal-to.")
    for key in seal_to:
        check_recipient(key)
    path = None if output in (None, STDOUT) else Path(str(output)).expanduser()
    if path is not None and sealed and path.suffix != ENDING:
        path = path.with_name(path.name + ENDING)
    if path is None and sealed and on_terminal():
        raise Misused("A sealed file is no text for a terminal.", "Say --output FILE.")
    if path is not None:
        _check(path, force=force)
    if not sealed:
        return Target(path, None, force)
    if seal_to:
        return Target(path, Seal(None, tuple(seal_to)), force)
    told = new_passphrase(invocation, "A passphrase for this file", seal_fd, _UNCHANGED)
    return Target(path, Seal(told, ()), force)


def _check(path: Path, *, force: bool) -> None:
    if path.is_dir():
        raise Refused(f"{path} is a folder.", "Name a file in it.")
    check_replaceable(path, force=force)


def names_may_leave(target: Target, *, yes: bool) -> bool:
    """Return whether whole names may go into a file: asked on a terminal. Raises Misused where nobody can be asked."""
    import sys

    if target.path is None or yes:
        return True
    if not on_terminal(sys.stdin):
        raise Misused(NAMES_LEAVE, "Say --yes for that.")
    return agreed(f"{NAMES_LEAVE} Write it?")


def take(target: Target, data: bytes) -> Path | None:
    """Seal and write a file, or print it; return where it is. Raises Refused or NotSaved with nothing touched."""
    if target.seal is not None:
        from kinship.snapshot.sealing import seal

        data = seal(data, passphrase=target.seal.passphrase, recipients=target.seal.recipients)
    if target.path is None:
        say_bytes(data)
        return None
    from kinship.snapshot.export import write_export

    write_export(target.path, data, force=target.force)
    return target.path


def say_taken(target: Target, what: str) -> None:
    """Say on standard error where `what` is, and who can read it."""
    if target.path is None:
        return
    if target.seal is None:
        remark(f"{what} is in {target.path}. {READABLE}")
    elif target.seal.passphrase is not None:
        remark(f"{what} is sealed in {target.path}: age -d asks for its passphrase, which kinship does not keep.")
    else:
        remark(f"{what} is sealed in {target.path}: whoever has one of the keys opens it with age -d -i KEYFILE.")
