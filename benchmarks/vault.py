"""What the vault costs at ten and fifty thousand pages of 800 B, beside the naive ways of keeping them."""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from builders.vaults import Made, new_vault
from kinship.journal.journal import Journal, PageText
from kinship.vault import Change, Key, Vault, durable, open_vault
from naive import JsonFile, OneToken, Pages
from store import BODY, EVENING, bare_writer, size_of
from table import Row, median_cpu

SIZES = {10_000: 150, 50_000: 500}
"""Pages, and the milliseconds that opening them may take."""
LARGEST = max(SIZES)
LENGTH = 800
WORD = "quillfeather"
"""Stands in one page of a thousand."""
LINES = (
    "e", "the", f"{WORD} or -{WORD}", f"-{WORD} has:mood", "mood:3..6 -tag:sea", "is:starred or has:title", "on:2020 a",
)  # fmt: skip
"""What somebody may have typed so far: words on every page, on few and on none, and what has no index."""
RUNS = 5


def vault_rows() -> list[Row]:
    """Return the rows for vaults of both sizes (CPU milliseconds, bytes, MB)."""
    return [row for size in SIZES for row in _rows_of(size)] + _one_frame_a_save()


def some_pages(count: int) -> Pages:
    """Return so many documents, the same at every run."""
    dice = random.Random(5)
    words = ["".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=dice.randrange(2, 9))) for _ in range(4000)]
    text = " ".join(dice.choices(words, k=200_000))
    pages: Pages = {}
    for number in range(count):
        start = dice.randrange(len(text) - LENGTH)
        body = text[start : start + LENGTH]
        if number % 1000 == 0:
            body = f"{body[: LENGTH // 2]} Quillfeather {body[LENGTH // 2 :]}"
        day = f"20{10 + number % 15:02}-{1 + number % 12:02}-{1 + number % 28:02}"
        pages[dice.randbytes(16).hex()] = {
            "at": f"{day}T21:00:00+01:00",
            "zone": "Europe/Berlin",
            "day": day,
            "body": body,
        }
    return pages


def _changes(pages: Pages) -> list[Change]:
    return [Change("entries", uid, page) for uid, page in pages.items()]


@contextmanager
def filled(pages: Pages) -> Iterator[tuple[Made, Key, Path]]:
    """Give a closed vault with the pages in full frames, its key, and a folder for the naive ways."""
    with tempfile.TemporaryDirectory() as folder:
        made = new_vault(Path(folder), EVENING)
        with made.vault as vault:
            vault.commit(_changes(pages))
        yield made, made.key(), Path(folder)


def reopened(made: Made, key: Key) -> Vault:
    return open_vault(made.path, key, state=made.state, clock=EVENING)


def _rows_of(size: int) -> list[Row]:
    pages = some_pages(size)
    with filled(pages) as (made, key, folder):
        json_file, token = JsonFile(folder, pages), OneToken(folder, pages)
        rows = _opening(made, key, size, json_file, token)
        rows += _saving(made, key, size, json_file, token)
        rows += _searching(made, key, size, json_file)
        if size == LARGEST:
            rows += _memory(made, key, json_file)
    return rows


def _opening(made: Made, key: Key, size: int, json_file: JsonFile, token: OneToken) -> list[Row]:
    def load() -> None:
        with reopened(made, key) as vault:
            assert len(vault.live["entries"]) == size

    opened = median_cpu(load, RUNS)
    what = f"{size:,} pages: opened after the key"
    return [
        Row(what, opened, "ms", SIZES[size]),
        Row(f"{what}, beside", opened, "ms", None, median_cpu(json_file.load, 3), json_file.name),
        Row(f"{what}, beside", opened, "ms", None, median_cpu(token.load, 3), token.name),
    ]


def _saving(made: Made, key: Key, size: int, json_file: JsonFile, token: OneToken) -> list[Row]:
    page = {"body": BODY, "day": "2026-11-22", "at": "2026-11-22T21:00:00+00:00", "zone": "UTC"}
    with reopened(made, key) as vault:
        numbers = iter(range(10_000))
        vault.commit([Change("entries", "first", page)])
        save = median_cpu(lambda: vault.commit([Change("entries", f"s{next(numbers)}", page)]), 300)
    bare = median_cpu(bare_writer(made.path.parent / "bare"), 300)
    new, edit = _bytes_written(made, key)
    naive = json_file.path.stat().st_size
    what = f"{size:,} pages: "
    return [
        Row(f"{what}a save, CPU beside the bare write and fsync", save - bare, "ms", 1),
        Row(f"{what}a save, beside", save, "ms", 0.01, median_cpu(lambda: json_file.save(page), 3), json_file.name),
        Row(f"{what}a save, beside", save, "ms", 0.01, median_cpu(lambda: token.save(page), 3), token.name),
        Row(f"{what}bytes written for a new page of 800 B", new, "B", 2500),
        Row(f"{what}bytes written for an edit", edit, "B", 4000),
        Row(f"{what}bytes written for an edit, beside", edit, "B", 0.001, naive, json_file.name),
    ]


