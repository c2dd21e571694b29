"""The palette: every act, person and page by name. It offers nothing that writes a screen to disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

import textual.command
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from kinship.ground.width import shorten
from kinship.privacy.text import clean_line
from kinship.tui import navigation as go

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from kinship.journal.journal import Journal
    from kinship.reflect.sessions import Session
    from kinship.tui.context import Context
    from kinship.tui.theming import Look

WIDEST = 56
"""Cells of a page's title here."""
MOST_PAGES = 400
"""How many of the latest pages are gone to by name; search finds the rest."""


class Offer(NamedTuple):
    """A line of the palette: its words, what it does, and what is said below it."""

    words: str
    run: Callable[[], object]
    help: str

    def shown(self) -> Content:
        """Return both lines as they are written; what Textual takes as a help text would be read as markup."""
        return Content.assemble(clean_line(self.words), "\n", (clean_line(self.help), "not bold $dim"))


class Host(Protocol):
    """What the palette needs of the App."""

    journal: Journal | None
    look: Look
    theme: str
    context: Context
    lockable: bool
    has_shell: bool

    async def run_action(self, action: str, default_namespace: DOMNode | None = None) -> bool: ...


class CommandPalette(textual.command.CommandPalette):
    """The palette in our colours."""

    CSS_PATH = "palette.tcss"

    def __init__(self) -> None:
        super().__init__(placeholder="a person, a page, or what to do", id="--command-palette")

    def _action_command_list(self, action: str) -> None:
        """Pass a key on to the list once it has room: a page key would look for lines that are not there yet."""
        if self.query_one(textual.command.CommandList).scrollable_content_region:
            super()._action_command_list(action)


