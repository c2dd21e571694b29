"""`kinship backup`, `restore`, `tidy` and `purge`: what a person may do for the files of their vault."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinship.cli.choosing import agreed
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import remark, say, say_json
from kinship.cli.unlocking import find_root
from kinship.ground.errors import Misused, NotFound, Refused
from kinship.privacy.process import guard_memory

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.vault import Vault
    from kinship.vault.backups import Backup
    from kinship.vault.purge import Purged
    from kinship.vault.restoring import Comparison
    from kinship.vault.tidy import Tidied


@click.command(epilog=example("kinship tidy", "kinship tidy --set-aside"))
@click.option("--set-aside", is_flag=True, help="Also fold damaged files as far as they go, and set them aside.")
@vault_options
@click.pass_obj
def tidy(invocation: Invocation, *, set_aside: bool) -> None:
    """Fold the many small files of past writing sessions into one.

    This happens by itself when there are more than 24. Nothing is removed before the new file was written, synced, read
    again and found to say the same.
    """
    from kinship.vault.tidy import Order
    from kinship.vault.tidy import tidy as fold

    with open_journal(invocation) as opened:
        opened.vault.check_writable()
        opened.vault.close()
        done = fold(opened.vault.site, Order(asked=True, set_aside=set_aside))
        if done is None:
            raise Refused("Another program is tidying this vault just now.", "Try again in a moment.")
        for line in _tidied(done):
            say(line)


def _tidied(done: Tidied) -> list[str]:
    if done.into is None:
        lines = ["There was nothing to tidy."]
    else:
        sizes = f"{_kib(done.bytes_before)} before, {_kib(done.bytes_after)} now"
        lines = [f"{len(done.folded)} files became one: {sizes}."]
    if done.open:
        lines.append(f"Left alone, because they may still grow: {len(done.open)}.")
    lines += [f"Left alone, because it cannot be read to its end: log/{name}" for name in done.unreadable]
    lines += [f"Set aside: {path}" for path in done.quarantined]
    return lines


def _kib(size: int) -> str:
    return f"{max(1, round(size / 1024)):,} KiB"


@click.command(epilog=example("kinship purge", "kinship purge --remove-older"))
@click.option(
    "--remove-older",
    is_flag=True,
    help="Also remove older backups and set aside files, which hold what was purged.",
)
@vault_options
@click.pass_obj
def purge(invocation: Invocation, *, remove_older: bool) -> None:
    """Remove for good what was deleted or written over, as far as that goes.

    Deleted pages go with their former texts; a mark stays that they were deleted, without a word of them. Thirty days
    after a deletion this happens by itself. Then a new backup is made; older ones hold the words, and you are asked.
    """
    from kinship.journal.leftovers import leftovers
    from kinship.vault.purge import OUT_OF_REACH
    from kinship.vault.purge import purge as write_anew

    with open_journal(invocation) as opened:
        opened.vault.commit(leftovers(opened.journal))
        kept = _deleted_on_kept_maps(opened.journal)
        drafts = [draft for draft in opened.vault.drafts() if draft.page and _is_gone(opened.vault, draft.page)]
        done = write_anew(opened.vault)
        say("What was deleted is gone from the vault.")
        if drafts:
            say(f"Unsaved drafts of deleted pages on this computer, left alone: {len(drafts)}. The screen offers them.")
        if kept:
            say(f"Kept maps show people as they were, {kept} of them deleted since. Throw one away: kinship snapshots")
        for sentence in done.left:
            say(sentence)
        _older(opened.vault, done, remove_older=remove_older)
        say(f"A new backup was made and verified: {done.backup.path}")
        say(OUT_OF_REACH)


def _deleted_on_kept_maps(journal: Journal) -> int:
    """Return how many stand by name on kept maps who were deleted since."""
    from kinship.journal.kept_maps import names_kept

    there = {node.id for node in names_kept(journal.snapshots)}
    return sum(journal.alters.as_written(id_) is None for id_ in there)


def _is_gone(vault: Vault, page: str) -> bool:
    return vault.heads("entries", page) == (None,)


def _older(vault: Vault, done: Purged, *, remove_older: bool) -> None:
    from kinship.vault.backups import remove
    from kinship.vault.tidy import quarantined

    set_aside = quarantined(vault.site)
    number = len(done.older) + len(set_aside)
    if not number:
        return
    what = f"{number} older backup{'s' * (number > 1)} or set aside file{'s' * (number > 1)}"
    if not agreed(f"{what} of this computer still hold it. Remove them?", yes=remove_older):
        say(f"{what} of this computer still hold it. Remove them with: kinship purge --remove-older")
        return
    gone = remove(done.older)
    for path in set_aside:
        path.unlink(missing_ok=True)
    say(f"Removed with it: {len(gone) + len(set_aside)} older backups and files that were set aside.")


@click.command(epilog=example("kinship backup", "kinship backup /media/stick/journal", "kinship backup --list --json"))
@click.argument("folder", required=False, type=click.Path(), metavar="[DIR]")
@click.option("--list", "listing", is_flag=True, help="List the backups in DIR, or those kept by themselves.")
@output_options
@vault_options
@click.pass_obj
def backup(invocation: Invocation, folder: str | None, *, listing: bool) -> None:
    """Make and verify a backup now, and print where it is.

    A backup is a small vault of its own, as encrypted as the vault: the same passphrase opens it. One a day is kept by
    itself on this computer: the last seven days and the last four weeks.
    """
    from kinship.vault.backups import backups_in, make_backup, own_backups

    into = Path(folder).expanduser().absolute() if folder is not None else None
    with open_journal(invocation) as opened:
        if listing:
            _list(invocation, own_backups(opened.vault.site) if into is None else backups_in(into))
            return
        opened.vault.check_writable()
        opened.vault.close()
        say(str(make_backup(opened.vault.site, into).path))


def _list(invocation: Invocation, backups: tuple[Backup, ...]) -> None:
    if invocation.json:
        say_json([{"path": str(one.path), "made": one.made.isoformat()} for one in backups])
        return
    for one in backups:
        say(str(one.path))


@click.command(epilog=example("kinship restore --dry-run", "kinship restore 2026-11-20T21.30.00.kinship --deleted"))
@click.argument("word", required=False, type=click.Path(), metavar="[BACKUP]")
@click.option("--dry-run", is_flag=True, help="Say what would come back, and change nothing.")
@click.option("--deleted", is_flag=True, help="Also bring back what was deleted since the backup.")
@click.option("--as-it-is", is_flag=True, help="Change nothing: an old copy was put in the folder's place on purpose.")
@vault_options
@click.pass_obj
def restore(invocation: Invocation, word: str | None, *, dry_run: bool, deleted: bool, as_it_is: bool) -> None:
    """Take back from a backup: the latest one of this computer, or BACKUP (its name or path).

    Where the vault is gone, the backup takes its place. Where it is there, the backup is merged into it: what it lacks
    comes back, and whatever is newer in the vault stays. With --as-it-is this computer forgets that it had read more
    than the folder holds now.
    """
    from kinship.vault import exists, remains

    path = invocation.vault_path
    if as_it_is:
        _take_as_it_is(invocation, word, other=dry_run or deleted)
        return
    if not exists(path) and not remains(path):
        _restore_whole(invocation, _found_anywhere(invocation, word), dry_run=dry_run)
        return
    from kinship.vault.restoring import bring_back, compare, merge_backup

    with open_journal(invocation) as opened:
        vault = opened.vault
        chosen = _found_in(vault, word)
        told = compare(vault, vault.site.key, chosen)
        for line in _compared(chosen, told, deleted=deleted):
            say(line)
        if dry_run:
            say("Nothing was changed.")
            return
        vault.check_writable()
        if told.lacking:
            merge_backup(vault, chosen)
        if deleted:
            bring_back(vault, told.deleted)
        say("Done.")


def _take_as_it_is(invocation: Invocation, word: str | None, *, other: bool) -> None:
    if word is not None or other:
        raise Misused("--as-it-is stands alone: nothing is brought back.")
    with open_journal(invocation) as opened:
        opened.vault.accept_folder()
    say("The folder is taken as it is.")


def _compared(chosen: Path, told: Comparison, *, deleted: bool) -> list[str]:
    since = "come back" if deleted else "stay deleted (--deleted brings them back)"
    return [
        f"{chosen.name} holds {told.held} documents (pages, people and all that belongs to them).",
        f"Lacking in the vault, brought back: {told.lacking}.",
        f"Deleted since: {len(told.deleted)}; they {since}.",
        f"Changed since: {told.changed}; they stay as they are now.",
    ]


def _found_in(vault: Vault, word: str | None) -> Path:
    from kinship.vault.backups import own_backups

    kept = own_backups(vault.site)
    if word is None:
        if not kept:
            raise NotFound("This computer keeps no backup of the vault.", "Name the path of another one.")
        return kept[0].path
    return _named(word, [one.path for one in kept])


def _named(word: str, kept: list[Path]) -> Path:
    path = Path(word).expanduser()
    if path.is_dir():
        return path.absolute()
    found = [one for one in kept if one.name == word or one.name.removesuffix(one.suffix) == word]
    if len(found) == 1:
        return found[0]
    raise NotFound(f"There is no backup {word}.", "See them with: kinship backup --list")


def _found_anywhere(invocation: Invocation, word: str | None) -> Path:
    from kinship.vault.backups import FOLDER, backups_in

    state = invocation.surroundings.places.state
    folders = sorted(state.glob(f"*/{FOLDER}"))
    if word is not None:
        return _named(word, [one.path for folder in folders for one in backups_in(folder)])
    with_any = [found for folder in folders if (found := backups_in(folder))]
    if len(with_any) == 1:
        return with_any[0][0].path
    if not with_any:
        raise NotFound(f"There is no vault at {invocation.vault_path}, and this computer keeps no backup.")
    latest = ", ".join(str(found[0].path) for found in with_any)
    raise NotFound(f"This computer keeps backups of {len(with_any)} vaults: {latest}.", "Name the one you mean.")


def _restore_whole(invocation: Invocation, chosen: Path, *, dry_run: bool) -> None:
    from kinship.vault.restoring import restore_whole

    path, state = invocation.vault_path, invocation.surroundings.places.state
    guard_memory()
    key = find_root(invocation, chosen).key()
    say(f"There is no vault at {path}; {chosen.name} takes its place.")
    if dry_run:
        say("Nothing was changed.")
        return
    restore_whole(chosen, path, key, state)
    remark("What this computer remembered of later saves is forgotten: it no longer reports them as missing.")
    say("Done.")
