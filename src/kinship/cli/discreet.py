"""Initials instead of names in what a command says, where `--safe-screen` asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kinship.cli import output
from kinship.cli.invocation import Invocation
from kinship.ground.errors import KinshipError

if TYPE_CHECKING:
    from kinship.journal.journal import Journal


@contextmanager
def as_initials(invocation: Invocation, journal: Journal) -> Iterator[None]:
    """While a command runs, hide the names of its journal where that is asked for, those it adds too."""
    if not invocation.shows_initials:
        yield
        return
    from kinship.journal.known_names import names_of_people, names_of_things
    from kinship.privacy.initials import Initials

    def take_names(_event: object = None) -> None:
        output.hide = Initials(names_of_people(journal), names_of_things(journal)).hide

    take_names()
    stop = journal.subscribe(take_names)
    try:
        yield
    except KinshipError as error:
        error.message, error.remedy = output.hide(error.message), output.hide(error.remedy)
        raise
    finally:
        stop()
        output.hide = output.as_it_is
