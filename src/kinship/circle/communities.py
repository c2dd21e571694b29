"""Communities by the Louvain method (Blondel et al. 2008) with a seed: the same network falls into the same groups.

Nodes are numbers and ties are mappings in order, so that no set of text decides who comes first. A node is looked at
again only where a neighbour moved (the fast local move of Traag, Waltman & van Eck 2019).
"""

from __future__ import annotations

import random
from collections import deque

Near = list[dict[int, float]]
"""Each node to its neighbours and the weights of their ties, the same from both sides, none to itself."""

BETTER = 1e-9
"""By so much a move must raise modularity (times the weight of all ties) to be one; less is rounding."""


def louvain(near: Near, seed: int) -> list[list[int]]:
    """Return groups of nodes with more ties inside than by chance, largest first; who has no tie is a group alone."""
    dice = random.Random(seed)  # noqa: S311 - an order, no secret
    members = [[node] for node in range(len(near))]
    inside = [0.0] * len(near)
    total = sum(sum(ties.values()) for ties in near)
    while total:
        group = _move(near, inside, total, dice)
        kinds = {old: new for new, old in enumerate(dict.fromkeys(group))}
        if len(kinds) == len(near):
            break
        group = [kinds[one] for one in group]
        near, inside = _fold(near, inside, group, len(kinds))
        members = _joined(members, group, len(kinds))
    return sorted((sorted(one) for one in members), key=lambda one: (-len(one), one))


def _move(near: Near, inside: list[float], total: float, dice: random.Random) -> list[int]:
    """Return the group of each node once no single one gains by going to a neighbour's."""
    group = list(range(len(near)))
    degree = [sum(ties.values()) + inside[node] for node, ties in enumerate(near)]
    weight = list(degree)
    order = list(group)
    dice.shuffle(order)
    waiting, queued = deque(order), [True] * len(near)
    while waiting:
        node = waiting.popleft()
        queued[node] = False
        here, own = group[node], degree[node]
        links: dict[int, float] = {here: 0.0}
        for other, tie in near[node].items():
            at = group[other]
            links[at] = links.get(at, 0.0) + tie
        weight[here] -= own
        best, most = here, links[here] - weight[here] * own / total + BETTER
        for there, link in links.items():
            gain = link - weight[there] * own / total
            if gain > most:
                best, most = there, gain
        weight[best] += own
        if best != here:
            group[node] = best
            for other in near[node]:
                if not queued[other] and group[other] != best:
                    queued[other] = True
                    waiting.append(other)
    return group


def _fold(near: Near, inside: list[float], group: list[int], count: int) -> tuple[Near, list[float]]:
    """Return the network of groups: ties between them, and what lies inside each, counted from both ends."""
    folded: Near = [{} for _ in range(count)]
    within = [0.0] * count
    for node, ties in enumerate(near):
        here = group[node]
        within[here] += inside[node]
        ours = folded[here]
        for other, tie in ties.items():
            there = group[other]
            if there == here:
                within[here] += tie
            else:
                ours[there] = ours.get(there, 0.0) + tie
    return folded, within


def _joined(members: list[list[int]], group: list[int], count: int) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(count)]
    for node, one in enumerate(members):
        found[group[node]] += one
    return found
