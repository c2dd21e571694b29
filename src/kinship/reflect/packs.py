"""Reading packs of prompts: typed values from TOML, each fault named with the file and the line it is on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from kinship.ground.errors import BadPack
from kinship.ground.own_files import Unreadable, toml_of
from kinship.reflect.prompts import Pack, Prompt
from kinship.reflect.sessions import Sessions

PACKS = Path(__file__).parent / "packs"
SLOT = re.compile(r"\{(\w+)\}")

T = TypeVar("T")


@cache
def load_pack() -> Pack:
    """Return our own prompts, read once for the life of the program."""
    return parse_pack((PACKS / "reflections.toml").read_text(encoding="utf-8"), "reflections.toml")


@cache
def load_sessions() -> Sessions:
    """Return our own guided sessions and flows, read once."""
    return parse_sessions((PACKS / "sessions.toml").read_text(encoding="utf-8"), "sessions.toml")


def parse_pack(text: str, source: str) -> Pack:
    """Return the pack in a TOML text.

    Raises BadPack with the file, the line and what is wrong there.
    """
    pack = typed(text, source, Pack)
    for index, field, fault in faults_of_daily(pack):
        raise bad_pack(source, line_of(text, f"$.daily[{index}].{field}"), fault)
    return msgspec.structs.replace(pack, by_id={prompt.id: prompt for prompt in pack.daily})


def parse_sessions(text: str, source: str) -> Sessions:
    """Return the guided part of a pack. Raises BadPack like `parse_pack`."""
    return typed(text, source, Sessions)


def typed(text: str, source: str, kind: type[T]) -> T:
    """Return a TOML text as a value of `kind`. Raises BadPack with the file, the line and what is wrong there."""
    try:
        return msgspec.convert(toml_of(text), kind)
    except Unreadable as error:
        raise BadPack(f"The pack {source} {error}.") from error
    except msgspec.ValidationError as error:
        fault, _, path = str(error).partition(" - at `")
        raise bad_pack(source, line_of(text, path.rstrip("`")), fault) from error


def bad_pack(source: str, line: int, fault: str) -> BadPack:
    """Return the error that names the file, the line and the fault."""
    return BadPack(f"The pack {source} is wrong at line {line}: {fault}.")


def faults_of_daily(pack: Pack) -> Iterator[tuple[int, str, str]]:
    """Yield the place among the daily prompts, the field and the fault, for what types alone cannot say."""
    known = {prompt.id: prompt for prompt in pack.daily}
    seen: set[str] = set()
    for index, prompt in enumerate(pack.daily):
        if prompt.id in seen:
            yield index, "id", f"the id {prompt.id} is used twice"
        for field, fault in _faults_of(prompt, pack, known):
            yield index, field, f"{prompt.id} {fault}"
        seen.add(prompt.id)


def _faults_of(prompt: Prompt, pack: Pack, known: dict[str, Prompt]) -> Iterator[tuple[str, str]]:
    if prompt.topic not in pack.topics:
        yield "topic", f"has the topic {prompt.topic}, which the pack does not name"
    if len(prompt.text) > pack.meta.max_chars_daily:
        yield "text", f"is longer than {pack.meta.max_chars_daily} characters"
    if set(SLOT.findall(prompt.text)) != set(prompt.needs):
        yield "needs", "has slots in its text that are not the ones in its needs"
    if prompt.fallback is not None and (prompt.fallback == prompt.id or prompt.fallback not in known):
        yield "fallback", f"falls back to {prompt.fallback}, which is no other prompt"
    if prompt.fallback in known and known[prompt.fallback].needs:
        yield "fallback", f"falls back to {prompt.fallback}, which has slots of its own"
    for citation in prompt.sources:
        if citation not in pack.citations:
            yield "sources", f"cites {citation}, which the pack does not name"


HEADER = re.compile(r"^\s*(\[\[?)\s*([\w.\-]+)\s*\]")
STEP = re.compile(r"\.(\w+)((?:\[\d+\])?)")


def line_of(text: str, path: str) -> int:
    """Return the line (from 1) of the value at `$.daily[3].text`, or of the nearest table around it."""
    steps = STEP.findall(path)
    inner = max((n + 1 for n, (_, index) in enumerate(steps) if index), default=max(len(steps) - 1, 1))
    field = steps[inner][0] if len(steps) > inner else ""
    lines = text.splitlines()
    counts = [int(index[1:-1]) for _, index in steps[:inner] if index]
    start = _header(lines, ".".join(name for name, _ in steps[:inner]), counts)
    for number in range(start, len(lines)):
        if not field or HEADER.match(lines[number]):
            break
        if re.match(rf"\s*{field}\s*=", lines[number]):
            return number + 1
    return start or 1


def _header(lines: list[str], table: str, counts: list[int]) -> int:
    """Return the line of the n-th header of a table, counting inner arrays afresh under each outer one."""
    names = table.split(".")
    at = [-1] * len(names)
    for number, line in enumerate(lines, start=1):
        found = HEADER.match(line)
        if not found:
            continue
        if not counts and (found[2] == table or found[2].startswith(f"{table}.")):
            return number
        level = next((n for n in range(len(names)) if found[2] == ".".join(names[: n + 1])), None)
        if found[1] == "[[" and level is not None:
            at[level] += 1
            at[level + 1 :] = [-1] * (len(names) - level - 1)
            if at == counts:
                return number
    return 0
