"""The text and reader that lie in every vault: the same as in the package, put right at every unlock."""

from __future__ import annotations

import ast
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from builders.vaults import CHEAP, NOON, PASSPHRASE, new_vault
from kinship.ground.errors import NewerVault, NotSaved
from kinship.vault import Change, crypto, durable, notes, open_vault, reader, readme, sealing, unlock

ROOT = Path(__file__).parent.parent.parent


def test_every_vault_holds_the_reader_of_this_version(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    text = (made.path / readme.NAME).read_bytes()
    assert text == readme.text() == readme.READER.read_bytes()
    assert hashlib.sha256(text).hexdigest() == readme.sha256()


def test_the_reader_depends_on_nothing_but_python_and_cryptography() -> None:
    tree = ast.parse(readme.text())
    names = {
        (node.module if isinstance(node, ast.ImportFrom) else alias.name) or ""
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    roots = {name.split(".")[0] for name in names}
    assert roots - set(sys.stdlib_module_names) == {"cryptography"}
    assert not roots & {"socket", "urllib", "http", "subprocess"}


@pytest.mark.parametrize("fault", ["gone", "altered", "empty", "a link"])
def test_opening_puts_the_text_right(tmp_path: Path, fault: str) -> None:
    made = new_vault(tmp_path)
    made.vault.close()
    file = made.path / readme.NAME
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("somebody else's")
    file.unlink()
    if fault == "a link":
        file.symlink_to(elsewhere)
    elif fault != "gone":
        file.write_bytes({"altered": readme.text() + b"import os\n", "empty": b""}[fault])
    notices = made.reopen().notices
    assert [notice.what for notice in notices] == ([] if fault == "gone" else ["readme"])
    assert file.read_bytes() == readme.text()
    assert not file.is_symlink()
    assert elsewhere.read_text() == "somebody else's"
    assert made.reopen().notices == ()


def test_a_text_that_cannot_be_put_right_keeps_nobody_from_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = new_vault(tmp_path)
    made.vault.commit([Change("entries", "a", {"body": "x"})])
    (made.path / readme.NAME).unlink()

    def refused(*_: object) -> None:
        raise OSError(30, "read-only file system")

    monkeypatch.setattr(durable, "create_durable", refused)
    assert made.reopen().get("entries", "a") == {"body": "x"}


def test_the_reader_opens_the_notes_that_wait_in_the_inbox(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.close()
    note = sealing.seal(notes.address_of(made.key()), "Call Bea.", NOON, "UTC")
    sealing.put_in_inbox(made.path, note)
    (made.path / "inbox" / "00.note").write_bytes(note[:-1])
    reading = reader.Reading(made.path, made.recovery)
    assert [found["body"] for found in reading.notes()] == ["Call Bea."]
    assert reading.findings == [("damaged", "inbox/00.note: cannot be read.")]
    assert "sender unknown\n\nCall Bea." in reader.as_markdown(reading.documents(), reading.notes())


def test_what_the_reader_prints_cannot_command_a_terminal(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.commit([Change("entries", "a", {"body": "\x1b]0;x\x07\u009b31m\u202e", "day": "2024-05-03"})])
    made.vault.close()
    for words in ([], ["--json"], ["--output", str(tmp_path / "pages.md")]):
        done = run(made.path / readme.NAME, made.recovery, *words)
        assert done.returncode == 0, done.stderr
        assert not set("\x1b\x07\u009b\u202e") & set(done.stdout)
    assert (tmp_path / "pages.md").read_text().startswith("# 2024-05-03\n")
    assert (tmp_path / "pages.md").stat().st_mode & 0o777 == 0o600
    assert run(made.path / readme.NAME, made.recovery, "--output", str(tmp_path / "pages.md")).returncode != 0


def run(script: Path, secret: str, *words: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-I", str(script), *words]
    return subprocess.run(program, input=f"{secret}\n", capture_output=True, text=True, check=False)


def test_what_somebody_planted_beside_the_reader_is_not_run(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.close()
    names = [*sorted(sys.stdlib_module_names), "__future__", "cryptography", "sitecustomize", "cffi", "_cffi_backend"]
    for name in names:
        (made.path / f"{name}.py").write_text(f"open({str(tmp_path / 'canary')!r}, 'a').write({name!r} + ' ')\n")
    script = made.path / readme.NAME
    for program in ([sys.executable, str(script)], [sys.executable, readme.NAME]):
        done = subprocess.run(program, input=made.recovery, capture_output=True, text=True, cwd=made.path, check=False)
        assert done.returncode == 0, done.stderr
        assert not (tmp_path / "canary").exists(), (tmp_path / "canary").read_text()
    script.write_bytes(readme.text().replace(b"sys.path[:] =", b"unused ="))
    subprocess.run([sys.executable, str(script)], input=made.recovery, capture_output=True, text=True, check=False)
    assert (tmp_path / "canary").exists(), "the test would not notice"


def test_the_sum_stands_in_the_readme_and_in_the_docs() -> None:
    for page in ("README.md", "docs/reader.md", "docs/FORMAT.md"):
        assert readme.sha256() in (ROOT / page).read_text(encoding="utf-8"), f"{page}: {readme.sha256()}"
        assert f"sha256sum {readme.NAME}" in (ROOT / page).read_text(encoding="utf-8")


def test_a_vault_of_a_later_version_is_read_and_never_written(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.commit([Change("entries", "a", {"body": "x"})])
    made.vault.close()
    kin = made.path / "vault.kin"
    body = bytearray(kin.read_bytes()[:96])
    body[8] = 2
    kin.write_bytes(bytes(body) + b"something new" + crypto.sha256(bytes(body) + b"something new"))
    (made.path / readme.NAME).write_text("the text of a later version")
    before = {path: path.read_bytes() for path in made.path.rglob("*") if path.is_file()}
    with pytest.raises(NewerVault):
        made.key()
    key = unlock(made.path, PASSPHRASE, state=made.state, floor=CHEAP, later=True)
    with open_vault(made.path, key, state=made.state, clock=made.clock) as vault:
        assert vault.read_only
        assert vault.get("entries", "a") == {"body": "x"}
        assert [notice.what for notice in vault.notices] == ["newer"]
        for write in (lambda: vault.commit([Change("entries", "b", {})]), lambda: vault.note_slots(["00"])):
            with pytest.raises(NewerVault):
                write()
    assert {path: path.read_bytes() for path in made.path.rglob("*") if path.is_file()} == before


def test_a_closed_vault_says_that_it_is_closed(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.close()
    with pytest.raises(NotSaved):
        made.vault.commit([Change("entries", "b", {})])
    shutil.rmtree(made.path)
