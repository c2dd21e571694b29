"""Every screen class there is, for what concerns all of them: own keys, and tests of the key lines."""

from __future__ import annotations

import importlib
import pkgutil

from textual.dom import DOMNode

import kinship.tui.screens
import kinship.tui.widgets


def every_screen() -> tuple[type[DOMNode], ...]:
    """Return the screens and widgets of ours, imported now."""
    found: list[type[DOMNode]] = []
    for package in (kinship.tui.screens, kinship.tui.widgets):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            members = vars(importlib.import_module(module.name)).values()
            found += [one for one in members if isinstance(one, type) and issubclass(one, DOMNode)]
    ours = {one for one in found if one.__module__.startswith("kinship.tui.")}
    return tuple(sorted(ours, key=lambda one: one.__qualname__))
