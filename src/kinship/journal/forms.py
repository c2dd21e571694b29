"""What stands in a form that was not kept yet: sealed like a draft, one for each form, and taken out once."""

from __future__ import annotations

import datetime as dt

import msgspec
from msgspec import Struct

from kinship.ground.clock import Clock
from kinship.vault import Draft, Vault, new_id

_SHAPE = "form"


class Form(Struct, frozen=True):
    """The words in the fields of a form, by the name of each field."""

    name: str
    values: dict[str, str]

    def __repr__(self) -> str:
        return f"Form({self.name})"


class Waiting(Struct, frozen=True):
    """A form that waits, and the draft that it is kept in."""

    draft: str
    form: Form
    saved: dt.datetime


def keep_form(vault: Vault, clock: Clock, form: Form, draft: str = "") -> str:
    """Keep a form as a draft on this computer and return the draft's id. Raises NotSaved."""
    document = {_SHAPE: msgspec.to_builtins(form)}
    return vault.save_draft(Draft(draft or new_id(), None, (), clock.now(), document))


def waiting_form(vault: Vault, name: str) -> Waiting | None:
    """Return the newest draft of the form of this name, None where none waits."""
    found = [one for draft in vault.drafts() if (one := _waiting(draft)) is not None and one.form.name == name]
    return max(found, key=lambda one: one.saved, default=None)


def _waiting(draft: Draft) -> Waiting | None:
    if _SHAPE not in draft.document:
        return None
    try:
        return Waiting(draft.id, msgspec.convert(draft.document[_SHAPE], Form), draft.saved)
    except msgspec.ValidationError:
        return None
