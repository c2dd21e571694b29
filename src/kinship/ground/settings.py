"""What a person may change, in one TOML file that never holds anything private."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from kinship.ground.errors import Misused
from kinship.ground.own_files import Unreadable, read_small, toml_of

LARGEST = 256 * 1024
"""Bytes of the file of settings."""
MOST_QUOTED = 120
"""Characters of it that a message repeats."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The settings file; a field's description is the sentence that a person reads about it."""

    theme: Annotated[str, Meta(description="Colour theme by name; auto follows the terminal.")] = "auto"
    glyphs: Annotated[str, Meta(description="Signs of the map: unicode, or ascii.", pattern="^(unicode|ascii)$")] = (
        "unicode"
    )
    safe_screen: Annotated[bool, Meta(description="Whether the screen shows initials instead of names.")] = False
    week_start: Annotated[
        str,
        Meta(description="The day a week starts on: monday, sunday or saturday.", pattern="^(monday|sunday|saturday)$"),
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


def read_settings(file: Path) -> Settings:
    """Return the settings in `file`, the defaults where there is none.

    Raises Misused with the field that is wrong and the nearest name that exists.
    """
    try:
        told = toml_of(read_small(file, LARGEST))
        return msgspec.convert(told, Settings)
    except FileNotFoundError:
        return Settings()
    except Unreadable as error:
        raise Misused(f"The file of settings, {file}, {error}.") from error
    except msgspec.ValidationError as error:
        raise Misused(f"The settings in {file} are wrong: {str(error)[:MOST_QUOTED]}.", _nearest(told)) from error


def _nearest(told: dict[str, object]) -> str:
    known = [field.name for field in msgspec.structs.fields(Settings)]
    for name in told:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            return f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(known)}."
    return ""
