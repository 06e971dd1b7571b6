"""Tables of poles and living areas, and how areas keep time with each other."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jobs.calendars.days import DAY_TYPES
from jobs.ground.footprints import coarser
from jobs.mobility import tables
from jobs.mobility.networks import Network, area_matrix, hot_spots, self_containment
from jobs.mobility.rhythms import HOURS, Profiles, divergence, lag

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SELF_CONTAINED = 2 / 3
"""Travel-to-work areas of 25,000 workers and more keep two thirds of them (Coombes and Bond 2008)."""


def poles_table(network: Network, area: Integers) -> pa.Table:
    """Rows of the `poles` table."""
    between = ~network.within
    arrivals = network.arrivals()
    same = between & (area[network.origin] == area[network.destination])
    from_area = network.sums(network.destination, np.where(same, network.trips, 0.0))
    share = np.divide(from_area, arrivals, out=np.full(arrivals.size, np.nan), where=arrivals > 0)
    size = network.h3.size
    rows = {
        "h3": network.h3,
        "area": area.astype(np.int32),
        "departures": network.departures(),
        "arrivals": arrivals,
        "internal": network.internal(),
        "origins": np.bincount(network.destination[between], minlength=size).astype(np.int32),
        "destinations": np.bincount(network.origin[between], minlength=size).astype(np.int32),
        "is_pole": hot_spots(arrivals),
        "in_area": pa.array(share, from_pandas=True),
    }
    return tables.conformed(tables.POLES, pa.table(rows))


def areas_table(network: Network, area: Integers, zones: pa.Table) -> pa.Table:
    """Rows of the `areas` table; population is null without zones."""
    flows = area_matrix(network, area)
    of_residents, of_visitors = self_containment(flows)
    arrivals = network.arrivals() + network.internal()
    poles = [int(network.h3[area == a][arrivals[area == a].argmax()]) for a in range(len(flows))]
    contained = np.nan_to_num(np.fmin(of_residents, of_visitors)) >= SELF_CONTAINED
    rows = {
        "area": np.arange(len(flows), dtype=np.int32),
        "cells": np.bincount(area, minlength=len(flows)).astype(np.int32),
        "pole": pa.array(poles, pa.int64()),
        "starting": flows.sum(axis=1),
        "ending": flows.sum(axis=0),
        "internal": np.diag(flows).copy(),
        "of_residents": pa.array(of_residents, from_pandas=True),
        "of_visitors": pa.array(of_visitors, from_pandas=True),
        "self_contained": contained,
        "population": pa.array(_population(network.h3, area, len(flows), zones), from_pandas=True),
    }
    return tables.conformed(tables.AREAS, pa.table(rows))


def _population(cells: Integers, area: Integers, areas: int, zones: pa.Table) -> Floats:
    if zones.num_rows == 0 or cells.size == 0:
        return np.full(areas, np.nan)
    import h3.api.basic_int as h3

    of_zone = coarser(zones["h3"].to_numpy(), h3.get_resolution(int(cells[0])))
    at = np.minimum(np.searchsorted(cells, of_zone), cells.size - 1)
    inside = cells[at] == of_zone
    persons = np.asarray(zones["population"].to_numpy(), np.float64)
    return np.asarray(np.bincount(area[at[inside]], persons[inside], areas), np.float64)


def area_flows_table(network: Network, area: Integers) -> pa.Table:
    """Rows of the `area_flows` table."""
    flows = area_matrix(network, area)
    origin, destination = np.nonzero(flows)
    rows = {
        "origin": origin.astype(np.int32),
        "destination": destination.astype(np.int32),
        "trips": flows[origin, destination],
    }
    return tables.conformed(tables.AREA_FLOWS, pa.table(rows))


def area_shapes(profiles: Profiles, cells: Integers, area: Integers, day_type: int) -> Floats:
    """Profile of each area: shares of its cells added up; NaN at an hour that none of them knows. float64[areas, 24].

    Cells are those of the flows; a cell with an unknown hour would make its area look empty then, so only
    cells that know the whole day count.
    """
    areas = int(area.max(initial=-1)) + 1
    share = profiles.share[day_type]
    at = np.minimum(np.searchsorted(cells, profiles.h3), max(cells.size - 1, 0))
    usable = np.isfinite(share).all(axis=1)
    usable &= cells[at] == profiles.h3 if cells.size else False
    total = np.zeros((areas, HOURS))
    np.add.at(total, area[at[usable]], share[usable])
    whole = total.sum(axis=1, keepdims=True)
    return np.where(whole > 0, total / np.where(whole > 0, whole, 1), np.nan)


def desynchronisation_table(profiles: Profiles, cells: Integers, area: Integers) -> pa.Table:
    """Rows of the `desynchronisation` table: every pair of areas that have a profile."""
    rows: list[tuple[int, int, str, float, int, float, float]] = []
    for number, day_type in enumerate(DAY_TYPES):
        if profiles.days[number] == 0:
            continue
        shape = area_shapes(profiles, cells, area, number)
        known = np.flatnonzero(np.isfinite(shape).all(axis=1)).tolist()
        for i, a in enumerate(known):
            for b in known[i + 1 :]:
                rows.append((a, b, day_type, divergence(shape[a], shape[b]), *lag(shape[a], shape[b])))
    names = [c.name for c in tables.DESYNCHRONISATION.columns]
    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    schema = tables.DESYNCHRONISATION.schema
    table = pa.table(
        {
            name: pa.array(list(column), schema.field(name).type, from_pandas=True)
            for name, column in zip(names, columns, strict=True)
        }
    )
    return tables.conformed(tables.DESYNCHRONISATION, table)
