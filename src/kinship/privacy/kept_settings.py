"""Changing one setting in its file: comments and order stay, and the file is written whole or not at all."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from kinship.ground.errors import Misused
from kinship.ground.own_files import Unreadable, read_small
from kinship.ground.settings import LARGEST, fault_in, field_called, read_table, settings_told
from kinship.privacy.files import private_folder, replace_private

KEYS = "keys."
"""What comes before the id of an act, where one key is meant."""
_YES = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def value_of(name: str, words: str) -> Any:
    """Return the value that `words` mean for the setting `name` (or `keys.ACT`). Raises Misused with the nearest."""
    if name.startswith(KEYS):
        value: Any = words
        fault = fault_in("keys", {name.removeprefix(KEYS): words})
    else:
        value = _typed(name, words)
        fault = fault_in(name, value)
    if fault is not None:
        raise fault
    return value


def _typed(name: str, words: str) -> Any:
    field = field_called(name)
    if name == "keys":
        raise Misused("Keys are set one by one.", "Such as: kinship settings set keys.veil f9")
    if isinstance(field.usual, bool):
        return _YES.get(words.casefold(), words)
    if name == "editor_flags":
        try:
            return shlex.split(words)
        except ValueError:
            return words
    if isinstance(field.usual, int | float):
        try:
            return int(words) if words.isdecimal() else float(words)
        except ValueError:
            return words
    return words


def keep_setting(file: Path, name: str, value: Any) -> None:
    """Write one setting (or `keys.ACT`) into `file`; None takes it out, so that it is as usual.

    Raises Misused where the file is wrong already, Refused or NotSaved where it cannot be written.
    """
    read_table(file)
    document = _document(file)
    _put(document, name, value)
    settings_told(document.unwrap())
    private_folder(file.parent)
    replace_private(file, document.as_string().encode(), force=True)


def _document(file: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(read_small(file, LARGEST))
    except FileNotFoundError:
        return tomlkit.document()
    except (TOMLKitError, Unreadable) as error:
        raise Misused(f"The file of settings, {file}, cannot be changed by kinship.", "Change it by hand.") from error


def _put(document: tomlkit.TOMLDocument, name: str, value: Any) -> None:
    table: Any = document
    if name.startswith(KEYS):
        name = name.removeprefix(KEYS)
        if "keys" not in document:
            if value is None:
                return
            document["keys"] = tomlkit.table()
        table = document["keys"]
    if value is None:
        table.pop(name, None)
    else:
        table[name] = value
