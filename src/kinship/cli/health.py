"""`kinship verify` and `kinship doctor`: whether every part of the vault is whole, and whether it lies well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import msgspec

from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import remark, say, say_json
from kinship.ground.errors import Damaged, KinshipError, NotFound

if TYPE_CHECKING:
    from kinship.vault import Notice
    from kinship.vault.check import Checked
    from kinship.vault.doctor import Symptom


@click.command(epilog=example("kinship verify", "kinship verify --json"))
@output_options
@vault_options
@click.pass_obj
def verify(invocation: Invocation) -> int:
    """Read every part of every file of the vault and say what is damaged, and as far as known what it held.

    Ends with 4 where something is damaged. What has not arrived yet is named and is no damage.
    """
    from kinship.journal.kept_maps import unreadable
    from kinship.vault.check import check_vault_files
    from kinship.vault.purge import WAITING

    with open_journal(invocation) as opened:
        checked = list(check_vault_files(opened.vault.site))
        missing = [notice for notice in opened.vault.notices if notice.what in WAITING]
        maps = [one.id for one in unreadable(opened.journal.snapshots)]
        if invocation.json:
            say_json({**_shape(checked, missing), "unreadable_maps": maps})
        else:
            _print(checked, missing)
            for id_ in maps:
                say(f"The kept map {id_[:8]} is whole as it was written, but cannot be read as a map.")
        return Damaged.exit_code if any(_is_bad(one) for one in checked) else 0


def _is_bad(one: Checked) -> bool:
    return one.state == "damaged"


def _shape(checked: list[Checked], missing: list[Notice]) -> dict[str, object]:
    return {
        "whole": not missing and not any(_is_bad(one) for one in checked),
        "files": [msgspec.to_builtins(one) for one in checked],
        "missing": [{"where": notice.where, "sentence": notice.sentence} for notice in missing],
    }


def _print(checked: list[Checked], missing: list[Notice]) -> None:
    from kinship.vault.check import WHOLE

    for one in checked:
        if one.state != WHOLE:
            source = f" (of {one.device}, begun {one.began[:16].replace('T', ' ')})" if one.began else ""
            say(f"{one.file}: {one.state.replace('_', ' ')}{source}")
            for sentence in one.told:
                say(f"  {sentence}")
    for notice in missing:
        say(f"{notice.sentence} ({notice.where})")
    frames, bad = sum(one.frames for one in checked), sum(_is_bad(one) for one in checked)
    summary = f"{len(checked)} files were read, {frames} saves and notes of sessions in them"
    say(f"{summary}; {bad} damaged." if bad else f"{summary}; nothing is damaged.")


@click.command(epilog=example("kinship doctor", "kinship doctor --outside --json"))
@click.option("--outside", is_flag=True, help="Only what can be seen without the passphrase.")
@output_options
@vault_options
@click.pass_obj
def doctor(invocation: Invocation, *, outside: bool) -> int:
    """Look at the places, modes, owners, the disk, foreign and set aside files, the clock and what is missing.

    Ends with 1 where something is wrong; warnings alone are fine.
    """
    from kinship.vault import exists, remains
    from kinship.vault.doctor import WRONG, Symptom, look_from_inside, look_from_outside

    path, surroundings = invocation.vault_path, invocation.surroundings
    if not exists(path) and not remains(path):
        raise NotFound(f"There is no vault at {path}.", "Make one with: kinship new")
    symptoms = list(look_from_outside(path, surroundings.places.state, surroundings.clock))
    if not outside:
        try:
            with open_journal(invocation) as opened:
                symptoms += look_from_inside(opened.vault, surroundings.clock)
        except KinshipError as error:
            symptoms.append(Symptom("opening", WRONG, str(error)))
    if invocation.json:
        say_json([msgspec.to_builtins(one) for one in symptoms])
    else:
        _tell(symptoms)
    return KinshipError.exit_code if any(one.level == WRONG for one in symptoms) else 0


def _tell(symptoms: list[Symptom]) -> None:
    from kinship.vault.doctor import FINE

    for one in symptoms:
        mark = {"fine": "fine   ", "warning": "WARNING", "wrong": "WRONG  "}[one.level]
        say(f"{mark}  {one.sentence}")
    found = sum(one.level != FINE for one in symptoms)
    remark("All is well." if not found else f"{found} thing{'s' * (found > 1)} to look at.")
