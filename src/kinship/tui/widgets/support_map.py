"""The support map as a widget: drawn line by line, walked with the arrows, clicked with the mouse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from kinship.circle.cellmap import CellMap, paint
from kinship.circle.glyphs import UNICODE, Glyphs
from kinship.circle.labels import Placing, place
from kinship.circle.layout import lay_out
from kinship.circle.steps import round_ring, towards
from kinship.tui.keymap import act

if TYPE_CHECKING:
    from kinship.journal.kinds import Kind
    from kinship.journal.model import AlterId, Circle

ROLES = (
    "emotional", "practical", "identity", "several", "none", "wished", "paused", "remembered", "ended", "no_contact",
    "light", "quiet", "focus", "known", "label", "inner", "middle", "outer", "number", "sector", "ego", "tie", "spoke",
    "ring-inner", "ring-middle", "ring-outer",
)  # fmt: skip
"""Every role a run of the drawing can have; each is a component class `support-map--<role>`."""


class SupportMap(Widget):
    """Rings, wedges, signs and names; `current` is the person in focus, whose ties are drawn.

    `compact` is for a corner of another screen: no sectors, no numbers, and it takes no focus.
    """

    DEFAULT_CSS = """
    SupportMap { background: $paper; color: $ink; }
    SupportMap > .support-map--ring-inner { color: $dim 80%; }
    SupportMap > .support-map--ring-middle { color: $dim 55%; }
    SupportMap > .support-map--ring-outer { color: $rule; }
    SupportMap > .support-map--spoke { color: $rule; }
    SupportMap > .support-map--sector { color: $dim; text-style: italic; }
    SupportMap > .support-map--ego { color: $paper; background: $ink; text-style: bold; }
    SupportMap > .support-map--tie { color: $accent 55%; }
    SupportMap > .support-map--emotional { color: $emotional; text-style: bold; }
    SupportMap > .support-map--practical { color: $practical; text-style: bold; }
    SupportMap > .support-map--identity { color: $identity; text-style: bold; }
    SupportMap > .support-map--several { color: $several; text-style: bold; }
    SupportMap > .support-map--none { color: $dim; }
    SupportMap > .support-map--wished { color: $accent; }
    SupportMap > .support-map--paused { color: $dim; }
    SupportMap > .support-map--remembered { color: $accent; }
    SupportMap > .support-map--ended { color: $dim; }
    SupportMap > .support-map--no_contact { color: $dim; }
    SupportMap > .support-map--light { text-style: not bold; }
    SupportMap > .support-map--quiet { color: $rule; }
    SupportMap > .support-map--inner { color: $ink; text-style: bold; }
    SupportMap > .support-map--middle { color: $ink; }
    SupportMap > .support-map--outer { color: $ink 75%; }
    SupportMap > .support-map--known { color: $accent; }
    SupportMap > .support-map--number { color: $dim; }
    SupportMap > .support-map--focus { color: $paper; background: $accent; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"support-map--{role}" for role in ROLES}
    BINDINGS: ClassVar[list[BindingType]] = [
        act("left,h", "go_left", "left", tooltip="To the nearest person on the left", show=False),
        act("right,l", "go_right", "right", tooltip="To the nearest person on the right", show=False),
        act("up,k", "go_up", "up", tooltip="To the nearest person above", show=False),
        act("down,j", "go_down", "down", tooltip="To the nearest person below", show=False),
        act("tab", "go_round", "round", tooltip="Round the ring, then to the next one", show=False),
        act("shift+tab", "go_back_round", "back round", tooltip="Back round the ring", show=False),
        act("enter", "open", "open", tooltip="Open the page of whoever is in focus"),
    ]

    circle: reactive[Circle | None] = reactive(None, layout=False)
    current: reactive[AlterId | None] = reactive(None)
    only: reactive[Kind | None] = reactive(None)

    @dataclass
    class Moved(Message):
        """Somebody else is in focus, or nobody."""

        alter: AlterId | None

    @dataclass
    class Chosen(Message):
        """Somebody's page was asked for."""

        alter: AlterId

    @dataclass
    class Placed(Message):
        """Everybody has been given their cells anew."""

        placing: Placing

    def __init__(
        self,
        circle: Circle | None = None,
        *,
        focus: AlterId | None = None,
        glyphs: Glyphs = UNICODE,
        compact: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.can_focus = not compact
        self.compact = compact
        self.glyphs = glyphs
        self._placing: Placing | None = None
        self._picture: CellMap | None = None
        self._styles: dict[str, Style] = {}
        self._strips: dict[int, Strip] = {}
        self.set_reactive(SupportMap.circle, circle)
        self.set_reactive(SupportMap.current, focus)

    # The picture, made when a line is asked for, kept until something it shows changes.

    @property
    def picture(self) -> CellMap | None:
        """The drawing as it stands; None before there is a circle and room for it."""
        if self.circle is None or not self.size.width or not self.size.height:
            return None
        if self._placing is None:
            self._layout = lay_out(self.circle)
            size = self.size
            self._placing = place(self._layout, self.circle, size.width, size.height, compact=self.compact)
            self.post_message(self.Placed(self._placing))
        if self._picture is None:
            self._picture = paint(
                self._placing, self._layout, self.circle, self.glyphs, focus=self.current, only=self.only
            )
        return self._picture

    def render_line(self, y: int) -> Strip:
        if y not in self._strips:
            self._strips[y] = self._strip(y)
        return self._strips[y]

    def _strip(self, y: int) -> Strip:
        picture = self.picture
        if picture is None or y >= picture.height:
            return Strip.blank(self.size.width, self.rich_style)
        segments = [Segment(run.text, self._style(run.roles)) for run in picture.rows[y]]
        return Strip(segments, picture.width)

    def _style(self, roles: str) -> Style:
        if roles not in self._styles:
            style = self.rich_style
            for role in roles.split():
                style += self.get_component_rich_style(f"support-map--{role}", partial=True)
            self._styles[roles] = style
        return self._styles[roles]

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def _redraw(self, *, anew: bool = False) -> None:
        if anew:
            self._placing = None
        self._picture = None
        self._strips.clear()
        self.refresh()

    def on_resize(self) -> None:
        self._redraw(anew=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - shape of the hook
        return container.width

    # What changes it.

    def watch_circle(self, circle: Circle | None) -> None:
        if circle is not None and self.current not in {None, *(bond.alter.id for bond in circle.bonds)}:
            self.current = None
        self._redraw(anew=True)

    def watch_current(self, current: AlterId | None) -> None:
        self._redraw()
        self.post_message(self.Moved(current))

    def watch_only(self) -> None:
        self._redraw()

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
        start = picture.nodes.get(self.current or "", (picture.width // 2, picture.height // 2))
        there = towards(picture.nodes, start, direction, self.current)
        if there is not None:
            self.current = there

    def action_go_round(self) -> None:
        self._round(1)

    def action_go_back_round(self) -> None:
        self._round(-1)

    def _round(self, by: int) -> None:
        if self.picture is not None:
            self.current = round_ring(self._layout, self.current, by)

    def action_open(self) -> None:
        if self.current is not None:
            self.post_message(self.Chosen(self.current))

    def on_click(self, event: events.Click) -> None:
        picture = self.picture
        offset = event.get_content_offset(self)
        alter = picture.at(offset.x, offset.y) if picture is not None and offset is not None else None
        if alter is None:
            return
        event.stop()
        if self.compact or alter == self.current:
            self.post_message(self.Chosen(alter))
        else:
            self.current = alter
