"""An instance of the transit network design problem: nodes, links with minutes, demand."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jobs.errors import InputError
from kernels.routes.arrays import LONGEST_MIN, Instance
from kernels.routes.score import shortest_minutes


@dataclass(frozen=True, eq=False)
class TransitInstance:
    """Nodes by name, and what the kernels need of them.

    Attributes
    ----------
    names : of the nodes, as in the files.
    arrays : see `kernels.routes.arrays.Instance`.
    all_trips : demand of all pairs, both directions.
    """

    names: tuple[str, ...]
    arrays: Instance
    all_trips: int

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.names)


def make_instance(
    names: Sequence[str], link_min: NDArray[np.int64], trips: NDArray[np.int64], where: str
) -> TransitInstance:
    """An instance from its matrices.

    Parameters
    ----------
    link_min : (n, n), whole minutes of each link, 0 where there is none. A link that is given in one direction
        runs in both.
    trips : (n, n), demand from row to column.
    where : file or folder that errors name.

    Raises
    ------
    InputError
        Directions of a link differ, nodes are not all joined by links, there is no demand, or minutes are too long
        for the search's 16-bit numbers.
    """
    both = np.maximum(link_min, link_min.T)
    differ = (link_min != both) & (link_min > 0)
    if differ.any():
        a, b = (int(x) for x in np.argwhere(differ)[0])
        raise InputError(
            f"link {names[a]}-{names[b]} takes {link_min[a, b]} minutes, and {link_min[b, a]} the other way",
            where,
            "give both directions the same minutes: routes of this problem run both ways in equal time",
        )
    if (len(names) - 1) * int(both.max(initial=0)) > LONGEST_MIN:
        raise InputError(
            f"{len(names)} nodes and links of up to {both.max()} minutes may make routes of over {LONGEST_MIN}",
            where,
            "give travel times in whole minutes",
        )
    shortest = shortest_minutes(both.astype(np.int16))
    apart = np.flatnonzero(shortest[0] > LONGEST_MIN)
    if apart.size:
        raise InputError(
            f"no links lead from node {names[0]} to node {names[int(apart[0])]}",
            where,
            "add the missing links",
        )
    pairs = trips + trips.T
    np.fill_diagonal(pairs, 0)
    if pairs.sum() == 0:
        raise InputError("has no demand between different nodes", where, "give trips above 0")
    tail, head = np.nonzero(both)
    first = np.searchsorted(tail, np.arange(len(names) + 1)).astype(np.int32)
    arrays = Instance(first, head.astype(np.int32), both.astype(np.int16), shortest, pairs)
    return TransitInstance(tuple(names), arrays, int(pairs.sum()) // 2)
