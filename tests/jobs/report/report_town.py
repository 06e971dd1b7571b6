"""A small invented town by the sea: 61 H3 cells, six quarters, ten lines, four proposals."""

from datetime import UTC, datetime, timedelta
from typing import Any

import h3
import numpy as np
import pyarrow as pa
from shapely import unary_union
from shapely.geometry import Polygon, mapping

from jobs.report import ReportContent
from jobs.tables import OD, PRESENCE

SLOTS = {"am_peak": 0.3, "midday": 0.25, "pm_peak": 0.33, "evening": 0.12}
QUARTERS = ("Vieux-Port", "Les Salines", "Médine Nord", "Grand Marché", "Belle Vue", "Cité des Enseignants")
CENTRE = (14.72, -17.42)
_CENTRE_CELL = h3.latlng_to_cell(*CENTRE, 8)
TOWN = sorted(h3.grid_disk(_CENTRE_CELL, 4))


def town(**changes: Any) -> ReportContent:
    """Content with everything given, unless `changes` says otherwise."""
    parts: dict[str, Any] = {
        "title": "Port-Mesh",
        "od": od_table(),
        "presence": presence_table(),
        "zones_geojson": quarters(),
        "proposals": plan(),
        "network": network(),
        "stages": stages(),
        "provenance": provenance(),
        "disclosure": {
            "k": 15,
            "suppressed_pairs": 4120,
            "suppressed_trips": 18_230,
            "published_trips": 402_000,
        },
    }
    return ReportContent(**(parts | changes))


def od_table() -> pa.Table:
    """Gravity demand: many live at the rim, many work near the centre and at the port."""
    rng = np.random.default_rng(7)
    where = np.array([h3.cell_to_latlng(c) for c in TOWN])
    homes = rng.gamma(1.2, 1.0, len(TOWN))
    works = np.exp(-6000 * ((where - CENTRE) ** 2).sum(axis=1)) + rng.gamma(0.3, 0.3, len(TOWN))
    distance = np.array([[h3.great_circle_distance(a, b) for b in where] for a in where])
    rows = []
    for day_type, size in (("weekday", 210_000), ("saturday", 120_000), ("sunday", 80_000)):
        for slot, part in SLOTS.items():
            pull = np.outer(homes, works) if slot == "am_peak" else np.outer(works, homes)
            trips = pull * np.exp(-distance / 2.5) * rng.gamma(4, 0.25, pull.shape)
            trips *= size * part / trips.sum()
            rows += [
                (
                    h3.str_to_int(a),
                    h3.str_to_int(b),
                    day_type,
                    slot,
                    int(t / 8) + 15,
                    t * 1.1,
                    t,
                    0.8 * t,
                    1.2 * t,
                )
                for a, line in zip(TOWN, trips, strict=True)
                for b, t in zip(TOWN, line, strict=True)
                if t > 12
            ]
    columns = zip(OD.schema.names, zip(*rows, strict=True), strict=True)
    return OD.conform(pa.table({name: list(values) for name, values in columns}))


def presence_table() -> pa.Table:
    """One day, by hour, in every tenth cell."""
    start = datetime(2026, 3, 2, tzinfo=UTC)
    rows = [
        (h3.str_to_int(cell), start + timedelta(hours=hour), 40 + hour, 900.0 + 300 * np.sin(hour / 4))
        for cell in TOWN[::10]
        for hour in range(24)
    ]
    columns = zip(PRESENCE.schema.names, zip(*rows, strict=True), strict=True)
    return PRESENCE.conform(pa.table({name: list(values) for name, values in columns}))


