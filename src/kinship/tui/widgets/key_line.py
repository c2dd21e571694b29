"""The line of keys at the foot of a screen: at most six, so that 80 columns hold them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

MOST = 6


class KeyLine(Footer):
    """The keys that work here; each can be clicked.

    `also` names acts of the App (`help`, `keys`, `quit`) that this screen shows as well, after its own.
    """

    DEFAULT_CSS = """
    KeyLine { margin: 0 1; height: 1; background: $paper; }
    """

    def __init__(self, *also: str) -> None:
        super().__init__(show_command_palette=False)
        self._also = also

    @property
    def shown(self) -> tuple[Binding, ...]:
        """The bindings on the line, in order, each act once."""
        active = [one.binding for one in self.screen.active_bindings.values()]
        own = [one for one in active if one.show and one.id not in self._also]
        more = [one for name in self._also for one in active if one.id == name]
        each = {one.action.rpartition(".")[2]: one for one in reversed((*own, *more))}
        ordered = list(dict.fromkeys(each[one.action.rpartition(".")[2]] for one in (*own, *more)))
        kept = MOST - len(self._also)
        return (*[one for one in ordered if one.id not in self._also][:kept], *[one for one in ordered if one in more])

    def compose(self) -> ComposeResult:
        if not self._bindings_ready:
            return
        self.styles.grid_size_columns = len(self.shown)
        for one in self.shown:
            display = self.app.get_key_display(one)
            key = FooterKey(one.key, display, one.description, one.action, tooltip=one.tooltip)
            yield key.data_bind(compact=Footer.compact)
