"""A computer for the privacy checks that stands still: every file, owner and answer is what a test says."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kinship.privacy.machine import Seen
from kinship.privacy.place_checks import Around

HOME = Path("/home/ana")
AROUND = Around(
    vault=HOME / "data/journal.kinship",
    state=HOME / "state/kinship",
    config=HOME / "config/kinship",
    backups=HOME / "state/kinship/abc/backups",
)
ANA, ROOT, SOMEBODY = 1000, 0, 1001
FOLDER, FILE = stat.S_IFDIR | 0o700, stat.S_IFREG | 0o600
ON_LUKS = "25 1 253:1 / / rw,relatime shared:1 - ext4 /dev/mapper/root rw\n30 25 0:25 / /dev/shm rw - tmpfs tmpfs rw\n"


@dataclass
class Computer:
    """A Linux laptop with an encrypted drive and no swap, on which nothing is to be found; change what matters."""

    files: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, Seen] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    answers: dict[tuple[str, ...], str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=lambda: {"HOME": str(HOME), "TERM": "xterm-256color"})
    system: str = "linux"
    user: int = ANA
    core: int | None = 0

    def __post_init__(self) -> None:
        fine = {
            "/proc/sys/kernel/core_pattern": "core\n",
            "/proc/sys/kernel/yama/ptrace_scope": "1\n",
            "/proc/swaps": "Filename Type Size Used Priority\n",
            "/proc/self/mountinfo": ON_LUKS,
            "/proc/self/environ": "HOME=/home/ana\0TERM=xterm",
            "/proc/self/stat": "77 (python3) S 76 77",
            "/proc/76/stat": "76 (zsh) S 1 76",
            "/proc/76/comm": "zsh\n",
            "/sys/class/block/dm-0/dm/uuid": "CRYPT-LUKS2-abc-root\n",
            "/sys/class/block/dm-0/slaves/nvme0n1p3/dev": "",
            "/sys/class/block/nvme0n1p2/dev": "",
            str(HOME / ".zsh_history"): ": 1700000000:0;ls\n: 1700000001:0;kinship\n: 1700000002:0;kinship write\n",
        }
        self.files = fine | self.files
        mine = (AROUND.vault, AROUND.vault / "log", AROUND.state, AROUND.config, HOME, HOME / "data")
        self.kinds = {
            **{str(path): Seen(ANA, FOLDER) for path in mine},
            str(AROUND.vault / "vault.kin"): Seen(ANA, FILE),
            "/home": Seen(ROOT, stat.S_IFDIR | 0o755),
            "/": Seen(ROOT, stat.S_IFDIR | 0o755),
            **self.kinds,
        }
        self.links = {"/dev/mapper/root": "/dev/dm-0", "/dev/mapper/swap": "/dev/dm-1", **self.links}

    def read(self, path: str | Path) -> str | None:
        return self.files.get(str(path))

    def names(self, folder: str | Path) -> tuple[str, ...] | None:
        start = str(folder).rstrip("/") + "/"
        below = {path[len(start) :].partition("/")[0] for path in (*self.files, *self.kinds) if path.startswith(start)}
        return tuple(sorted(below - {""})) or None

    def seen(self, path: str | Path) -> Seen | None:
        return self.kinds.get(str(path))

    def real(self, path: str | Path) -> Path:
        return Path(self.links.get(str(path), str(path)))

    def core_limit(self) -> int | None:
        return self.core

    def ask(self, *words: str) -> str | None:
        return self.answers.get(words)


def mac(**answers: str) -> Computer:
    """Return a Mac, which has none of the files of Linux; `sysctl` and `fdesetup` answer as they are told to."""
    asked = {
        "sysctl": ("/usr/sbin/sysctl", "-n", "vm.swapusage"),
        "fdesetup": ("/usr/bin/fdesetup", "status"),
        "ps": ("/bin/ps", "-axco", "comm"),
    }
    computer = Computer(system="darwin", answers={asked[name]: told for name, told in answers.items()})
    computer.files = {path: told for path, told in computer.files.items() if path.startswith(str(HOME))}
    return computer
