"""Structural holes around one person: what of a network is redundant, what constrains, who is joined through ego only.

Every function takes *mutual weights*: each node to its neighbours, and to each the two directions of their tie added up
(a_ij + a_ji), without ties to oneself and without zeros. The sums run over ego's neighbours and are exact for binary
and weighted, directed and undirected networks. Functions over whole graphs are left out on purpose: networkx 3.6 takes
cubic time for one ego, and its `effective_size` errs on weighted graphs where scipy is installed.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

from msgspec import Struct

Node = TypeVar("Node")


class Holes(Struct, frozen=True):
    """The structural holes of one ego; every value None without neighbours."""

    effective_size: float | None = None
    """1 to n."""
    efficiency: float | None = None
    """effective size / n."""
    constraint: float | None = None
    """Above 0; 1/n where nobody knows another, above 1 in small closed circles (a triad: 1.125)."""
    hierarchy: float | None = None
    """0 where all constrain alike, to 1 where one does it all; 1 by convention for a single neighbour."""


def holes(weights: Mapping[Node, Mapping[Node, float]], ego: Node) -> Holes:
    """Return the structural holes of `ego` in a network of mutual weights (Burt 1992)."""
    if not weights.get(ego):
        return Holes()
    size = effective_size(weights, ego)
    local = tuple(constraints(weights, ego).values())
    return Holes(size, size / len(local), sum(local), hierarchy(local))


def effective_size(weights: Mapping[Node, Mapping[Node, float]], ego: Node) -> float:
    """Return sum_j (1 - sum_q p_iq m_jq), the neighbours of `ego` less what is redundant among them (Burt 1992, 52).

    p_iq is q's share in all of ego's ties, m_jq the tie of j and q over j's strongest tie. With binary undirected ties
    this is n - 2t/n (Borgatti 1997).
    """
    own = weights[ego]
    total = sum(own.values())
    redundant = 0.0
    for near in own:
        ties = weights[near]
        strongest = max(ties.values())
        redundant += sum(own[other] / total * (tie / strongest) for other, tie in ties.items() if other in own)
    return len(own) - redundant


def constraints(weights: Mapping[Node, Mapping[Node, float]], ego: Node) -> dict[Node, float]:
    """Return c_ij = (p_ij + sum_q p_iq p_qj)^2 for each neighbour j of `ego`, the constraint in parts (Burt 1992, 54).

    p_ij = (a_ij + a_ji) / sum_k (a_ik + a_ki), over every tie that the network has, not only those among ego's own.
    """
    own = weights[ego]
    total = sum(own.values())
    spent = {near: weight / total for near, weight in own.items()}
    for via, weight in own.items():
        ties = weights[via]
        part, all_ = weight / total, sum(ties.values())
        for other, tie in ties.items():
            if other in own:
                spent[other] += part * (tie / all_)
    return {near: share**2 for near, share in spent.items()}


def hierarchy(local: Collection[float]) -> float | None:
    """Return sum_j r_j ln r_j / (N ln N) with r_j = c_ij / (C/N), its Coleman-Theil disorder (Burt 1992, 71).

    With one neighbour all constraint is in one hand: 1, as UCINET has it. None without neighbours.
    """
    count, total = len(local), sum(local)
    if count == 0 or total == 0:
        return None
    if count == 1:
        return 1.0
    ratios = (one / (total / count) for one in local)
    disorder = sum(ratio * math.log(ratio) for ratio in ratios if ratio > 0) / (count * math.log(count))
    return min(1.0, max(0.0, disorder))


def ego_betweenness(
    out: Mapping[Node, Collection[Node]], ego: Node, alters: Collection[Node], *, directed: bool = False
) -> float:
    """Return how often `ego` is on the shortest way between two of `alters` (Everett & Borgatti 2005).

    `out` gives whom each node reaches by one tie, ego too. Each pair without a tie of its own that ego joins adds
    1 / (its ways in two steps, the one through ego and those through other alters). Ordered pairs where `directed`,
    else unordered; 0 for fewer than two alters.
    """
    at = {alter: index for index, alter in enumerate(alters)}
    towards = [[at[other] for other in out.get(alter, ()) if other in at and other != alter] for alter in alters]
    outs = [sum(1 << other for other in reached) for reached in towards]
    ins = _turned(towards) if directed else outs
    receivers = sum(1 << at[other] for other in out.get(ego, ()) if other in at)
    total = 0.0
    for index, alter in enumerate(alters):
        if ego not in out.get(alter, ()):
            continue
        open_ = receivers & ~outs[index] & (~(1 << index) if directed else -1 << (index + 1))
        second = 0
        for other in towards[index]:
            second |= outs[other]
        both = open_ & second
        total += open_.bit_count() - both.bit_count()
        total += sum(1 / (1 + (outs[index] & ins[other]).bit_count()) for other in _bits(both))
    return total


def pairs(count: int, *, directed: bool = False) -> float:
    """Return how many pairs `count` alters form: what ego betweenness is divided by to lie between 0 and 1."""
    return count * (count - 1) / (1 if directed else 2)


def _turned(towards: list[list[int]]) -> list[int]:
    ins = [0] * len(towards)
    for index, reached in enumerate(towards):
        for other in reached:
            ins[other] |= 1 << index
    return ins


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
