"""Files that mean harm are refused in one sentence or read harmlessly: soon, in little memory, the vault untouched."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from builders.console import console
from builders.journals_of_others import day_one, day_one_entry, everywhere
from builders.maps_of_others import zipped
from kinship.ground.errors import KinshipError
from kinship.transfer import csv_entries, dated_text, jrnl, markdown_folder, mini_diary, rednotebook, tui_journal
from kinship.transfer import day_one as of_day_one
from kinship.transfer.entries import Pages
from kinship.transfer.entry_files import read_journal
from kinship.transfer.files import read_file

MOST_SECONDS = 2.0
MOST_MEMORY = 300 * 1024
"""KiB."""
WIDE = 2_500_000


READERS: dict[str, Callable[[Path], Pages]] = {
    "jrnl": lambda path: jrnl.read(read_journal(path, (".txt",)).files, password=lambda: "x"),
    "dayone": lambda path: of_day_one.read(read_journal(path, (".json",)).files),
    "markdown": lambda path: markdown_folder.read(read_journal(path, (".md",)).files),
    "rednotebook": lambda path: rednotebook.read(read_journal(path, (".txt",)).files),
    "minidiary": lambda path: mini_diary.read(read_file(path)),
    "tui-journal": lambda path: tui_journal.read(read_file(path)),
    "text": lambda path: dated_text.read(read_journal(path, (".txt",)).files),
    "csv": lambda path: csv_entries.read(read_file(path)),
}
HEAD = b"[2024-05-03 21:30] "


def _listed(count: int) -> bytes:
    """Return an archive whose list says it is `count` bytes long."""
    return b"PK\3\4" + b"\0" * 60 + b"PK\5\6" + struct.pack("<4H2LH", 0, 0, 1, 1, count, 0, 0)


def _broken() -> bytes:
    whole = zipped({"a.json": b"{}" * 900, "b.md": b"x" * 900})
    return whole[:50] + b"\xff" * 20 + whole[70:]


def _swollen() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for ending in ("json", "md", "txt"):
            archive.writestr(f"2024-05.{ending}", b"\0" * (65 << 20))
    return held.getvalue()


def _locked() -> bytes:
    """Return an archive that says its member is encrypted."""
    whole = bytearray(zipped({"2024-05.txt": b"x", "a.json": b"y", "b.md": b"z"}))
    for sign, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        start = whole.find(sign)
        while start >= 0:
            whole[start + at] |= 1
            start = whole.find(sign, start + 1)
    return bytes(whole)


BAD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty": ("2024-05.txt", lambda: b""),
    "nul": ("2024-05.txt", lambda: b"\0" * 100_000),
    "binary": ("2024-05.txt", lambda: bytes(range(256)) * 400),
    "one byte": ("2024-05.txt", lambda: b"\xff"),
    "surrogates": ("2024-05.txt", lambda: b"\xed\xa0\x80" * 1000),
    "utf-16 in half": ("2024-05.txt", lambda: b"\xff\xfe\x00\xd8"),
    "a huge line": ("2024-05.txt", lambda: b"x" * WIDE),
    "a huge line of brackets": ("2024-05.txt", lambda: b"[" * WIDE),
    "a huge line of blanks": ("2024-05.txt", lambda: b" " * WIDE),
    "lines without end": ("2024-05.txt", lambda: b"\n" * WIDE),
    "lines with a number": ("2024-05.txt", lambda: b"1\n" * (WIDE // 2)),
    "lines with a year": ("2024-05.txt", lambda: b"in 2024\n" * (WIDE // 8)),
    "days without end": ("2024-05.txt", lambda: b"2024-05-03\n" * (WIDE // 11)),
    "heads without end": ("2024-05.txt", lambda: HEAD * (WIDE // 19)),
    "head lines without end": ("2024-05.txt", lambda: (HEAD + b"\n") * (WIDE // 20)),
    "deep json": ("a.json", lambda: b"[" * 1_000_000),
    "deep objects": ("a.json", lambda: b'{"a":' * 100_000),
    "deep entries": ("a.json", lambda: b'{"entries": [{"text": ' + b"[" * 100_000),
    "objects without end": ("a.json", lambda: b'{"entries": [' + b"{}," * 2_000_000 + b"{}]}"),
    "lists without end": ("a.json", lambda: b'{"entries": [' + b"[]," * 1_000_000 + b"[]]}"),
    "numbers without end": ("a.json", lambda: b'{"entries": [' + b"1," * 3_000_000 + b"1]}"),
    "a number without end": ("a.json", lambda: b'{"entries": [' + b"9" * 1_000_000 + b"]}"),
    "a key without end": ("a.json", lambda: b'{"' + b"k" * WIDE + b'": 1}'),
    "half json": ("a.json", lambda: b'{"entries": [{"text": "x'),
    "not a number": ("a.json", lambda: b'{"entries": [NaN, Infinity, -1e9999]}'),
    "wrong kinds": (
        "a.json",
        lambda: json.dumps({"entries": [1, None, [], {"date": 3, "creationDate": [], "tags": {}, "text": 7}]}).encode(),
    ),
    "wrong maps": ("a.json", lambda: b'{"entries": {"2024-05-03": 7, "2024-05-04": {"title": [], "text": {}}}}'),
    "lone surrogates in json": ("a.json", lambda: day_one(day_one_entry("\ud800 \udfff", uuid="\ud800"))),
    "days out of time": ("a.json", lambda: day_one(day_one_entry("x", creationDate="0001-01-01T00:00:00Z"))),
    "a zone outside": ("a.json", lambda: day_one(day_one_entry("x", timeZone="../../../../etc/passwd"))),
    "an offset out of bounds": ("a.json", lambda: day_one(day_one_entry("x", timeZone="+99:99"))),
    "escapes without end": ("a.json", lambda: day_one(day_one_entry("\\-" * 400_000))),
    "ticks without end": ("a.json", lambda: day_one(day_one_entry("`a ``b " * 100_000))),
    "pictures without end": ("a.json", lambda: day_one(day_one_entry("![](dayone-moment:" * 50_000))),
    "rich text too deep": ("a.json", lambda: day_one(day_one_entry(None, richText="[" * 100_000))),
    "tags without end": ("a.json", lambda: day_one(day_one_entry("x", tags=["a b"] * 300_000))),
    "a yaml bomb": ("2024-05.txt", lambda: b"1: &a [x]\n2: &b [*a, *a, *a]\n3: [*b, *b, *b]\n"),
    "deep yaml": ("2024-05.txt", lambda: b"1: " + b"[" * 200_000),
    "deep yaml maps": ("2024-05.txt", lambda: b"\n".join(b" " * n + b"a:" for n in range(2000))),
    "deep yaml lists": ("2024-05.txt", lambda: b"- " * 200_000),
    "yaml types": ("2024-05.txt", lambda: b"1: !!python/object/apply:os.system ['true']\n"),
    "an open quote": ("2024-05.txt", lambda: b'1: {text: "' + b"\\" * WIDE),
    "open brackets": ("2024-05.txt", lambda: b"1: {" + b"a: {b: [c, " * 100_000),
    "yaml keys without end": ("2024-05.txt", lambda: b"a: b\n" * 500_000),
    "front matter without end": ("2024-05-03.md", lambda: b"---\n" + b"a: b\n" * 500_000),
    "deep front matter": ("2024-05-03.md", lambda: b"---\na: " + b"{" * 30_000 + b"\n---\nx\n"),
    "links without end": ("2024-05-03.md", lambda: b"[[a|" * 500_000),
    "open embeds": ("2024-05-03.md", lambda: b"![[" * 500_000),
    "open pictures": ("2024-05-03.md", lambda: b"![a](" * 500_000),
    "half of a quoted cell": ("a.csv", lambda: b'date,text\n2024-05-03,"' + b"x" * WIDE),
    "columns without end": ("a.csv", lambda: b"," * 1_000_000 + b"\n"),
    "rows without end": ("a.csv", lambda: b"date,text\n" + b",\n" * 1_000_000),
    "a table of nuls": ("a.csv", lambda: b"date,text\n\0,\0\n" * 1000),
    "a cell without end": ("a.csv", lambda: b"date,text\n2024-05-03," + b"y" * WIDE + b"\n"),
    "an archive that swells": ("a.zip", _swollen),
    "an archive in half": ("a.zip", lambda: zipped({"a.json": b"x" * 9000})[:90]),
    "an archive that is broken": ("a.zip", _broken),
    "an archive under a password": ("a.zip", _locked),
    "an archive without a list": ("a.zip", lambda: b"PK\3\4" + b"x" * 100),
    "an archive whose list lies": ("a.zip", lambda: _listed(0xFFFFFFFF)),
    "an archive of very many": ("a.zip", lambda: zipped({f"{'n' * 200}{n}.x": b"" for n in range(30_000)})),
    "an archive that leads out": (
        "a.zip",
        lambda: zipped({"../../../../tmp/x/2024-05.txt": b"1: &x", "/etc/a.json": b"[", "..\\..\\b.md": b"no day"}),
    ),
    "an encrypted journal that is none": ("2024-05.txt", lambda: b"gAAAAA" + b"A" * 100_000),
    "an old encrypted journal that is none": ("2024-05.txt", lambda: b"\xff" * 160_000),
}
"""What each is, the name it comes under, and its bytes."""


def outcome(read: Callable[[Path], Pages], path: Path) -> str:
    """Return the sentence a file is refused with; empty where pages came of it, all of them harmless."""
    try:
        plan = read(path)
    except KinshipError as error:
        return str(error)
    assert all(isinstance(page.at, dt.datetime) for page in plan.pages)
    return ""


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_or_harmless_for_every_reader_and_soon(tmp_path: Path, name: str) -> None:
    called, made = BAD[name]
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / called
    path.write_bytes(made())
    for command, read in READERS.items():
        begun = time.process_time()
        told = outcome(read, path)
        assert time.process_time() - begun < MOST_SECONDS, command
        assert "\n" not in told, command
        assert len(told) < 300, command
    assert [one.name for one in folder.iterdir()] == [called]


CHILD = """
import re, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
import test_hostile_journals as here
for command, read in here.READERS.items():
    here.outcome(read, Path(sys.argv[1]))