def quarters() -> dict[str, Any]:
    """Six quarters: wedges of the town, the south-west cut off by the sea."""
    groups: dict[int, list[Polygon]] = {}
    for cell in h3.grid_disk(_CENTRE_CELL, 6):
        lat, lon = h3.cell_to_latlng(cell)
        if lat - CENTRE[0] + lon - CENTRE[1] < -0.045:
            continue
        wedge = int((np.arctan2(lat - CENTRE[0], lon - CENTRE[1]) + np.pi) / (2 * np.pi) * 5.999)
        groups.setdefault(wedge, []).append(Polygon([(x, y) for y, x in h3.cell_to_boundary(cell)]))
    features = [
        {
            "type": "Feature",
            "properties": {"name": QUARTERS[wedge]},
            "geometry": mapping(unary_union([p.buffer(1e-6) for p in parts])),
        }
        for wedge, parts in sorted(groups.items())
    ]
    return {"type": "FeatureCollection", "features": features}


def network() -> dict[str, Any]:
    """Ten lines of today, of which one goes and two change, and one new."""
    statuses = ["kept"] * 7 + ["changed", "changed", "removed", "new"]
    return {"type": "FeatureCollection", "features": [_line(i, s) for i, s in enumerate(statuses)]}


def _line(number: int, status: str) -> dict[str, Any]:
    before = None if status == "new" else dict(zip(SLOTS, (12, 18, 12, 30), strict=True))
    after = None if status == "removed" else dict(zip(SLOTS, (12, 18, 12, 30), strict=True))
    if status == "changed":
        after = dict(zip(SLOTS, (7, 15, 8, 30), strict=True))
    if status == "new":
        after = dict(zip(SLOTS, (10, 20, 10, 30), strict=True))
    return {
        "type": "Feature",
        "properties": {
            "route_id": f"R{number + 1}",
            "name": f"{number + 1} {QUARTERS[number % 6]} – {QUARTERS[(number + 2) % 6]}",
            "status": status,
            "headway_before_min": before,
            "headway_after_min": after,
            "vehicles_before": 0 if status == "new" else 6 + number,
            "vehicles_after": 0 if status == "removed" else 6 + number + 3 * (status == "changed"),
            "boardings_before": None if status == "new" else 4200 - 130 * number,
            "boardings_after": None if status == "removed" else 4310 - 90 * number,
        },
        "geometry": {"type": "LineString", "coordinates": _course(number)},
    }


def _course(number: int) -> list[list[float]]:
    angle = 2 * np.pi * number / 11
    steps = np.linspace(-0.032, 0.032, 9)
    bow = 0.012 * np.cos(np.linspace(-1.5, 1.5, 9) * (1 + number % 3))
    lon = CENTRE[1] + steps * np.cos(angle) - bow * np.sin(angle)
    lat = CENTRE[0] + steps * np.sin(angle) + bow * np.cos(angle)
    return np.round(np.stack([lon, lat], axis=1), 5).tolist()


def plan() -> dict[str, Any]:
    """Contents of a `proposals.json`."""
    before = {
        "generalised_minutes": 58.4, "walk": 8.9, "wait": 9.6, "ride": 19.2, "transfers": 0.41,
        "unserved_share": 0.127, "passengers": 48_210, "vehicle_hours": 1210.5, "vehicle_km": 18_420,
        "peak_vehicles": 96, "trips_put_back_share": 0.146, "trips_modelled_share": 0.213,
    }  # fmt: skip
    after = before | {
        "generalised_minutes": 52.7, "walk": 8.1, "wait": 7.9, "transfers": 0.36, "unserved_share": 0.081,
        "passengers": 50_730, "vehicle_hours": 1208.0, "vehicle_km": 18_905,
    }  # fmt: skip
    return {
        "schema_version": 1,
        "planning_date": "2026-03-03",
        "day_type": "weekday",
        "slots": list(SLOTS),
        "assumptions": {
            "floors": {"max_losers_share": 0.1, "max_zone_loss_min": 10, "max_coverage_loss": 0.005},
            "walk_weight": 2, "transfer_minutes": 5, "cost": {"vehicle_hour": 24.0},
        },
        "before": before,
        "after": after,
        "budget": {"vehicle_hours_before": 1210.5, "allowed": 1210.5, "after": 1208.0},
        "winners_share": 0.24,
        "losers_share": 0.03,
        "equity": {"before": equity(0.0), "after": equity(0.01)},
        "areas": areas(1),
        "service": service(),
        "budget_curve": budget_curve(),
        "resamples": 20,
        "proposals": [
            proposal(1, "new_line", 10, "New line Cité des Enseignants – Vieux-Port",
                     "Nouvelle ligne Cité des Enseignants – Vieux-Port", 96_400),
            proposal(2, "headway", 7, "Line 8 every 7 minutes at the morning peak",
                     "Ligne 8 toutes les 7 minutes à la pointe du matin", 61_250),
            proposal(3, "remove_duplicate", 9, "Take off line 10, which follows line 4",
                     "Supprimer la ligne 10, qui suit la ligne 4", -4_100),
            proposal(4, "headway", 8, "Line 9 every 7 minutes at the morning peak",
                     "Ligne 9 toutes les 7 minutes à la pointe du matin", 28_730),
        ],
    }  # fmt: skip