class KinshipCommands(Provider):
    """The only provider: Textual's own would offer a screenshot."""

    _sessions: tuple[Session, ...] | None = None
    """Looked up at the first letter."""

    @property
    def host(self) -> Host:
        return cast("Host", self.app)

    async def discover(self) -> Hits:
        for offer in self._acts():
            yield DiscoveryHit(offer.shown(), offer.run, offer.words)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        if self._sessions is None:
            self._sessions = await asyncio.to_thread(self._sessions_offered)
        for offer in (
            *self._acts(),
            *self._here(),
            *self._searches(),
            *self._reflections(),
            *self._people(),
            *self._pages(),
        ):
            score = matcher.match(offer.words)
            if score > 0:
                yield Hit(score, offer.shown(), offer.run, offer.words)

    def _acts(self) -> Iterator[Offer]:
        if self.host.journal is not None:
            yield self._going("Today", go.HomeRequested(), "The question of the day and what is near")
            yield self._going("Write a page", go.WriteRequested(), "A new page")
            yield self._going("Reflect", go.ReflectionsRequested(), "A guided reflection, one step at a time")
            if self.host.context.settings.editor and isinstance(self.screen, go.MayUseEditor):
                help_ = f"{self.host.context.settings.editor}, in memory only, and wiped afterwards"
                yield Offer("Write in another editor", self.screen.use_editor, help_)
            yield self._going("Your circle", go.CircleRequested(), "The support map")
            yield self._going("Numbers", go.NumbersRequested(), "What can be counted of your circle, in sentences")
            yield self._going("Who comes to mind", go.MappingRequested(), "Put people on the map, quickly")
            yield self._going("Who knows whom", go.KnowsRequested(), "Ties between the people of your circle")
            yield self._going("Pages", go.PagesRequested(), "Everything you wrote")
            yield self._going("A year", go.YearRequested(), "The days you wrote on, as a calendar")
            yield self._going("Templates", go.TemplatesRequested(), "What a page may begin with, in your own words")
            yield self._going("Journals", go.JournalsRequested(), "Several journals in this vault, and their pages")
            if self.host.journal.vault.conflicts():
                yield self._going("Versions", go.ConflictsRequested(), "What was written in two places at once")
            yield self._going("What is asked of you", go.ChoicesRequested(), "Loss, separation, questions put away")
            yield self._going("Settings", go.SettingsRequested(), "Theme, keys, lock, signs, your name and country")
            yield self._going("The week in three lines", go.PulseRequested(), "How heard, how helped, how much at home")
            yield self._going("Patterns", go.PatternsRequested(), "What your pages can say over time, in charts")
            yield self._going("Look back at a month", go.LookBackRequested(), "One page: lines, people, kinds, changes")
            yield self._going("Dates ahead", go.AppointmentsRequested(), "Visits, and what to bring and to say")
            yield self._going("Your hard-day card", go.CardRequested(), "Who and what helps on a hard day")
            yield self._going("Inbox", go.InboxRequested(), "Sealed notes that wait")
            yield self._going("Share the map", go.ExportRequested(), "A file of it, seen line by line before it leaves")
            sheet, book, person = (go.DocumentRequested(what) for what in go.SharedAs)
            yield self._going("A sheet for a visit", sheet, "The map, what changed, what you want to say, your pages")
            yield self._going("Pages as a book", book, "PDF, web page or text, seen line by line before it leaves")
            yield self._going("One person's page, to take along", person, "What you know of a tie, as a file")
            yield self._going("Kept maps", go.SnapshotsRequested(), "Maps of days that were, as they were known then")
            yield self._going("Take your journal out", go.TakeOutRequested(), "Markdown, text, or everything as JSON")
            yield self._going("Bring along", go.BringRequested(), "A journal, a map or people of another program")
            yield Offer("Undo", self._action("app.undo"), "Take the last act back")
            yield Offer("Redo", self._action("app.redo"), "Do again what was taken back")
        yield Offer("Somebody to talk to", self._action("app.help"), "People who answer")
        yield Offer("Keys", self._action("app.keys"), "Every key that works here")
        if self.host.journal is not None:
            yield Offer("Initials", self._action("app.safe_screen"), "Show initials instead of names, or names again")
        yield self._going("Privacy", go.PrivacyRequested(), "What is protected, what is not, how this computer stands")
        if not self.host.context.demo:
            yield self._going("Vaults", go.VaultsRequested(), "Another vault: the one that is open is locked first")
        yield Offer("Veil", self._action("app.veil"), "Blank the screen at once")
        if self.host.lockable:
            yield Offer("Lock", self._action("app.lock"), "Only the passphrase opens it again")
            if self.host.has_shell:
                yield Offer("To the shell", self._action("app.suspend"), "It locks; fg brings it back")
        for name, palette in sorted(self.host.look.palettes.items()):
            yield Offer(f"Theme: {name}", partial(setattr, self.host, "theme", name), palette.title or "A colour theme")
        yield Offer("Leave", self._action("app.quit"), "What is open is kept")

    def _here(self) -> Iterator[Offer]:
        """Return what has a key on the screen below; acts of the App stand among the others."""
        found: dict[str, Offer] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.id is not None and active.enabled and active.node is not self.app:
                run = partial(self.host.run_action, binding.action, active.node)
                found.setdefault(
                    binding.action, Offer(binding.tooltip, run, f"{self.app.get_key_display(binding)} here")
                )
        yield from found.values()

    def _people(self) -> Iterator[Offer]:
        if self.host.journal is not None:
            for alter in self.host.journal.alters.all():
                yield self._going(
                    shorten(clean_line(alter.name), WIDEST), go.PersonRequested(alter.id), f"{alter.kind}"
                )

    def _searches(self) -> Iterator[Offer]:
        if self.host.journal is not None:
            from kinship.journal.saved import saved_searches

            for one in saved_searches(self.host.journal):
                words = f"Search: {shorten(clean_line(one.name), WIDEST)}"
                yield self._going(words, go.PagesRequested(one.line), shorten(clean_line(one.line), WIDEST))

    def _sessions_offered(self) -> tuple[Session, ...]:
        """Return the guided sessions that are offered now; those that hard times keep away are not."""
        journal = self.host.journal
        if journal is None:
            return ()
        from kinship.reflect.own_packs import library
        from kinship.reflect.picking import offered
        from kinship.reflect.state import READ_BACK, seed_of, selection_state

        day = journal.today()
        book = library(journal, self.host.context.places.config).book
        done = journal.pages.latest(READ_BACK)
        return offered(book, selection_state(journal, day), done, day, seed_of(journal))

    def _reflections(self) -> Iterator[Offer]:
        for one in self._sessions or ():
            request = go.SessionRequested(one.id)
            yield self._going(f"Reflect: {clean_line(one.title)}", request, f"A guided reflection, {one.minutes} min")

    def _pages(self) -> Iterator[Offer]:
        if self.host.journal is not None:
            from kinship.journal.titles import title_of

            for entry in self.host.journal.pages.latest(MOST_PAGES):
                yield self._going(
                    shorten(clean_line(title_of(entry)), WIDEST), go.PageRequested(entry.id), f"{entry.day}"
                )

    def _going(self, words: str, request: go.Navigation, help_: str) -> Offer:
        return Offer(words, partial(self.screen.post_message, request), help_)

    def _action(self, name: str) -> Callable[[], object]:
        return partial(self.host.run_action, name)
