"""kinship has no network: no socket but the pair by which an event loop wakes itself.

The whole use of `test_whole_use.py` runs with every other socket refused and written down; here stands what shows that
both would be noticed. `make look` asks strace the same question of the system calls themselves.
"""

from __future__ import annotations

import ast
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import kinship
from builders.network import environment_of_a_stranger, sockets_in

WANTING = """
import socket
wishes = [lambda: socket.socket(), lambda: socket.socket(socket.AF_INET6), lambda: socket.getaddrinfo("localhost", 80)]
for wish in wishes:
    try:
        wish()
    except PermissionError:
        print("refused")
socket.socketpair()
"""
NETWORKING = {"socket", "http", "urllib", "ssl", "ftplib", "smtplib", "socketserver", "xmlrpc", "asyncore", "requests"}


def test_a_program_that_wants_a_network_would_be_refused_and_noticed(tmp_path: Path) -> None:
    seen = tmp_path / "sockets.txt"
    done = subprocess.run(
        [sys.executable, "-c", WANTING], env=environment_of_a_stranger(seen), capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["refused"] * 3
    families = {f"socket {int(family)}" for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX)}
    assert sockets_in(seen) == families | {"socket.getaddrinfo"}


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_a_network_socket_in_a_test_would_be_noticed(family: socket.AddressFamily) -> None:
    with pytest.raises(PermissionError, match="wanted a network socket"):
        socket.socket(family)


def test_the_pair_of_an_event_loop_is_let_be() -> None:
    for one in socket.socketpair():
        one.close()


def test_no_module_of_ours_imports_anything_that_networks() -> None:
    found = set()
    for file in Path(kinship.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found |= {(file.name, name) for name in names if name.partition(".")[0] in NETWORKING}
    assert found == set()
