"""Colour themes: TOML files become Textual themes, and `auto` becomes the one that suits the terminal.

A theme file, ours in `themes/` or a person's own in the config folder under `themes/`:

```toml
name = "light"            # what `theme = "light"` in the settings means
title = "Paper"           # what a person reads
dark = false
[colours]                 # all are needed; "#rrggbb", or "ansi_blue" and the like with `ansi = true`
paper = "#f8f3e9"         # the ground everything lies on
raised = "#efe7d8"        # a second ground: what has the focus, a menu
rule = "#d5c9b6"          # thin lines and the rings of the map
ink = "#2e2823"           # text
dim = "#6c6156"           # text that can wait
accent = "#9a4a24"        # the one accent: the prompt, the cursor
emotional = ...           # the kinds, also of the map's signs
practical = ...
identity = ...
strain = ...
several = ...             # somebody who gives several kinds
good = ...                # something went well
warning = ...
bad = ...                 # something failed
```

Each is a CSS variable of the same name (`$paper`, `$dim`, `$emotional`, ...) in every style sheet, and Textual's own
variables are derived from them. `Theme.variables` and `App.theme_variables` hold them for code that draws.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta, Struct

from kinship.ground.errors import BadTheme, Misused
from kinship.ground.own_files import Unreadable, read_small, toml_of
from kinship.ground.places import shipped_themes
from kinship.ground.width import shorten
from kinship.privacy.text import clean_line

if TYPE_CHECKING:
    from textual.theme import Theme

LARGEST = 64 * 1024
"""Bytes of a theme file."""
MOST_FILES = 200
"""Theme files of a folder that are read."""
MOST_QUOTED = 120
"""Cells of a file that a message repeats."""
AUTO = "auto"
TONES = ("light", "dark")
"""The themes that `auto` chooses from, by the ground of the terminal."""
BREAKPOINTS: list[tuple[int, str]] = [(0, "-narrow"), (80, "-normal"), (110, "-wide")]
"""The class that every screen carries from a width in columns on."""


class Colours(Struct, frozen=True, forbid_unknown_fields=True):
    """The colours of a theme, as CSS writes them."""

    paper: str
    raised: str
    rule: str
    ink: str
    dim: str
    accent: str
    emotional: str
    practical: str
    identity: str
    strain: str
    several: str
    good: str
    warning: str
    bad: str


class Palette(Struct, frozen=True, forbid_unknown_fields=True):
    """A theme file."""

    name: Annotated[str, Meta(min_length=1, max_length=40)]
    dark: bool
    colours: Colours
    title: Annotated[str, Meta(max_length=80)] = ""
    ansi: bool = False


def read_palette(file: Path) -> Palette:
    """Return the theme in `file`; raises BadTheme with what is wrong in it."""
    try:
        palette = msgspec.convert(toml_of(read_small(file, LARGEST)), Palette)
    except (OSError, Unreadable) as error:
        why = str(error) if isinstance(error, Unreadable) else "cannot be read"
        raise BadTheme(f"The theme {_short(file.name)} {why}.") from error
    except msgspec.ValidationError as error:
        raise BadTheme(f"The theme {_short(file.name)} is wrong: {_short(str(error))}.") from error
    _check_colours(palette, file)
    return palette


def _short(words: str) -> str:
    return shorten(clean_line(words), MOST_QUOTED)


def _check_colours(palette: Palette, file: Path) -> None:
    from textual.color import Color, ColorParseError

    for name, value in colours_of(palette).items():
        try:
            Color.parse(value)
        except ColorParseError as error:
            told = f"{_short(value)!r} for {name} is no colour"
            raise BadTheme(f"The theme {_short(file.name)} is wrong: {told}.") from error


def colours_of(palette: Palette) -> dict[str, str]:
    """Return the colours of a theme by the name of their CSS variable."""
    return {name: str(value) for name, value in msgspec.structs.asdict(palette.colours).items()}


def read_palettes(folders: Iterable[Path]) -> tuple[dict[str, Palette], tuple[BadTheme, ...]]:
    """Return the themes of all folders by name (a later folder wins), and what is wrong with the broken ones."""
    palettes: dict[str, Palette] = {}
    broken: list[BadTheme] = []
    for file in (file for folder in folders for file in _theme_files(folder)):
        try:
            palette = read_palette(file)
        except BadTheme as error:
            broken.append(error)
        else:
            palettes[palette.name] = palette
    return palettes, tuple(broken)


def _theme_files(folder: Path) -> list[Path]:
    """Return the theme files of a folder by name, as many as are read; none where it cannot be looked into."""
    try:
        return sorted(islice(folder.glob("*.toml"), MOST_FILES)) if folder.is_dir() else []
    except OSError:
        return []


def every_palette(own: Path) -> tuple[dict[str, Palette], tuple[BadTheme, ...]]:
    """Return the shipped themes and those in the folder `own`, and what is wrong with the broken ones."""
    return read_palettes((shipped_themes(), own))


def theme_of(palette: Palette) -> Theme:
    """Return the Textual theme of a palette, with every colour as a CSS variable."""
    from textual.theme import Theme

    colours = palette.colours
    return Theme(
        name=palette.name,
        dark=palette.dark,
        ansi=palette.ansi,
        primary=colours.accent,
        secondary=colours.dim,
        accent=colours.accent,
        foreground=colours.ink,
        background=colours.paper,
        surface=colours.paper,
        panel=colours.raised,
        boost=colours.raised,
        success=colours.good,
        warning=colours.warning,
        error=colours.bad,
        variables={**colours_of(palette), **_textual_variables(colours), **_in_reverse(palette)},
    )


def _textual_variables(colours: Colours) -> dict[str, str]:
    """Return the variables of Textual's own widgets, so that none of them brings a colour of its own."""
    return {
        "ansi-background": colours.paper,
        "ansi-foreground": colours.ink,
        "text": colours.ink,
        "text-muted": colours.dim,
        "text-disabled": colours.dim,
        "border": colours.accent,
        "border-blurred": colours.rule,
        "block-cursor-background": colours.accent,
        "block-cursor-foreground": colours.paper,
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": colours.raised,
        "block-cursor-blurred-foreground": colours.ink,
        "block-hover-background": colours.raised,
        "input-cursor-background": colours.ink,
        "input-cursor-foreground": colours.paper,
        "input-selection-background": colours.rule,
        "screen-selection-background": colours.rule,
        "screen-selection-foreground": colours.ink,
        "footer-background": colours.paper,
        "footer-foreground": colours.dim,
        "footer-item-background": colours.paper,
        "footer-key-foreground": colours.accent,
        "footer-key-background": colours.paper,
        "footer-description-foreground": colours.dim,
        "footer-description-background": colours.paper,
        "scrollbar": colours.rule,
        "scrollbar-hover": colours.dim,
        "scrollbar-active": colours.accent,
        "scrollbar-background": colours.paper,
        "scrollbar-background-hover": colours.paper,
        "scrollbar-background-active": colours.paper,
        "scrollbar-corner-color": colours.paper,
        "link-color": colours.accent,
        "link-background": colours.paper,
        "markdown-h1-color": colours.ink,
        "markdown-h2-color": colours.ink,
        "markdown-h3-color": colours.ink,
        "markdown-h4-color": colours.dim,
        "markdown-h5-color": colours.dim,
        "markdown-h6-color": colours.dim,
    }


