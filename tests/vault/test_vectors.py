"""The test vectors: the app and the stand-alone reader say of each what it must give."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from builders.vectors import FOLDER, Outcome, expected, lay_out, read_by_app, read_by_script, read_vector, vectors
from kinship.vault import reader

ALL = [str(path.relative_to(FOLDER).with_suffix("")) for path in vectors()]
LEAST = 120
MOST_BYTES = 2_000_000


@pytest.mark.parametrize("name", ALL)
def test_both_readers_say_what_a_vector_must_give(tmp_path: Path, name: str) -> None:
    vector = read_vector(FOLDER / f"{name}.json")
    vault = lay_out(vector, tmp_path)
    if "script" in vector["readers"]:
        assert read_by_script(vault, vector["secret"], reader) == expected(vector), f"the script: {vector['says']}"
    if "app" in vector["readers"]:
        outcome = read_by_app(vault, vector["secret"], tmp_path / "state")
        assert outcome == expected(vector), f"the app: {vector['says']}"


def test_there_are_vectors_enough_of_every_class() -> None:
    told = [read_vector(FOLDER / f"{name}.json") for name in ALL]
    assert len(told) >= LEAST
    classes = Counter(vector["class"] for vector in told)
    assert set(classes) == {
        *("ok", "wrong key", "other key", "damaged", "torn", "newer"),
        *("mistyped", "refused", "missing", "foreign", "forked"),
    }
    assert all({"app", "script"} == set(vector["readers"]) for vector in told)
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < MOST_BYTES


def test_the_vectors_are_what_their_program_makes() -> None:
    made = dict(_program().files())
    there = {
        str(path.relative_to(FOLDER)): path.read_bytes()
        for path in FOLDER.rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"} and path.parent.name != "notes"
    }
    assert there == made


def _program() -> ModuleType:
    found = importlib.util.spec_from_file_location("make_vectors", FOLDER / "make.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


LAST_WINS = """if all(new["h"] > head["h"] for head in heads):
            heads.clear()"""
DELETIONS_WIN = """if head["x"] is None:
                    shown.clear()
                    break
                if head["x"] not in shown:"""
SABOTAGES = {
    "no search behind a bad frame": ('start = data.find(b"KFRM", start + 1)', "start = -1"),
    "tails are applied": ("if at < self.whole for", "for"),
    "the index is not bound": ("index >= lowest", "True"),
    "the crc is not looked at": ("and crc == zlib.crc32(head[:16])", ""),
    "the header's mac is not looked at": ("version == 1 and hmac.compare_digest", "True or hmac.compare_digest"),
    "another key is damage": ('return b"", "other key"', 'return b"", "damaged"'),
    "a later version is damage": ("if version > 1:", "if version > 9:"),
    "kin is not looked at": ("if self.kin != body +", "if False and self.kin != body +"),
    "only the last copy counts": ("setdefault(data[28:44].hex(), Segment())", "setdefault(name, Segment())"),
    "witnesses are not heard": ("sorted(self.witnessed.items())", "()"),
    "folded sessions are missed": ("if self.replaced.get(name, 0) < frames:", "if True:"),
    "the last writing wins": ("if not any(older(new, head) for head in heads):", LAST_WINS),
    "deletions win": ('if head["x"] is not None and head["x"] not in shown:', DELETIONS_WIN),
    "equal texts are two": ('and head["x"] not in shown:', ":"),
    "choices are kept both": ("ranked = ranked[:1]", "pass"),
    "the sheet is not checked": ("if any(rest):", "if False:"),
    "the sum of a key file is not checked": ("if doubled or not whole:", "if not slot:"),
    "a field may stand twice": ("doubled = len(pairs) != len(slot) or", "doubled = False and"),
    "the floor is not kept": ("low <= told <= high", "told <= high"),
    "the ceiling is not kept": ("low <= told <= high", "low <= told"),
    "passphrases are taken as they are": ('unicodedata.normalize("NFC", spaced)', "spaced"),
    "spaces are taken as they are": ('" " if unicodedata.category(sign) == "Zs" else sign', "sign"),
    "the keyfile is left out": ('secret + hashlib.sha256(keyfile or b"").digest()', "secret"),
    "padding is not checked": ("if len(body) != padded + mask & ~mask:", "if False:"),
    "unknown records are passed over": ('"newer", f"session {name}: a record', '"ok", f"session {name}: a record'),
    "the vault's id is not looked at": ("if whose != vault or kind != 0:", "if kind != 0:"),
    "drafts are pages": ("if whose != vault or kind != 0:", "if whose != vault:"),
}  # fmt: skip


def _sabotaged(folder: Path, old: str, new: str) -> ModuleType:
    source = Path(str(reader.__file__)).read_text(encoding="utf-8")
    assert old in source, old
    path = folder / f"{folder.name}_sabotaged.py"
    path.write_text(source.replace(old, new), encoding="utf-8")
    found = importlib.util.spec_from_file_location(path.stem, path)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[path.stem] = module
    found.loader.exec_module(module)
    return module


def _laid_out(folder: Path) -> Iterator[tuple[str, Path, dict[str, str], Outcome]]:
    for number, name in enumerate(ALL):
        vector = read_vector(FOLDER / f"{name}.json")
        (folder / str(number)).mkdir()
        yield name, lay_out(vector, folder / str(number)), vector["secret"], expected(vector)


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Path, dict[str, str], Outcome]]:
    """Every vector as a vault; the stand-alone reader leaves them as they are."""
    return list(_laid_out(tmp_path_factory.mktemp("vectors")))


@pytest.mark.parametrize("sabotage", SABOTAGES)
def test_a_reader_that_is_wrong_in_one_thing_fails_a_vector(
    tmp_path: Path, sabotage: str, laid_out: list[tuple[str, Path, dict[str, str], Outcome]]
) -> None:
    wrong = _sabotaged(tmp_path, *SABOTAGES[sabotage])
    for _, vault, secret, outcome in laid_out:
        try:
            if read_by_script(vault, secret, wrong) != outcome:
                return
        except Exception:  # noqa: BLE001 - a crash is a failure too
            return
    pytest.fail(f"no vector notices: {sabotage}")


def test_a_sabotaged_app_fails_vectors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kinship.vault.vault.shown", lambda heads: heads[:1])
    vector = read_vector(FOLDER / "merge" / "concurrent.json")
    outcome = read_by_app(lay_out(vector, tmp_path), vector["secret"], tmp_path / "state")
    assert outcome != expected(vector)


def test_the_reader_runs_as_the_text_in_the_vault(tmp_path: Path) -> None:
    for name in ("kin/whole-sheet", "frame/damaged-4", "keys/keyfile-sheet", "kin/later-sheet", "sheet/other"):
        vector = read_vector(FOLDER / f"{name}.json")
        (tmp_path / name.replace("/", "-")).mkdir()
        vault = lay_out(vector, tmp_path / name.replace("/", "-"))
        (vault / "READ-ME-recovery.txt").write_bytes(Path(str(reader.__file__)).read_bytes())
        before = {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()}
        done = subprocess.run(
            [sys.executable, "-I", str(vault / "READ-ME-recovery.txt")],
            input=vector["secret"]["recovery"] + "\n" if "recovery" in vector["secret"] else "café au lait\n",
            capture_output=True,
            text=True,
            env={"PATH": os.environ["PATH"]},
            check=False,
        )
        wanted = {"kin/whole-sheet": 0, "frame/damaged-4": 1, "keys/keyfile-sheet": 0, "kin/later-sheet": 6}
        assert done.returncode == wanted.get(name, 3), done.stderr
        assert ("first, edited" in done.stdout) == (done.returncode in {0, 6})
        assert {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()} == before
