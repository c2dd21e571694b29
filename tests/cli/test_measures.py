"""`kinship measures`: numbers with sentences of the vault, flat JSON of any graph, one sentence for what is wrong."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from builders.console import Console, console
from builders.graphs import BORGATTI, edge_list, weighted_edges

STRUCTURE = (
    "size", "ties", "density", "mean_degree", "isolates", "components", "component_ratio", "fragmentation",
    "effective_size", "efficiency", "constraint", "hierarchy", "ego_betweenness", "cut_persons", "communities",
)  # fmt: skip
SUPPORT = (
    "coverage", "depth_emotional", "depth_practical", "depth_identity", "sole_providers", "multiplexity", "mean_kinds",
    "concentration", "effective_givers", "reciprocity", "given_share", "strain_load", "ambivalence",
)  # fmt: skip
AROUND_EGO = ("effective_size", "efficiency", "constraint", "hierarchy", "ego_betweenness")


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    """A machine without a vault."""
    return Console(tmp_path / "home-of-nobody")


def graph_in(tmp_path: Path) -> str:
    return str(edge_list(tmp_path / "borgatti.csv", weighted_edges(BORGATTI)))


def test_a_graph_needs_no_vault_and_gives_one_flat_object(machine: Console, tmp_path: Path) -> None:
    told = machine.fine("measures", "--graph", graph_in(tmp_path), "--ego", "G", "--json").json
    assert set(STRUCTURE) <= set(told)
    assert tuple(told)[: len(STRUCTURE) - 2] == STRUCTURE[:-2]
    assert (told["size"], told["ties"], told["components"], told["isolates"]) == (6, 4, 2, 1)
    assert told["effective_size"] == pytest.approx(5.47, abs=0.01)
    assert (told["cut_persons"], told["cut_person_ids"]) == (2, ["A", "B"])
    assert not any(isinstance(value, dict) for value in told.values())
    assert not machine.vault.exists()


def test_without_an_ego_values_around_one_are_null(machine: Console, tmp_path: Path) -> None:
    told = machine.fine("measures", "--graph", graph_in(tmp_path), "--json").json
    assert {name: told[name] for name in AROUND_EGO} == dict.fromkeys(AROUND_EGO)
    assert (told["size"], told["ties"]) == (7, 10)


def test_what_is_not_defined_is_null(machine: Console, tmp_path: Path) -> None:
    file = edge_list(tmp_path / "g.csv", [("a", "b"), ("lone", "")], head="source,target")
    lone = machine.fine("measures", "--graph", str(file), "--ego", "lone", "--json").json
    assert (lone["size"], lone["ties"]) == (0, 0)
    assert all(lone[name] is None for name in STRUCTURE[2:] if name != "ego_betweenness")
    one = machine.fine("measures", "--graph", str(file), "--ego", "a", "--json").json
    assert (one["effective_size"], one["constraint"], one["hierarchy"]) == (1, 1, 1)
    assert (one["mean_degree"], one["density"], one["ego_betweenness_normalized"]) == (0, None, None)


def test_weights_can_be_left_aside(machine: Console, tmp_path: Path) -> None:
    told = machine.fine("measures", "--graph", graph_in(tmp_path), "--ego", "G", "--binary", "--json").json
    assert told["effective_size"] == pytest.approx(4.67, abs=0.01)


def test_for_people_undefined_is_n_a(machine: Console, tmp_path: Path) -> None:
    told = machine.fine("measures", "--graph", graph_in(tmp_path)).out
    assert "size: 7\n" in told
    assert "constraint: n/a\n" in told


def test_what_was_changed_in_a_graph_is_said_beside_the_result(machine: Console, tmp_path: Path) -> None:
    file = edge_list(tmp_path / "g.csv", [("a", "a"), ("a", "b"), ("b", "a")], head="source,target")
    result = machine.fine("measures", "--graph", str(file), "--json")
    assert result.json["ties"] == 1
    assert "Left out: 1 tie of a node to itself." in result.err
    assert "1 tie lies beside another of the same two nodes; they count once." in result.err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--graph", "gone.csv"), 1, "There is no file gone.csv."),
        (("--ego", "Ana"), 2, "--ego and --directed go with --graph FILE."),
        (("--graph", "g.csv", "--as-of", "2026-01-01"), 2, "a graph file has no days"),
    ],
)
def test_what_makes_no_sense_is_said(machine: Console, words: tuple[str, ...], code: int, told: str) -> None:
    result = machine.run("measures", *words)
    assert result.code == code
    assert told in result.err
    assert result.out == ""


def test_an_unknown_ego_is_answered_with_the_nearest(machine: Console, tmp_path: Path) -> None:
    file = edge_list(tmp_path / "g.csv", [("Ana", "Bea")], head="source,target")
    result = machine.run("measures", "--graph", str(file), "--ego", "Anna", "--json")
    assert (result.code, result.out) == (1, "")
    assert result.err == "No node of the graph is called 'Anna'. The nearest is 'Ana'.\n"


def test_names_of_a_file_cannot_command_the_terminal(machine: Console, tmp_path: Path) -> None:
    file = edge_list(tmp_path / "g.csv", [("a", "\x1b]0;b\x07"), ("\x1b]0;b\x07", "c")], head="source,target")
    for words in (("--json",), ()):
        result = machine.fine("measures", "--graph", str(file), *words, terminal=True)
        assert "\x1b" not in result.out + result.err
        assert "]0;b" in result.out
    missed = machine.run("measures", "--graph", str(file), "--ego", "\x1b[2J", terminal=True)
    assert "\x1b" not in missed.err


def huge() -> bytes:
    return b"source,target\n" + b"".join(b"%d,%d\n" % (at, at + 1) for at in range(900_000))


def wide() -> bytes:
    return b"source,target\na,b\n" + b"," * 8_000_000 + b"a"


def bomb() -> bytes:
    levels = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 12))
    return f'<!DOCTYPE g [<!ENTITY l0 "ha">{levels}]><graphml>&l11;</graphml>'.encode()


def deep() -> bytes:
    return b"<graphml>" + b"<graph>" * 900_000


def nodes() -> bytes:
    return b"<graphml><graph>" + b"".join(b'<node id="%d"/>' % at for at in range(400_000))


def one_text() -> bytes:
    return b'<graphml><key id="k" attr.name="x"/><graph><node id="a"><data key="k">' + b"x" * 8_000_000


def attributes() -> bytes:
    return b"<graphml " + b" ".join(b'a%d="x"' % at for at in range(500_000)) + b"/>"


def defaults() -> bytes:
    keys = b"".join(b'<key id="k%d" for="all"><default>x</default></key>' % at for at in range(499))
    return b"<graphml>" + keys + b"<graph>" + b"".join(b'<node id="%d"/>' % at for at in range(9_000))


def declared() -> bytes:
    keys = b"".join(b'<key id="k%d" for="node" attr.type="string"/>' % at for at in range(90_000))
    return b"<graphml>" + keys + b"<graph/></graphml>"


def sorts() -> bytes:
    """400 attributes of which each can be a category, for a thousand nodes, and the graph broken at its end."""
    keys = b"".join(b'<attribute id="%d" title="t%d" type="string"/>' % (at, at) for at in range(400))
    values = b"".join(b'<attvalue for="%d" value="v"/>' % at for at in range(400))
    some = b"".join(b'<node id="%d">%s</node>' % (at, values if at < 500 else b"") for at in range(1000))
    return b'<gexf><graph><attributes class="node">' + keys + b"</attributes>" + some


def noise() -> bytes:
    return bytes(range(256)) * 30_000


HOSTILE = (huge, wide, bomb, deep, nodes, one_text, attributes, defaults, declared, sorts, noise)
SOON = 4
"""CPU seconds; a quiet machine takes less than one, a busy one two or three times as long."""
PROGRAM = """
import resource, sys
from kinship.cli.main import main
code = main(["measures", "--graph", sys.argv[1], "--json"])
if sys.platform == "darwin":
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
else:
    with open("/proc/self/status") as status:
        print(next(line.split()[1] for line in status if line.startswith("VmHWM")))
