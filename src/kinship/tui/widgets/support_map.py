"""The support map as a widget: its picture, walked with the arrows, zoomed, dragged and clicked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Offset
from textual.message import Message

from kinship.circle.frame import WHOLE, View
from kinship.circle.steps import nearest, round_ring, towards
from kinship.tui.keymap import act
from kinship.tui.widgets.map_picture import MapPicture
from kinship.tui.widgets.map_roles import LOOKS

if TYPE_CHECKING:
    from kinship.journal.model import AlterId
    from kinship.tui.widgets.map_arranging import Arranged

CLOSER = 1.5
"""How much closer one step of zoom brings the map."""
WHEEL = 1.25
STEP = 0.25
"""How far one key moves the window: a share of its width and height."""


class SupportMap(MapPicture):
    """The map to walk on; `compact` is for a corner of another screen: no sectors, no numbers, and no focus."""

    DEFAULT_CSS = LOOKS
    BINDINGS: ClassVar[list[BindingType]] = [
        act("left,h", "go_left", "left", tooltip="To the nearest person on the left", show=False),
        act("right,l", "go_right", "right", tooltip="To the nearest person on the right", show=False),
        act("up,k", "go_up", "up", tooltip="To the nearest person above", show=False),
        act("down,j", "go_down", "down", tooltip="To the nearest person below", show=False),
        act("tab", "go_round", "round", tooltip="Round the ring, then to the next one", show=False),
        act("shift+tab", "go_back_round", "back round", tooltip="Back round the ring", show=False),
        act("enter", "open", "open", tooltip="Open the page of whoever is in focus"),
        act("plus", "zoom_in", "closer", tooltip="Closer; whoever is in focus stays in sight", show=False),
        act("minus", "zoom_out", "further", tooltip="Further away", show=False),
        act("equals_sign", "whole_map", "whole map", tooltip="The whole map again", show=False),
        act("shift+left", "pan_left", "look left", tooltip="Move a closer map to look further left", show=False),
        act("shift+right", "pan_right", "look right", tooltip="Move a closer map to look further right", show=False),
        act("shift+up", "pan_up", "look up", tooltip="Move a closer map to look further up", show=False),
        act("shift+down", "pan_down", "look down", tooltip="Move a closer map to look further down", show=False),
    ]

    @dataclass
    class Moved(Message):
        """Somebody else is in focus, or nobody."""

        alter: AlterId | None

    @dataclass
    class Chosen(Message):
        """Somebody's page was asked for."""

        alter: AlterId

    def __init__(self, *circle: Any, **told: Any) -> None:
        """Take what `MapPicture` takes."""
        super().__init__(*circle, **told)
        self.can_focus = not self.compact
        self._following = True
        """Whether whoever is in focus is kept in sight."""
        self._grip: tuple[Offset, View] | None = None
        self._dragged = False

    def watch_current(self) -> None:
        self._keep_in_sight()
        super().watch_current()
        self.post_message(self.Moved(self.current))

    def _take(self, arranged: Arranged) -> None:
        super()._take(arranged)
        if self._following and self.current in arranged.placing.beyond:
            self.call_later(self._keep_in_sight)

    # Walking.

    def action_go_left(self) -> None:
        self._go("left")

    def action_go_right(self) -> None:
        self._go("right")

    def action_go_up(self) -> None:
        self._go("up")

    def action_go_down(self) -> None:
        self._go("down")

    def _go(self, direction: str) -> None:
        picture = self.picture
        if picture is None:
            return
        everybody = {**picture.beyond, **picture.nodes}
        start = everybody.get(self.current or "", (picture.width // 2, picture.height // 2))
        there = towards(everybody, start, direction, self.current)
        if there is None and self.current is None:
            # The first arrow leads to somebody, wherever they stand.
            there = nearest(everybody, start)
        if there is not None:
            self.current = there

    def action_go_round(self) -> None:
        self._round(1)

    def action_go_back_round(self) -> None:
        self._round(-1)

    def _round(self, by: int) -> None:
        if self.arranged is not None:
            self.current = round_ring(self.arranged.layout, self.current, by)

    def action_open(self) -> None:
        if self.current is not None:
            self.post_message(self.Chosen(self.current))

    # Closer and further away.

    def _keep_in_sight(self) -> None:
        """Move a closer map as far as whoever is in focus needs to be on it."""
        self._following = True
        arranged = self.arranged
        if arranged is None or self.current is None or self.view.whole:
            return
        point = arranged.point(self.current)
        if point is not None:
            self.view = arranged.placing.frame.towards(point)

    def zoom(self, factor: float, point: tuple[float, float] | None = None) -> None:
        """Bring the map closer by a factor; `point` stays where it is, else whoever is in focus, else the middle."""
        arranged = self.arranged
        if arranged is None:
            return
        self._following = point is None
        held = point or (arranged.point(self.current) if self.current is not None else None) or self.view.centre
        self.view = arranged.placing.frame.kept(self.view.about(held, factor))

    def action_zoom_in(self) -> None:
        self.zoom(CLOSER)

    def action_zoom_out(self) -> None:
        self.zoom(1 / CLOSER)

    def action_whole_map(self) -> None:
        self.view = WHOLE

    def action_pan_left(self) -> None:
        self._pan(-STEP, 0)

    def action_pan_right(self) -> None:
        self._pan(STEP, 0)

    def action_pan_up(self) -> None:
        self._pan(0, -STEP)

    def action_pan_down(self) -> None:
        self._pan(0, STEP)

    def _pan(self, across: float, down: float) -> None:
        self._look_from(self.view, across * self.size.width, down * self.size.height)

    def _look_from(self, start: View, columns: float, rows: float) -> None:
        """Show what lies so many cells to the right of and below what `start` shows."""
        arranged = self.arranged
        if arranged is None:
            return
        frame = arranged.placing.frame
        x = start.centre[0] + 2 * columns / (frame.across * start.zoom)
        y = start.centre[1] + 4 * rows / (frame.down * start.zoom)
        self._following = False
        self.view = frame.kept(View(start.zoom, (x, y)))

    # The mouse.

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if not self.compact and event.button == 1:
            self._grip, self._dragged = (event.screen_offset, self.view), False
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._grip is not None:
            start, view = self._grip
            moved = event.screen_offset - start
            if moved and not view.whole:
                self._dragged = True
                self._look_from(view, -moved.x, -moved.y)
            return
        self.pointed = self._whose(event)

    def on_mouse_up(self) -> None:
        self._grip = None
        self.release_mouse()

    def on_leave(self) -> None:
        self.pointed = None

    def _whose(self, event: events.MouseEvent) -> AlterId | None:
        picture, offset = self.picture, event.get_content_offset(self)
        return picture.at(offset.x, offset.y) if picture is not None and offset is not None else None

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, WHEEL)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, 1 / WHEEL)

    def _wheel(self, event: events.MouseEvent, factor: float) -> None:
        offset = event.get_content_offset(self)
        if self.compact or self.arranged is None or offset is None:
            return
        event.stop()
        self.zoom(factor, self.arranged.placing.frame.point_at(offset.x, offset.y))

    def on_click(self, event: events.Click) -> None:
        """Bring somebody into focus, open whoever is, or open a wedge that is folded; a drag does none of it."""
        if self._dragged:
            self._dragged = False
            return
        alter = self._whose(event)
        if alter is None:
            self._open_fold(event)
            return
        event.stop()
        if self.compact or alter == self.current:
            self.post_message(self.Chosen(alter))
        else:
            self.current = alter

    def _open_fold(self, event: events.Click) -> None:
        picture, offset, arranged = self.picture, event.get_content_offset(self), self.arranged
        if self.compact or picture is None or arranged is None or offset is None:
            return
        sector = picture.sector_at(offset.x, offset.y)
        if sector is not None and sector.behind:
            factor = CLOSER
            needed = len(arranged.layout.places) / max(1, len(picture.nodes))
            while factor**2 < needed:
                factor *= CLOSER
            self.zoom(factor, arranged.placing.frame.point(sector.angle, 1.0))
