"""The pages in docs/ lead where they say, and the guide names commands and keys that are there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from kinship.cli.root import kinship
from kinship.tui.key_card import key_card

TOP = Path(__file__).resolve().parents[1]
PAGES = [*sorted((TOP / "docs").rglob("*.md")), TOP / "README.md", TOP / "CHANGELOG.md"]
GUIDE = sorted((TOP / "docs/guide").glob("*.md"))
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_KEY = re.compile(r"[A-Za-z0-9/@#?*+=-]|[Ff]\d\d?|esc|enter|tab|space|ctrl\+[a-z]")


def lost_links(page: Path, text: str) -> list[str]:
    """Return the links of a page that lead to no file, or to no heading of one."""
    lost = []
    for link in _LINK.findall(_FENCED.sub("", text)):
        name, _, part = link.partition("#")
        there = (page.parent / name).resolve() if name else page
        if not there.exists() or (part and part not in headings(there)):
            lost.append(link)
    return lost


def headings(page: Path) -> set[str]:
    lines = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in lines}


def unknown(line: str) -> str:
    """Return what a `kinship …` line says that the program does not know, empty where it knows all of it."""
    command: click.Command = kinship
    context = click.Context(kinship)
    for word in shlex.split(line)[1:]:
        if word.startswith("--"):
            known = {name for one in command.get_params(context) for name in one.opts}
            if word not in known and word != "--version":
                return word
        elif isinstance(command, click.Group):
            found = command.get_command(context, word)
            if found is None:
                return word
            command = found
    return ""


def commands_of(page: Path) -> list[str]:
    text = page.read_text("utf-8")
    return [code for code in _CODE.findall(_FENCED.sub("", text)) if code.startswith("kinship ")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TOP)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert lost_links(page, page.read_text("utf-8")) == []


def test_every_command_in_the_guide_is_one_of_the_program() -> None:
    said = [line for page in GUIDE for line in commands_of(page)]
    assert len(said) >= 25
    assert [(line, unknown(line)) for line in said if unknown(line)] == []


def test_every_key_in_the_guide_is_bound_somewhere() -> None:
    bound = {key.lower() for key in re.findall(r"`([^`]+)`", key_card())}
    written = {"#", "@"}
    said = {code.lower() for page in GUIDE for code in _CODE.findall(page.read_text("utf-8")) if _KEY.fullmatch(code)}
    assert len(said) >= 30
    assert said - bound - written == set()


def test_a_link_or_a_command_that_leads_nowhere_would_be_noticed() -> None:
    page = TOP / "docs/guide/README.md"
    assert lost_links(page, "[x](gone.md) [y](writing.md#gone) [z](writing.md)") == ["gone.md", "writing.md#gone"]
    assert unknown("kinship sing") == "sing"
    assert unknown("kinship backup --loudly") == "--loudly"
    assert unknown("kinship vaults move PLACE") == ""


def test_the_plan_of_the_house_names_every_room_and_only_files_that_are_there() -> None:
    plan = (TOP / "docs/architecture.md").read_text("utf-8")
    source = TOP / "src/kinship"
    rooms = {room.name for room in source.iterdir() if (room / "__init__.py").is_file()}
    assert {name for name in rooms if f"`{name}/`" not in plan} == set()
    lost = []
    for line in plan.splitlines():
        room = source / line.split("`")[1].rstrip("/") if line.startswith("| `") else source
        named = re.findall(r"`([\w/]+\.(?:py|txt))`", line)
        lost += [name for name in named if not any((place / name).is_file() for place in (room, source, TOP))]
    assert lost == []