def _bytes_written(made: Made, key: Key) -> tuple[int, int]:
    """Return the bytes that a new page and its edit in a later session add to the folder."""
    with Journal(reopened(made, key), EVENING) as journal:
        journal.keep_page(PageText(body=BODY))
        before = size_of(made.path)
        act = journal.keep_page(PageText(body=BODY))
        new = size_of(made.path) - before
        (page,) = act.made["entries"]
    with Journal(reopened(made, key), EVENING) as journal:
        journal.keep_page(PageText(body=BODY))
        before = size_of(made.path)
        journal.keep_page(PageText(id=page, body=f"{BODY} And so did Tom."))
        return new, size_of(made.path) - before


def _typed(journal: Journal, line: str) -> float:
    """Return the median milliseconds of a search line none of whose words is remembered from before."""
    times = []
    for _ in range(RUNS):
        journal.search(" or ".join(f"{WORD}{number}" for number in range(7)))
        began = time.process_time()
        journal.search(line)
        times.append((time.process_time() - began) * 1000)
    return statistics.median(times)


def _searching(made: Made, key: Key, size: int, json_file: JsonFile) -> list[Row]:
    with Journal(reopened(made, key), EVENING) as journal:
        began = time.process_time()
        assert len(journal.pages.holding(WORD)) == size // 1000
        first = (time.process_time() - began) * 1000
        found = median_cpu(lambda: journal.pages.holding(WORD), 15)
        typed = max(_typed(journal, line) for line in LINES)
    naive = median_cpu(lambda: json_file.search(WORD), 3)
    what = f"{size:,} pages: a word searched"
    return [
        Row(f"{what} for the first time", first, "ms", 1000),
        Row(what, found, "ms", 50),
        Row(f"{size:,} pages: the slowest of {len(LINES)} search lines", typed, "ms", 50),
        Row(f"{what}, beside", found, "ms", 0.5, naive, json_file.name),
    ]


_OPEN = """
import sys
from pathlib import Path
from kinship.ground.clock import SystemClock
from kinship.vault import Key, open_vault
key = Key(*(bytes.fromhex(part) for part in sys.stdin.readline().split()))
vault = open_vault(Path(sys.argv[1]), key, state=Path(sys.argv[2]), clock=SystemClock())
"""
_LOAD = """
import sys
from tinydb import TinyDB
pages = TinyDB(sys.argv[1]).table("entries").all()
"""
_TELL = """
from os import sysconf
print(int(open("/proc/self/statm").read().split()[1]) * sysconf("SC_PAGE_SIZE"))
"""


def _memory(made: Made, key: Key, json_file: JsonFile) -> list[Row]:
    if not Path("/proc/self/statm").exists():
        return []
    secret = f"{key.vault.hex()} {key.master.hex()}\n"
    ours = _resident(_OPEN, [str(made.path), str(made.state)], secret)
    naive = _resident(_LOAD, [str(json_file.path)], "")
    what = f"{LARGEST:,} pages: memory of a program with all of them"
    return [Row(what, ours, "MB", 250), Row(f"{what}, beside", ours, "MB", None, naive, json_file.name)]


def _resident(code: str, arguments: list[str], piped: str) -> float:
    """Return the MB of memory of a program of its own after `code`."""
    done = subprocess.run(
        [sys.executable, "-c", code + _TELL, *arguments], input=piped, capture_output=True, text=True, check=True
    )
    return int(done.stdout) / 1e6


def _one_frame_a_save() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        made = new_vault(Path(folder), EVENING)
        with patch.object(durable, "sync_file", lambda _: None), made.vault as vault:
            for change in _changes(some_pages(LARGEST)):
                vault.commit([change])
        key = made.key()

        def load() -> None:
            with reopened(made, key) as vault:
                assert len(vault.live["entries"]) == LARGEST

        opened = median_cpu(load, RUNS)
    return [Row(f"{LARGEST:,} pages: opened, one frame a save", opened, "ms", 1200)]