def _in_reverse(palette: Palette) -> dict[str, str]:
    """Return what marks words in a theme of the terminal's own colours, which has no second ground: the accent."""
    if not palette.ansi:
        return {}
    marked = ("input-selection-background", "screen-selection-background", "input-cursor-background")
    return dict.fromkeys(marked, palette.colours.accent)


def choose(name: str, palettes: Mapping[str, Palette], tone: str = "dark") -> str:
    """Return the name of the theme to use; `tone` ("light" or "dark") is what `auto` means here.

    Raises Misused with the nearest name where there is no such theme.
    """
    wanted = tone if name == AUTO else name
    if wanted in palettes:
        return wanted
    name = name[:MOST_QUOTED]
    near = difflib.get_close_matches(name, [AUTO, *palettes], n=1)
    known = ", ".join(sorted([AUTO, *palettes]))
    raise Misused(f"There is no theme {name!r}.", f"Did you mean {near[0]}?" if near else f"There are: {known}.")


class Look(Struct, frozen=True):
    """Every theme there is, the broken ones' faults, and the name of the one to wear."""

    palettes: dict[str, Palette]
    broken: tuple[str, ...]
    name: str


def look_for(wanted: str, own: Path, tone: Callable[[], str]) -> Look:
    """Return the look for the setting `wanted`; `tone` is asked only where that is `auto`.

    Raises Misused where there is no such theme.
    """
    palettes, broken = every_palette(own)
    name = choose(wanted, palettes, tone() if wanted == AUTO else "")
    return Look(palettes, tuple(str(error) for error in broken), name)
