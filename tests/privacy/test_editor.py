"""Another editor gets a page only where that was asked for, in memory only, and nothing of it stays."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from builders.editors import IN_MEMORY, ON_DISK, editor, surroundings
from kinship.ground.errors import Misused, Refused
from kinship.privacy.editor import HOME, KNOWN, Editor, edit_elsewhere, find_editor

WORDS = "Marrowfatbench, ünïcode"


def edited(tmp_path: Path, script: str, text: str = WORDS) -> str:
    """Return what a script leaves of a text; the folder must be empty again."""
    told = surroundings(tmp_path / "run")
    try:
        return edit_elsewhere(text, editor(tmp_path, script), told, mounts=IN_MEMORY)
    finally:
        assert list((tmp_path / "run").iterdir()) == []


def test_what_the_editor_saves_comes_back_and_nothing_stays(tmp_path: Path) -> None:
    assert edited(tmp_path, "printf 'more\\n' >> \"$page\"") == f"{WORDS}more"
    assert edited(tmp_path, "true") == WORDS
    assert edited(tmp_path, 'rm "$page"') == WORDS
    assert edited(tmp_path, "printf 'a\\377b' > \"$page\"") == "a�b"
    assert edited(tmp_path, 'cp "$page" new; echo other > new; mv new "$page"; touch .page.md.swp') == "other"


def test_what_is_no_plain_file_is_not_read(tmp_path: Path) -> None:
    assert edited(tmp_path, 'rm "$page"; mkfifo "$page"') == WORDS
    assert edited(tmp_path, 'rm "$page"; ln -s /etc/hostname "$page"') == WORDS


def test_an_editor_that_fails_loses_nothing(tmp_path: Path) -> None:
    assert edited(tmp_path, 'echo saved > "$page"; exit 3') == "saved"
    assert edited(tmp_path, "exit 1") == WORDS


def test_too_much_and_no_program_are_said(tmp_path: Path) -> None:
    with pytest.raises(Misused, match="16 MiB"):
        edited(tmp_path, 'head -c 16777300 /dev/zero > "$page"')
    with pytest.raises(Misused, match="could not be started"):
        edit_elsewhere("", Editor(str(tmp_path / "none"), ()), surroundings(tmp_path / "run"), mounts=IN_MEMORY)


def test_the_folder_and_the_file_are_private_and_the_editor_lives_inside(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    edited(tmp_path, f'{{ ls -ld . "$page" home | cut -c1-10; pwd -P; env; }} > {seen}')
    modes, place, told = seen.read_text().split("\n", 3)[:3], seen.read_text().split("\n")[3], seen.read_text()
    assert modes == ["drwx------", "-rw-------", "drwx------"]
    assert Path(place).parent == tmp_path / "run"
    for name in ("HOME", "TMPDIR", "TMP", "TEMP", "XDG_RUNTIME_DIR"):
        assert f"\n{name}={place}/home\n" in told
    assert "XDG_CONFIG_HOME" not in told
    assert "KINSHIP" not in told


def test_only_what_a_terminal_needs_is_handed_to_the_editor(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    told = surroundings(tmp_path / "run") | {
        "KINSHIP_PASSPHRASE_FILE": "/secret", "VIMINIT": "x", "DISPLAY": ":0", "LC_ALL": "C.UTF-8",
    }  # fmt: skip
    edit_elsewhere("", editor(tmp_path, f"env > {seen}"), told, mounts=IN_MEMORY)
    names = {line.partition("=")[0] for line in seen.read_text().splitlines()} - {"PWD", "_", "SHLVL", "OLDPWD"}
    assert names == {"PATH", "TERM", "LC_ALL", "HOME", "TMPDIR", "TMP", "TEMP", "XDG_RUNTIME_DIR"}


def test_without_a_memory_file_system_it_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    told = surroundings(tmp_path / "run")
    for mounts in (ON_DISK, ""):
        with pytest.raises(Refused, match="no folder in memory"):
            edit_elsewhere(WORDS, editor(tmp_path, f"touch {tmp_path}/started"), told, mounts=mounts)
    assert list((tmp_path / "run").iterdir()) == []
    assert not (tmp_path / "started").exists()


@pytest.mark.parametrize("one", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM, signal.SIGTSTP])
def test_a_closed_terminal_does_not_take_the_words_away(tmp_path: Path, one: signal.Signals) -> None:
    before = signal.getsignal(one)
    script = f'echo saved > "$page"; kill -{int(one)} {os.getpid()}; sleep 0.1'
    assert edited(tmp_path, script) == "saved"
    assert signal.getsignal(one) is before


def test_who_waited_for_a_signal_gets_it_once_the_words_are_back(tmp_path: Path) -> None:
    told: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: told.append(number))
    try:
        ended = f"trap 'echo told >> \"$page\"; exit' TERM; kill -15 {os.getpid()}; while :; do sleep 0.05; done"
        assert edited(tmp_path, ended, "words\n") == "words\ntold"
        assert told == [signal.SIGTERM]
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_signal_that_comes_while_the_editor_starts_reaches_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = subprocess.Popen

    def start(*words: Any, **how: Any) -> subprocess.Popen[bytes]:
        running = started(*words, **how)
        os.kill(os.getpid(), signal.SIGTERM)
        return running

    monkeypatch.setattr(subprocess, "Popen", start)
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        assert edited(tmp_path, "while :; do sleep 0.05; done", "words\n") == "words"
    finally:
        signal.signal(signal.SIGTERM, before)


def test_the_editor_itself_is_ended_by_a_closed_terminal(tmp_path: Path) -> None:
    assert edited(tmp_path, 'echo saved > "$page"; kill -1 $$; echo never > "$page"') == "saved"


def found(tmp_path: Path, name: str, setting: str | None = None, **more: object) -> Editor:
    """Return what is found where a program called `name` is installed."""
    editor(tmp_path, "true", name)
    flags, told = (
        more.get("flags"),
        {"PATH": str(tmp_path / "bin"), **{k: str(v) for k, v in more.items() if k.isupper()}},
    )
    assert flags is None or isinstance(flags, list)
    return find_editor(setting or name, flags, told)


@pytest.mark.parametrize("name", [*KNOWN, "vim.basic", "vim.tiny", "emacs-nox", "helix"])
def test_a_known_editor_gets_the_flags_that_keep_it_from_leaving_copies(tmp_path: Path, name: str) -> None:
    wanted = {"helix": "hx", "vim.basic": "vim", "vim.tiny": "vim", "emacs-nox": "emacs"}.get(name, name)
    assert found(tmp_path, name) == Editor(str(tmp_path / "bin" / name), KNOWN[wanted])


def test_a_link_is_known_by_what_it_leads_to(tmp_path: Path) -> None:
    editor(tmp_path, "true", "vim.basic")
    (tmp_path / "bin" / "vi").symlink_to("vim.basic")
    assert find_editor("vi", None, {"PATH": str(tmp_path / "bin")}).flags == KNOWN["vim"]
    editor(tmp_path, "true", "busybox")
    (tmp_path / "bin" / "ex").symlink_to("busybox")
    with pytest.raises(Misused, match="does not know"):
        find_editor("ex", None, {"PATH": str(tmp_path / "bin")})


@pytest.mark.parametrize("name", ["code", "emacsclient", "gedit", "subl"])
def test_an_unknown_editor_is_refused_unless_the_settings_say_how(tmp_path: Path, name: str) -> None:
    with pytest.raises(Misused, match="editor_flags"):
        found(tmp_path, name)
    assert found(tmp_path, name, flags=[]).flags == ()
    assert found(tmp_path, name, flags=["--wait"]).flags == ("--wait",)


def test_own_flags_follow_the_ones_that_protect(tmp_path: Path) -> None:
    assert found(tmp_path, "nano", flags=["-l"]).flags == (*KNOWN["nano"], "-l")


def test_the_environment_is_asked_only_where_the_settings_say_so(tmp_path: Path) -> None:
    assert found(tmp_path, "vim", "environment", EDITOR="vim -R").flags == (*KNOWN["vim"], "-R")
    assert found(tmp_path, "vim", "environment", EDITOR="nano", VISUAL="vim").flags == KNOWN["vim"]
    for told in ("", "'"):
        with pytest.raises(Misused, match="Neither VISUAL nor EDITOR"):
            found(tmp_path, "vim", "environment", EDITOR=told)


def test_it_is_off_until_it_is_set_and_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misused, match="No other editor is set"):
        find_editor("", None, {"EDITOR": "vim", "PATH": os.environ["PATH"]})
    with pytest.raises(Misused, match="nvim is not installed"):
        find_editor("nvim", None, {"PATH": str(tmp_path)})


def test_the_home_in_a_flag_is_the_folder_of_this_run(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    tool = editor(tmp_path, f'echo "$@" > {seen}', "micro", "-config-dir", HOME)
    edit_elsewhere("", tool, surroundings(tmp_path / "run"), mounts=IN_MEMORY)
    assert seen.read_text().startswith(f"-config-dir {tmp_path}/run/kinship-editor-")
