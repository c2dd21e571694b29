"""Who else sees the screen: the terminal and what records it, the clipboard, the shell's history, the environment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kinship.privacy.machine import Line, Machine, State

TERMINAL = "the terminal"
RECORDER = "scrollback and logs"
CLIPBOARD = "the clipboard"
HISTORY = "the shell's history"
ENVIRONMENT = "the environment"

_RECORDERS = frozenset({"script", "asciinema", "ttyrec", "tlog-rec-session", "tlog-rec", "termrec", "scriptreplay"})
_KEEPING = {
    "Apple_Terminal": "Terminal keeps what a window showed and brings it back (Settings, Profiles, Window)",
    "iTerm.app": "iTerm2 can record what a window showed (Instant Replay, logging)",
    "WarpTerminal": "Warp keeps blocks of what was shown and may send them to its makers",
    "vscode": "the terminal of the code editor keeps what it showed and brings it back",
}
_CLIPBOARD_KEEPERS = frozenset({
    "copyq", "clipman", "clipit", "parcellite", "klipper", "plasmashell", "gpaste-daemon", "diodon", "greenclip",
    "cliphist", "clipmenud", "clipcatd", "clipse", "xfce4-clipman", "xfce4-clipman-p", "wl-paste", "ditto", "Maccy",
    "Paste", "CopyClip", "Flycut", "Alfred", "Raycast", "Pastebot",
})  # fmt: skip
"""Names of programs that keep what is copied, as `ps` shows them."""
_HISTORIES = (".bash_history", ".zsh_history", ".zhistory", ".histfile", ".local/share/fish/fish_history")
_WITH_WORDS = re.compile(
    r"\bkinship\s+(?:(?:write|jot|search|edit|without)|people\s+\w+|support)\s+(?!-(?:h\b|-help\b))\S|\bkinship\b.*--with\s"
)
"""A command line that carries somebody's words or a name."""
_DEEPEST = 32
_INTO_PYTHON = ("PYTHONPATH", "PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONHOME", "LD_PRELOAD", "DYLD_INSERT_LIBRARIES")


def screen_lines(machine: Machine) -> Iterator[Line]:
    """Yield what stands between the screen and the disk, as far as it can be seen."""
    yield from _terminal(machine)
    yield _recorder(machine)
    yield _clipboard(machine)
    yield _history(machine)
    yield _environment(machine)


def _terminal(machine: Machine) -> Iterator[Line]:
    told = machine.environment
    if _in_windows(machine):
        sentence = "This is Linux inside Windows (WSL): Windows sees its screen, its files and its memory."
        yield Line(TERMINAL, State.LOOK, sentence, "Encrypt the Windows drive, and turn its clipboard history off.")
    if told.get("SSH_CONNECTION") or told.get("SSH_TTY"):
        sentence = "You came over SSH: what is shown also passes through the computer that you sit at."
        yield Line(TERMINAL, State.LOOK, sentence, "Trust that computer as you trust this one.")
    program = told.get("TERM_PROGRAM", "")
    if program in _KEEPING:
        yield Line(TERMINAL, State.LOOK, f"{_KEEPING[program]}.", "Turn that off for the window you write in.")
    else:
        what = told.get("TERM") or "none"
        sentence = f"What your terminal (TERM is {what}) keeps of what it shows cannot be seen; a hostile one sees all."
        yield Line(TERMINAL, State.UNKNOWN, sentence, "Close the window after reading, and take no pictures of it.")


def _in_windows(machine: Machine) -> bool:
    version = machine.read("/proc/version") or ""
    return "WSL_DISTRO_NAME" in machine.environment or "microsoft" in version.lower()


def _recorder(machine: Machine) -> Line:
    recorder = next((name for name in _ancestors(machine) if name in _RECORDERS), None)
    if recorder is not None or machine.environment.get("ASCIINEMA_REC"):
        sentence = f"This terminal is being recorded by {recorder or 'asciinema'}: all that is shown goes into a file."
        return Line(RECORDER, State.LOOK, sentence, "Leave the recording before you open the journal.")
    if machine.environment.get("TMUX"):
        piped = (machine.ask("tmux", "display-message", "-p", "#{pane_pipe}") or "").strip()
        if piped == "1":
            sentence = "tmux pipes this pane into a command (pipe-pane): all that is shown goes there."
            return Line(RECORDER, State.LOOK, sentence, "Stop it with: tmux pipe-pane")
        sentence = "You are in tmux: it keeps what commands print, and whoever attaches sees the screen."
        return Line(RECORDER, State.LOOK, sentence, "After plain commands: tmux clear-history")
    if machine.environment.get("STY"):
        sentence = "You are in GNU screen: it keeps what commands print; whether it also logs cannot be seen from here."
        return Line(RECORDER, State.LOOK, sentence, "Turn logging off with ctrl+a H, and use the full screen.")
    if machine.environment.get("ZELLIJ"):
        sentence = "You are in zellij: it keeps what commands print, and can bring a session back."
        return Line(RECORDER, State.LOOK, sentence, "Turn session_serialization off in its settings.")
    sentence = "No recorder was found. The full screen leaves nothing in the scrollback, plain commands do."
    return Line(RECORDER, State.UNKNOWN, sentence, "Clear the scrollback after commands that print pages.")


