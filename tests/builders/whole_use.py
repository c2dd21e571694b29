"""A whole use of the program by somebody who types canaries everywhere: every command there is, then the keyboard."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from builders.installed import Ended, Machine
from builders.sweep import CANARIES
from builders.terminal import Terminal
from kinship.cli.root import COMMANDS

NAME, TAG, TITLE, SEARCH = CANARIES["name"], CANARIES["tag"], CANARIES["title"], CANARIES["search"]
BODY = f"{CANARIES['body']} with @{NAME}"
ANOTHER = CANARIES["another passphrase"]
READER = "age1mjpzf3llmcq2zja6sd30dpamekm5stzh7zy3v00va5npwf4trsaqqhyywd"
"""A public key of somebody who is sent a sealed file; it is swept like everything that was not asked for openly."""
Step = tuple[str, Ended]


def by_commands(person: Machine) -> list[Step]:
    """Run every command once at least, with a canary in each place a word can be put; return the command lines.

    A command that this does not know gets a canary as its argument. Fails where one that it knows does not end well.
    """
    done: list[Step] = []
    for words, ended in (*_of_words(person), *_of_files(person)):
        assert ended.code == 0, (words, ended)
        done.append((words, ended))
    seen = {words.split()[0] for words, _ in done}
    others = [name for name in COMMANDS if name not in seen and name != "new"]
    return done + [(name, person.run(name, SEARCH, piped=CANARIES["body"])) for name in others]


def _using(person: Machine) -> Callable[..., Step]:
    """Return what runs a command; a named secret is given in a pipe of its own (`new_passphrase`)."""

    def use(*words: str, piped: str = "", **secrets: str) -> Step:
        options = {f"--{name.replace('_', '-')}-fd": secret for name, secret in secrets.items()}
        return " ".join(words), person.run(*words, piped=piped, secrets=options)

    return use


def _of_words(person: Machine) -> Iterator[Step]:
    """Write, mark, read, search, count and draw."""
    use = _using(person)
    yield use("people", "add", NAME)
    first = use("write", "--title", TITLE, "--tag", TAG, "--with", NAME, piped=BODY)
    yield first
    id_ = first[1].out.strip()
    yield use("write", f"{CANARIES['body']} on the line", "--topic", TAG, "--mood", "6")
    yield use("support", NAME, "--gives", "listening", "--entry", id_)
    yield use("search", SEARCH)
    yield use("show", id_)
    yield use("search", f"tag:{TAG} person:{NAME} -{SEARCH} mood:>=2 or has:title", "--json")
    yield from _of_settings(use)
    yield from _of_finding(use)
    yield from _of_one_page(person)
    yield use("list", "--tag", TAG)
    yield use("list", "--person", NAME, "--json")
    yield use("people", "edit", NAME, "--ring", "inner", "--alias", CANARIES["alias"], "--notes", CANARIES["notes"])
    yield use("people", "show", NAME)
    for command in (
        ("measures",),
        ("without", NAME),
        ("compare", "2025-01-01", "today", "--json"),
        ("lookback", "2026-11", "--keep"),
    ):
        yield use(*command)
    yield use("checkin", "--mood", "6", "--feelings", "tired", "--pulse", "7,5,-")
    yield use("reflect", "val-heard", piped=f"6\n{CANARIES['answer']}\n{NAME}\n/stop\n")
    cards = person.home / "contacts.vcf"
    cards.write_text(f"BEGIN:VCARD\nVERSION:4.0\nFN:{CANARIES['contact']}\nEND:VCARD\n")
    yield use("import", "vcard", "contacts.vcf", "--all", "--yes")
    cards.unlink()
    diary = person.home / "journal.txt"
    diary.write_text(f"[2024-05-03 21:30] {BODY} *\n{CANARIES['note']} with @{CANARIES['contact']}\n")
    yield use("import", "jrnl", "journal.txt", "--yes", "--journal", CANARIES["label"])
    diary.unlink()
    yield use("appointments", "add", "Thursday 16:30", "--with", NAME, "--bring", CANARIES["answer"])
    yield use("appointments", "--json")
    yield from _of_hard_days(use)
    yield use("jot", piped=CANARIES["note"])
    yield use("jot", f"{CANARIES['note']} again")
    yield use("inbox")
    note = json.loads(person.run("inbox", "--json").out)[0]["id"]
    yield use("inbox", "show", note)
    yield use("inbox", "accept", note)
    yield use("inbox", "key")
    yield from _of_maps(use)
    yield use("map", "--format", "list", "--names", "full")
    yield use("compare", "yesterday", "today")
    yield use("compare", "2020-01-01", "today", "--json")
    yield use("without", NAME)
    yield use("without", NAME, "--as-of", "today", "--json")
    yield use("insights", "--json")
    for words in (("measures",), ("measures", "--weights", "--json")):
        yield use(*words)
    yield from _of_kept_maps(use)
    yield from _of_documents(use)
    yield use("demo", "--people", "5")


def _of_finding(use: Callable[..., Step]) -> Iterator[Step]:
    """Save a search, use it and delete it; look at a year and at this day in years before."""
    again = f"{TITLE} again"
    for words in (
        ("searches", "save", TITLE, SEARCH), ("searches", "rename", TITLE, again), ("search", "--saved", again),
        ("searches",), ("searches", "delete", again), ("year", "2026", SEARCH), ("on-this-day", "yesterday"),
    ):  # fmt: skip
        yield use(*words)


def _of_hard_days(use: Callable[..., Step]) -> Iterator[Step]:
    """Write the card, turn a switch, put a question away, and be asked."""
    yield use("card", "set", "people", NAME, CANARIES["answer"])
    yield use("card", "add", "helps", CANARIES["notes"])
    yield use("card", "set", "words", piped=CANARIES["body"])
    for words in (
        ("card", "--json"), ("prompts", "list"), ("prompts", "switches", "loss", "on", "--since", "yesterday"),
        ("prompts", "switches", "--json"), ("prompts", "away", "val-07"), ("today",),
    ):  # fmt: skip
        yield use(*words)
    yield use("checkin", piped=f"6\n3\n{CANARIES['answer']}\n")


def _of_maps(use: Callable[..., Step]) -> Iterator[Step]:
    """Let the map out in every format, sealed too."""
    for form in ("svg", "html", "csv", "graphml", "json", "text", "list"):
        yield use("map", "--format", form, "--output", f"map.{form}")
    yield use("map", "--output", "map.pdf", "--title", "A map", "--caption", "As of then")
    yield use("map", "--output", "sealed.html", "--names", "full", "--include", "notes", "--yes", "--seal-to", READER)
    yield use("map", "--names", "full", "--preview")


def _of_kept_maps(use: Callable[..., Step]) -> Iterator[Step]:
    """Keep a map, look at it, compare it, delete it and bring it back."""
    kept = use("snapshots", "keep", "--title", TITLE)
    yield kept
    id_ = kept[1].out.strip()
    for words in (
        ("list",), ("show", TITLE), ("show", id_, "--json", "--names", "full"), ("rename", id_, f"{TITLE} again"),
        ("compare", id_), ("delete", id_), ("delete", "--undo", id_),
    ):  # fmt: skip
        yield use("snapshots", *words)


def _of_documents(use: Callable[..., Step]) -> Iterator[Step]:
    """Let a sheet, a person's page and a book out: the sealed one with every name."""
    yield use("share", "visit", "--since", "2025-01-01", "--output", "visit.pdf", "--say", "how it went")
    yield use("share", "person", NAME, "--output", "person.html", "--include", "days")
    everything = ("--names", "full", "--yes", "--include", "notes", "--include", "moods", "--seal-to", READER)
    yield use("share", "book", f"tag:{TAG}", "--output", "book.html", *everything)
    yield use("share", "book", "--preview")