sys.exit(code)
"""


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_file_ends_in_one_sentence_soon_and_in_little_memory(
    make: Callable[[], bytes], tmp_path: Path
) -> None:
    file = tmp_path / "hostile"
    file.write_bytes(make())
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run([sys.executable, "-c", PROGRAM, str(file)], capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert ran.returncode == 1, ran
    assert ran.stderr.startswith("hostile ")
    assert ran.stderr.count("\n") == 1
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < SOON
    assert int(ran.stdout) < 300 * 1024


def test_a_graph_of_a_thousand_is_measured_soon(machine: Console, tmp_path: Path) -> None:
    nx.write_graphml(nx.barabasi_albert_graph(1000, 3, seed=1), tmp_path / "g.graphml")
    began = time.process_time()
    told = machine.fine("measures", "--graph", str(tmp_path / "g.graphml"), "--ego", "0", "--json").json
    assert told["size"] > 10
    assert time.process_time() - began < 4


# The vault.


def a_circle(tmp_path: Path) -> Console:
    machine = console(tmp_path / "home-of-somebody")
    for name, ring, word in (("Ana", "inner", "family"), ("Bea", "middle", "friends"), ("Ugo", "outer", "friends")):
        machine.fine("people", "add", name, "--ring", ring, "--circle", word)
    machine.fine("support", "Ana", "--gives", "listening")
    return machine


def test_the_vault_gives_the_same_keys_and_more(tmp_path: Path) -> None:
    machine = a_circle(tmp_path)
    result = machine.fine("measures", "--json")
    told = result.json
    assert {*STRUCTURE, *SUPPORT} <= set(told)
    assert (told["size"], told["ties"], told["density"], told["cut_persons"]) == (3, 0, 0, None)
    assert (told["effective_size"], told["coverage"], told["sole_providers"]) == (3, 1, 1)
    assert told["share_circle_friends"] == pytest.approx(2 / 3)
    assert told["ei_circle"] is None
    assert told["shape"] == "small"
    assert not any(name in result.out for name in ("Ana", "Bea", "Ugo"))
    assert json.dumps(told)


def test_every_number_has_its_range_and_sentence(tmp_path: Path) -> None:
    machine = a_circle(tmp_path)
    told, plain = machine.fine("measures").out, machine.fine("measures", "--plain").out
    assert "  Density: 0.00\n    Of all pairs that could know each other, 0% do. (0 none to 1 all)\n" in told
    assert "  Density: 0.00. Of all pairs that could know each other, 0% do. Range: 0 none to 1 all\n" in plain
    assert "Emotional support rests on Ana alone." in told
    assert "Cut persons: n/a" in told


def test_of_another_day(tmp_path: Path) -> None:
    machine = a_circle(tmp_path)
    told = machine.fine("measures", "--as-of", "2020-01-01", "--json").json
    assert (told["size"], told["mean_degree"], told["constraint"]) == (0, None, None)


def test_weights_of_rings_change_structural_holes_alone(tmp_path: Path) -> None:
    machine = a_circle(tmp_path)
    light, heavy = machine.fine("measures", "--json").json, machine.fine("measures", "--weights", "--json").json
    changed = {name for name, value in light.items() if heavy[name] != value}
    assert "constraint" in changed
    assert changed <= {"constraint", "hierarchy", "effective_size", "efficiency"}
    assert heavy["constraint"] == pytest.approx((9 + 4 + 1) / 36)
