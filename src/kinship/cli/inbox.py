"""`kinship inbox`: the sealed notes that came, and what becomes of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kinship.cli.invocation import Invocation
from kinship.cli.opening import Opened, open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import listed, on_terminal, remark, say, say_json, width, wrapped
from kinship.cli.shapes import Shape
from kinship.ground.errors import KinshipError, NotFound
from kinship.ground.width import shorten
from kinship.journal.inbox import SENDER
from kinship.journal.model import Note
from kinship.journal.titles import derived_title
from kinship.vault.sealing import ENDING

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

_SHORT_ID = 8


@click.group(invoke_without_command=True, epilog=example("kinship inbox", "kinship inbox accept 3f9a1c02"))
@output_options
@vault_options
@click.pass_context
def inbox(context: click.Context) -> int:
    """List the sealed notes that wait, keep them as pages or throw them away; without a word, list."""
    return _list(context.obj) if context.invoked_subcommand is None else 0


@inbox.command("list", epilog=example("kinship inbox list", "kinship inbox list --json"))
@output_options
@vault_options
@click.pass_obj
def list_notes(invocation: Invocation) -> int:
    """List the notes that wait, newest first.

    Anybody who has the inbox's key can write one, so nobody vouches for who a note is from or when it was written.
    """
    return _list(invocation)


@inbox.command(epilog=example("kinship inbox show 3f9a1c02"))
@click.argument("id_", metavar="ID")
@output_options
@vault_options
@click.pass_obj
def show(invocation: Invocation, id_: str) -> int:
    """Show one waiting note; it stays where it is."""
    with open_journal(invocation) as opened:
        note = _find(opened.journal, id_)
        if invocation.json:
            say_json(note_shape(note))
            return opened.reading_code
        say(f"{note.at:%Y-%m-%d %H:%M}  {note.id}  {SENDER}")
        say()
        for line in wrapped(note.body):
            say(line)
        return opened.reading_code


@inbox.command(epilog=example("kinship inbox accept 3f9a1c02"))
@click.argument("id_", metavar="ID")
@vault_options
@click.pass_obj
def accept(invocation: Invocation, id_: str) -> None:
    """Make a note a page of the journal, and print its id; now it links whom it names."""
    with open_journal(invocation) as opened:
        note = _find(opened.journal, id_)
        opened.journal.accept_note(note.id)
        page = opened.journal.pages.get(note.id)
        open_names = opened.journal.unresolved(page) if page is not None else ()
        if open_names:
            told = listed(f"@{one.text}" for one in open_names)
            remark(f"Not linked to anybody yet: {told}. Add them with: kinship people add NAME")
        say(note.id)


@inbox.command(epilog=example("kinship inbox discard 3f9a1c02", "kinship inbox discard 5d0e9b.note"))
@click.argument("id_", metavar="ID | FILE")
@vault_options
@click.pass_obj
def discard(invocation: Invocation, id_: str) -> None:
    """Throw a note away for good.

    A file in the inbox that cannot be taken in has no id; it is thrown away by its name.
    """
    with open_journal(invocation) as opened:
        if id_.endswith(ENDING):
            _discard_file(opened, id_)
        else:
            opened.journal.discard_note(_find(opened.journal, id_).id)
        remark("Thrown away.")


@inbox.command(epilog=example("kinship inbox key"))
@vault_options
@click.pass_obj
def key(invocation: Invocation) -> None:
    """Print the key that notes are sealed to, for `kinship jot --to KEY` on another computer.

    It opens nothing: who has it can only put notes into the Inbox.
    """
    with open_journal(invocation) as opened:
        say(opened.vault.inbox.address.text)


def _list(invocation: Invocation) -> int:
    with open_journal(invocation) as opened:
        notes = opened.journal.waiting_notes()
        if invocation.json:
            say_json([note_shape(note) for note in notes])
            return opened.reading_code
        for note in notes:
            line = f"{note.at:%Y-%m-%d %H:%M}  {note.id[:_SHORT_ID]}  {derived_title(note.body)}"
            say(shorten(line, width()) if on_terminal() else line)
        if notes:
            came = "This note" if len(notes) == 1 else "These notes"
            remark(f"{came} {SENDER}. Keep one with: kinship inbox accept ID")
        return opened.reading_code


def note_shape(note: Note) -> Shape:
    """Return a waiting note as `inbox --json` prints it."""
    return {"id": note.id, "at": note.at.isoformat(timespec="seconds"), "body": note.body, "sender": None}


def _find(journal: Journal, word: str) -> Note:
    """Return the one waiting note whose id is or begins with `word`; NotFound where none or more than one is."""
    found = [note for note in journal.waiting_notes() if note.id.startswith(word.lower())]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(f"No waiting note has the id {word}.", "See the ids with: kinship inbox")
    raise NotFound(f"More than one note has an id that begins with {word}.", "Give more of it.")


def _discard_file(opened: Opened, name: str) -> None:
    try:
        there = opened.vault.inbox.drop(name)
    except OSError as error:
        raise KinshipError(f"{name} cannot be removed.", "Look into the folder inbox of the vault.") from error
    if not there:
        raise NotFound(f"There is no file {name} in the inbox.")
