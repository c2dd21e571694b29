"""kinship beside jrnl: the same commands on the same ten thousand encrypted entries, key derivation taken off both.

jrnl (GPL) stands in an environment of its own that `make bench` makes; nothing of it is imported or shipped.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from builders.vaults import PASSPHRASE
from kinship.ground.clock import SystemClock
from kinship.journal.journal import Journal, PageText
from kinship.journal.model import Entry
from kinship.transfer.jrnl import is_encrypted
from kinship.vault import create_vault, crypto
from kinship.vault.slots import FLOOR, LANES, SALT_BYTES
from table import Row, median_cpu

JRNL = Path(sys.prefix) / "jrnl" / "bin" / "jrnl"
"""Where `make bench` installs it."""
PAGES = 10_000
RUNS = 5
SHOWN = 10
FIRST = dt.datetime(1998, 1, 1, 21, 30, tzinfo=dt.UTC)
WORDS = "Met Bea on the stairs and she listened. " * 20
NEW = f"One more day. {WORDS}"
JRNL_SALT, JRNL_ROUNDS = bytes(16), 100_000
CONFIG = """colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: true
highlight: false
indent_character: '|'
journals: {{default: {{journal: {journal}, encrypt: true}}}}
linewrap: 79
tagsymbols: '@'
template: false
timeformat: '%F %r'
version: v4.6
"""


def beside_jrnl_rows() -> list[Row]:
    """Return ratios of whole commands (CPU milliseconds of the process) and bytes written; nothing without jrnl."""
    if not JRNL.exists():
        print(f"jrnl is not at {JRNL}: run make bench, which installs it there.", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Ours(Path(folder) / "ours"), Theirs(Path(folder) / "theirs")
        return [*_commands(ours, theirs), *_bytes(ours, theirs)]


def _commands(ours: Ours, theirs: Theirs) -> Iterator[Row]:
    for what, mine, other in (
        ("write: one more entry", lambda: ours.run("write", piped=NEW), lambda: theirs.run(NEW)),
        (
            f"list: the last {SHOWN}",
            lambda: ours.run("list", "--limit", str(SHOWN)),
            lambda: theirs.run(f"-{SHOWN}", "--short"),
        ),
        ("list: all of them", lambda: ours.run("list"), lambda: theirs.run("-n", str(PAGES), "--short")),
    ):
        yield _row(f"kinship {what}, at {PAGES:,}", mine, other, ours.derivation, theirs.derivation)


def _row(what: str, mine: Callable[[], object], other: Callable[[], object], off: float, other_off: float) -> Row:
    """Return the medians of both, run in turns, and the median of their ratios."""
    pairs = [(_cpu(mine) - off, _cpu(other) - other_off) for _ in range(RUNS)]
    ratio = statistics.median(one / two for one, two in pairs)
    ours, theirs = (statistics.median(told) for told in zip(*pairs, strict=True))
    return Row(what, ours, "ms", 1.0, theirs, "jrnl", ratio)


def _cpu(command: Callable[[], object]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def _bytes(ours: Ours, theirs: Theirs) -> Iterator[Row]:
    before = ours.size
    id_ = ours.run("write", piped=NEW).strip()
    page = ours.size - before
    before = ours.size
    ours.run("edit", id_, piped=f"{NEW} And more.")
    edit = ours.size - before
    theirs.run(NEW)
    whole = theirs.journal.stat().st_size
    yield Row("bytes that kinship write adds for a page of 800 B", page, "B", 2500)
    yield Row("bytes that kinship edit adds", edit, "B", 4096)
    yield Row("bytes that jrnl writes for one entry", whole, "B")


def _entries() -> Iterator[tuple[dt.datetime, str]]:
    for number in range(PAGES):
        yield FIRST + dt.timedelta(days=number), f"Day {number} was fine.\n{WORDS}"


class Ours:
    """A vault of ten thousand pages and the command on it."""

    def __init__(self, home: Path) -> None:
        home.mkdir()
        self.vault = home / ".local/share/kinship/journal.kinship"
        state = home / ".local/state/kinship"
        made, _ = create_vault(self.vault, PASSPHRASE, state=state, clock=SystemClock(), cost=FLOOR)
        with Journal(made, SystemClock()) as journal:
            entries = (
                Entry(id=f"{number:032x}", at=at, zone="UTC", day=at.date(), body=body)
                for number, (at, body) in enumerate(_entries())
            )
            journal.take_in("benchmark", entries)
            journal.keep_page(PageText(body=NEW))
        secret = home / "passphrase"
        secret.write_text(PASSPHRASE)
        self._environment = {"HOME": str(home), "PATH": os.environ["PATH"], "KINSHIP_PASSPHRASE_FILE": str(secret)}
        self.run("list", "--limit", "1")

    @property
    def derivation(self) -> float:
        """CPU milliseconds of the key derivation that a command makes."""
        memory, passes = FLOOR.memory_kib, FLOOR.passes
        return median_cpu(lambda: crypto.argon2id(b"x", bytes(SALT_BYTES), memory, passes, LANES), RUNS)

    @property
    def size(self) -> int:
        return sum(file.stat().st_size for file in self.vault.rglob("*") if file.is_file())

    def run(self, *words: str, piped: str = "") -> str:
        command = [sys.executable, "-m", "kinship", *words]
        done = subprocess.run(
            command,
            input=piped.encode(),
            capture_output=True,
            check=True,
            env=self._environment,
            start_new_session=True,
        )
        return done.stdout.decode()


class Theirs:
    """An encrypted journal of jrnl with the same entries, encrypted by jrnl itself."""

    PASSWORD = "correct horse battery staple"

    def __init__(self, home: Path) -> None:
        home.mkdir()
        self.journal = home / "journal.txt"
        self._config = home / "jrnl.yaml"
        self._environment = {
            "HOME": str(home),
            "PATH": os.environ["PATH"],
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }
        plain = CONFIG.format(journal=self.journal).replace("encrypt: true", "encrypt: false")
        self._config.write_text(plain)
        self.journal.write_text("".join(f"[{at:%Y-%m-%d %I:%M:%S %p}] {body}\n\n" for at, body in _entries()))
        self.run("--encrypt", typed=[self.PASSWORD, self.PASSWORD, "n"])
        if not is_encrypted(self.journal.read_bytes()):
            raise RuntimeError("jrnl did not encrypt its journal")

    @property
    def derivation(self) -> float:
        """CPU milliseconds of one key derivation of jrnl."""
        return median_cpu(lambda: hashlib.pbkdf2_hmac("sha256", b"x", JRNL_SALT, JRNL_ROUNDS, 32), RUNS)

    def run(self, *words: str, typed: list[str] | None = None) -> None:
        command = [str(JRNL), "--config-file", str(self._config), *words]
        answers = "".join(f"{one}\n" for one in (typed or [self.PASSWORD]))
        subprocess.run(
            command,
            input=answers.encode(),
            capture_output=True,
            check=True,
            env=self._environment,
            start_new_session=True,
        )
