"""`kinship privacy`: what is protected, what is not, and how this computer stands; no passphrase is needed."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click
import msgspec

from kinship.cli.invocation import Invocation
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import say, say_json, width
from kinship.ground.errors import Misused
from kinship.privacy.machine import Line, ThisMachine
from kinship.privacy.standing import NOT_PROTECTED, PROTECTED, look_around

if TYPE_CHECKING:
    from kinship.privacy.place_checks import Around

_WIDEST = 96
_ABOUT = 22


@click.command(epilog=example("kinship privacy", "kinship privacy --json"))
@output_options
@vault_options
@click.pass_obj
def privacy(invocation: Invocation) -> None:
    """Say what is protected, what is not, and how this computer stands.

    Nothing is changed and nothing is unlocked. What cannot be known is said so. Ends with 0 whatever is found.
    """
    lines = look_around(ThisMachine(invocation.surroundings.environment), _around(invocation))
    if invocation.json:
        say_json({
            "protected": list(PROTECTED),
            "not_protected": list(NOT_PROTECTED),
            "machine": [msgspec.to_builtins(line) for line in lines],
        })  # fmt: skip
    elif invocation.plain:
        _tell_plainly(lines)
    else:
        _tell(lines)


def _around(invocation: Invocation) -> Around:
    from kinship.ground.settings import Settings, read_settings
    from kinship.vault.around import around_vault

    places = invocation.surroundings.places
    try:
        settings = read_settings(places.settings_file)
    except Misused:
        settings = Settings()
    return around_vault(invocation.vault_path, places, settings)


def _tell(lines: tuple[Line, ...]) -> None:
    for heading, sentences in (("What is protected", PROTECTED), ("What is not", NOT_PROTECTED)):
        say(heading)
        for sentence in sentences:
            _folded(sentence, "  · ", "    ")
        say()
    say("How this computer stands")
    state = None
    for line in lines:
        if line.state is not state:
            state = line.state
            say()
            say(f"  {state}")
        _folded(line.sentence, f"    {line.about:<{_ABOUT}}", " " * (4 + _ABOUT))
        if line.remedy:
            _folded(line.remedy, " " * (4 + _ABOUT) + "→ ", " " * (6 + _ABOUT))


def _folded(sentence: str, first: str, rest: str) -> None:
    for line in textwrap.wrap(
        sentence, min(width(), _WIDEST), initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    ):
        say(line)


def _tell_plainly(lines: tuple[Line, ...]) -> None:
    for sentence in PROTECTED:
        say(f"Protected: {sentence}")
    for sentence in NOT_PROTECTED:
        say(f"Not protected: {sentence}")
    for line in lines:
        say(f"{line.about.capitalize()}, {line.state}: {line.sentence} {line.remedy}".rstrip())
