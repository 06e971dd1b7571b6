"""Sets of routes as text, one route a line, nodes joined by ``-``; and the rules that they have to obey."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import networkx as nx

from jobs.errors import InputError, MaillageError, together
from jobs.tndp.instance import TransitInstance

_SHOWN = 10
"""Most faults of one file that an error lists."""

Route = tuple[int, ...]


@dataclass(frozen=True)
class RouteRules:
    """What a set of routes is asked to be; None: anything goes.

    Attributes
    ----------
    routes : how many routes.
    min_nodes, max_nodes : nodes of a route.
    """

    routes: int | None = None
    min_nodes: int | None = None
    max_nodes: int | None = None


def read_routes(path: Path, instance: TransitInstance, rules: RouteRules) -> list[Route]:
    """Routes of a file, checked: nodes by their index.

    Empty lines and lines that begin with ``#`` are passed over.

    Raises
    ------
    InputError
        With line and reason of each fault: unknown or repeated node, no link, a route too short or too long, another
        number of routes than asked, a node that no route serves, routes that do not meet.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "cannot be read as UTF-8 text", str(path), "name a file with one route a line"
        ) from error
    index = {name: node for node, name in enumerate(instance.names)}
    problems: list[MaillageError] = []
    routes = []
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                routes.append(_route(line, f"{path}, line {number}", index, instance, rules))
            except InputError as error:
                problems.append(error)
    if not problems:
        problems = _faults_of_set(routes, instance, rules, str(path))
    if problems:
        raise together(problems[:_SHOWN])
    return routes


def _route(
    line: str, where: str, index: dict[str, int], instance: TransitInstance, rules: RouteRules
) -> Route:
    names = [name.strip() for name in line.split("-")]
    unknown = [name for name in names if name not in index]
    if unknown:
        raise InputError(
            f"node {unknown[0]!r} is not in the instance", where, "write nodes as the instance does"
        )
    repeated = [name for at, name in enumerate(names) if name in names[:at]]
    if repeated:
        raise InputError(f"calls at node {repeated[0]} twice", where, "a route calls at a node once")
    route = tuple(index[name] for name in names)
    for a, b in pairwise(route):
        if instance.arrays.link_min[a, b] == 0:
            raise InputError(
                f"no link joins {instance.names[a]} and {instance.names[b]}",
                where,
                "follow the instance's links",
            )
    least, most = max(2, rules.min_nodes or 2), rules.max_nodes or len(names)
    if not least <= len(route) <= most:
        asked = f"{least} to {most}" if rules.max_nodes else f"at least {least}"
        raise InputError(f"has {len(route)} nodes, not {asked}", where, "lengthen or shorten the route")
    return route


def _faults_of_set(
    routes: Sequence[Route], instance: TransitInstance, rules: RouteRules, where: str
) -> list[MaillageError]:
    if rules.routes is not None and len(routes) != rules.routes:
        return [InputError(f"has {len(routes)} routes, not {rules.routes}", where, "give as many as asked")]
    served = {node for route in routes for node in route}
    missed = [name for node, name in enumerate(instance.names) if node not in served]
    if missed:
        told = ", ".join(missed[:_SHOWN]) + (", ..." if len(missed) > _SHOWN else "")
        return [InputError(f"no route calls at {told}", where, "serve every node")]
    graph = nx.Graph(pair for route in routes for pair in pairwise(route))
    parts = list(nx.connected_components(graph))
    if len(parts) > 1:
        a, b = (instance.names[min(part)] for part in parts[:2])
        return [
            InputError(f"no way leads from node {a} to node {b} by its routes", where, "make the routes meet")
        ]
    return []


def write_routes(path: Path, routes: Sequence[Route], instance: TransitInstance) -> None:
    """Write routes as `read_routes` reads them.

    Raises
    ------
    InputError
        The file cannot be written.
    """
    text = "".join("-".join(instance.names[node] for node in route) + "\n" for route in routes)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"cannot be written ({error.strerror})", str(path), "name a file in a folder there is"
        ) from error
