"""A crash says where and as what, and never a word of what somebody wrote."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest

from kinship.privacy.reports import HEADLINE, asyncio_handler, report_of

CANARY = "canary-7f3a"

CRASHES = {
    "main": "boom(word)",
    "thread": "import threading; t = threading.Thread(target=boom, args=(word,)); t.start(); t.join()",
    "unraisable": "class X:\n  def __del__(self): boom(word)\nx = X(); del x",
    "cause": "try: boom(word)\nexcept ValueError as error: raise RuntimeError(word) from error",
    "group": "try: boom(word)\nexcept ValueError as error: raise ExceptionGroup(word, [error])",
    "note": "try: boom(word)\nexcept ValueError as error:\n  error.add_note(word)\n  raise",
    "loop": (
        "import asyncio\nasync def late(): boom(word)\n"
        "async def main():\n  asyncio.get_running_loop().set_exception_handler(reports.asyncio_handler)\n"
        "  task = asyncio.ensure_future(late()); await asyncio.sleep(0); await asyncio.sleep(0); del task\n"
        "  import gc; gc.collect()\nasyncio.run(main())"
    ),
}


def crash(code: str, *, hooks: bool) -> str:
    script = (
        "import sys; from kinship.privacy import reports\n"
        f"{'reports.install_hooks()' if hooks else ''}\n"
        "def boom(word):\n  passphrase = word\n  raise ValueError('bad ' + word)\n"
        f"word = sys.stdin.read()\n{code}\n"
    )
    done = subprocess.run([sys.executable, "-c", script], input=CANARY, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize("code", CRASHES.values(), ids=CRASHES)
def test_no_hook_prints_a_word(code: str) -> None:
    told = crash(code, hooks=True)
    assert CANARY not in told
    assert "boom" in told
    assert "builtins.ValueError" in told


@pytest.mark.parametrize("name", ["main", "thread", "unraisable", "cause", "group", "note"])
def test_without_the_hooks_the_word_would_be_printed(name: str) -> None:
    assert CANARY in crash(CRASHES[name], hooks=False)


def test_a_report_names_file_line_function_and_type() -> None:
    try:
        int(CANARY)
    except ValueError as error:
        told = report_of(error)
    assert told.startswith("  ")
    assert "test_reports.py:" in told
    assert "test_a_report_names_file_line_function_and_type" in told
    assert told.endswith("builtins.ValueError")
    assert CANARY not in told


def test_a_report_does_not_say_where_somebodys_home_lies() -> None:
    with pytest.raises(ValueError, match="coroutine") as caught:
        asyncio.run(None)  # type: ignore[arg-type]
    assert " /" not in report_of(caught.value)


def test_an_interrupt_is_no_crash() -> None:
    assert crash("raise KeyboardInterrupt", hooks=True) == ""


def test_the_event_loop_is_heard_without_an_exception(capsys: pytest.CaptureFixture[str]) -> None:
    asyncio_handler(None, {"message": CANARY})
    assert CANARY not in capsys.readouterr().err


def test_the_headline_says_that_saved_words_are_safe() -> None:
    assert HEADLINE in crash("boom(word)", hooks=True)
