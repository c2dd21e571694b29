"""`kinship --version`: the version, and what a report of a fault needs to know of this computer; no place, no name."""

from __future__ import annotations

import locale
import platform
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version

import click

from kinship import __version__
from kinship.cli.invocation import Invocation
from kinship.cli.output import on_terminal, say

PACKAGES = ("textual", "rich", "click", "cryptography", "msgspec", "tinydb", "networkx", "plotext", "pyrage", "typst")
"""Those whose version matters to a fault."""
TOLD = ("TERM", "COLORTERM", "NO_COLOR", "COLORFGBG")
"""Variables that say how the terminal draws; others may hold a place or a name."""
LONGEST = 40
_NUMBERS = re.compile(r"^[\d.]+")


def print_version(context: click.Context) -> None:
    """Print it and end."""
    invocation = context.find_object(Invocation)
    say(f"kinship {__version__}")
    for line in environment(invocation.surroundings.environment if invocation is not None else {}):
        say(line)
    context.exit()


def environment(variables: Mapping[str, str]) -> Iterator[str]:
    """Yield what a report needs to know, a line each."""
    yield f"Python {platform.python_version()} ({platform.python_implementation()})"
    release = "".join(_NUMBERS.findall(platform.release())[:1])
    yield f"System {platform.system()} {release} {platform.machine()}"
    yield f"Encoding {sys.stdout.encoding or 'unknown'}, locale {locale.getlocale()[0] or 'none'}"
    if on_terminal():
        size = shutil.get_terminal_size()
        yield f"Terminal {size.columns}x{size.lines}"
    told = [f"{name}={variables[name][:LONGEST]}" for name in TOLD if name in variables]
    yield " ".join(told) or "No word of the terminal's kind"
    yield " ".join(f"{name} {found}" for name in PACKAGES if (found := _version_of(name)))


def _version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
