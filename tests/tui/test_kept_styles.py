"""Style sheets are read once for each set of colours, and a broken one changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
import textual.css.stylesheet as textuals
from textual.css.errors import StyleValueError
from textual.css.stylesheet import StylesheetParseError

from builders.screens import Stage, staged
from kinship.tui.kept_styles import KeptStylesheet

CSS = "Label { color: $fg; } Label.-on { color: $bg; }"
COLOURS = {"fg": "#112233", "bg": "#445566"}
OTHER = {"fg": "#aabbcc", "bg": "#ddeeff"}


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have every reading of CSS add the CSS that is read."""
    read: list[str] = []
    really = textuals.__dict__["parse"]

    def parse(scope: str, css: str, *told: Any, **named: Any) -> Any:
        read.append(css)
        return really(scope, css, *told, **named)

    monkeypatch.setattr(textuals, "parse", parse)
    return read


def sheet(colours: dict[str, str], css: str = CSS) -> KeptStylesheet:
    made = KeptStylesheet(variables=colours)
    made.add_source(css, read_from=("somewhere", ""))
    return made


def colour(made: KeptStylesheet) -> str:
    return next(rule.styles.color.hex for rule in made.rules if "Label" in rule.css).lower()


def test_the_second_app_reads_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet(COLOURS).parse()
    read = counted(monkeypatch)
    again = sheet(COLOURS)
    again.reparse()
    assert colour(again) == "#112233"
    other = again.copy()
    other.reparse()
    assert colour(other) == "#112233"
    assert read == []


def test_other_colours_are_read_and_the_first_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    made = sheet(COLOURS, CSS + "/* here */")
    made.parse()
    read = counted(monkeypatch)
    made.set_variables(OTHER)
    made.reparse()
    assert colour(made) == "#aabbcc"
    assert len(read) == 1
    made.set_variables(COLOURS)
    made.reparse()
    assert colour(made) == "#112233"
    assert len(read) == 1


def test_a_broken_sheet_says_so_each_time_and_the_rules_stay() -> None:
    made = sheet(COLOURS)
    made.parse()
    made.add_source("Label { color: no-colour-at-all; }", read_from=("broken", ""))
    with pytest.raises((StylesheetParseError, StyleValueError)):
        made.reparse()
    assert len(made._rules) == 2
    other = sheet(COLOURS, "Label { color: no-colour-at-all; }")
    with pytest.raises((StylesheetParseError, StyleValueError)):
        other.parse()


async def test_textual_reads_through_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from textual.screen import Screen

    async with staged(Screen()):
        pass
    read = counted(monkeypatch)
    async with staged(Screen()) as (stage, _):
        assert isinstance(stage.stylesheet, KeptStylesheet)
        assert isinstance(stage, Stage)
    assert read == []