print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])
"""
LARGE = (
    "objects without end", "lists without end", "numbers without end", "tags without end", "an archive that swells",
    "an archive of very many", "rows without end", "heads without end", "yaml keys without end", "a huge line",
)  # fmt: skip


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc tells the memory")
@pytest.mark.parametrize("name", LARGE)
def test_a_bad_file_takes_little_memory(tmp_path: Path, name: str) -> None:
    called, made = BAD[name]
    path = tmp_path / called
    path.write_bytes(made())
    here = Path(__file__)
    script = CHILD.format(tests=str(here.parent))
    environment = os.environ | {"PYTHONPATH": f"{here.parents[1]}:{here.parents[2] / 'src'}"}
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], env=environment, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < MOST_MEMORY


@pytest.mark.parametrize("command", READERS)
def test_a_bad_file_leaves_the_vault_as_it_was(tmp_path: Path, command: str) -> None:
    machine = console(tmp_path / "home")
    machine.fine("write", piped="Mine")
    before = machine.fine("list", "--json").json
    machine.ask = lambda _question: "x"
    for name in ("empty", "binary", "deep json", "an archive that is broken", "wrong kinds", "a yaml bomb"):
        called, made = BAD[name]
        (tmp_path / called).write_bytes(made())
        result = machine.run("import", command, str(tmp_path / called))
        assert result.code in (1, 3) or "Nothing new" in result.err, name
        assert len(result.err.splitlines()) == 1, name
        assert "unexpectedly" not in result.err, name
    assert machine.fine("list", "--json").json == before
    machine.run("import", command, str(tmp_path / "none"))
    os.mkfifo(tmp_path / "pipe")
    assert machine.run("import", command, str(tmp_path / "pipe")).code == 1


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "notes", tmp_path / "outside"
    outside.mkdir()
    (outside / "2024-05-04.md").write_text("not to be read")
    folder.mkdir()
    (folder / "2024-05-03.md").write_text("Words")
    (folder / "2024-05-04.md").symlink_to(outside / "2024-05-04.md")
    (folder / "more").symlink_to(outside)
    (folder / ".trash").mkdir()
    (folder / ".trash" / "2024-05-05.md").write_text("thrown away")
    assert list(read_journal(folder, (".md",)).files) == ["2024-05-03.md"]


def test_a_reader_that_breaks_would_be_noticed(tmp_path: Path) -> None:
    def breaks(_path: Path) -> Pages:
        raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        outcome(breaks, tmp_path)
    assert set(everywhere()) == set(READERS)
