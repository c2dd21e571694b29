"""Bonds under names that mean harm."""

from __future__ import annotations

import msgspec

from builders.circles import a_bond
from kinship.journal.model import Alter, AlterKind, Bond


def called(name: str) -> Bond:
    """A bond whose name and sector are this text, whatever it holds."""
    bond = a_bond("Ana", sector=name)
    return msgspec.structs.replace(bond, alter=Alter(id="somebody", kind=AlterKind.PERSON, name=name))