def proposal(rank: int, kind: str, line: int, title: str, titre: str, saved: float) -> dict[str, Any]:
    """One proposal on the course of a line."""
    is_removal = kind == "remove_duplicate"
    return {
        "id": f"p{rank}",
        "rank": rank,
        "kind": kind,
        "title": {"en": title, "fr": titre},
        "reason": {
            "en": "4,180 trips a day go between these quarters, and today nine in ten of them change vehicles.",
            "fr": "4 180 déplacements par jour relient ces quartiers ; neuf sur dix changent de véhicule.",
        },
        "route_ids": [f"R{line + 1}"],
        "geometry": {"type": "LineString", "coordinates": _course(line)},
        "stops": ["Gare routière", "Marché", "Lycée", "Hôpital", "Port"],
        "headway_before_min": None if kind == "new_line" else {"am_peak": 12, "pm_peak": 12},
        "headway_after_min": None if is_removal else {"am_peak": 7, "pm_peak": 8},
        "vehicle_hours_delta": -98.5 if is_removal else 46.2,
        "vehicle_km_delta": -1310.0 if is_removal else 702.0,
        "vehicles_delta": -9 if is_removal else 4,
        "generalised_minutes_saved_per_day": saved,
        "boardings_per_day": None if is_removal else 3410,
        "winners_share": 0.21 if not is_removal else 0.0,
        "losers_share": 0.02 if not is_removal else 0.05,
        "confidence": 1.0 - 0.2 * (rank - 1),
        "areas": areas(line, most=6),
    }


def areas(seed: int, most: int = len(TOWN)) -> list[dict[str, Any]]:
    """Gains and losses by cell, the largest first."""
    saved = np.sort(np.random.default_rng(seed).normal(0.6, 1.5, most))
    saved = saved[np.argsort(-np.abs(saved))]
    return [
        {
            "h3": cell,
            "minutes_saved_per_day": round(float(900 * value), 1),
            "minutes_saved_per_trip": round(float(value), 2),
            "winners_share": 0.3 if value > 0 else 0.0,
            "losers_share": 0.0 if value > 0 else 0.2,
        }
        for cell, value in zip(TOWN, saved, strict=False)
    ]


def service() -> dict[str, Any]:
    """Trips, those without a line, and perceived minutes: by cell, a value a slot."""
    slots = len(SLOTS)
    cells = [
        {
            "h3": cell,
            "trips": [100.0 + i] * slots,
            "unserved_before": [20.0 + i % 7] * slots,
            "perceived_min_before": [40.0 + i] * slots,
            "unserved_after": [15.0 + i % 5] * slots,
            "perceived_min_after": [38.0 + i] * slots,
        }
        for i, cell in enumerate(TOWN)
    ]
    return {"slots": list(SLOTS), "cells": cells}


