"""The picture of the map as a widget: arranged (a large one in a thread), drawn when a line is asked for, kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.worker import Worker, WorkerState, get_current_worker

from kinship.circle.cellmap import NO_MARKS, CellMap, Marks, Showing, paint
from kinship.circle.facet import WHOLE as EVERYTHING
from kinship.circle.facet import Facet
from kinship.circle.frame import WHOLE, View
from kinship.circle.glyphs import UNICODE, Glyphs
from kinship.circle.labels import Placing
from kinship.circle.support import strained
from kinship.tui.widgets.map_arranging import Arranged, Order, arrange
from kinship.tui.widgets.map_roles import ROLES

if TYPE_CHECKING:
    from kinship.journal.model import AlterId, Circle

BUSY_AFTER = 0.15
"""Seconds after which words say that the map is being drawn."""
FAILED = "The map could not be drawn. v shows it as a list."


class MapPicture(Widget):
    """Rings, wedges, signs and names; `current` is the person in focus, whose ties are drawn."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"support-map--{role}" for role in ROLES}

    circle: reactive[Circle | None] = reactive(None, layout=False)
    over: reactive[Circle | None] = reactive(None)
    """Everybody who is ever shown, so that nobody moves when the day does."""
    marks: reactive[Marks] = reactive(NO_MARKS)
    view: reactive[View] = reactive(WHOLE)
    current: reactive[AlterId | None] = reactive(None)
    pointed: reactive[AlterId | None] = reactive(None)
    """Whom the mouse points at."""
    facet: reactive[Facet] = reactive(EVERYTHING)
    all_ties: reactive[bool] = reactive(default=False)
    found: reactive[frozenset[AlterId]] = reactive(frozenset())

    @dataclass
    class Placed(Message):
        """Everybody has been given their cells anew."""

        placing: Placing

    @dataclass
    class _Arranged(Message):
        """A large map has been arranged in its thread."""

        arranged: Arranged

    def __init__(
        self,
        circle: Circle | None = None,
        *,
        over: Circle | None = None,
        focus: AlterId | None = None,
        glyphs: Glyphs = UNICODE,
        compact: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.compact = compact
        self.glyphs = glyphs
        self.arranged: Arranged | None = None
        self._order: Order | None = None
        self._picture: CellMap | None = None
        self._words = ""
        """What stands in the middle while there is no picture."""
        self._styles: dict[str, Style] = {}
        self._strips: dict[int, Strip] = {}
        self.set_reactive(MapPicture.circle, circle)
        self.set_reactive(MapPicture.over, over)
        self.set_reactive(MapPicture.current, focus)

    # The picture, made when a line is asked for, kept until something it shows changes.

    @property
    def picture(self) -> CellMap | None:
        """The drawing as it stands; None before there is a circle, room for it, and an arrangement."""
        arranged = self._arrangement()
        if arranged is None:
            return None
        if self._picture is None:
            showing = Showing(self.current, self.pointed, self.facet, self.all_ties, self.found, self.marks)
            order = arranged.order
            self._picture = paint(arranged.placing, arranged.layout, order.circle, self.glyphs, showing)
        return self._picture

    def _arrangement(self) -> Arranged | None:
        """Return where everybody goes: made now for few, in a thread for many, whose last one stands until then."""
        size = self.size
        if self.circle is None or not size.width or not size.height:
            return None
        if self._order is None:
            marks, view = self.marks, self.view
            marked = marks.beside | (_strained(self.circle) if self.facet.strain else frozenset())
            self._order = Order(
                self.circle,
                self.over,
                size.width,
                size.height,
                view,
                marks.notes,
                marked,
                marks.concerned,
                self.compact,
            )
            if self._order.large and self.is_running:
                self._arrange_aside(self._order)
            else:
                self._take(arrange(self._order, self.arranged))
        return self.arranged

    def _arrange_aside(self, order: Order) -> None:
        before = self.arranged

        def work() -> None:
            arranged = arrange(order, before)
            if not get_current_worker().is_cancelled:
                self.post_message(self._Arranged(arranged))

        self.run_worker(work, group="arrange", exclusive=True, thread=True, exit_on_error=False)
        if before is None:
            self.set_timer(BUSY_AFTER, self._say_busy)

    def _say_busy(self) -> None:
        if self.arranged is None and self.circle is not None and not self._words:
            self._say(f"drawing {len(self.circle.bonds)} people")

    def _say(self, words: str) -> None:
        self._words = words
        self._strips.clear()
        self.refresh()

    @on(_Arranged)
    def _take_arranged(self, event: _Arranged) -> None:
        event.stop()
        if event.arranged.order is self._order:
            self._take(event.arranged)
            self._redraw()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.worker.group == "arrange" and event.state is WorkerState.ERROR:
            self.arranged = None
            self._say(FAILED)

    def _take(self, arranged: Arranged) -> None:
        self.arranged, self._picture, self._words = arranged, None, ""
        self.set_reactive(MapPicture.view, arranged.placing.frame.view)
        self.post_message(self.Placed(arranged.placing))

    def render_line(self, y: int) -> Strip:
        if y not in self._strips:
            self._strips[y] = self._strip(y)
        return self._strips[y]

    def _strip(self, y: int) -> Strip:
        picture, width = self.picture, self.size.width
        if picture is None:
            words = self._words[:width] if y == self.size.height // 2 else ""
            return Strip([Segment(words.center(width), self._style("word"))], width)
        if y >= picture.height:
            return Strip.blank(width, self.rich_style)
        strip = Strip([Segment(run.text, self._style(run.roles)) for run in picture.rows[y]], picture.width)
        return strip if picture.width == width else strip.adjust_cell_length(width, self.rich_style)

    def _style(self, roles: str) -> Style:
        if roles not in self._styles:
            style = self.rich_style
            for role in roles.split():
                style += self._of_role(role)
            self._styles[roles] = style
        return self._styles[roles]

    def _of_role(self, role: str) -> Style:
        """Return the look of one role; a colour that lets the ground through is mixed with it."""
        styles, ground = self.get_component_styles(f"support-map--{role}"), self.background_colors[1]
        style = styles.partial_rich_style
        if styles.has_rule("color") and styles.color.a < 1 and styles.color.ansi is None and ground.ansi is None:
            style += Style(color=(ground + styles.color).rich_color)
        return style

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def _redraw(self, *, anew: bool = False) -> None:
        """Draw it again; `anew` from its arrangement on, while a large map that stands is left as it is until then."""
        if anew:
            self._order = None
            if self.arranged is not None and self.arranged.order.large:
                self.call_later(self._arrange_anew)
                return
        self._picture = None
        self._strips.clear()
        self.refresh()

    def _arrange_anew(self) -> None:
        before = self.arranged
        if self._arrangement() is not before:
            self._redraw()

    def on_resize(self) -> None:
        self._strips.clear()
        self._redraw(anew=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - shape of the hook
        return container.width

    # What changes it.

    def watch_circle(self, circle: Circle | None) -> None:
        if circle is not None and self.current not in {None, *(bond.alter.id for bond in circle.bonds)}:
            self.current = None
        self._redraw(anew=True)

    def watch_over(self) -> None:
        self._redraw(anew=True)

    def watch_marks(self, before: Marks, after: Marks) -> None:
        self._redraw(anew=before.notes != after.notes or before.concerned != after.concerned)

    def watch_view(self) -> None:
        self._redraw(anew=True)

    def watch_pointed(self) -> None:
        self._redraw()

    def watch_facet(self, before: Facet, after: Facet) -> None:
        self._redraw(anew=before.strain != after.strain)

    def watch_all_ties(self) -> None:
        self._redraw()

    def watch_found(self) -> None:
        self._redraw()

    def watch_current(self) -> None:
        self._redraw()


def _strained(circle: Circle) -> frozenset[AlterId]:
    return frozenset(bond.alter.id for bond in circle.bonds if strained(bond))
