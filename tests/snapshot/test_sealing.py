"""Sealed exports: what age writes, in memory, and what opens it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kinship.ground.errors import KinshipError, Misused, WrongPassphrase
from kinship.snapshot import sealing
from kinship.snapshot.sealing import MEDIA, check_recipient, seal, seal_beside, unseal

WORDS = b"Beatrix is on this map " * 40
PASSPHRASE = "otter lamp quiet harvest"


def pair() -> tuple[str, str]:
    """Return a fresh identity and its public key."""
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def test_a_key_of_several_opens_the_file_and_another_does_not() -> None:
    (mine, to_me), (yours, to_you), (other, _) = pair(), pair(), pair()
    sealed = seal(WORDS, recipients=(to_me, to_you))
    assert sealed.startswith(MEDIA.encode())
    assert b"Beatrix" not in sealed
    assert unseal(sealed, identity=mine) == unseal(sealed, identity=yours) == WORDS
    with pytest.raises(WrongPassphrase):
        unseal(sealed, identity=other)


def test_a_passphrase_opens_the_file_and_a_wrong_one_is_refused() -> None:
    sealed = seal_beside(WORDS, passphrase=PASSPHRASE)
    assert sealed is not None
    assert b"Beatrix" not in sealed
    assert unseal(sealed, passphrase=PASSPHRASE) == WORDS
    with pytest.raises(WrongPassphrase):
        unseal(sealed, passphrase="otter lamp quiet")


def test_the_child_is_told_nothing_by_its_arguments_or_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    started = subprocess.Popen

    def watched(words: list[str], **options: object) -> object:
        told.extend((words, options.get("env")))
        return started([sys.executable, "-c", "print('age-encryption.org/v1')"], **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", watched)
    assert seal_beside(WORDS, passphrase=PASSPHRASE)
    assert told == [[sys.executable, "-I", sealing.__file__], {}]


def test_a_child_that_fails_is_one_sentence_and_nothing_is_returned(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text("raise SystemExit(3)")
    monkeypatch.setattr(sealing, "__file__", str(broken))
    with pytest.raises(KinshipError, match="nothing was written"):
        seal_beside(WORDS, passphrase=PASSPHRASE)


def test_sealing_can_be_called_off() -> None:
    assert seal_beside(WORDS, passphrase=PASSPHRASE, called_off=lambda: True) is None
    assert seal_beside(WORDS, recipients=[pair()[1]], called_off=lambda: True) is None


@pytest.mark.parametrize("told", ["", "age1nonsense", "AGE-SECRET-KEY-1QQQ", "ssh-rsa x", "hello"])
def test_what_is_no_key_is_refused(told: str) -> None:
    with pytest.raises(Misused):
        check_recipient(told)


@pytest.mark.parametrize(("passphrase", "recipients"), [(None, ()), ("", ()), (PASSPHRASE, ("age1x",))])
def test_a_seal_is_one_of_two_things(passphrase: str | None, recipients: tuple[str, ...]) -> None:
    with pytest.raises(Misused):
        seal(WORDS, passphrase=passphrase, recipients=recipients)
