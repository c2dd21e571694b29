"""The door of the command `kinship`: it hardens the process, runs one command, and says failures in one sentence."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kinship.ground.errors import KinshipError
from kinship.privacy.process import harden
from kinship.privacy.reports import HEADLINE, install_hooks, report_of
from kinship.privacy.text import clean_line, visible

if TYPE_CHECKING:
    import click

    from kinship.cli.invocation import Surroundings

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None, surroundings: Surroundings | None = None) -> int:
    """Run `arguments` (those of the process by default) and return the exit code.

    `surroundings` is for tests: another clock, environment or prompt than the machine's own.
    """
    told = list(sys.argv[1:] if arguments is None else arguments)
    harden(told)
    install_hooks()
    try:
        code = _run(told, surroundings)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _let_the_reader_go()
        return 0
    except KinshipError as error:
        _tell(str(error))
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - the main door
        _tell(HEADLINE, *report_of(error).splitlines())
        return KinshipError.exit_code
    return code


def _run(arguments: list[str], surroundings: Surroundings | None) -> int:
    import click

    from kinship.cli.invocation import Invocation, Surroundings
    from kinship.cli.root import kinship

    if "_KINSHIP_COMPLETE" in os.environ:
        kinship.main(arguments, prog_name="kinship")
    invocation = Invocation(Surroundings() if surroundings is None else surroundings)
    try:
        with kinship.make_context("kinship", arguments, obj=invocation) as context:
            result = kinship.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        _tell(*_usage(error))
        return error.exit_code
    return result if isinstance(result, int) else 0


def _usage(error: click.ClickException) -> list[str]:
    context = getattr(error, "ctx", None)
    hint = [f"Try: {context.command_path} --help"] if context is not None else []
    return [error.format_message(), *hint]


def _tell(*lines: str) -> None:
    with contextlib.suppress(OSError, ValueError, AttributeError):  # no stderr: nobody to tell
        for line in lines:
            sys.stderr.write(visible(line if line.startswith(" ") else clean_line(line)) + "\n")
        sys.stderr.flush()


def _let_the_reader_go() -> None:
    """Send what is left of standard output nowhere: whoever read it has seen enough."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
