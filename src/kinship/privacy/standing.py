"""`kinship privacy` in words: what is protected, what is not, and how a computer stands."""

from __future__ import annotations

from kinship.privacy.machine import Line, Machine, State
from kinship.privacy.memory_checks import memory_lines
from kinship.privacy.place_checks import Around, place_lines
from kinship.privacy.screen_checks import screen_lines

PROTECTED = (
    "Everything you write is encrypted before it reaches a disk, drafts and quick notes too; there is no other mode.",
    "Whoever has only the folder (a thief, a syncer, another user of this computer) sees sizes and times, no words.",
    "A changed, shortened or swapped file is found and named; nothing unreadable is taken for empty.",
    "A crash report names the place in the program, never a word of yours. Nothing is logged, and no network is used.",
    "Text from outside, pasted or imported, cannot give orders to your terminal.",
    "What you export is yours alone (mode 0600), leaves names out unless you ask, and is never written by itself.",
)
NOT_PROTECTED = (
    "Malware, or whoever is root, on this computer while the journal is unlocked: it can read what you read.",
    "Somebody who can make you type the passphrase.",
    "A kinship, Python or system that somebody has tampered with, and a terminal that is hostile.",
    "Memory that the system moves to swap or writes when it hibernates: Python cannot prevent that.",
    "Old copies (backups, syncers, git, snapshots): they open with the old passphrase and keep what was deleted.",
    "Pictures of the screen, people behind you, and what a terminal multiplexer or recorder keeps of what it showed.",
    "Words that you put on the command line: other programs see them, and the shell's history keeps them.",
    "What you copy, print or export: it has left kinship.",
    "That kinship is used at all, when, and about how much is written.",
    "A passphrase that can be guessed: the folder can be tried elsewhere for as long as somebody likes.",
)
_ORDER = (State.LOOK, State.UNKNOWN, State.FINE)


def look_around(machine: Machine, around: Around) -> tuple[Line, ...]:
    """Return how `machine` stands: what deserves a look first, then what cannot be known, then what is fine."""
    lines = (*memory_lines(machine, around.vault), *screen_lines(machine), *place_lines(machine, around))
    return tuple(sorted(lines, key=lambda line: _ORDER.index(line.state)))
