"""What a person may change, in one TOML file that never holds anything private."""

from __future__ import annotations

import difflib
import typing
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from msgspec import Meta

from kinship.ground.errors import Misused
from kinship.ground.own_files import Unreadable, read_small, toml_of

LARGEST = 256 * 1024
"""Bytes of the file of settings."""
MOST_QUOTED = 120
"""Characters of it that a message repeats."""


Signs = Literal["unicode", "ascii"]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The settings file; a field's description is the sentence that a person reads about it."""

    theme: Annotated[str, Meta(description="Colour theme by name; auto follows the terminal.")] = "auto"
    glyphs: Annotated[Signs, Meta(description="Signs of the map and the lists: unicode, or ascii.")] = "unicode"
    motion: Annotated[bool, Meta(description="Whether scrolling glides and cursors blink.")] = False
    safe_screen: Annotated[bool, Meta(description="Whether the screen shows initials instead of names.")] = False
    week_start: Annotated[
        Literal["monday", "sunday", "saturday"],
        Meta(description="The day a week starts on: monday, sunday or saturday."),
    ] = "monday"
    lock_after: Annotated[
        float,
        Meta(description="Minutes without a key, the mouse or a paste until it locks; 0 never does.", ge=0, le=1440),
    ] = 5
    keyring_after_lock: Annotated[
        bool,
        Meta(description="Let enter open it by this computer's keyring after a lock too; else the passphrase does."),
    ] = False
    editor: Annotated[
        str,
        Meta(description="Another editor for a page: its name, or environment for what $VISUAL or $EDITOR says."),
    ] = ""
    editor_flags: Annotated[
        list[str] | None,
        Meta(description="Own flags for it. An editor that kinship does not know needs them, even if they are []."),
    ] = None
    keys: Annotated[dict[str, str], Meta(description="Own keys: the id of an act to a key.")] = msgspec.field(
        default_factory=dict
    )


class Field(NamedTuple):
    """One field of the settings."""

    name: str
    sentence: str
    """What a person reads about it."""
    usual: Any
    """What it is where the file says nothing."""
    words: tuple[str, ...]
    """The only words it may be, none where it is something else."""
    form: str
    """What it may be, as the end of a sentence: "true or false"."""


_FORMS: dict[object, str] = {
    bool: "true or false",
    float: "a number from 0 to 1440",
    list[str] | None: 'words in brackets, as in ["-n"]',
    dict[str, str]: "a table of acts and their keys",
}


def fields() -> dict[str, Field]:
    """Return the fields of the settings by name, in the order they are shown."""
    told = typing.get_type_hints(Settings, include_extras=True)
    found = {}
    for one in msgspec.structs.fields(Settings):
        kind, meta = typing.get_args(told[one.name])
        words = typing.get_args(kind) if typing.get_origin(kind) is Literal else ()
        usual = one.default_factory() if one.default is msgspec.NODEFAULT else one.default
        form = f"one of {', '.join(words)}" if words else _FORMS.get(kind, "a word in quotes")
        found[one.name] = Field(one.name, meta.description, usual, words, form)
    return found


def field_called(name: str) -> Field:
    """Return the field of that name; raises Misused with the nearest one where there is none."""
    known = fields()
    if name not in known:
        raise Misused(f"There is no setting {name[:MOST_QUOTED]!r}.", nearest(name, known))
    return known[name]


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the question that names the nearest of `known`, or the sentence that names them all."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1)
    return f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(names)}."


def fault_in(name: str, value: object) -> Misused | None:
    """Return what is wrong with one setting, None where nothing is; the value itself is not repeated."""
    try:
        field = field_called(name)
        msgspec.convert({name: value}, Settings)
    except Misused as error:
        return error
    except msgspec.ValidationError:
        near = nearest(value, field.words) if field.words and isinstance(value, str) else ""
        return Misused(f"The setting {name} is {field.form}.", near if near.startswith("Did") else "")
    return None


def settings_told(told: Mapping[str, object]) -> Settings:
    """Return what a table of settings says. Raises Misused with the first fault."""
    try:
        return msgspec.convert(told, Settings)
    except msgspec.ValidationError as error:
        first, *_ = faults_in(told)
        raise first from error


def faults_in(told: Mapping[str, object]) -> tuple[Misused, ...]:
    """Return everything that is wrong in a table of settings."""
    found = (fault_in(name, value) for name, value in told.items())
    return tuple(one for one in found if one is not None)


def read_table(file: Path) -> dict[str, Any]:
    """Return what the file of settings says, unchecked, and nothing where there is none. Raises Misused."""
    try:
        return toml_of(read_small(file, LARGEST))
    except FileNotFoundError:
        return {}
    except Unreadable as error:
        raise Misused(f"The file of settings, {file}, {error}.") from error


def read_settings(file: Path) -> Settings:
    """Return the settings in `file`, the defaults where there is none.

    Raises Misused with the field that is wrong and the nearest name that exists.
    """
    try:
        return settings_told(told) if (told := read_table(file)) else Settings()
    except Misused as error:
        if str(file) in error.message:
            raise
        raise Misused(f"{error.message[:-1]} (in {file}).", error.remedy) from error
