"""`kinship jot`: a thought sealed in a moment, with the journal locked; it imports next to nothing."""

from __future__ import annotations

import sys

import click

from kinship.cli.invocation import Invocation
from kinship.cli.options import example, vault_options
from kinship.cli.output import on_terminal, remark
from kinship.ground.errors import Misused
from kinship.privacy.text import clean
from kinship.vault.sealing import MOST_TEXT, given_address, is_contradicted, pinned_address, put_in_inbox, seal


@click.command(epilog=example("kinship jot 'The blue house, ask Bea.'", "kinship jot < note.txt"))
@click.argument("text", required=False, metavar="[TEXT | -]")
@click.option("--to", "key", metavar="KEY", help="Seal to this key, as `kinship inbox key` printed it.")
@vault_options
@click.pass_obj
def jot(invocation: Invocation, text: str | None, *, key: str | None) -> None:
    """Seal a quick note without unlocking the journal.

    No passphrase is asked: the note can be read only once the journal is unlocked, and waits in the Inbox then.
    Without TEXT, or with "-", it is read from standard input. Words on a command line can be seen by other programs
    on this machine, and shells keep them: standard input is the quiet way.
    """
    path, surroundings = invocation.vault_path.resolve(), invocation.surroundings
    address = given_address(path, key) if key is not None else pinned_address(path, surroundings.places.state)
    words, stopped = (text, False) if text not in (None, "-") else _from_input()
    words = clean(words or "")
    if not words.strip():
        if stopped:
            raise KeyboardInterrupt
        raise Misused("There are no words to seal.")
    clock = surroundings.clock
    put_in_inbox(path, seal(address, words, clock.now(), clock.zone))
    remark("Sealed. It waits in the Inbox." if not stopped else "Stopped; what was typed is sealed in the Inbox.")
    if is_contradicted(path, address):
        remark("The folder names another key than this one: somebody changed it. Unlock the journal and look.")
    if stopped:
        raise KeyboardInterrupt


def _from_input() -> tuple[str, bool]:
    """Return what standard input gives, and whether Ctrl-C ended it."""
    if on_terminal(sys.stdin):
        return _typed()
    told = sys.stdin.buffer.read(MOST_TEXT + 2)
    try:
        words = told.decode("utf-8").removesuffix("\n")
    except UnicodeDecodeError as error:
        if len(told) > MOST_TEXT:
            raise _too_long() from error
        raise Misused("Standard input is no UTF-8 text; nothing was sealed.") from error
    if len(words.encode()) > MOST_TEXT:
        raise _too_long()
    return words, False


def _too_long() -> Misused:
    return Misused(f"A note can be {MOST_TEXT // 1024} KiB long.", "Use kinship write for more.")


def _typed() -> tuple[str, bool]:
    remark("Write; Ctrl-D on a line of its own seals it.")
    lines: list[bytes] = []
    stopped = False
    try:
        lines.extend(iter(sys.stdin.buffer.readline, b""))
    except KeyboardInterrupt:
        stopped = True
    return b"".join(lines).decode("utf-8", "replace").removesuffix("\n"), stopped
