"""Questions with consequences: a new passphrase, typed twice or offered; a yes before what cannot be undone."""

from __future__ import annotations

import secrets
import sys

import click

from kinship.cli.invocation import Invocation
from kinship.cli.output import askable, on_terminal, remark
from kinship.cli.passphrase import ask, read_descriptor
from kinship.ground.errors import Misused

_SUGGESTIONS = 5
_ASKED_GROUPS = 2


def new_passphrase(invocation: Invocation, question: str, descriptor: int | None, unchanged: str) -> str:
    """Return a new passphrase, from an open descriptor or typed twice; an empty answer is offered six words.

    `unchanged` says what was left as it was. Raises Misused for one that is too short or typed differently.
    """
    if descriptor is not None:
        return read_descriptor(descriptor)
    passphrase = ask(invocation, f"{question} (enter for six random words): ")
    if not passphrase:
        return _offered(invocation, unchanged)
    _weigh(passphrase, unchanged)
    if ask(invocation, "The same once more: ") != passphrase:
        raise Misused("The two passphrases differ.", unchanged)
    return passphrase


def _weigh(passphrase: str, unchanged: str) -> None:
    from kinship.tui.strength import strength_of

    strength = strength_of(passphrase)
    if not strength.usable:
        raise Misused(f"The passphrase is {strength.word}: {strength.sentence}.", unchanged)
    remark(f"{strength.word}: {strength.sentence}")


def _offered(invocation: Invocation, unchanged: str) -> str:
    from kinship.vault.suggestion import suggest_passphrase

    for _ in range(_SUGGESTIONS):
        offered = suggest_passphrase()
        remark(f"Six random words: {offered}")
        typed = ask(invocation, "Type them to take them (enter for others): ")
        if typed == offered:
            return offered
        if typed:
            raise Misused("That is not what was offered.", unchanged)
    raise Misused("No passphrase was chosen.", unchanged)


def agreed(question: str, *, yes: bool = False) -> bool:
    """Return whether a person says yes on the terminal; without one nobody does, unless `yes` was given."""
    if yes:
        return True
    return on_terminal(sys.stdin) and bool(click.confirm(askable(question), default=False, err=True))


def type_back(invocation: Invocation, recovery: str) -> None:
    """Have two groups of the recovery text typed, which shows that it was written down."""
    groups = recovery.replace("-", " ").split()
    for number in sorted(secrets.SystemRandom().sample(range(len(groups)), _ASKED_GROUPS)):
        while _folded(ask(invocation, f"Type group {number + 1} from your sheet: ")) != _folded(groups[number]):
            remark(f"That is not group {number + 1}; look at the sheet again.")
    remark("The sheet is right. Keep it where you keep what matters.")


def _folded(group: str) -> str:
    """Return a group as Crockford's base32 reads it: case and the look-alikes O/0, I/L/1 do not matter."""
    return group.strip().upper().translate(str.maketrans("OIL", "011"))
