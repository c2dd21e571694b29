"""The ways to open a vault show without a key, and nothing heavy is loaded to see them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from builders.keys import Memory, root_of
from builders.vaults import CHEAP, PASSPHRASE, new_vault
from kinship.vault.keyfile import fresh_keyfile
from kinship.vault.unlocks import add_device, add_passphrase, remove_unlock
from kinship.vault.ways import Ways, ways


def test_each_way_shows_as_soon_as_it_is_there(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    root = root_of(made)
    assert ways(made.path, made.state) == Ways(passphrase=True, keyfile=False, device=False)
    add_passphrase(made.vault, root, PASSPHRASE, keyfile=fresh_keyfile(), cost=CHEAP)
    assert ways(made.path, made.state) == Ways(passphrase=True, keyfile=True, device=False)
    remove_unlock(made.vault, root.slot or "")
    assert ways(made.path, made.state) == Ways(passphrase=False, keyfile=True, device=False)
    add_device(made.vault, root, Memory())
    assert ways(made.path, made.state) == Ways(passphrase=False, keyfile=True, device=True)
    assert not ways(made.path, tmp_path / "another-computer").device


def test_what_cannot_be_read_is_asked_for_a_passphrase(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    (made.path / "vault.kin").write_bytes(b"?")
    for number, data in enumerate((b"", b"{}", b"[" * 9000, b'{"kind": 7}')):
        (made.path / "keys" / f"{number}.key").write_bytes(data)
    (made.path / "keys" / "pipe.key").mkdir()
    for file in (made.path / "keys").glob("????????*.key"):
        file.unlink()
    assert ways(made.path, made.state) == Ways(passphrase=True, keyfile=False, device=False)
    assert ways(tmp_path / "nowhere", made.state) == Ways(passphrase=True, keyfile=False, device=False)


def test_seeing_them_loads_no_cipher(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    asked = (
        "import sys, pathlib; from kinship.vault.ways import ways\n"
        f"ways(pathlib.Path({str(made.path)!r}), pathlib.Path({str(made.state)!r}))\n"
        "print('cryptography' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
