"""Style sheets that are read once: Textual reads every piece of CSS again whenever a new screen or widget comes."""

from __future__ import annotations

from textual.cache import LRUCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation

MOST_KEPT = 2048
"""Pieces of CSS, each in the colours of one theme; all screens and widgets together are some two hundred."""

_READ: LRUCache[tuple[object, ...], list[RuleSet]] = LRUCache(MOST_KEPT)


class KeptRules(RuleSet):
    """Rules that are told apart without a call: all of them are looked up again for each widget that is drawn."""

    __hash__ = object.__hash__


class KeptStylesheet(Stylesheet):
    """A style sheet that keeps the rules it read, for every App of this process and for each set of colours.

    Textual's own keeps 64 pieces, fewer than our screens have, and forgets even these when it reads anew. One hook is
    private (`_parse_rules`); a test fails where a new Textual no longer calls it. Rules are never changed once read.
    """

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._colours = frozenset((variables or {}).items())

    def set_variables(self, variables: dict[str, str]) -> None:
        super().set_variables(variables)
        self._colours = frozenset(variables.items())

    def copy(self) -> KeptStylesheet:
        """Return another one with the same sources and colours, nothing read yet."""
        other = KeptStylesheet(variables=self._variables.copy())
        other.source = self.source.copy()
        return other

    def reparse(self) -> None:
        """Read the sources in the colours of now; where one is broken, the rules stay as they were."""
        self.parse()

    def _parse_rules(
        self,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        key = (self._colours, css, read_from, is_default_rules, tie_breaker, scope)
        found = _READ.get(key)
        if found is None:
            found = super()._parse_rules(css, read_from, is_default_rules, tie_breaker, scope)
            for rule in found:
                rule.__class__ = KeptRules
            if not any(rule.errors for rule in found):
                _READ.set(key, found)
        return found
