"""The published JSON Schema of the map, as it lies in the package."""

from __future__ import annotations

from importlib import resources


def map_schema() -> bytes:
    """Return the JSON Schema (draft 2020-12) that every exported map follows."""
    return resources.files("kinship.snapshot").joinpath("map.schema.json").read_bytes()
