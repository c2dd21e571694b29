"""A page in another editor, for who asks for it in the settings: in memory only, and nothing of it stays.

Three things keep the words together. The file lies in a folder of a memory file system that only its owner can enter,
which is wiped afterwards. The editor is told to keep no swap, backup, undo and history files. And it runs without the
person's own configuration, with home and every folder for its own files inside that folder: a plugin that would keep
or send what is written is never loaded.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import stat
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from kinship.ground.errors import Misused, Refused
from kinship.privacy.mounts import read_mounts
from kinship.privacy.throw_away import throw_away, true_memory

FROM_ENVIRONMENT = "environment"
"""The setting that takes the editor of $VISUAL or $EDITOR."""
MOST_BYTES = 16 * 1024 * 1024
HOME = "{home}"
"""In a flag: the folder that the editor takes for its home."""

_VIM = "silent! set nobackup nowritebackup noswapfile modelines=0 linebreak | silent! set noundofile"
_EMACS = (
    "(setq make-backup-files nil auto-save-default nil auto-save-list-file-prefix nil create-lockfiles nil"
    " select-enable-clipboard nil delete-by-moving-to-trash nil)"
)
KNOWN: Mapping[str, tuple[str, ...]] = {
    "vim": (
        "-n", "-N", "-u", "NONE", "-U", "NONE", "-i", "NONE", "--noplugin", "-c", f"{_VIM} | silent! set viminfo=",
    ),
    "nvim": ("--clean", "-n", "-i", "NONE", "-c", f"{_VIM} | silent! set shadafile=NONE"),
    "nano": ("--ignorercfiles", "--nowrap"),
    "emacs": ("-nw", "-Q", "--eval", _EMACS),
    "micro": (
        "-config-dir", HOME, "-backup", "false", "-savehistory", "false", "-saveundo", "false", "-savecursor", "false",
        "-clipboard", "internal", "-softwrap", "true",
    ),
    "hx": ("-c", "/dev/null", "--log", "/dev/null"),
    "kak": ("-n",),
}  # fmt: skip
"""Editors and the flags that keep them from leaving copies, by the names of their programs."""
_ALSO = {"helix": "hx", "kakoune": "kak", "neovim": "nvim"}
_PASSED_ON = frozenset({"PATH", "TERM", "COLORTERM", "LANG", "LANGUAGE", "TZ", "TERMINFO", "TERMINFO_DIRS"})
_PAGE = "page.md"
_NOT_MEMORY = "There is no folder in memory on this computer, so another editor would write your words to the disk."


class Editor(NamedTuple):
    """A program and the flags it is started with."""

    program: str
    flags: tuple[str, ...]


def find_editor(setting: str, flags: Sequence[str] | None, environment: Mapping[str, str]) -> Editor:
    """Return the editor that the setting names, with what keeps it from leaving copies, and `flags` after that.

    Raises Misused where none is set, where it is not installed, or where kinship does not know it and no flags of the
    person's own (an empty list will do) say that they do.
    """
    if not setting:
        raise Misused(
            "No other editor is set.", 'Put editor = "vim" into the settings; docs/privacy.md says what it costs.'
        )
    words = [setting]
    if setting == FROM_ENVIRONMENT:
        try:
            words = shlex.split(environment.get("VISUAL") or environment.get("EDITOR") or "")
        except ValueError:
            words = []
        if not words:
            raise Misused("Neither VISUAL nor EDITOR names an editor.", 'Name it in the settings: editor = "vim"')
    program = shutil.which(words[0], path=environment.get("PATH"))
    if program is None:
        raise Misused(f"The editor {words[0]} is not installed here.")
    known = _known(Path(program))
    if known is None and flags is None:
        raise Misused(
            f"kinship does not know how {words[0]} is kept from leaving copies of what you write.",
            f"Use one of {', '.join(KNOWN)}, or put your own editor_flags into the settings (they may be []).",
        )
    return Editor(program, (*(known or ()), *words[1:], *(flags or ())))


def _known(program: Path) -> tuple[str, ...] | None:
    """Return the flags of a known program, by its own name or that of what it is a link to (`vi`, `vim.basic`)."""
    for name in (program.name, program.resolve().name):
        plain = _ALSO.get(name, name)
        if plain.startswith(("vim.", "emacs-")):
            plain = plain.replace("-", ".").partition(".")[0]
        if plain in KNOWN:
            return KNOWN[plain]
    return None


def edit_elsewhere(text: str, editor: Editor, environment: Mapping[str, str], *, mounts: str | None = None) -> str:
    """Let the person edit `text` in `editor`, on the terminal of this program, and return what it saved.

    Raises Refused where there is no memory file system, Misused where the editor cannot be started or left no text.
    """
    place = true_memory(environment, read_mounts() if mounts is None else mounts)
    if place is None:
        raise Refused(_NOT_MEMORY, "Write in kinship, or give the text on standard input.")
    with throw_away("editor", place) as folder:
        page, home = folder / _PAGE, folder / "home"
        home.mkdir(mode=0o700)
        _write(page, text.encode("utf-8", "replace"))
        words = [editor.program, *(flag.replace(HOME, str(home)) for flag in editor.flags), str(page)]
        _run(words, folder, _surroundings(environment, home))
        return _read(page, text)


def _surroundings(environment: Mapping[str, str], home: Path) -> dict[str, str]:
    """Return the environment of the editor: what a terminal needs, and every folder of its own inside `home`."""
    kept = {name: told for name, told in environment.items() if name in _PASSED_ON or name.startswith("LC_")}
    folders = ("HOME", "TMPDIR", "TMP", "TEMP", "XDG_RUNTIME_DIR")
    return kept | dict.fromkeys(folders, str(home))


def _write(page: Path, data: bytes) -> None:
    descriptor = os.open(page, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)


def _read(page: Path, before: str) -> str:
    """Return what stands in the file now, `before` where it is gone."""
    try:
        descriptor = os.open(page, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return before
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return before
        told = file.read(MOST_BYTES + 1)
    if len(told) > MOST_BYTES:
        raise Misused("What the editor saved is longer than an entry can be (16 MiB).")
    return told.decode("utf-8", "replace").removesuffix("\n")


def _run(words: Sequence[str], folder: Path, surroundings: Mapping[str, str]) -> None:
    """Run the editor until it ends, and leave the terminal as it was."""
    with _terminal_kept(), _undisturbed() as told:
        try:
            editor = subprocess.Popen(words, cwd=folder, env=surroundings)  # noqa: S603 - asked for in settings
        except OSError as error:
            raise Misused(f"The editor {Path(words[0]).name} could not be started.") from error
        with editor:
            told(editor)
            editor.wait()


@contextlib.contextmanager
def _undisturbed() -> Iterator[Callable[[subprocess.Popen[bytes]], None]]:
    """Let no key, closed terminal or wish to end take this program away from an editor: it is told, and ends first.

    Yields what the editor is given to once it runs; what came before that is passed on then. That nothing stops it
    (ctrl+z) is inherited by the editor: nobody would be there to let it go on. Whoever else waited for a signal gets it
    afterwards.
    """
    editors: list[subprocess.Popen[bytes]] = []
    seen: list[int] = []

    def tell(number: int, _frame: FrameType | None) -> None:
        """Pass a signal on; a handler, and not SIG_IGN, since the editor would inherit that."""
        seen.append(number)
        for editor in editors:
            editor.send_signal(number)

    def begin(editor: subprocess.Popen[bytes]) -> None:
        editors.append(editor)
        for number in seen:
            editor.send_signal(number)

    before = {one: signal.signal(one, tell) for one in (signal.SIGHUP, signal.SIGTERM)}
    before[signal.SIGINT] = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    before[signal.SIGTSTP] = signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    try:
        yield begin
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
        for number in dict.fromkeys(seen):
            if callable(before[signal.Signals(number)]):
                os.kill(os.getpid(), number)


@contextlib.contextmanager
def _terminal_kept() -> Iterator[None]:
    """Give the terminal back as it was: an editor that was killed leaves it without echo."""
    import termios  # noqa: PLC0415 - only around an editor

    try:
        before = termios.tcgetattr(0)
    except termios.error:
        before = None
    try:
        yield
    finally:
        if before is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(0, termios.TCSADRAIN, before)
