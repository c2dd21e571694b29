"""`kinship settings`: what can be changed, in a file that holds nothing private and in the vault where it does."""

from __future__ import annotations

import json
import sys
from typing import Any

import click
import msgspec

from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, plain_option, vault_options
from kinship.cli.output import remark, say, say_json, wrapped
from kinship.ground.errors import Misused
from kinship.ground.settings import MOST_QUOTED, Settings, faults_in, fields, nearest, read_settings, read_table

STDIN = "-"


@click.group(epilog=example("kinship settings show", "kinship settings set lock_after 10"))
def settings() -> None:
    """Show and change settings.

    How kinship looks and locks stands in one TOML file, which never holds anything private. Your name, your country,
    when your day begins and what this computer is called lie in the vault.
    """


@settings.command(epilog=example("kinship settings path"))
@output_options
@click.pass_obj
def path(invocation: Invocation) -> None:
    """Say where the file of settings is, or would be."""
    file = invocation.surroundings.places.settings_file
    if invocation.json:
        say_json({"file": str(file), "there": file.exists()})
    else:
        say(str(file))


@settings.command(epilog=example("kinship settings show", "kinship settings show --own --json"))
@click.option("--own", is_flag=True, help="Also what lies in the vault, which is opened for it.")
@output_options
@vault_options
@click.pass_obj
def show(invocation: Invocation, *, own: bool) -> int:
    """Show every setting with its sentence; those that are not as usual are marked."""
    told = msgspec.to_builtins(read_settings(invocation.surroundings.places.settings_file))
    kept = _own(invocation) if own else {}
    if invocation.json:
        say_json({"settings": told, **({"own": {key: said for key, (said, _, _) in kept.items()}} if own else {})})
        return 0
    for field in fields().values():
        mark = "" if told[field.name] == field.usual else " (yours)"
        say(f"{field.name} = {shown(told[field.name])}{mark}")
        _explain(field.sentence)
    for key, (said, label, sentence) in kept.items():
        say(f"{key} = {shown(said)} ({label}, in the vault)")
        _explain(sentence)
    if not own:
        remark("Your name, country, the start of your day and this computer's name: kinship settings show --own")
    return 0


def _explain(sentence: str) -> None:
    for line in wrapped(sentence, indent="    "):
        say(line)


def _own(invocation: Invocation) -> dict[str, tuple[str, str, str]]:
    from kinship.tui.own_choices import OWN, said_of

    with open_journal(invocation) as opened:
        return {key: (said_of(opened.journal, key), one.label, one.sentence) for key, one in OWN.items()}


def shown(value: Any) -> str:
    """Return a value as TOML writes it; nothing chosen is `unset`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {json.dumps(one, ensure_ascii=False)}" for name, one in value.items()) + "}"
    return "unset" if value is None else json.dumps(value, ensure_ascii=False)


@settings.command(epilog=example("kinship settings check"))
@output_options
@click.pass_obj
def check(invocation: Invocation) -> int:
    """Look for what is wrong in the file of settings: names, values, the theme and your own keys.

    Ends with 2 where something is.
    """
    faults = _faults(invocation)
    if invocation.json:
        say_json({"fine": not faults, "faults": faults})
    for sentence in faults if not invocation.json else ():
        say(sentence)
    if not faults and not invocation.json:
        say("Nothing is wrong with the settings.")
    return Misused.exit_code if faults else 0


def _faults(invocation: Invocation) -> list[str]:
    places = invocation.surroundings.places
    try:
        told = read_table(places.settings_file)
        found = faults_in(told)
        if found:
            return [str(one) for one in found]
        return _faults_elsewhere(invocation, msgspec.convert(told, Settings))
    except Misused as error:
        return [str(error)]


def _faults_elsewhere(invocation: Invocation, told: Settings) -> list[str]:
    """Return what only the themes and the acts that there are can tell."""
    from kinship.tui.theming import choose, every_palette

    palettes, broken = every_palette(invocation.surroundings.places.own_themes)
    found = [str(one) for one in broken]
    try:
        choose(told.theme, palettes)
    except Misused as error:
        found.append(str(error))
    return [*found, *_key_faults(told.keys)]


def _key_faults(keys: dict[str, str]) -> list[str]:
    if not keys:
        return []
    from kinship.tui.app import KinshipApp
    from kinship.tui.keymap import bindings_of, faults_of
    from kinship.tui.screens.every import every_screen

    return list(faults_of(keys, bindings_of((KinshipApp, *every_screen()))).values())


@settings.command(epilog=example("kinship settings keys"))
@plain_option
def keys() -> None:
    """Print every key with the id of its act, as Markdown."""
    from kinship.tui.key_card import key_card

    say(key_card().rstrip("\n"))


@settings.command(
    "set",
    epilog=example(
        "kinship settings set theme warm",
        "kinship settings set keys.veil f9",
        "kinship settings set day_start 05:00",
        "echo Robin | kinship settings set own_name -",
    ),
)
@click.argument("name")
@click.argument("value")
@plain_option
@vault_options
@click.pass_obj
def set_(invocation: Invocation, name: str, value: str) -> None:
    """Set one setting; "-" reads the value from standard input. Comments in the file stay.

    The name of a key is the id of its act, as in keys.veil; docs/keys.md lists them. own_name, country, day_start and
    device_name are kept in the vault, which is opened for that.
    """
    _set(invocation, name, sys.stdin.read().strip() if value == STDIN else value)


@settings.command(epilog=example("kinship settings reset theme"))
@click.argument("name")
@plain_option
@vault_options
@click.pass_obj
def reset(invocation: Invocation, name: str) -> None:
    """Take one setting back to what is usual."""
    _set(invocation, name, None)


def _set(invocation: Invocation, name: str, value: str | None) -> None:
    from kinship.privacy.kept_settings import KEYS, keep_setting, value_of
    from kinship.tui.own_choices import OWN, say_of

    if name in OWN:
        with open_journal(invocation) as opened:
            say_of(opened.journal, name, value or "")
        remark(f"{name} is {'as usual' if value is None else 'set'}, in the vault.")
        return
    if not name.startswith(KEYS) and name not in fields():
        raise Misused(f"There is no setting {name[:MOST_QUOTED]!r}.", nearest(name, (*fields(), *OWN)))
    file = invocation.surroundings.places.settings_file
    told = None if value is None else value_of(name, value)
    if told is not None:
        _refuse_unknown(invocation, file, name, told)
    keep_setting(file, name, told)
    remark(f"{name} is {'as usual' if told is None else shown(told)}.")


def _refuse_unknown(invocation: Invocation, file: Any, name: str, told: Any) -> None:
    """Refuse a theme that there is not, and a key that cannot be."""
    if name == "theme":
        from kinship.tui.theming import choose, every_palette

        choose(told, every_palette(invocation.surroundings.places.own_themes)[0])
    elif name.startswith("keys."):
        act = name.removeprefix("keys.")
        found = _key_faults({**read_settings(file).keys, act: told})
        wrong = [sentence for sentence in found if f" {act}" in sentence or repr(act) in sentence]
        if wrong:
            raise Misused(wrong[0])
