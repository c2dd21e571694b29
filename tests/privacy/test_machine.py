"""What `kinship privacy` says of a computer follows from what can be seen there, and unknown is said as unknown."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from builders.computers import ANA, AROUND, HOME, ON_LUKS, ROOT, SOMEBODY, Computer, mac
from kinship.privacy import memory_checks as memory
from kinship.privacy import place_checks as places
from kinship.privacy import screen_checks as screen
from kinship.privacy.machine import Line, Seen, State, ThisMachine
from kinship.privacy.standing import look_around

LOOK, FINE, UNKNOWN = State.LOOK, State.FINE, State.UNKNOWN


def line_of(computer: Computer, about: str, around: places.Around = AROUND) -> Line:
    """Return the one line about a thing."""
    (found,) = [line for line in look_around(computer, around) if line.about == about]
    return found


def with_file(path: str, told: str | None) -> Computer:
    computer = Computer()
    computer.files.pop(path, None)
    if told is not None:
        computer.files[path] = told
    return computer


def with_environment(**told: str) -> Computer:
    return Computer(environment={"HOME": str(HOME), "TERM": "xterm", **told})


def test_a_well_kept_laptop_has_nothing_to_look_at() -> None:
    assert [line.sentence for line in look_around(Computer(), AROUND) if line.state is LOOK] == []


def test_what_deserves_a_look_stands_first_and_what_is_fine_last() -> None:
    computer = Computer(user=ROOT, core=-1)
    states = [line.state for line in look_around(computer, AROUND)]
    assert states == sorted(states, key=[LOOK, UNKNOWN, FINE].index)
    assert states[0] is LOOK


def test_every_line_has_a_sentence_and_what_deserves_a_look_has_one_remedy() -> None:
    for computer in (
        Computer(),
        Computer(user=SOMEBODY),
        mac(),
        Computer(files={"/proc/swaps": "a\n/swap file 1 0 1\n"}),
    ):
        for line in look_around(computer, AROUND):
            assert line.sentence.endswith((".", ")"))
            assert line.remedy or line.state is not LOOK
            assert "\n" not in line.sentence + line.remedy


@pytest.mark.parametrize(
    ("pattern", "core", "state", "word"),
    [
        ("core", 0, FINE, "forbids"),
        ("core", -1, LOOK, "may land in a file"),
        ("|/usr/lib/systemd/systemd-coredump %P", 0, LOOK, "systemd-coredump"),
        ("|/usr/share/apport/apport -p%p", 0, LOOK, "apport"),
    ],
)
def test_core_dumps_follow_the_pattern_and_the_limit(pattern: str, core: int, state: State, word: str) -> None:
    found = line_of(Computer(files={"/proc/sys/kernel/core_pattern": f"{pattern}\n"}, core=core), memory.CORE)
    assert found.state is state
    assert word in found.sentence


@pytest.mark.parametrize(("scope", "state"), [("0", LOOK), ("1", FINE), ("3", FINE), (None, UNKNOWN)])
def test_memory_follows_the_ptrace_scope(scope: str | None, state: State) -> None:
    assert line_of(with_file("/proc/sys/kernel/yama/ptrace_scope", scope), memory.READING).state is state


def test_root_is_told_that_root_reads_everything() -> None:
    assert line_of(Computer(user=ROOT), memory.READING).state is LOOK


@pytest.mark.parametrize(
    ("place", "files", "state"),
    [
        (None, {}, FINE),
        ("/dev/zram0", {}, FINE),
        ("/dev/zram0", {"/sys/block/zram0/backing_dev": "/dev/nvme0n1p2\n"}, LOOK),
        ("/dev/nvme0n1p2", {}, LOOK),
        ("/dev/dm-0", {}, FINE),
        ("/dev/mapper/swap", {"/sys/class/block/dm-1/dm/uuid": "LVM-x", "/sys/class/block/dm-1/slaves/dm-0": ""}, FINE),
        ("/dev/mapper/swap", {"/sys/class/block/dm-1/dm/uuid": "LVM-x"}, LOOK),
        ("/dev/sdz9", {}, UNKNOWN),
        ("/swapfile", {}, FINE),
        ("/swapfile", {"/proc/self/mountinfo": "25 1 8:2 / / rw - ext4 /dev/nvme0n1p2 rw\n"}, LOOK),
        ("/swapfile", {"/proc/self/mountinfo": "25 1 0:9 / / rw - overlay overlay rw\n"}, UNKNOWN),
    ],
    ids=[
        "none",
        "zram",
        "zram on disk",
        "plain",
        "luks",
        "lvm on luks",
        "lvm",
        "gone",
        "file",
        "plain file",
        "overlay",
    ],
)
def test_swap_is_followed_down_to_what_it_lies_on(place: str | None, files: dict[str, str], state: State) -> None:
    table = "Filename Type Size Used Priority\n" + (f"{place} partition 8 0 -2\n" if place else "")
    assert line_of(Computer(files={"/proc/swaps": table, **files}), memory.SWAP).state is state


@pytest.mark.parametrize(
    ("mounts", "state", "word"),
    [
        (ON_LUKS, FINE, "encrypted by the system"),
        ("25 1 8:2 / / rw - ext4 /dev/nvme0n1p2 rw\n", LOOK, "does not encrypt"),
        (f"{ON_LUKS}31 25 0:40 / /home rw - tmpfs tmpfs rw\n", LOOK, "in memory"),
        (f"{ON_LUKS}31 25 0:40 / /home rw - nfs4 server:/home rw\n", UNKNOWN, "another computer"),
        (f"{ON_LUKS}31 25 0:40 / /home/ana rw - fuse.gocryptfs x rw\n", FINE, "encrypted by the system"),
        ("25 1 0:9 / / rw - zfs pool/root rw\n", UNKNOWN, "cannot be seen"),
        ("", UNKNOWN, "not told"),
    ],
)
def test_the_drive_is_that_of_the_longest_mount(mounts: str, state: State, word: str) -> None:
    found = line_of(Computer(files={"/proc/self/mountinfo": mounts}), memory.DRIVE)
    assert (found.state, word in found.sentence) == (state, True)


def test_a_mac_answers_for_itself_and_what_it_does_not_say_is_unknown() -> None:
    kept = mac(sysctl="total = 1024.00M  used = 0.00M  (encrypted)", fdesetup="FileVault is On.\n", ps="zsh\nMaccy\n")
    assert [line_of(kept, about).state for about in (memory.SWAP, memory.DRIVE, screen.CLIPBOARD)] == [FINE, FINE, LOOK]
    assert line_of(mac(fdesetup="FileVault is Off.\n"), memory.DRIVE).state is LOOK
    silent = mac()
    about = (memory.SWAP, memory.DRIVE, memory.READING, screen.CLIPBOARD)
    assert [line_of(silent, one).state for one in about] == [UNKNOWN] * 4


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ({"TMUX": "/tmp/tmux,1,0"}, "You are in tmux"),
        ({"STY": "77.pts-0"}, "GNU screen"),
        ({"ZELLIJ": "0"}, "zellij"),
        ({"ASCIINEMA_REC": "1"}, "recorded by asciinema"),
    ],
)
def test_what_keeps_the_screen_is_named(told: dict[str, str], word: str) -> None:
    found = line_of(with_environment(**told), screen.RECORDER)
    assert (found.state, word in found.sentence) == (LOOK, True)


def test_a_pane_that_tmux_pipes_away_is_named() -> None:
    computer = with_environment(TMUX="x")
    computer.answers[("tmux", "display-message", "-p", "#{pane_pipe}")] = "1\n"
    assert "pipe-pane" in line_of(computer, screen.RECORDER).sentence


def test_a_recorder_further_up_is_found_and_a_strange_name_does_not_confuse() -> None:
    computer = Computer(files={"/proc/76/stat": "76 (a) b) S 75 1", "/proc/75/stat": "75 (script) S 1 1"})
    assert "recorded by script" in line_of(computer, screen.RECORDER).sentence
    assert line_of(Computer(), screen.RECORDER).state is UNKNOWN


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ({"WSL_DISTRO_NAME": "Ubuntu"}, "Windows"),
        ({"SSH_CONNECTION": "1.2.3.4 5 6.7.8.9 22"}, "SSH"),
        ({"TERM_PROGRAM": "iTerm.app"}, "iTerm2"),
        ({"TERM_PROGRAM": "WarpTerminal"}, "Warp"),
    ],
)
def test_the_terminal_is_what_the_environment_says(told: dict[str, str], word: str) -> None:
    lines = [line for line in look_around(with_environment(**told), AROUND) if line.about == screen.TERMINAL]
    assert any(word in line.sentence and line.state is LOOK for line in lines)


def test_where_the_clipboard_is_kept_cannot_be_known_but_a_known_keeper_is_named() -> None:
    assert line_of(Computer(), screen.CLIPBOARD).state is UNKNOWN
    keeping = Computer(files={"/proc/300/comm": "copyq\n"})
    assert line_of(keeping, screen.CLIPBOARD).sentence.startswith("copyq")
    assert line_of(with_environment(WSL_DISTRO_NAME="x"), screen.CLIPBOARD).state is LOOK


@pytest.mark.parametrize(
    ("typed", "counted"),
    [
        ("kinship write 'Quillonwether came'", True),
        ("kinship jot hush", True),
        ("kinship search Bea", True),
        ("kinship people add Bea", True),
        ("kinship write --with Bea < page.md", True),
        ("cd journal && kinship support Bea --gives listening", True),
        ("kinship", False),
        ("kinship write", False),
        ("kinship write --help", False),
        ("kinship people", False),
        ("kinship list --json", False),
        ("echo hello", False),
    ],
)
def test_commands_with_words_in_the_history_are_counted_and_never_shown(typed: str, counted: bool) -> None:
    computer = with_file(str(HOME / ".zsh_history"), f"ls\n: 1700000000:0;{typed}\n")
    found = line_of(computer, screen.HISTORY)
    assert found.state is (LOOK if counted else FINE)
    assert not any(word in found.sentence + found.remedy for word in ("Quillonwether", "hush", "Bea"))


def test_the_history_that_the_shell_names_is_read_too_and_none_is_unknown() -> None:
    named = with_environment(HISTFILE="/home/ana/.h")
    named.files["/home/ana/.h"] = "kinship jot hush\nkinship jot hush\n"
    assert line_of(named, screen.HISTORY).sentence.startswith("2 commands of kinship stand in /home/ana/.h")
    assert line_of(with_file(str(HOME / ".zsh_history"), None), screen.HISTORY).state is UNKNOWN


def test_variables_that_log_keys_are_seen_even_though_they_were_dropped() -> None:
    dropped = with_file("/proc/self/environ", "TEXTUAL_LOG=/tmp/x\0HOME=/home/ana")
    assert line_of(dropped, screen.ENVIRONMENT).remedy == "unset TEXTUAL_LOG"
    assert line_of(with_environment(LD_PRELOAD="/tmp/x.so"), screen.ENVIRONMENT).state is LOOK
    assert line_of(Computer(), screen.ENVIRONMENT).state is FINE


def test_what_others_own_or_may_open_is_named() -> None:
    log = str(AROUND.vault / "log")
    foreign = line_of(Computer(kinds={log: Seen(SOMEBODY, stat.S_IFDIR | 0o700)}), places.OWNER)
    assert foreign.sentence == f"{log} belongs to somebody else."
    wide = line_of(Computer(kinds={log: Seen(ANA, stat.S_IFDIR | 0o755)}), places.OWNER)
    assert wide.remedy == f"chmod -R go= {log}"
    assert line_of(Computer(), places.OWNER).state is FINE
    config = str(AROUND.config)
    assert line_of(Computer(kinds={config: Seen(ANA, stat.S_IFDIR | 0o755)}), places.OWNER).state is FINE
    assert line_of(Computer(kinds={config: Seen(ANA, stat.S_IFDIR | 0o775)}), places.OWNER).state is LOOK
    link = Computer(kinds={log: Seen(ANA, stat.S_IFLNK | 0o777)})
    assert line_of(link, places.OWNER).state is FINE


def test_no_vault_is_no_fault() -> None:
    computer = Computer()
    computer.kinds = {path: seen for path, seen in computer.kinds.items() if not path.startswith(str(AROUND.vault))}
    assert line_of(computer, places.OWNER).state is UNKNOWN


@pytest.mark.parametrize(
    ("folder", "seen", "word"),
    [
        (HOME / "data", Seen(ANA, stat.S_IFDIR | 0o770), "may write into"),
        (HOME, Seen(SOMEBODY, stat.S_IFDIR | 0o700), "belongs to somebody else"),
    ],
)
def test_a_folder_above_that_others_hold_is_named(folder: Path, seen: Seen, word: str) -> None:
    around = {str(HOME): Seen(ANA, stat.S_IFDIR | 0o711), str(HOME / "data"): Seen(ANA, stat.S_IFDIR | 0o755)}
    computer = Computer(kinds={**around, str(folder): seen})
    found = line_of(computer, places.PARENTS)
    assert (found.state, word in found.sentence) == (LOOK, True)


def test_a_readable_home_is_told_and_a_closed_one_hides_what_is_below() -> None:
    readable = {str(HOME): Seen(ANA, stat.S_IFDIR | 0o755), str(HOME / "data"): Seen(ANA, stat.S_IFDIR | 0o755)}
    assert "may list" in line_of(Computer(kinds=readable), places.PARENTS).sentence
    closed = readable | {str(HOME): Seen(ANA, stat.S_IFDIR | 0o700)}
    assert line_of(Computer(kinds=closed), places.PARENTS).state is FINE


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/home/ana/Dropbox/j.kinship", "Dropbox"),
        ("/home/ana/OneDrive - Work/j.kinship", "OneDrive"),
        ("/home/ana/Library/Mobile Documents/x/j.kinship", "iCloud"),
    ],
)
def test_a_synced_folder_is_known_by_its_name(path: str, name: str) -> None:
    moved = places.Around(Path(path), AROUND.state, AROUND.config, AROUND.backups)
    found = line_of(Computer(), places.SYNCED, moved)
    assert (found.state, found.sentence.startswith(name)) == (LOOK, True)


def test_a_synced_folder_is_known_by_what_its_syncer_leaves_there() -> None:
    computer = Computer(files={str(HOME / "data/.stfolder/x"): ""})
    assert line_of(computer, places.SYNCED).sentence.startswith("Syncthing seems to carry the vault")
    worse = Computer(files={str(AROUND.state / ".stfolder/x"): ""})
    assert "only for this computer" in line_of(worse, places.SYNCED).sentence
    assert line_of(Computer(), places.SYNCED).state is UNKNOWN


def test_a_git_repository_around_the_vault_is_named() -> None:
    assert line_of(Computer(files={str(HOME / "data/.git/HEAD"): ""}), places.GIT).state is LOOK
    assert line_of(Computer(), places.GIT).state is FINE


def test_backups_are_counted_and_others_cannot_be_seen() -> None:
    made = Computer(files={str(AROUND.backups / "2026-11-22.kinship/vault.kin"): ""})
    assert line_of(made, places.BACKUPS).sentence.startswith("One encrypted backup lies here")
    assert line_of(Computer(), places.BACKUPS).state is UNKNOWN


def test_another_editor_is_fine_only_where_none_is_set() -> None:
    told = places.Around(AROUND.vault, AROUND.state, AROUND.config, AROUND.backups, editor="vim")
    assert line_of(Computer(), places.EDITOR, told).state is LOOK
    assert line_of(Computer(), places.EDITOR).state is FINE


def test_a_lock_that_never_comes_by_itself_deserves_a_look() -> None:
    never = places.Around(AROUND.vault, AROUND.state, AROUND.config, AROUND.backups, lock_after=0)
    assert line_of(Computer(), places.LOCK, never).state is LOOK
    assert "after 5 minutes" in line_of(Computer(), places.LOCK).sentence


def test_this_machine_answers_without_raising(tmp_path: Path) -> None:
    machine = ThisMachine({"PATH": "/usr/bin:/bin"})
    (tmp_path / "file").write_text("x\n")
    assert machine.read(tmp_path / "file") == "x\n"
    assert machine.read(tmp_path) is machine.read(tmp_path / "none") is machine.read("a\0b") is None
    assert machine.names(tmp_path) == ("file", "home")
    assert machine.names(tmp_path / "file") is None
    assert machine.seen(tmp_path / "none") is None
    seen = machine.seen(tmp_path / "file")
    assert seen is not None
    assert seen.owner == machine.user
    assert machine.ask("no-such-program") is machine.ask("false") is None
    assert machine.ask("echo", "hello") == "hello\n"
    assert machine.core_limit() is not None