def equity(shift: float) -> dict[str, Any]:
    """Coverage and reach of one state of the network."""
    reach = {"mean": 0.2 + shift, "median": 0.19 + shift, "p10": 0.03, "gini": 0.34, "palma": 5.037}
    return {
        "people": "residents",
        "coverage_m": 500.0,
        "covered_share": 0.715 + shift,
        "covered_share_with_service": {"every_15_min": 0.4, "every_30_min": 0.63 + shift},
        "opportunities_in_reach": {"45_min": reach},
        "slot": "pm_peak",
    }


def budget_curve() -> list[dict[str, Any]]:
    """Three budgets: one that breaks the floor on losers, today's, and one that splits a line."""
    return [
        step(-0.1, -20_000.0, [("headway:R8", None)], keeps_floors=False),
        step(
            0.0,
            120_000.0,
            [("new_line:R11", _course(10)), ("headway:R8", None), ("remove_duplicate:R10", None)],
        ),
        step(0.1, 300_000.0, []) | {"changes": [split_line()]},
    ]


STEP_WAY = [[-17.46, 14.70], [-17.42, 14.70], [-17.40, 14.74]]


def split_line() -> dict[str, Any]:
    """A change that ends one line, leads another elsewhere and brings a third."""
    return {
        "id": "split:R3",
        "name": "3",
        "title": {"en": "Split line 3 at Marché", "fr": "Scinder la ligne 3 à Marché"},
        "headway_min": {},
        "lines": [
            {
                "route_id": "R3",
                "name": "3",
                "status": "changed",
                "headway_min": {"pm_peak": 9.0},
                "geometry": {"type": "LineString", "coordinates": STEP_WAY},
            },
            {"route_id": "R4", "name": "4", "status": "removed", "headway_min": {}},
            {
                "route_id": "R13",
                "name": "13",
                "status": "new",
                "headway_min": {"am_peak": 12.0},
                "geometry": {"type": "LineString", "coordinates": _course(4)},
            },
        ],
    }


def step(
    share: float, saved: float, changes: list[tuple[str, Any]], keeps_floors: bool = True
) -> dict[str, Any]:
    """One step of the budget curve."""
    hours = 1210.5 * (1 + share)
    return {
        "vehicle_hours_change": share,
        "vehicle_hours_allowed": hours,
        "vehicle_hours": hours - 1,
        "vehicle_km": 18_000.0,
        "peak_vehicles": round(96 * (1 + share)),
        "money": None,
        "generalised_minutes_saved_per_day": saved,
        "keeps_floors": keeps_floors,
        "changes": [
            {
                "id": name,
                "name": name.partition(":")[2],
                "headway_min": {"am_peak": 10.0},
                **({"geometry": {"type": "LineString", "coordinates": way}} if way else {}),
            }
            for name, way in changes
        ],
    }


def stages() -> list[dict[str, Any]]:
    """Stages of a run."""
    rows = {
        "ingest": 12_400_310,
        "locate": 214,
        "stays": 2_310_455,
        "trips": 1_604_220,
        "od": 30_112,
        "transit": 11,
    }
    return [
        {"name": name, "rows": count, "seconds": 3.25 * i + 1, "status": "done"}
        for i, (name, count) in enumerate(rows.items())
    ]


def provenance() -> dict[str, Any]:
    """Inputs whose rows add up."""
    return {
        "run_id": "20260303T0410Z-7f3a",
        "version": "0.1.0",
        "config_digest": "sha256:" + "ab12" * 16,
        "inputs": [
            {
                "name": f"cdr/week{week}.csv.gz",
                "digest": "sha256:" + f"{week}c9d" * 16,
                "rows": 6_210_400,
                "accepted": 6_200_155,
                "duplicates": 9_345,
                "quarantined": {"bad_timestamp": 610, "unknown_cell": 290},
            }
            for week in (1, 2)
        ],
    }
