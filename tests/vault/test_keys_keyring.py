"""Only a keyring that the operating system encrypts is ever used; the package is an extra and may be absent."""

from __future__ import annotations

import subprocess
import sys
import types

import pytest

from kinship.ground.errors import KinshipError, Refused
from kinship.vault import keyring_slot
from kinship.vault.keyring_slot import SERVICE, SystemKeyring, choose, system_keyring


def backend(module: str, name: str = "Keyring", priority: float = 5) -> object:
    kind = type(name, (), {"priority": priority})
    kind.__module__ = module
    return kind()


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("keyring.backends.fail", "Keyring"),
        ("keyring.backends.null", "Keyring"),
        ("keyring.backends.chainer", "ChainerBackend"),
        ("keyrings.alt.file", "PlaintextKeyring"),
        ("keyrings.alt.file", "EncryptedKeyring"),
        ("somebody.elses", "Keyring"),
        ("keyring.backends.SecretService", "Pretender"),
    ],
)
def test_a_backend_that_is_not_known_to_encrypt_is_refused(module: str, name: str) -> None:
    with pytest.raises(Refused, match="keeps secrets encrypted"):
        choose([backend(module, name, priority=99)])


def test_the_known_backend_of_highest_priority_is_taken_whatever_else_there_is() -> None:
    plain = backend("keyrings.alt.file", "PlaintextKeyring", 99)
    low, high = backend("keyring.backends.kwallet", "DBusKeyring", 4), backend("keyring.backends.SecretService")
    assert choose([plain, low, high]) is high


def test_without_the_package_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("keyring", "keyring.backend", "keyring.errors"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(Refused, match="not installed") as told:
        system_keyring()
    assert "kinship[keyring]" in told.value.remedy


class Locked(Exception):
    """What a keyring raises that does not open."""


class Backend:
    """A keyring as the package gives it."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def _check(self) -> None:
        if self.locked:
            raise Locked

    def get_password(self, service: str, name: str) -> str | None:
        self._check()
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, secret: str) -> None:
        self._check()
        self.kept[service, name] = secret

    def delete_password(self, service: str, name: str) -> None:
        self._check()
        if self.kept.pop((service, name), None) is None:
            raise Locked


def test_a_secret_is_kept_read_and_forgotten() -> None:
    inner = Backend()
    store = SystemKeyring(inner, Locked)
    store.put("ab", bytes(32))
    assert inner.kept == {(SERVICE, "ab"): "00" * 32}
    assert store.get("ab") == bytes(32)
    store.drop("ab")
    store.drop("ab")
    assert store.get("ab") is None


def test_a_locked_keyring_gives_nothing_and_takes_nothing() -> None:
    inner = Backend()
    store = SystemKeyring(inner, Locked)
    store.put("ab", bytes(32))
    inner.locked = True
    assert store.get("ab") is None
    store.drop("ab")
    with pytest.raises(KinshipError, match="did not take"):
        store.put("cd", bytes(32))


def test_what_somebody_else_put_there_is_no_secret() -> None:
    inner = Backend()
    inner.kept[SERVICE, "ab"] = "no hex"
    assert SystemKeyring(inner, Locked).get("ab") is None


def test_the_package_is_imported_only_when_a_keyring_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import sys, kinship.vault, kinship.vault.keyring_slot; assert 'keyring' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
    found = types.ModuleType("keyring.backend")
    errors = types.ModuleType("keyring.errors")
    known = backend("keyring.backends.SecretService")
    found.get_all_keyring = lambda: [known]  # type: ignore[attr-defined]
    errors.KeyringError = Locked  # type: ignore[attr-defined]
    for name, module in (("keyring", types.ModuleType("keyring")), (found.__name__, found), (errors.__name__, errors)):
        monkeypatch.setitem(sys.modules, name, module)
    assert "SecretService" in repr(keyring_slot.system_keyring())
