"""Optimal strategies towards one destination: part 1 of the algorithm of Spiess and Florian.

H. Spiess and M. Florian, "Optimal strategies: a new assignment model for transit networks",
Transportation Research Part B 23(2), 1989, 83-102. A passenger waits at a stop for any line of an
attractive set and boards what comes first: u_i = (w + sum f_a (u_j + c_a)) / sum f_a.

The network is not a general graph: stops hold *positions* (the k-th stop of a line), which gives
three kinds of nodes, numbered: departing aboard from a position (L), alighted at a stop (S),
waiting at a stop (S). The first boarding of a journey has its own wait weight and no transfer penalty. As
only origins lead there, it is computed after the labels are settled, without nodes of its own.
"""

import numpy as np

from kernels._jit import kernel
from kernels.transit.heap import pop, push
from kernels.transit.line_network import Access, LineNetwork, Weights


@kernel
def settle(  # noqa: C901 (one loop over three kinds of nodes, as in the paper)
    net: LineNetwork,
    access: Access,
    weights: Weights,
    destination: int,
    label: np.ndarray,
    onward: np.ndarray,
    combined: np.ndarray,
    strategy: np.ndarray,
    settled: np.ndarray,
    order: np.ndarray,
    keys: np.ndarray,
    items: np.ndarray,
) -> int:
    """Labels of all nodes towards one destination (part 1 of the algorithm, section 4 of the paper).

    Fills ``label`` (perceived minutes, n = L + 2S), ``onward`` (of a position, at the next one: 1 stay
    aboard, 0 alight; of an alighted node: the stop to wait at, or -1 to walk to the destination), ``strategy``
    (perceived minutes from boarding at a stop, without penalty) and ``order``; returns how many
    nodes were settled.
    """
    n_positions = net.position_stop.size
    n_stops = combined.size
    board = n_positions + n_stops
    wait = weights.wait_share * weights.transfer_wait
    label[:] = np.inf
    strategy[:] = np.inf
    combined[:] = 0.0
    settled[:] = False
    size = 0
    for a in range(access.first[destination], access.first[destination + 1]):
        node = n_positions + access.stop[a]
        key = weights.walk * access.walk_min[a]
        if key < label[node]:
            label[node] = key
            onward[node] = -1
            size = push(keys, items, size, key, node)
    count = 0
    while size > 0:
        size = pop(keys, items, size)
        key, node = keys[size], items[size]
        if settled[node] or key > label[node]:
            continue
        settled[node] = True
        order[count] = node
        count += 1
        if node < n_positions:
            if node > 0 and key + net.ride_min[node - 1] < label[node - 1]:
                label[node - 1] = key + net.ride_min[node - 1]
                onward[node - 1] = 1
                size = push(keys, items, size, label[node - 1], node - 1)
            f = net.frequency[node]
            stop = net.position_stop[node]
            if f > 0.0 and not settled[board + stop] and key < strategy[stop]:
                if combined[stop] == 0.0:
                    strategy[stop] = key + wait / f
                else:
                    strategy[stop] = (combined[stop] * strategy[stop] + f * key) / (combined[stop] + f)
                combined[stop] += f
                label[board + stop] = strategy[stop] + weights.transfer_penalty
                size = push(keys, items, size, label[board + stop], board + stop)
        elif node < board:
            stop = node - n_positions
            for i in range(net.stop_first[stop], net.stop_first[stop + 1]):
                before = net.stop_position[i] - 1
                if before >= 0 and key + net.ride_min[before] < label[before]:
                    label[before] = key + net.ride_min[before]
                    onward[before] = 0
                    size = push(keys, items, size, label[before], before)
        else:
            stop = node - board
            for i in range(net.walk_first[stop], net.walk_first[stop + 1]):
                other = n_positions + net.walk_stop[i]
                through = key + weights.walk * net.walk_min[i]
                if through < label[other]:
                    label[other] = through
                    onward[other] = stop
                    size = push(keys, items, size, through, other)
    return count


@kernel
def first_boarding(net: LineNetwork, label: np.ndarray, stop: int, wait: float) -> float:
    """Perceived minutes from a stop at the start of a journey: wait and ride, inf if no line helps.

    Lines that are worse than the strategy are taken out until none is; each removal lowers the
    value, so the last set is the attractive one.
    """
    bound = np.inf
    while True:
        total_f, total = 0.0, 0.0
        for i in range(net.stop_first[stop], net.stop_first[stop + 1]):
            position = net.stop_position[i]
            if net.frequency[position] > 0.0 and label[position] < bound:
                total_f += net.frequency[position]
                total += net.frequency[position] * label[position]
        if total_f == 0.0:
            return bound
        value = (wait + total) / total_f
        if not value < bound:
            return bound
        bound = value