def _of_settings(use: Callable[..., Step]) -> Iterator[Step]:
    """Set what is private and what is not, and look at it."""
    yield use("settings", "set", "own_name", "-", piped=NAME)
    yield use("settings", "set", "device_name", NAME)
    yield use("settings", "set", "keys.veil", "f9")
    yield use("settings", "show", "--own")
    yield use("where", "--json")
    yield use("completion", "bash")


def _of_one_page(person: Machine) -> Iterator[Step]:
    """Edit, restore, delete and bring back a page, and let pages out: into files that are then taken away."""
    use = _using(person)
    first = use("write", piped=CANARIES["note"])
    yield first
    id_ = first[1].out.strip()
    yield use("edit", id_, piped=f"{BODY} again")
    yield use("history", id_)
    yield use("history", id_, "--restore", "1")
    yield use("delete", id_)
    yield use("delete", "--undo", id_)
    yield use("edit", id_, "--title", f"{TITLE} again", "--date", "yesterday", "--tag", TAG, "--star")
    yield use("history", id_, "--words")
    yield use("delete", id_)
    yield use("templates", "add", CANARIES["label"], "--journal", CANARIES["label"], piped=CANARIES["note"])
    yield use("templates")
    yield use("templates", "edit", CANARIES["label"], piped=f"{CANARIES['note']} with @{NAME}")
    yield use("write", "--template", CANARIES["label"], piped=CANARIES["answer"])
    yield use("templates", "delete", CANARIES["label"])
    yield use("journals")
    yield use("journals", "rename", CANARIES["label"], f"{CANARIES['label']} again")
    yield use("export", "text", "-", f"tag:{TAG}")
    yield use("export", "markdown", "pages", "--names", "full", "--yes")
    yield use("export", "json", "pages/all.json", "--yes")
    yield use("import", "json", "pages/all.json", "--yes")
    shutil.rmtree(person.home / "pages")


