"""SET4: graphs of who is in touch with whom around drawn persons, two steps far.

Off by default: nodes of D4D's graphs were linked to each other across graphs, because the degrees of a
node's neighbours are almost unique (Sharad and Danezis, HotPETs 2013). Numbering anew in every graph and
window, as is done here, does not hinder that.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.engine.blocks import map_reduce
from jobs.engine.store import Store, StoredFile
from jobs.identity.pseudonyms import WindowPads
from jobs.release.interactions import interactions_of
from jobs.release.layouts import LAYOUTS, LayoutName, Slice
from jobs.release.recipients import Copy
from jobs.release.sample import Sample, keyed_order, window_of

if TYPE_CHECKING:
    from pyspark import SparkContext

_NO_PAIRS = pa.table({"a": pa.array([], pa.uint64()), "b": pa.array([], pa.uint64())})

Pairs = NDArray[np.uint64]
"""uint64[n, 2], who is in touch with whom; each pair once, the lower key first."""


def write_ego_graphs(
    spark: "SparkContext",
    store: Store,
    folder: str,
    events: list[StoredFile],
    sample: Sample,
    egos: int,
    pads: dict[int, WindowPads],
    slices: dict[int, Slice],
    layouts: tuple[LayoutName, ...],
    copy: Copy,
) -> dict[str, Any]:
    """Write the graphs of each window in every layout that has them.

    The egos are the first `egos` of the persons drawn for SET2; they have the lowest numbers.

    Returns
    -------
    egos, nodes and edges of each window.
    """
    windows = sorted(slices)

    def read(given: dict[str, Any]) -> Iterator[tuple[int, pa.Table]]:
        found = interactions_of(store.read_table(given["path"]))
        pairs = distinct_pairs(found.user, found.counterparty)
        yield windows.index(given["window"]), pa.table({"a": pairs[:, 0], "b": pairs[:, 1]})

    def write(part: int, blocks: list[pa.Table]) -> dict[str, Any]:
        window = windows[part]
        table = pa.concat_tables([_NO_PAIRS, *blocks])
        pairs = distinct_pairs(table["a"].to_numpy(), table["b"].to_numpy())
        drawn = store.read_table(sample.files[window])
        identifier = drawn["id"].to_numpy()
        chosen = (identifier <= egos) & ~copy.lacks("set4", identifier)
        edges, told = numbered_graphs(
            pairs, drawn["person"].to_numpy()[chosen], identifier[chosen], pads[window], egos
        )
        rows = pa.table({"source_user_id": edges[:, 0], "destination_user_id": edges[:, 1]})
        for name in layouts:
            layout = LAYOUTS[name]
            if "set4" in layout.files:
                path = f"{folder}/data/{slices[window].file_name(layout.files['set4'])}"
                store.write_bytes(path, layout.encode(rows))
        return told

    inputs = [{"path": f.path, "window": window_of(f)} for f in events]
    reports = map_reduce(spark, inputs, read, write, len(windows)) if windows else []
    return {name: [r[name] for r in reports] for name in ("egos", "nodes", "edges")}


def distinct_pairs(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> Pairs:
    """Each pair of different parties once, the lower key first."""
    pairs = np.column_stack([np.minimum(a, b), np.maximum(a, b)])[a != b]
    return np.unique(pairs, axis=0) if pairs.size else np.empty((0, 2), np.uint64)


def numbered_graphs(
    pairs: Pairs, ego: NDArray[np.uint64], number: NDArray[np.int32], pads: WindowPads, reserved: int
) -> tuple[NDArray[np.int32], dict[str, int]]:
    """Edges among the nodes at most two steps from each ego, numbered anew in each graph.

    Nodes other than egos get numbers above `reserved`, in a keyed order within each graph.

    Returns
    -------
    int32[edges, 2], sorted; and how many egos, nodes and edges.
    """
    both = np.concatenate([pairs, pairs[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    found, next_number = [], reserved + 1
    order = np.argsort(number)
    for who, ego_number in zip(ego[order].tolist(), number[order].tolist(), strict=True):
        edges = _around(both, np.uint64(who))
        nodes = np.setdiff1d(np.unique(edges), np.array([who], np.uint64))
        nodes = nodes[np.argsort(keyed_order(nodes, pads), kind="stable")]
        numbers = {int(n): next_number + i for i, n in enumerate(nodes.tolist())} | {who: ego_number}
        next_number += nodes.size
        found += [sorted((numbers[int(a)], numbers[int(b)])) for a, b in edges.tolist()]
    numbered = np.array(sorted(found), np.int32).reshape(-1, 2)
    nodes_in_all = next_number - 1 - reserved + ego.size
    return numbered, {"egos": ego.size, "nodes": nodes_in_all, "edges": len(numbered)}


def _around(both: Pairs, ego: np.uint64) -> Pairs:
    """Pairs of which one party is the ego or in touch with the ego."""
    near = np.append(_neighbours(both, ego), ego)
    others = [_neighbours(both, node) for node in near]
    return distinct_pairs(np.repeat(near, [o.size for o in others]), np.concatenate(others))


def _neighbours(both: Pairs, node: np.uint64) -> NDArray[np.uint64]:
    first, last = (np.searchsorted(both[:, 0], node, side=side) for side in ("left", "right"))
    return both[first:last, 1]
