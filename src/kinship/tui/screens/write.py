"""Write: the page is nearly the whole screen; leaving it keeps it, and what each person gave with it."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.geometry import Offset
from textual.reactive import var
from textual.widgets import Static, TextArea
from textual.widgets.text_area import Selection

from kinship.ground.errors import KinshipError
from kinship.ground.page_day import day_in_words
from kinship.journal.journal import Journal
from kinship.journal.journals import UNNAMED
from kinship.journal.model import EntryId
from kinship.journal.template_acts import place_for_text, words_from
from kinship.journal.words import length_in_words
from kinship.privacy.text import clean, clean_line
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.marking import MarkedPage
from kinship.tui.navigation import BackRequested, Question
from kinship.tui.widgets.ask_line import AskLine
from kinship.tui.widgets.completion import CompletionList
from kinship.tui.widgets.find_bar import FindBar, FindLine
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.mark_bar import MarkBar
from kinship.tui.widgets.page_about import PageAbout
from kinship.tui.widgets.page_editor import PageEditor
from kinship.tui.widgets.page_places import Place, nearest
from kinship.tui.writing import Writing

NO_TEMPLATE = "There is no template yet. The palette (ctrl+p) has Templates: what a page may begin with."
_PLACEHOLDER = "Write. @ names somebody, # gives the page a tag."
_WITH_TEMPLATES = f"{_PLACEHOLDER} f5 begins with a template."


class WriteScreen(MarkedPage):
    """One page, new or old, with its draft, its people and their marks."""

    CSS_PATH = ["write.tcss", "../widgets/page_editor.tcss", "../widgets/completion.tcss", "../widgets/mark_bar.tcss"]
    AUTO_FOCUS = "PageEditor"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("escape", "leave", "done, kept", tooltip="Keep the page and go back"),
        act("tab", "mark", "marks", tooltip="Mark what the people on this page gave"),
        act("f2", "keep_and_begin", "keep it, new page", tooltip="Keep these words and begin a new page"),
        act("f3", "throw_away", "throw away", tooltip="Empty the page; ctrl+z brings the words back"),
        act("u", "take_mark_back", "take it back", tooltip="Take the last mark back", show=False),
        act("f11,ctrl+n", "focus_mode", "only the page", tooltip="Show nothing but the page"),
        act("ctrl+t,f10", "about", "day, title", tooltip="The day, journal, title and mood of this page"),
        act("ctrl+f,f4", "find", "find", tooltip="Find words on this page; esc goes back where you were", show=False),
        act("f5,ctrl+r", "template", "template", tooltip="Put in one of your templates", show=False),
        act("f9", "count_words", "words", tooltip="How many words are on this page, or selected", show=False),
    ]

    only_page: var[bool] = var(default=False, toggle_class="-only-page")
    found = getters.query_one(FindBar)
    around = getters.query_one(PageAbout)
    asking = getters.query_one(AskLine)

    def __init__(
        self,
        context: Context,
        journal: Journal,
        entry: EntryId | None = None,
        question: Question | None = None,
        template: str | None = None,
    ) -> None:
        kept = journal.pages.get(entry) if entry is not None else None
        super().__init__(context, journal, Writing.begin(journal, kept, question))
        self.asked = question
        self._wanted = entry
        self._template = template
        self._passing = False
        """Whether what is said above the page goes with the next key."""
        self._places: tuple[Place, ...] = ()
        self._place = 0
        self._was: tuple[Selection, Offset] | None = None
        """The selection and the scroll offset before finding."""

    def compose(self) -> ComposeResult:
        completion = CompletionList()
        with Vertical(id="column"):
            with Horizontal(id="head"):
                yield Static(id="day", markup=False)
                yield Static(id="state", markup=False)
            yield Static(id="question", markup=False)
            yield Static(id="notice", markup=False)
            yield PageEditor(
                self.writing.body, suggestions=self.writing, completion=completion, notice=self.writing.spans, id="page"
            )
            with Vertical(id="foot"):
                yield MarkBar(self.journal.choices.own_subkinds)
            yield FindBar()
            yield PageAbout(self.journal.today())
            yield AskLine()
            yield KeyLine("help")
        yield completion

    def on_mount(self) -> None:
        if self._wanted is not None and self.writing.entry is None:
            self.notify("This page is gone.", severity="warning")
            self.post_message(BackRequested())
        self.editor.placeholder = _WITH_TEMPLATES if len(self.journal.templates) else _PLACEHOLDER
        self.editor.move_cursor(self.editor.document.end)
        self._show_page()
        if self._template is not None and self.editor.blank:
            self._put_in(self._template)

    def _show_page(self) -> None:
        """Show what surrounds the words: the day, the question, where they come from."""
        page = self.writing
        self._show_about()
        question = self.query_one("#question", Static)
        question.update(page.question.text if page.question is not None else "")
        question.set_class(page.question is None, "-absent")
        if page.restored is not None:
            self.say(
                f"Brought back from {_when(page.restored, self.context.clock.now())}: words that were not kept yet."
            )
        else:
            self.say("")
        self.find_people()
        self.refresh_bindings()

    def _show_about(self) -> None:
        page = self.writing
        day = f"{page.day:%A} {page.day.day} {page.day:%B}"
        told = [day if page.day.year == self.journal.today().year else day_in_words(page.day)]
        told += [clean_line(part) for part in (page.volume, page.title) if part.strip()]
        told += [f"mood {page.mood}"] if page.mood is not None else []
        self.query_one("#day", Static).update(" · ".join(told))

    # The page

    def action_leave(self) -> None:
        """Keep the page and go back; where it cannot be kept, stay."""
        self.keep_page(lambda: self.post_message(BackRequested()))

    def action_keep_and_begin(self) -> None:
        """Keep these words as a page of their own and begin a new one, with the question that was asked for."""
        self.keep_page(self._begin)

    def action_throw_away(self) -> None:
        """Empty the page; the words come back with undo until the page is left."""
        self.editor.clear()
        self.say("The page is empty. ctrl+z brings the words back.")

    def _begin(self) -> None:
        self.begin_anew(Writing.begin(self.journal, None, self.asked))
        self._show_page()
        self.editor.focus()

    def use_editor(self) -> None:
        """Go on in the editor that the settings name; one undo takes back what it changed."""
        from kinship.tui.elsewhere import edited_elsewhere

        if self.keeping or self._over:
            return
        try:
            body = clean(edited_elsewhere(self.app, self.context, self.editor.text))
        except KinshipError as error:
            self.say(str(error), wrong=True)
            return
        if body != self.editor.text:
            page = self.editor.document
            self.editor.replace(body, page.start, page.end, maintain_selection_offset=False)
            self.editor.move_cursor(page.end)
            self.save_draft()
        self.editor.focus()

    def action_count_words(self) -> None:
        """Say how long the page is, or what is selected of it; the sentence goes with the next key."""
        selected = self.editor.selected_text
        told = length_in_words(selected or self.editor.text)
        self._say_in_passing(f"{told} selected." if selected else f"{told}.")

    def _say_in_passing(self, sentence: str, *, wrong: bool = False) -> None:
        """Say what goes with the next key; where there is nothing but the page it is seen too."""
        self.say(sentence, wrong=wrong)
        self.notice.add_class("-passing")
        self._passing = True

    @on(TextArea.Changed)
    def end_saying(self) -> None:
        if self._passing:
            self._passing = False
            self.notice.remove_class("-passing")
            self.say("")

    # What stands around it

    def action_about(self) -> None:
        """Say the day, the journal, the title and the mood."""
        self.only_page = False
        self.end_saying()
        self.around.open(self.writing.about, [one.name or UNNAMED for one in self.journal.journals()])

    @on(PageAbout.Said)
    def take_about(self, event: PageAbout.Said) -> None:
        self.writing.say(event.about)
        self._show_about()
        self.save_draft_soon()

    @on(PageAbout.Left)
    def end_about(self, event: PageAbout.Left) -> None:
        self.around.close()
        if event.doubt:
            self._say_in_passing(f"{event.doubt} It is as it was.", wrong=True)
        self.editor.focus()

    # Templates

    def action_template(self) -> None:
        """Offer the templates; one is put in where the cursor is."""
        every = self.journal.all_templates()
        if not every:
            self._say_in_passing(NO_TEMPLATE)
            return
        self.only_page = False
        options = [(one.id, clean_line(one.name)) for one in every]
        self.asking.offer("template", "Begin with", options, every[0].id)

    @on(AskLine.Answered)
    def take_template(self, event: AskLine.Answered) -> None:
        self._end_asking()
        self._put_in(event.answer)

    @on(AskLine.Left)
    def _end_asking(self) -> None:
        self.asking.put_away()
        self.editor.focus()

    def _put_in(self, id_: str) -> None:
        """Put a template's words in: one step of undo. A blank page goes into its journal as well."""
        template = self.journal.templates.get(id_)
        if template is None:
            return
        if self.editor.blank and template.journal and not self.writing.volume:
            self.writing.volume = template.journal
            self._show_about()
        words, place = place_for_text(
            words_from(template, self.writing.day, self.writing.at or self.context.clock.now())
        )
        row, column = self.editor.selection.start
        before = words[:place].split("\n")
        self.editor.history.checkpoint()
        self.editor.replace(words, *self.editor.selection, maintain_selection_offset=False)
        self.editor.history.checkpoint()
        down = len(before) - 1
        self.editor.move_cursor((row + down, len(before[-1]) + (0 if down else column)))
        self.save_draft_soon()

    # Finding

    def action_find(self) -> None:
        """Look for words on this page."""
        self.only_page = False
        self.editor.completion.close()
        self._was = self.editor.selection, self.editor.scroll_offset
        self.found.open()

    @on(FindBar.Asked)
    def look_for(self, event: FindBar.Asked) -> None:
        self._places = self.editor.find(event.words)
        self._place = nearest(self._places, self._was[0].start if self._was is not None else (0, 0))
        self._go_to_place()

    @on(FindLine.Stepped)
    def step(self, event: FindLine.Stepped) -> None:
        if self._places:
            self._place = (self._place + event.step) % len(self._places)
            self._go_to_place()

    def _go_to_place(self) -> None:
        self.found.tell(self._place, len(self._places))
        if self._places:
            self.editor.show_place(self._places[self._place])
        elif self._was is not None:
            self._back_where_one_was()

    def _back_where_one_was(self) -> None:
        if self._was is not None:
            self.editor.selection, offset = self._was
            self.editor.scroll_to(offset.x, offset.y, animate=False)

    @on(FindBar.Left)
    def end_finding(self, event: FindBar.Left) -> None:
        self.found.close()
        self.editor.find("")
        if not event.stay or not self._places:
            self._back_where_one_was()
        self._places, self._was = (), None
        self.editor.focus()

    # The rest

    def action_mark(self) -> None:
        """Go to the people on the page, or back to the text."""
        self.only_page = False
        super().action_mark()

    def action_focus_mode(self) -> None:
        """Show nothing but the page, or everything again."""
        self.only_page = not self.only_page
        self.editor.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "keep_and_begin":
            return self.writing.restored is not None and self.writing.entry is None
        if action == "throw_away":
            return self.writing.restored is not None and not self.editor.blank
        if action in {"focus_mode", "find", "about", "template", "count_words"}:
            return self.editor.has_focus
        if action == "take_mark_back":
            return self.bar.has_focus
        return super().check_action(action, parameters)


def _when(then: dt.datetime, now: dt.datetime) -> str:
    """Return a moment as it is said: by its hour today, with its day before."""
    days = (now.date() - then.date()).days
    day = {0: "", 1: "yesterday "}.get(days, f"{then:%A} {then.day} {then:%B}, ")
    return f"{day}{then:%H:%M}"
