"""The line of keys at the foot of a screen: at most six, so that 80 columns hold them."""

from __future__ import annotations

from textual.binding import Binding
from textual.content import Content
from textual.events import Click
from textual.screen import Screen
from textual.widget import Widget

from kinship.ground.width import cells

MOST = 6


class KeyLine(Widget):
    """The keys that work here; each can be clicked.

    `also` names acts of the App (`help`, `keys`, `quit`) that this screen shows as well, after its own.
    """

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; width: 1fr; margin: 0 1; padding: 0 1; background: $paper; color: $dim; }
    """
    ALLOW_SELECT = False

    def __init__(self, *also: str) -> None:
        super().__init__()
        self._also = also

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._renew)

    def _renew(self, screen: Screen[object]) -> None:
        if screen is self.screen:
            self.refresh()

    @property
    def shown(self) -> tuple[Binding, ...]:
        """The bindings on the line, in order, each act once."""
        active = [one.binding for one in self.screen.active_bindings.values()]
        own = [one for one in active if one.show and one.id not in self._also]
        more = [one for name in self._also for one in active if one.id == name]
        each: dict[str, Binding] = {}
        for one in own:
            each.setdefault(_act_of(one), one)
        kept = tuple(each.values())[: MOST - len(self._also)]
        named = {_act_of(one): one for one in reversed(more)}
        return (*kept, *(named[name] for name in dict.fromkeys(map(_act_of, more))))

    def _parts(self) -> list[tuple[Binding, str, str]]:
        """Return key and words of each binding that fits as a whole."""
        found = []
        left = self.content_size.width
        for one in self.shown:
            key, does = f" {self.app.get_key_display(one)} ", f"{one.description} "
            left -= cells(key + does.rstrip())
            if left < 0:
                break
            left -= 1
            found.append((one, key, does))
        return found

    def render(self) -> Content:
        spans = [part for _, key, does in self._parts() for part in ((key, "bold $accent"), (does, "$dim"))]
        return Content.assemble(*spans)

    def on_click(self, event: Click) -> None:
        """Do what the key under the mouse does."""
        left = event.x - self.gutter.left
        for binding, key, does in self._parts():
            left -= cells(key + does)
            if left < 0:
                self.app.simulate_key(binding.key)
                return


def _act_of(binding: Binding) -> str:
    return binding.action.rpartition(".")[2]
