"""The wheel that people install holds everything the program needs, and the locks hold no address."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder), str(TOP)],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_every_theme_pack_and_style(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert {f"kinship/themes/{theme.name}" for theme in (TOP / "themes").glob("*.toml")} <= inside
    source = TOP / "src"
    for data in source.rglob("*"):
        if data.suffix in {".tcss", ".toml", ".json", ".typed", ".txt"}:
            assert data.relative_to(source).as_posix() in inside, data


def test_the_installed_wheel_finds_its_own_themes_and_starts(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    code = (
        "import kinship, kinship.ground.places as p; print(kinship.__file__); print(p.shipped_themes());"
        "import kinship.tui.theming; print(len(list(p.shipped_themes().glob('*.toml'))))"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    told = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    where, themes, count = told.stdout.split()
    assert where.startswith(str(tmp_path / "site"))
    assert themes == str(tmp_path / "site" / "kinship" / "themes")
    assert int(count) == len(list((TOP / "themes").glob("*.toml")))
    helped = subprocess.run(
        [sys.executable, "-m", "kinship", "--help"], env=environment, check=True, capture_output=True
    )
    assert b"journal" in helped.stdout


def test_the_locks_carry_hashes_and_no_address() -> None:
    for lock in (TOP / "requirements").glob("*.txt"):
        text = lock.read_text()
        assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links", text), lock
        for pin in re.finditer(r"^\S+==\S+.*\\\n(\s+--hash=sha256:[0-9a-f]{64})", text, re.MULTILINE):
            assert pin.group(1)
        assert len(re.findall(r"^\w\S*==", text, re.MULTILINE)) == len(
            re.findall(r"^\w\S*==.*\\\n\s+--hash=", text, re.MULTILINE)
        )


def test_textual_is_pinned_exactly_and_the_rest_in_ranges() -> None:
    needs = tomllib.loads((TOP / "pyproject.toml").read_text())["project"]["dependencies"]
    exact = [need for need in needs if "==" in need]
    assert exact == ["textual==8.2.8"]
    assert all("<" in need or need.startswith("cryptography") for need in needs if need not in exact)
