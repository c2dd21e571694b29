"""The keyring of the operating system as a place for a device's secret; needs the extra `keyring`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from kinship.ground.errors import KinshipError, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

SERVICE = "kinship"
KNOWN = (
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
    "keyring.backends.libsecret.Keyring",
    "keyring.backends.macOS.Keyring",
    "keyring.backends.Windows.WinVaultKeyring",
)
"""The backends that keep secrets encrypted by the operating system; never a plain file, never one that forgets."""


class SecretStore(Protocol):
    """Where a device keeps the secrets of its slots, by the slot's id."""

    def get(self, slot: str) -> bytes | None:
        """Return the secret, None where there is none."""

    def put(self, slot: str, secret: bytes) -> None:
        """Keep a secret. Raises KinshipError where the keyring refuses."""

    def drop(self, slot: str) -> None:
        """Forget a secret; one that is not there is fine."""


class SystemKeyring:
    """One known backend of the `keyring` package."""

    def __init__(self, backend: Any, refusal: type[Exception]) -> None:
        self._backend = backend
        self._refusal = refusal

    def __repr__(self) -> str:
        return f"SystemKeyring({_name(self._backend)})"

    def get(self, slot: str) -> bytes | None:
        try:
            told = self._backend.get_password(SERVICE, slot)
            return None if told is None else bytes.fromhex(told)
        except (self._refusal, ValueError):
            return None

    def put(self, slot: str, secret: bytes) -> None:
        try:
            self._backend.set_password(SERVICE, slot, secret.hex())
        except self._refusal as error:
            raise KinshipError("The keyring of this computer did not take the secret.", "Unlock it first.") from error

    def drop(self, slot: str) -> None:
        try:
            self._backend.delete_password(SERVICE, slot)
        except self._refusal:
            return


def system_keyring() -> SystemKeyring:
    """Return this computer's keyring. Raises Refused where there is none that keeps secrets encrypted."""
    try:
        from keyring.backend import get_all_keyring  # noqa: PLC0415 - an extra, loaded late
        from keyring.errors import KeyringError  # noqa: PLC0415 - an extra, loaded late
    except ImportError as error:
        raise Refused(
            "The package `keyring` is not installed, so this computer's keyring cannot be used.",
            'Install it with: pip install "kinship[keyring]"',
        ) from error
    return SystemKeyring(choose(get_all_keyring()), KeyringError)


def choose(backends: Iterable[Any]) -> Any:
    """Return the known backend of the highest priority. Raises Refused where none is known."""
    known = [backend for backend in backends if _name(backend) in KNOWN]
    if not known:
        raise Refused(
            "This computer has no keyring that keeps secrets encrypted.", "Use a passphrase, or a keyfile beside it."
        )
    return max(known, key=lambda backend: float(backend.priority))


def _name(backend: Any) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"
