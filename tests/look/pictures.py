"""`make look`: pictures of the real program, screen by screen, in two sizes and every theme, into `look/`.

Each picture is an SVG of what a terminal shows; with `rsvg-convert` on the machine a PNG is written beside it.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from builders.terminal import Terminal

TOP = Path(__file__).resolve().parent.parent.parent
SIZES = ((80, 24), (120, 40))
THEMES = ("light", "dark")
DAY = "2026-11-22"
BASE = TerminalTheme((24, 24, 24), (220, 220, 220), [(0, 0, 0)] * 8, [(128, 128, 128)] * 8)


@dataclass(frozen=True)
class Walk:
    """The keys from Today to a screen, each followed by what must then be seen."""

    name: str
    steps: tuple[tuple[str, str], ...]


WALKS = (
    Walk("today", ()),
    Walk("write", (("w", "."),)),
    Walk("circle", (("c", "circle"),)),
    Walk("help", (("f1", "."),)),
)


def main() -> int:
    """Write all pictures and print their paths."""
    folder = TOP / "look"
    folder.mkdir(exist_ok=True)
    for theme in THEMES:
        for columns, rows in SIZES:
            for walk in WALKS:
                picture = _walk(walk, theme, columns, rows)
                path = folder / f"{walk.name}-{theme}-{columns}x{rows}.svg"
                path.write_text(picture, encoding="utf-8")
                if shutil.which("rsvg-convert"):
                    subprocess.run(["rsvg-convert", str(path), "-o", str(path.with_suffix(".png"))], check=True)
                print(path.relative_to(TOP))
    return 0


def _walk(walk: Walk, theme: str, columns: int, rows: int) -> str:
    with tempfile.TemporaryDirectory() as home:
        settings = Path(home) / ".config" / "kinship" / "settings.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(f'theme = "{theme}"\n')
        environment = {"HOME": home, "PATH": os.environ["PATH"]}
        command = [sys.executable, "-m", "kinship", "demo", "--as-of", DAY]
        with Terminal(command, environment, columns=columns, rows=rows) as terminal:
            terminal.wait_for("Lately")
            for key, seen in walk.steps:
                terminal.press(key)
                terminal.read(0.3)
                terminal.wait_for(seen)
            for _ in range(10):
                terminal.read(0.2)
            return svg_of(terminal, columns)


def svg_of(terminal: Terminal, columns: int) -> str:
    """Return what `terminal` shows now as an SVG."""
    console = Console(width=columns, record=True, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for line in terminal.cells():
        text = Text()
        for letter, front, back, bold, italic, underlined in line:
            text.append(letter, Style(color=front, bgcolor=back, bold=bold, italic=italic, underline=underlined))
        console.print(text, no_wrap=True, overflow="crop", crop=True)
    svg = console.export_svg(title="kinship", theme=BASE)
    return svg.replace("<svg class=", '<svg xml:space="preserve" class=', 1)


if __name__ == "__main__":
    sys.exit(main())
