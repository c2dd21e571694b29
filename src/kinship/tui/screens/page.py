"""A page to read: its words styled, who is on it and what they gave; the next one is a key away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Static

from kinship.ground.errors import KinshipError
from kinship.journal.mentions import find_mentions, fold, tag_spans
from kinship.journal.search import one_spaced
from kinship.journal.visits import lines_to_star
from kinship.journal.words import length_in_words
from kinship.privacy.text import clean_line
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import (
    BackRequested,
    ConflictsRequested,
    HistoryRequested,
    JournalChanged,
    Sheaf,
    WriteRequested,
)
from kinship.tui.widgets.find_bar import FindBar, FindLine
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.markdown_lines import MENTION, TAG, UNKNOWN, Span
from kinship.tui.widgets.marked_body import MarkedBody, marked
from kinship.tui.widgets.page_people import PersonLine, marks_of
from kinship.tui.widgets.reading import body_content
from kinship.tui.widgets.starred_lines import StarredLines

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import Entry, EntryId, Moment


class PageScreen(Screen[None]):
    """Reads one page after the other, newest first."""

    CSS_PATH = "page.tcss"
    BINDINGS = [
        act("e,enter", "edit", "edit", tooltip="Write on this page"),
        act("d", "delete", "delete", tooltip="Delete this page; u brings it back"),
        act("j", "older", "next", tooltip="The page before this one in time"),
        act("k", "newer", "previous", tooltip="The page after this one in time", show=False),
        act("h", "history", "history", tooltip="What this page said before, and the way back to it"),
        act("escape,q", "back", "back"),
        act("slash,ctrl+f,f4", "find", "find", tooltip="Find words on this page", show=False),
        act("asterisk", "star_page", "star", tooltip="Give this page a star, or take it", show=False),
        act("f9", "count_words", "words", tooltip="How many words this page has", show=False),
        act("space", "down", "scroll", tooltip="Scroll down", show=False),
        act(
            "s",
            "star",
            "star a line",
            tooltip="Star a line, to be given back to you or taken along, or take its star",
            show=False,
        ),
        act("n", "next_match", "next match", tooltip="The next place where what was searched stands", show=False),
        act("N", "previous_match", "match before", tooltip="The place before", show=False),
        act("v", "versions", "both versions", tooltip="See what was written at the same time elsewhere", show=False),
    ]

    entry: var[str] = var("", init=False)
    starring: var[bool] = var(default=False, init=False, toggle_class="-starring")
    stars = getters.query_one(StarredLines)
    middle = getters.query_one("#middle", VerticalScroll)
    body = getters.query_one(MarkedBody)
    found = getters.query_one(FindBar)

    def __init__(self, context: Context, journal: Journal, entry: EntryId, *, sheaf: Sheaf | None = None) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self.sheaf = sheaf or Sheaf(())
        self._looked: tuple[str, ...] | None = None
        """The words that are looked for on this page; None where they are those it was found by."""
        self._was = 0.0
        """How far down the page was before finding."""
        self._offered: dict[str, str] = {}
        """The lines that are offered, each to the id of its star, empty where it has none."""
        self.set_reactive(PageScreen.entry, entry)

    def compose(self) -> ComposeResult:
        with Vertical(id="head"):
            yield Static("", id="when", markup=False)
        with VerticalScroll(id="middle"):
            yield MarkedBody(id="body")
            yield Vertical(id="people")
            yield Static("", id="starred", markup=False)
        yield StarredLines()
        yield FindBar()
        yield KeyLine("keys")

    async def on_mount(self) -> None:
        await self.show()
        self.middle.focus()
        self.call_after_refresh(self._see_match)

    async def watch_entry(self) -> None:
        self.starring = False
        self._looked = None
        self.middle.scroll_home(animate=False)
        self.body.begin()
        await self.show()
        self.call_after_refresh(self._see_match)

    @on(JournalChanged)
    async def show(self) -> None:
        """Show the page as it is now; step back when it is gone."""
        entry = self.journal.pages.get(self.entry)
        if entry is None:
            return
        self.sheaf.at = entry.id
        self._show_words(entry)
        self._show_starred(entry)
        people = self.query_one("#people", Vertical)
        async with self.batch():
            await people.remove_children()
            await people.mount_all(self._person_lines(entry))

    def _show_words(self, entry: Entry) -> None:
        words = self.sheaf.words if self._looked is None else self._looked
        self.body.show(body_content(entry.body, self._notice), words)
        self.query_one("#when", Static).update(self._headline(entry))

    def _show_starred(self, entry: Entry) -> None:
        lines = [Content(f"★ {clean_line(one.text)}") for one in self.journal.lines if one.entry == entry.id]
        starred = self.query_one("#starred", Static)
        starred.update(Content("\n").join(lines))
        starred.display = bool(lines)

    def _headline(self, entry: Entry) -> Content:
        said = [f"{entry.day:%A} {entry.day.day} {entry.day:%B %Y}", f"{entry.at:%H:%M}"]
        said += [f"mood {entry.mood}"] if entry.mood is not None else []
        said += [clean_line(entry.journal)] if entry.journal else []
        said += ["★ starred"] if entry.starred else []
        said += [f"{self.body.at + 1} of {len(self.body.marks)} · n next"] if self.body.marks else []
        parts = [Content.styled(" · ".join(said), "$dim")]
        if entry.title:
            parts.append(marked(Content.styled(clean_line(entry.title), "bold $accent"), self.sheaf.words))
        if entry.id in self.journal.pages.conflicts():
            parts.append(Content.styled("Written in two places at once: v shows both sides.", "$warning"))
        return Content("\n").join(parts)

    def _notice(self, line: str) -> Iterator[Span]:
        names = self.journal.alters.names()
        for mention in find_mentions(line, names):
            yield Span(mention.start, mention.end, MENTION if mention.alter else UNKNOWN)
        for start, end in tag_spans(line):
            yield Span(start, end, TAG)

    def _person_lines(self, entry: Entry) -> list[PersonLine]:
        moments: dict[str, list[Moment]] = {}
        for moment in self.journal.moments.of_entry(entry):
            moments.setdefault(moment.alter, []).append(moment)
        lines = []
        for alter_id in dict.fromkeys([*entry.names.values(), *moments]):
            alter = self.journal.alters.get(alter_id)
            if alter is not None:
                lines.append(PersonLine(alter.id, marks_of(alter.name, moments.get(alter_id, []))))
        return lines

    def action_edit(self) -> None:
        self.post_message(WriteRequested(entry=self.entry))

    def action_versions(self) -> None:
        if self.entry in self.journal.pages.conflicts():
            self.post_message(ConflictsRequested(self.entry))
        else:
            self.notify("This page has one version.", markup=False)

    def action_down(self) -> None:
        self.middle.scroll_page_down(animate=False)

    def action_star(self) -> None:
        """Offer the lines of the page; a digit or enter stars one, or takes its star."""
        entry = self.journal.pages.get(self.entry)
        lines = lines_to_star(self.journal, entry) if entry is not None else ()
        starred = {one.text: one.id for one in self.journal.lines if one.entry == self.entry}
        self._offered = {f"★ {clean_line(text)}": id_ for text, id_ in starred.items()} | dict.fromkeys(lines, "")
        self.stars.offer(self._offered)
        self.starring = bool(self._offered)
        if self.starring:
            self.stars.focus()
        else:
            self.notify("There is no line to star.")

    def action_star_page(self) -> None:
        """Give the page a star, or take it."""
        entry = self.journal.pages.get(self.entry)
        if entry is None:
            return
        try:
            self.journal.star_page(entry.id, starred=not entry.starred)
        except KinshipError as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            self.notify("The star is taken. u gives it back." if entry.starred else "Starred. u takes it back.")

    @on(StarredLines.Taken)
    def star_line(self, event: StarredLines.Taken) -> None:
        star = self._offered.get(event.line, "")
        try:
            if star:
                self.journal.throw_away("lines", star)
            else:
                self.journal.star_line(self.entry, event.line)
        except KinshipError as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            self.notify("The star is taken. u gives it back." if star else "Starred. u takes it back.")
        self._end_starring()

    def _end_starring(self) -> None:
        self.starring = False
        self.middle.focus()

    def action_back(self) -> None:
        if self.starring:
            self._end_starring()
        else:
            self.post_message(BackRequested())

    def action_history(self) -> None:
        self.post_message(HistoryRequested(self.entry))

    def action_count_words(self) -> None:
        entry = self.journal.pages.get(self.entry)
        if entry is not None:
            self.notify(f"{length_in_words(entry.body)}.")

    # Finding

    def action_find(self) -> None:
        """Look for words on this page."""
        self._was = self.middle.scroll_y
        self.found.open()

    @on(FindBar.Asked)
    def look_for(self, event: FindBar.Asked) -> None:
        self._looked = (fold(one_spaced(event.words)),) if event.words.strip() else ()
        self.body.begin()
        self._show_found()

    @on(FindLine.Stepped)
    def step(self, event: FindLine.Stepped) -> None:
        self.body.walk(event.step)
        self._show_found()

    def _show_found(self) -> None:
        entry = self.journal.pages.get(self.entry)
        if entry is not None:
            self._show_words(entry)
        self.found.tell(self.body.at, len(self.body.marks))
        self._see_match()

    @on(FindBar.Left)
    def end_finding(self, event: FindBar.Left) -> None:
        """Stay where the words are, their marks with them, or go back."""
        self.found.close()
        self.middle.focus()
        if not event.stay or not self.body.marks:
            self._looked = None
            self._show_found()
            self.middle.scroll_to(y=self._was, animate=False, immediate=True)

    # From page to page

    def action_older(self) -> None:
        self._go(1)

    def action_newer(self) -> None:
        self._go(-1)

    def _go(self, step: int) -> None:
        """Go on in the list this page was opened from, else through every page."""
        listed = [id_ for id_ in self.sheaf.entries if self.journal.pages.get(id_) is not None]
        ids = listed if self.entry in listed else [entry.id for entry in self.journal.pages.all()]
        at = ids.index(self.entry) + step if self.entry in ids else 0
        if 0 <= at < len(ids):
            self.entry = ids[at]
        else:
            which = ("oldest" if step > 0 else "newest") + (" of these pages." if ids is listed else " page.")
            self.notify(f"This is the {which}", markup=False)

    def action_next_match(self) -> None:
        self._walk(1)

    def action_previous_match(self) -> None:
        self._walk(-1)

    def _walk(self, step: int) -> None:
        """Go to the next place of what was searched and bring it into sight."""
        entry = self.journal.pages.get(self.entry)
        if entry is None or not self.body.marks:
            self.notify("Nothing is marked on this page.", markup=False)
            return
        self.body.walk(step)
        self.query_one("#when", Static).update(self._headline(entry))
        self._see_match()

    def _see_match(self) -> None:
        if self.body.marks:
            row, top, height = self.body.row(), round(self.middle.scroll_y), self.middle.size.height
            if not top <= row < top + height:
                self.middle.scroll_to(y=max(0, row - height // 3), animate=False, immediate=True)

    def action_delete(self) -> None:
        """Delete the page and step back; nothing is asked, since `u` brings it back."""
        try:
            self.journal.delete_page(self.entry)
        except KinshipError as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            self.notify("Deleted. u brings it back.", markup=False)
            self.post_message(BackRequested())