def _ancestors(machine: Machine) -> Iterator[str]:
    """Yield the names of the programs that this one was started from, nearest first, as far as Linux shows them."""
    process = "self"
    for _ in range(_DEEPEST):
        told = machine.read(f"/proc/{process}/stat")
        if told is None or ")" not in told:
            return
        name, _, rest = told.partition("(")[2].rpartition(")")
        yield name
        process = rest.split()[1]
        if process in ("0", "1"):
            return


def _clipboard(machine: Machine) -> Line:
    running = _processes(machine)
    kept = sorted(running & _CLIPBOARD_KEEPERS) if running is not None else []
    if kept:
        sentence = f"{kept[0]} is running and keeps what is copied."
        return Line(CLIPBOARD, State.LOOK, sentence, "Copy nothing from the journal, or clear its history afterwards.")
    if _in_windows(machine):
        sentence = "What is copied goes to the clipboard of Windows, which may keep it and share it (Win+V)."
        return Line(CLIPBOARD, State.LOOK, sentence, "Turn the clipboard history of Windows off.")
    found = "No program that keeps what is copied was found" if running is not None else "The programs cannot be listed"
    sentence = f"{found}; desktops and telephones may keep it all the same. kinship copies only when you ask."
    return Line(CLIPBOARD, State.UNKNOWN, sentence, "Copy something else afterwards.")


def _processes(machine: Machine) -> frozenset[str] | None:
    if machine.system == "darwin":
        told = machine.ask("/bin/ps", "-axco", "comm")
        return frozenset(told.splitlines()) if told is not None else None
    numbers = [name for name in machine.names("/proc") or () if name.isdigit()]
    found = [machine.read(f"/proc/{number}/comm") for number in numbers]
    return frozenset(name.strip() for name in found if name is not None) if numbers else None


def _history(machine: Machine) -> Line:
    told = machine.environment
    home = Path(told.get("HOME", "/nowhere"))
    places = [home / name for name in _HISTORIES]
    if told.get("HISTFILE"):
        places.insert(0, Path(told["HISTFILE"]))
    read = {place: machine.read(place) for place in dict.fromkeys(places)}
    for place, lines in read.items():
        number = sum(_WITH_WORDS.search(line) is not None for line in (lines or "").splitlines())
        if number:
            these = f"{number} commands of kinship stand" if number > 1 else "One command of kinship stands"
            sentence = f"{these} in {place} with words behind {'them' if number > 1 else 'it'}."
            return Line(HISTORY, State.LOOK, sentence, "Remove the lines, and give words on standard input instead.")
    if any(lines is not None for lines in read.values()):
        return Line(HISTORY, State.FINE, "No command of kinship with words stands in the shell's history on the disk.")
    sentence = "No history of a shell was found; one that is still open may write its own when it ends."
    return Line(HISTORY, State.UNKNOWN, sentence)


def _environment(machine: Machine) -> Line:
    started_with = machine.read("/proc/self/environ")
    names = {one.partition("=")[0] for one in (started_with or "").split("\0")} | set(machine.environment)
    into = [name for name in _INTO_PYTHON if name in names]
    if into:
        sentence = f"{into[0]} is set: it can bring other people's code into this program."
        return Line(ENVIRONMENT, State.LOOK, sentence, f"If you did not set it yourself, find out who did: {into[0]}")
    textual = sorted(name for name in names if name.startswith("TEXTUAL"))
    if textual:
        sentence = f"{textual[0]} is set, which could log every key; kinship drops it before it draws anything."
        return Line(ENVIRONMENT, State.LOOK, sentence, f"unset {' '.join(textual)}")
    if started_with is None and machine.system != "linux":
        return Line(ENVIRONMENT, State.FINE, "Nothing that logs keys is in the environment.")
    return Line(ENVIRONMENT, State.FINE, "Nothing that logs keys or brings foreign code is in the environment.")
