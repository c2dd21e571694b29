"""`make look`: pictures of the real program, screen by screen, in two sizes and every theme, into `look/`.

Each picture is an SVG of what a terminal shows; with `rsvg-convert` on the machine a PNG is written beside it.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import re
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
from kinship.demo import live
from kinship.journal.facts import standing
from kinship.snapshot.export import Format, render
from kinship.snapshot.share import NamesMode, Share

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
    Walk("write", (("w", "done, kept"), ("Met @No", "new: No"))),
    Walk("circle", (("c", "as of today"), ("right", "inner ring"))),
    Walk("list", (("c", "as of today"), ("v", "middle ring"))),
    Walk("person", (("c", "as of today"), ("right", "inner ring"), ("enter", "What happened"))),
    Walk("pages", (("p", "pages"),)),
    Walk("page", (("p", "pages"), ("j", "."), ("j", "."), ("j", "."), ("enter", "edit"))),
    Walk("export", (("c", "as of today"), ("e", "What leaves"))),
    Walk(
        "privacy", (("ctrl+p", "what to do"), ("Privacy", "What is protected, what"), ("enter", "Everything you write"))
    ),
    Walk("help", (("f1", "Somebody to talk to"),)),
    Walk("keys", (("?", "Keys that work here"),)),
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
    (folder / "map.svg").write_bytes(_exported())
    print("look/map.svg")
    return 0


def _exported() -> bytes:
    """Return the exported map of the synthetic year, with the names of people who do not exist."""
    day = dt.date.fromisoformat(DAY)
    life = live(as_of=day)
    circle = standing(life.alters, life.facts, life.moments, day)
    return render(circle, Format.SVG, share=Share(names=NamesMode.FULL, strain=True), seed="look")


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
                terminal.wait_for(seen)
            terminal.settle(0.6)
            return svg_of(terminal, columns)


def svg_of(terminal: Terminal, columns: int) -> str:
    """Return what `terminal` shows now as an SVG."""
    console = Console(width=columns, record=True, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for line in terminal.cells():
        text = Text()
        for letter, front, back, bold, italic, underlined in line:
            text.append(letter, Style(color=front, bgcolor=back, bold=bold, italic=italic, underline=underlined))
        console.print(text, no_wrap=True, overflow="crop", crop=True)
    svg = re.sub(r"@font-face \{.*?\}", "", console.export_svg(title="kinship", theme=BASE), flags=re.DOTALL)
    return svg.replace("<svg class=", '<svg xml:space="preserve" class=', 1)


if __name__ == "__main__":
    sys.exit(main())
