"""Patterns: what the pages can honestly say, as a list of views and the chart, the sentence and the table of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from kinship.circle.rhythm import months_from
from kinship.ground.width import fill
from kinship.insight.values import Pattern
from kinship.privacy.text import visible
from kinship.snapshot.chart import Chart, Panels
from kinship.snapshot.chart_text import table_lines
from kinship.tui.chart_cells import rows_needed
from kinship.tui.chart_taking import ChartTaking
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, CircleRequested, JournalChanged
from kinship.tui.pattern_views import VIEWS, View, shown_views
from kinship.tui.widgets.ask_line import AskLine
from kinship.tui.widgets.chart_view import ChartView
from kinship.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

READ = ("entries", "checkins", "moments", "alters", "facts", "lines", "intentions", "card", "scale_results")
"""The tables that the views are made of."""
NEED_PAGES = frozenset({"look", "next_view", "table", "earlier", "take_chart", "all_years"})
"""Acts that are nothing where nothing is written."""
EMPTY = "Nothing is written yet. w on Today starts a page; patterns come by themselves."
ASKING_CHANCE = "asking how far chance alone would go"
ROOMY = 80
"""Columns from which the days stand beside the title."""
TITLE_WIDTH, STATE_WIDTH, LEAST_ABOUT = 27, 17, 14
MAP_VIEW = "then_and_now"


class Stopped(Exception):
    """The person went on to something else, or stopped the counting."""


class PatternsScreen(ChartTaking):
    """Everything that is quick stands at once; what is held against chance comes when it is ready."""

    CSS_PATH = "patterns.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        replace(act("o", "look", "look", tooltip="Look at this one closely"), key_display="enter"),
        replace(act("right,l,n", "next_view", "next", tooltip="The next one"), key_display="← →"),
        act("t", "table", "table", tooltip="The table behind the chart, and back"),
        replace(act("left_square_bracket", "earlier", "earlier", tooltip="A year earlier"), key_display="[ ]"),
        act("right_square_bracket", "later", "later", tooltip="A year later", show=False),
        act("e", "take_chart", "take away", tooltip="Take this one away as a picture or as text"),
        act("a", "all_years", "all years", tooltip="All years at once, or one", show=False),
        act("c", "compare", "compare", tooltip="The map of then beside today's", show=False),
        act("x", "stop", "stop", tooltip="Stop asking how far chance goes, or go on", show=False),
        act("left,h,p", "former_view", "former", tooltip="The one before", show=False),
        act("space,pagedown", "page(1)", "scroll", tooltip="A screen down", show=False),
        act("pageup", "page(-1)", "up", tooltip="A screen up", show=False),
        act("j", "step(1)", "down", tooltip="A line down", show=False),
        act("k", "step(-1)", "up", tooltip="A line up", show=False),
        act("escape,q", "back", "back", tooltip="One step back"),
    ]

    @dataclass
    class Found(Message):
        """Some views are there."""

        found: Mapping[str, Pattern]
        whole: bool
        """Whether everything is."""

    @dataclass
    class Progressed(Message):
        """So much is counted, 0 to 1."""

        done: float

    looking: var[bool] = var(default=False, init=False, toggle_class="-looking")
    tabled: var[bool] = var(default=False, init=False, toggle_class="-tabled")
    back_by: var[int | None] = var(0, init=False)
    """How many years before this one are shown; all years where None."""
    stopped: var[bool] = var(default=False, init=False)
    views = getters.query_one("#views", OptionList)
    pane = getters.query_one("#pane", VerticalScroll)
    chart_view = getters.query_one("#chart", ChartView)

    def __init__(self, context: Context, journal: Journal) -> None:
        super().__init__(context, journal)
        self._found: dict[str, Pattern] = {}
        self._tested: dict[str, Pattern] = {}
        self._shown: dict[str, tuple[View, Chart, str]] = {}
        self._done: float | None = 0.0

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield Static("Patterns", id="title", markup=False)
            yield Static("", id="state", markup=False)
        yield Static(EMPTY, id="nothing", markup=False)
        with Horizontal(id="body"):
            yield OptionList(id="views", markup=False, compact=True)
            with VerticalScroll(id="pane", can_focus=False):
                yield Static("", id="heading", markup=False)
                yield Static("", id="sentence", markup=False)
                yield ChartView(plain=self.context.settings.glyphs == "ascii", id="chart")
                yield Static("", id="table", markup=False)
                yield Static("", id="answers", markup=False)
                yield Static("", id="note", markup=False)
        yield AskLine()
        yield KeyLine("keys")

    def on_mount(self) -> None:
        self._list()
        self.views.focus()
        self.find_out()

    # Finding out.

    @property
    def whole(self) -> bool:
        """Whether all that can be said is there."""
        return bool(self._tested)

    @property
    def span(self) -> tuple[dt.date | None, dt.date]:
        """From when to when is looked back; from the beginning where None."""
        today = self.journal.today()
        if self.back_by is None:
            return None, today
        until = months_from(today, -12 * self.back_by)
        return months_from(until, -12) + dt.timedelta(days=1), until

    @work(thread=True, exclusive=True, group="patterns")
    def find_out(self) -> None:
        """Put together what was written, then hold it against chance; ends in Found, or with nothing where stopped."""
        from kinship.tui.pattern_material import tested, written

        worker = get_current_worker()
        since, until = self.span
        found = written(self.journal, self.context.places.config, since, until)
        self.post_message(self.Found(found, whole=bool(self._tested)))
        if self._tested or self.stopped:
            return

        def tell(done: float) -> None:
            if worker.is_cancelled or self.stopped:
                raise Stopped
            self.post_message(self.Progressed(done))

        try:
            self.post_message(self.Found(tested(self.journal, tell), whole=True))
        except Stopped:
            return

    @on(Progressed)
    def show_progress(self, event: Progressed) -> None:
        if not self._tested:
            self._done = event.done
            self._say_state()

    @on(Found)
    def show_found(self, event: Found) -> None:
        tests = {id_: one for id_, one in event.found.items() if _is_test(id_)}
        self._tested = {**self._tested, **tests}
        if not tests:
            self._found = dict(event.found)
        self._done = None if event.whole else self._done
        views = shown_views({**self._found, **self._tested})
        self._shown = {view.id: (view, chart, state) for view, chart, state in views}
        self._list()
        self._show()
        self._say_state()

    @on(JournalChanged)
    def find_again(self, event: JournalChanged) -> None:
        if event.event.touches(*READ):
            self._tested = {}
            self._done = 0.0
            self.find_out()

    def _say_state(self) -> None:
        since, until = self.span
        days = "all years" if since is None else f"{since.day} {since:%b %Y} to {until.day} {until:%b %Y}"
        if self._done is not None and not self.stopped:
            days = f"{ASKING_CHANCE} · {self._done:.0%} · x stops"
        elif self.stopped and not self._tested:
            days = f"stopped · x goes on · {days}"
        self.set_class(not len(self.journal.pages) and not len(self.journal.checkins), "-empty")
        self.query_one("#state", Static).update("" if self.has_class("-empty") else days)
        self.refresh_bindings()

    # The list.

    def _list(self) -> None:
        at = self.views.highlighted
        options = [Option(self._line(view), id=view.id) for view in self._present()]
        self.views.set_options(options)
        self.views.highlighted = min(at or 0, len(options) - 1)

    def _present(self) -> tuple[View, ...]:
        """Return the views in their order; scales stand there once there are some."""
        return tuple(view for view in VIEWS if view.fills or view.id in self._shown)

    def _line(self, view: View) -> Content:
        _, _, state = self._shown.get(view.id, (view, None, "…" if self._done is not None else ""))
        room = self.views.content_size.width - TITLE_WIDTH - STATE_WIDTH
        about = fill(view.about, room) if room >= LEAST_ABOUT else ""
        title = fill(view.title, TITLE_WIDTH if self.views.content_size.width >= TITLE_WIDTH + STATE_WIDTH else 24)
        return Content.assemble(title, (about, "$dim"), (state if state != "shown" else "", "$dim"))

    @property
    def pointed(self) -> View:
        """The view in hand."""
        present = self._present()
        return present[min(self.views.highlighted or 0, len(present) - 1)]

    @on(OptionList.OptionHighlighted)
    def show_pointed(self) -> None:
        self._show()

    @on(OptionList.OptionSelected)
    def action_look(self) -> None:
        self.looking = True

    # One view.

    @property
    def chart(self) -> Chart | None:
        """The chart in hand; None while it is being counted."""
        found = self._shown.get(self.pointed.id)
        return found[1] if found is not None else None

    @property
    def drawn_rows(self) -> tuple[str, ...]:
        return tuple("".join(run.text for run in row) for row in self.chart_view.drawing)

    def focus_view(self) -> None:
        (self.pane if self.looking else self.views).focus()

    def _show(self) -> None:
        view, chart = self.pointed, self.chart
        self.query_one("#heading", Static).update(self._heading(view, chart))
        self.query_one("#sentence", Static).update(self._sentence(view, chart))
        self._say("#answers", "\n".join(chart.answers) if chart is not None and chart.sentence else "")
        self._say("#note", chart.note if chart is not None else "")
        rows = tuple(table_lines(chart.header, chart.rows, self._columns)) if chart is not None else ()
        told = [Content.styled(visible(row), "$dim" if at == 0 else "") for at, row in enumerate(rows)]
        self.query_one("#table", Static).update(Content("\n").join(told))
        picture = chart.picture if chart is not None else None
        drawn = picture is not None
        self.set_class(not drawn and bool(rows), "-words")
        self.chart_view.set_class(drawn, "-drawn")
        self.chart_view.styles.min_height = rows_needed(picture)
        self.chart_view.styles.height = "1fr" if isinstance(picture, Panels) else rows_needed(picture)
        self.chart_view.picture = picture
        self.pane.scroll_home(animate=False)
        self.refresh_bindings()

    def _heading(self, view: View, chart: Chart | None) -> Content:
        dates = chart.dates if chart is not None else ""
        gap = "   " if self.size.width >= ROOMY else "\n"
        return Content.assemble((view.title, "bold"), (f"{gap}{dates}" if dates else "", "$dim"))

    def _sentence(self, view: View, chart: Chart | None) -> Content:
        if chart is None:
            return Content.styled("Not counted: it was stopped. x goes on." if self.stopped else "Counting…", "$dim")
        wanting = chart.picture is None and not chart.rows and view.fills
        told = Content(visible(chart.sentence or next(iter(chart.answers), "")))
        return Content("\n").join([told, Content.styled(view.fills, "$dim")]) if wanting else told

    @property
    def _columns(self) -> int:
        """How many a table has."""
        return self.pane.scrollable_content_region.width - 1

    def _say(self, where: str, words: str) -> None:
        line = self.query_one(where, Static)
        line.update(Content(visible(words)))
        line.set_class(bool(words), "-said")

    def on_resize(self) -> None:
        self.call_after_refresh(self._list)
        self.call_after_refresh(self._show)

    # Acts.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return super().check_action(action, parameters)
        if action == ("look" if self.looking else "next_view"):
            return False
        if action in NEED_PAGES and self.has_class("-empty"):
            return False
        if action == "compare" and self.pointed.id != MAP_VIEW:
            return False
        return super().check_action(action, parameters)

    def watch_looking(self) -> None:
        self.pane.can_focus = self.looking
        self.focus_view()
        self.call_after_refresh(self._show)

    def watch_back_by(self) -> None:
        self._say_state()
        self.find_out()

    def watch_stopped(self) -> None:
        self._show()
        self._say_state()
        if not self.stopped:
            self.find_out()

    def action_table(self) -> None:
        self.looking, self.tabled = True, not self.tabled

    def action_earlier(self) -> None:
        """A year back, as long as there is one."""
        pages = self.journal.pages.all()
        if self.back_by is None:
            self.back_by = 0
        elif pages and months_from(self.journal.today(), -12 * (self.back_by + 1)) > pages[-1].day:
            self.back_by += 1
        else:
            self.notify("Nothing is kept of a year before this one.")

    def action_later(self) -> None:
        self.back_by = max(0, (self.back_by or 0) - 1)

    def action_all_years(self) -> None:
        self.back_by = 0 if self.back_by is None else None

    def action_compare(self) -> None:
        from kinship.tui.pattern_material import then_of

        self.post_message(CircleRequested(beside=then_of(self.journal, *self.span)))

    def action_stop(self) -> None:
        if not self._tested:
            self.stopped = not self.stopped

    def action_next_view(self) -> None:
        self._turn(1)

    def action_former_view(self) -> None:
        self._turn(-1)

    def _turn(self, way: int) -> None:
        self.views.highlighted = ((self.views.highlighted or 0) + way) % self.views.option_count

    def action_page(self, way: int) -> None:
        (self.pane.scroll_page_down if way > 0 else self.pane.scroll_page_up)(animate=False)

    def action_step(self, way: int) -> None:
        """A line of the words further, or to the next view of the list."""
        if self.looking:
            self.pane.scroll_relative(y=way, animate=False)
        else:
            self._turn(way)

    def action_back(self) -> None:
        """Out of the view that is looked at, then one step back."""
        if self.looking:
            self.looking = self.tabled = False
        else:
            self.post_message(BackRequested())


def _is_test(id_: str) -> bool:
    return id_ == "buffering" or id_.startswith(("same_day.", "next_day."))
