"""The command `kinship` and the list of its commands; a command's module is imported when it is used, not before."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, NamedTuple

import click

from kinship.cli.options import safe_screen_option, take_plain, vault_options

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Place(NamedTuple):
    """Where a command is defined, and the sentence `kinship --help` says of it without importing it."""

    module: str
    attribute: str
    sentence: str


COMMANDS = {
    "demo": Place("screens", "demo", "Open a throw-away vault with a synthetic life."),
    "new": Place("vaults", "new", "Make a vault without opening the screen."),
    "vaults": Place("vaults", "vaults", "List the vaults this computer knows; move one, or remove it."),
    "write": Place("writing", "write", "Keep a new entry."),
    "jot": Place("jot", "jot", "Seal a quick note without unlocking the journal."),
    "inbox": Place("inbox", "inbox", "List the sealed notes that wait, keep them or throw them away."),
    "list": Place("reading", "list_entries", "List entries, newest first."),
    "show": Place("reading", "show", "Show one entry."),
    "search": Place("reading", "search", "Find entries by their words."),
    "searches": Place("searches", "searches", "List the searches that are saved, save, rename and delete them."),
    "year": Place("by_calendar", "year", "Show a year as a calendar."),
    "on-this-day": Place("by_calendar", "on_this_day", "Show what was written on this day in years before."),
    "edit": Place("editing", "edit", "Give an entry other words."),
    "delete": Place("editing", "delete", "Throw an entry away, or bring it back."),
    "history": Place("editing", "history", "Show what an entry said before, and restore it."),
    "templates": Place("templates", "templates", "List, keep and change what a page may begin with."),
    "journals": Place("journals", "journals", "List the journals in this vault, or rename one."),
    "today": Place("prompts", "today", "Show the prompt of the day."),
    "checkin": Place("checking_in", "checkin", "Say how you are, or answer a scale of your own."),
    "card": Place("card", "card", "Show and write your hard-day card."),
    "appointments": Place("appointments", "appointments", "List, add and change dates ahead, each with what to bring."),
    "prompts": Place("packs", "prompts", "List what there is to ask, set switches, keep packs of your own."),
    "reflect": Place("reflecting", "reflect", "Be guided through a short reflection, a line at a time."),
    "people": Place("people", "people", "List, add, show and change who is in the circle."),
    "support": Place("support", "support", "Record a moment of support or strain."),
    "map": Place("maps", "draw_map", "Draw the support map, or write it to a file."),
    "snapshots": Place("snapshots", "snapshots", "Keep maps in the vault; list, show, compare and delete them."),
    "share": Place("sharing", "share", "Write a sheet for a visit, a person's page, or a book of pages."),
    "compare": Place("compare", "compare", "Say what is different on the map between two days."),
    "without": Place("without", "without", "Say what would rest on whom if somebody were away."),
    "lookback": Place("looking_back", "lookback", "Show a month as one page, and keep it if you like."),
    "measures": Place("measures", "measures", "Show the numbers of the circle, or of any graph file."),
    "insights": Place("insights", "insights", "Say what your days tell over time, with its uncertainty."),
    "conflicts": Place("conflicts", "conflicts", "Show and settle what was written in two places at once."),
    "import": Place("importing", "import_", "Import what was written elsewhere."),
    "export": Place("exporting", "export", "Write pages as Markdown or text, or everything as JSON."),
    "passphrase": Place("keys", "passphrase", "Change the passphrase, or have one suggested."),
    "recovery": Place("recovery", "recovery", "Show the recovery text again, or prove that a sheet is right."),
    "unlock": Place("keys", "unlock", "List, add and remove ways to open the vault."),
    "rotate": Place("moving", "rotate", "Move everything into a fresh vault with keys of its own."),
    "verify": Place("health", "verify", "Read every part of the vault and say what is damaged."),
    "doctor": Place("health", "doctor", "Look at places, modes, the disk, the clock and what is missing."),
    "privacy": Place("privacy", "privacy", "Say what is protected, what is not, and how this computer stands."),
    "backup": Place("upkeep", "backup", "Make a verified backup now, or list those that are kept."),
    "restore": Place("upkeep", "restore", "Take back from a backup what is damaged, lost or deleted."),
    "tidy": Place("upkeep", "tidy", "Fold many small files of the vault into one."),
    "purge": Place("upkeep", "purge", "Remove for good what was deleted, as far as that goes."),
    "settings": Place("settings", "settings", "Show and change settings."),
    "where": Place("where", "where", "Say where things lie: the vault, settings, your own themes."),
    "completion": Place("shell", "completion", "Print what completes commands and options in a shell."),
    "manual": Place("shell", "manual", "Print the man page."),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports the one that is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's own signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - Click's own
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        found: click.Command = getattr(importlib.import_module(f"kinship.cli.{place.module}"), place.attribute)
        take_plain(found)
        return found

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return commands by their name, none of which is imported for that, and the options."""
        from click.shell_completion import CompletionItem

        named = [(name, place.sentence) for name, place in COMMANDS.items() if name.startswith(incomplete)]
        found = [CompletionItem(name, help=sentence) for name, sentence in named]
        return found + click.Command.shell_complete(self, ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - Click's own
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.sentence) for name, place in COMMANDS.items()])


def _say_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from kinship.cli.version import print_version

        print_version(context)


@click.group(
    name="kinship",
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: kinship demo",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_version,
    help="Show the version and what a report of a fault needs, and exit.",
)
@click.option("--locked", type=click.Path(), hidden=True, help="Go on from a lock: show the lock screen of this vault.")
@vault_options
@safe_screen_option
@click.pass_context
def kinship(context: click.Context, *, locked: str | None) -> int:
    """Open the journal; the first start makes a vault.

    An encrypted journal that shows who holds you. The commands below do the same without the screen.
    """
    if context.invoked_subcommand is not None:
        return 0
    from kinship.cli.screens import open_journal_screen

    if locked is not None:
        context.obj.vault = locked
    return open_journal_screen(context.obj, from_lock=locked is not None)
