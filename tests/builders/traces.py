"""What a program and its children ask of the system, as strace saw it: what is written where, and which sockets."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

STRACE = shutil.which("strace")
WITHOUT = "strace is not installed"
_MAKING = "mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mknod,mknodat,truncate"
_CALLS = f"open,openat,openat2,creat,{_MAKING},socket,socketpair,connect,bind,chdir,execve"
_LINE = re.compile(r"(?P<pid>\d+) +(?P<call>\w+)\((?P<told>.*)\) += (?P<result>-?\d+)(?:<(?P<path>.*)>)?")
_BEGUN = re.compile(r"(?P<pid>\d+) +(?P<start>.*) <unfinished \.\.\.>$")
_GOES_ON = re.compile(r"(?P<pid>\d+) +<\.\.\. \w+ resumed>(?P<rest>.*)$")
_QUOTED = re.compile(r'(?:(?:AT_FDCWD|\d+)<(?P<folder>[^>]*)>, )?"(?P<path>(?:[^"\\]|\\.)*)"')
_WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|O_TMPFILE")
_LAST_IS_NEW = frozenset({"rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat"})


@dataclass(frozen=True)
class Trace:
    """Every path that was opened for writing, made or moved to, every socket, and every program started."""

    written: frozenset[str]
    sockets: frozenset[str]
    """The call and its family and type: `socketpair AF_UNIX SOCK_STREAM`."""
    programs: frozenset[str]
    calls: int

    def outside(self, allowed: Iterable[str | Path]) -> list[str]:
        """Return the writes that lie neither at nor below one of the places."""
        places = [str(place) for place in allowed]
        return sorted(
            path for path in self.written if not any(path == one or path.startswith(f"{one}/") for one in places)
        )


def tracing(file: Path) -> tuple[str, ...]:
    """Return what is put before a command so that strace writes down what it does; more runs add to the file."""
    if STRACE is None:
        raise FileNotFoundError(WITHOUT)
    return (STRACE, "-f", "-y", "-A", "-s", "4096", "-e", f"trace={_CALLS}", "-e", "signal=none", "-o", str(file))


def read_trace(file: Path, start: Path) -> Trace:
    """Return what stands in a trace of runs that began in the folder `start`."""
    written, sockets, programs, calls = set(), set(), set(), 0
    places: dict[str, str] = {}
    for line in _whole(file.read_text("utf-8", "replace").splitlines()):
        found = _LINE.match(line)
        if found is None:
            continue
        calls += 1
        pid, call, told = found["pid"], found["call"], found["told"]
        if int(found["result"]) < 0 and call != "socket":
            continue
        paths = [_path(one, places.get(pid, str(start))) for one in _QUOTED.finditer(told)]
        if call == "chdir":
            places[pid] = paths[0]
        elif call == "execve":
            programs.add(paths[0])
        elif call in ("socket", "socketpair", "connect", "bind"):
            sockets.add(" ".join([call, *re.findall(r"\b(?:AF|SOCK)_[A-Z0-9]+\b", told)[:2]]))
        elif call.startswith("open") or call == "creat":
            if call == "creat" or _WRITING.search(told.rpartition('"')[2]):
                written.add((found["path"] or paths[0]).removesuffix(" (deleted)"))
        elif paths:
            written.add(paths[-1] if call in _LAST_IS_NEW else paths[0])
    return Trace(frozenset(written), frozenset(sockets), frozenset(programs), calls)


def _whole(lines: Iterable[str]) -> Iterator[str]:
    """Yield each call on one line; one that another process came between stands on two."""
    begun: dict[str, str] = {}
    for line in lines:
        if (start := _BEGUN.match(line)) is not None:
            begun[start["pid"]] = start["start"]
        elif (rest := _GOES_ON.match(line)) is not None:
            yield f"{rest['pid']} {begun.pop(rest['pid'], '')}{rest['rest']}"
        else:
            yield line


def _path(quoted: re.Match[str], place: str) -> str:
    """Return an absolute path: below the folder that stands before it, or else where the process is."""
    path = PurePosixPath(quoted["folder"] or place, quoted["path"].encode().decode("unicode_escape", "replace"))
    parts: list[str] = []
    for part in path.parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return str(PurePosixPath(*parts))
