"""`kinship measures`: the numbers of the circle with their sentences, or those of any graph file."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinship.cli.days import day as a_day
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import remark, say, say_json, wrapped
from kinship.ground.errors import Misused

if TYPE_CHECKING:
    from kinship.circle.figures import Finding
    from kinship.circle.graph_files import Graph


@click.command(
    epilog=example(
        "kinship measures --as-of 2026-01-01",
        "kinship measures --graph friends.graphml --ego Ana --json",
    ),
)
@click.option("--as-of", type=a_day, metavar="DAY", help="The circle of this day; today when left out.")
@click.option("--graph", type=click.Path(), metavar="FILE", help="Measure this GraphML, GEXF or edge-list CSV instead.")
@click.option("--ego", metavar="ID", help="The node in the middle; without it, values of the whole graph.")
@click.option("--directed", is_flag=True, help="Take an edge list as directed.")
@click.option("--weights/--binary", "weighted", default=None, help="Let weights count, or not. [default: as the file]")
@output_options
@vault_options
@click.pass_obj
def measures(
    invocation: Invocation,
    *,
    as_of: dt.date | None,
    graph: str | None,
    ego: str | None,
    directed: bool,
    weighted: bool | None,
) -> int:
    """Show the measures of the circle, each with its range and one sentence; n/a where one is not defined.

    With --graph no vault is needed, and nothing of yours is read.
    """
    if graph is not None:
        if as_of is not None:
            raise Misused("--as-of is for the vault; a graph file has no days.")
        return _of_file(invocation, Path(graph), ego, directed=directed, weighted=weighted)
    if ego is not None or directed:
        raise Misused("--ego and --directed go with --graph FILE.", "In the vault, you are in the middle.")
    return _of_vault(invocation, as_of, weighted=bool(weighted))


def _of_vault(invocation: Invocation, as_of: dt.date | None, *, weighted: bool) -> int:
    with open_journal(invocation) as opened:
        from kinship.circle.measures import findings, measure
        from kinship.cli.measure_shapes import vault_shape

        journal = opened.journal
        day = as_of if as_of is not None else journal.today()
        circle = journal.circle.as_of(day)
        found = measure(circle, weighted=weighted)
        if invocation.json:
            say_json(vault_shape(found))
        else:
            say(f"Your circle in numbers, {day.day} {day:%B %Y}")
            _tell(findings(circle, found), plain=invocation.plain)
        return opened.reading_code


def _tell(found: tuple[Finding, ...], *, plain: bool) -> None:
    for group, members in groupby(found, lambda one: one.group):
        say()
        say(group)
        for one in members:
            if plain:
                say(f"  {one.name}: {one.value}. {one.sentence} Range: {one.range}")
                continue
            for line in (f"  {one.name}: {one.value}", *wrapped(f"{one.sentence} ({one.range})", indent="    ")):
                say(line)


def _of_file(invocation: Invocation, path: Path, ego: str | None, *, directed: bool, weighted: bool | None) -> int:
    from kinship.circle.graph_files import find, read_graph
    from kinship.circle.graph_measures import measure_graph
    from kinship.cli.measure_shapes import graph_shape

    graph = read_graph(path, directed=directed)
    node = None if ego is None else find(graph, ego)
    shape = graph_shape(measure_graph(graph, node, weighted=weighted))
    _mention_what_was_changed(graph)
    if invocation.json:
        say_json(shape)
        return 0
    for name, value in shape.items():
        say(f"{name}: {_told(value)}")
    return 0


def _told(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, float):
        return f"{value:.4g}"
    return "n/a" if value is None else str(value)


def _mention_what_was_changed(graph: Graph) -> None:
    if graph.loops:
        remark(f"Left out: {graph.loops} {'tie' if graph.loops == 1 else 'ties'} of a node to itself.")
    if graph.parallel:
        how = "their weights were added" if graph.weighted else "they count once"
        many = f"{graph.parallel} {'tie lies' if graph.parallel == 1 else 'ties lie'}"
        remark(f"{many} beside another of the same two nodes; {how}.")