def _of_files(person: Machine) -> Iterator[Step]:
    """Look after the vault, its copies and its keys."""
    use = _using(person)
    yield use("conflicts")
    yield use("verify")
    yield use("doctor")
    yield use("privacy")
    yield use("backup")
    yield use("restore", "--dry-run")
    yield use("tidy")
    yield use("purge", "--remove-older")
    yield use("unlock", "add", "passphrase", "--label", CANARIES["label"], new_passphrase=ANOTHER)
    yield use("unlock", "list")
    yield use("recovery", "show")
    yield use("rotate", "moved.kinship", new_passphrase=ANOTHER)
    yield use("write", piped=BODY)
    for more in (("--dry-run",), ()):
        yield use("import", "vault", "moved.kinship", *more, old_passphrase=ANOTHER)
    yield use("vaults", "--json")
    yield use("vaults", "move", "again.kinship", "--vault", "moved.kinship")
    yield use("vaults", "remove", "--confirm", "again.kinship", "--vault", "again.kinship")
    yield use("passphrase", "suggest")
    yield use("passphrase", "change", new_passphrase=person.passphrase)


def by_keyboard(terminal: Terminal) -> None:
    """Write a page, leave another as a draft, search, look at the map and write it to a file."""
    terminal.press("w")
    terminal.wait_for("only the page")
    terminal.press(f"{CANARIES['note']} and @{NAME} #{TAG}")
    terminal.wait_for(TAG)
    terminal.press("esc", "esc")
    terminal.wait_for("Lately")
    terminal.press("p", "/", SEARCH)
    terminal.wait_for(SEARCH)
    terminal.press("esc", "esc", "esc")
    terminal.wait_for("Lately")
    terminal.press("ctrl+p", SEARCH, "esc")
    terminal.wait_for("Lately")
    terminal.press("c")
    terminal.wait_for("as of")
    terminal.press("e")
    terminal.wait_for("What leaves")
    terminal.press("esc", "esc")
    terminal.wait_for("Lately")
    terminal.press("w")
    terminal.wait_for("only the page")
    terminal.press(CANARIES["draft"])
    terminal.wait_for(r"kept \d\d:\d\d")


def exports_of(person: Machine) -> list[Path]:
    """Return the files and the folder that were asked for: they may hold what the person chose to let out."""
    return [*sorted(person.home.glob("map.*")), person.home / "pages"]
