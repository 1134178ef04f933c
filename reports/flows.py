"""How much flows through a network, in whole numbers and at most a few."""

from collections import Counter, defaultdict


def network_of(arcs):
    """By how much a flow from one node to another may grow: ``{node: {next: so much}}``."""
    network = defaultdict(Counter)
    add(arcs.values(), network)
    return network


def add(arcs, network, sign=1):
    for begin, end, down, up in arcs:
        network[begin][end] += sign * up
        network[end][begin] += sign * down


def flow(network, source, sink, wanted):
    """Ways from one node to another, up to as many as are wanted; changes nothing."""
    paths = []
    while len(paths) < wanted and (path := _path(network, source, sink)):
        for begin, end in path:
            network[begin][end] -= 1
            network[end][begin] += 1
        paths.append(path)
    for path in paths:
        for begin, end in path:
            network[begin][end] += 1
            network[end][begin] -= 1
    return paths


def _path(network, source, sink):
    """The arcs of a shortest way on which something can still flow, or None."""
    came_from, queue = {source: None}, [source]
    for node in queue:
        for end, capacity in network[node].items():
            if capacity > 0 and end not in came_from:
                came_from[end] = node
                queue.append(end)
        if sink in came_from:
            break
    else:
        return None
    path, node = [], sink
    while came_from[node] is not None:
        path.append((came_from[node], node))
        node = came_from[node]
    return path
