"""An export sealed to a reader: an age file (age-encryption.org/v1), for a passphrase or for public keys.

The only file that knows pyrage. Everything happens in memory, so that no readable byte reaches a disk.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Sequence

from kinship.ground.errors import KinshipError, Misused, WrongPassphrase

ENDING = ".age"
"""What the name of a sealed file ends in, after the ending of what is in it."""
MEDIA = "age-encryption.org/v1"
_LENGTH = 4
"""Bytes that say how long the passphrase is, where a child process is given one."""
_LOOK_EVERY = 0.05
"""Seconds between two looks whether sealing was called off."""
_SSH = ("ssh-ed25519 ", "ssh-rsa ")


def seal(data: bytes, *, passphrase: str | None = None, recipients: Sequence[str] = ()) -> bytes:
    """Return `data` as an age file that the passphrase, or the key of any of `recipients`, opens.

    Recipients are `age1…` keys or public SSH keys. By passphrase it takes about a second of one processor (scrypt as
    age chooses it) and holds the interpreter meanwhile: screens use `seal_beside`. Raises Misused for neither or both,
    and for a key that is none.
    """
    import pyrage  # noqa: PLC0415 - only when sealing

    _check(passphrase, recipients)
    if passphrase is not None:
        return bytes(pyrage.passphrase.encrypt(data, passphrase))
    return bytes(pyrage.encrypt(data, [_recipient(told) for told in recipients]))


def unseal(sealed: bytes, *, passphrase: str | None = None, identity: str | None = None) -> bytes:
    """Return what is in an age file. Raises WrongPassphrase where it does not open, Misused for a key that is none."""
    import pyrage  # noqa: PLC0415 - only when sealing

    _check(passphrase, () if identity is None else (identity,))
    try:
        if passphrase is not None:
            return bytes(pyrage.passphrase.decrypt(sealed, passphrase))
        return bytes(pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity)]))
    except pyrage.IdentityError as error:
        raise Misused("That is no key of age.") from error
    except pyrage.DecryptError as error:
        raise WrongPassphrase("The file does not open with that.") from error


def check_recipient(told: str) -> None:
    """Raise Misused where `told` is no key that a file can be sealed to."""
    _recipient(told)


def seal_beside(
    data: bytes,
    *,
    passphrase: str | None = None,
    recipients: Sequence[str] = (),
    called_off: Callable[[], bool] = lambda: False,
) -> bytes | None:
    """Return what `seal` does, by a child process where it would hold the interpreter; None where it was called off.

    Passphrase and data go through pipes, never through arguments, the environment or a file. Raises as `seal`, and
    KinshipError where no child can be had.
    """
    _check(passphrase, recipients)
    if passphrase is None:
        return None if called_off() else seal(data, recipients=recipients)
    secret = passphrase.encode("utf-8", "replace")
    told = len(secret).to_bytes(_LENGTH, "big") + secret + data
    try:
        child = subprocess.Popen(  # noqa: S603 - this very file
            [sys.executable, "-I", __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={}, close_fds=True,
        )  # fmt: skip
    except OSError as error:
        raise KinshipError("The file could not be sealed: no further process can be started.") from error
    answer: list[bytes] = []
    talk = threading.Thread(target=lambda: answer.append(child.communicate(told)[0]), daemon=True)
    talk.start()
    while talk.is_alive():
        talk.join(_LOOK_EVERY)
        if called_off():
            child.kill()
            talk.join()
            return None
    if child.returncode != 0 or not answer or not answer[0].startswith(MEDIA.encode()):
        raise KinshipError("The file could not be sealed, so nothing was written.")
    return answer[0]


def _check(passphrase: str | None, recipients: Sequence[str]) -> None:
    if (passphrase is None) == (not recipients):
        raise Misused("A file is sealed either by a passphrase or to keys.")
    if passphrase == "":
        raise Misused("An empty passphrase seals nothing.")


def _recipient(told: str) -> object:
    import pyrage  # noqa: PLC0415 - only when sealing

    kind = pyrage.ssh.Recipient if told.startswith(_SSH) else pyrage.x25519.Recipient
    try:
        return kind.from_str(told.strip())
    except pyrage.RecipientError as error:
        raise Misused("That is no key to seal to.", "It begins with age1, and age-keygen prints it.") from error


def _child() -> None:
    """Seal what comes in by standard input, and answer on standard output."""
    from kinship.privacy.process import guard_memory  # noqa: PLC0415 - the child alone

    guard_memory()
    told = sys.stdin.buffer.read()
    length = int.from_bytes(told[:_LENGTH], "big")
    secret, data = told[_LENGTH : _LENGTH + length], told[_LENGTH + length :]
    sys.stdout.buffer.write(seal(data, passphrase=secret.decode("utf-8", "replace")))


if __name__ == "__main__":
    _child()
