"""The ways that vehicles take: shapes.txt, where a feed has it and it can be read."""

import numpy as np

from jobs.transit.feeds.columns import Columns
from jobs.transit.feeds.csvtext import TextTable

_COLUMNS = ("shape_id", "shape_pt_lon", "shape_pt_lat", "shape_pt_sequence")


def note_shapes(columns: Columns, shape_of_trip: list[str]) -> None:
    """Warn about shapes that cannot be drawn; the stops are drawn instead."""
    named = np.array([bool(shape) for shape in shape_of_trip], bool)
    known = set(columns.text("shape_id"))
    lost = named & np.array([shape not in known for shape in shape_of_trip], bool)
    columns.findings.rows(
        "trips.txt",
        "unknown_shape",
        lost,
        lambda i: f"shape_id {shape_of_trip[i]!r} is not in shapes.txt; the line is drawn from stop to stop",
        "add the shape, or leave shape_id blank",
        is_error=False,
    )
    if not columns.table.row_count:
        return
    if not all(columns.table.has(name) for name in _COLUMNS) or _points(columns.table) is None:
        columns.findings.add(
            columns.name,
            "unreadable_shapes",
            "has points without numbers; lines are drawn from stop to stop",
            "give each point shape_pt_lon, shape_pt_lat and shape_pt_sequence",
            is_error=False,
        )


def read_shapes(table: TextTable, wanted: set[str]) -> dict[str, np.ndarray]:
    """Shapes of two points or more, each (n, 2) degrees of longitude and latitude in order; none where unreadable."""
    if not table.row_count or not all(table.has(name) for name in _COLUMNS):
        return {}
    points = _points(table)
    if points is None:
        return {}
    ids = np.array(table.column("shape_id"), object)
    rows = np.flatnonzero(np.isin(ids, list(wanted)))
    rows = rows[np.lexsort((points[rows, 2], ids[rows].astype(str)))]
    names, first = np.unique(ids[rows].astype(str), return_index=True)
    parts = np.split(points[rows, :2], first[1:])
    return {str(name): part for name, part in zip(names, parts, strict=True) if len(part) > 1}


def _points(table: TextTable) -> np.ndarray | None:
    """(n, 3): longitude, latitude, sequence; None if a cell is no number."""
    try:
        return np.array([[float(cell) for cell in table.column(name)] for name in _COLUMNS[1:]]).T
    except ValueError:
        return None
