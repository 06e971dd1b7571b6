"""Privacy: unicity, exact noise, flows with differential privacy, secondary suppression, k-anonymous traces.

    python benchmarks/privacy.py --users 20000
    python benchmarks/privacy.py --only unicity --users 300000

Data are drawn: people with a home, a work place and four other places among 1,600 sites, seen about 120
times in two weeks. Times are of the processor, of one core; so are rates. Where all cores work, `wall_s` tells
how long one waits.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

if __name__ == "__main__":  # the script's own folder would hide the package `kernels` behind this file
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from jobs.counting.aggregates import blurred, limited_sums, limits_of
from jobs.counting.disclosure import PrivacyBudget, audited, forest_of, shown_figures
from jobs.counting.partial_sums import Sums
from jobs.counting.rollups import Rollup
from jobs.leakscan import Needles, needles_of
from jobs.leakscan.scan import scan_contents
from jobs.privacy.box_unicity import box_unicity, boxes_of
from jobs.privacy.dp import plan_noise
from jobs.privacy.glove import (
    GloveParams,
    anonymised,
    grounds_of_points,
    habits_of,
    quality,
    samples_of,
)
from jobs.privacy.membership import MembershipParams, membership
from jobs.privacy.recovery import RecoveryParams, counts_of, hourly_places, recovery
from jobs.privacy.released_boxes import proof_of_k, released_table
from jobs.privacy.rules import AsTheyAre, NoisyCounts
from jobs.privacy.traces import Traces, points_of
from jobs.privacy.unicity import UnicityParams, measured_unicity
from jobs.release.layouts import parquet_bytes, text_bytes
from kernels.privacy.exact_noise import discrete_laplace
from kernels.privacy.gaussian_noise import discrete_gaussian

_SITES = 1_600
_DAYS = 14
_MONDAY = 1_357_516_800
_HOURS = np.array([1, 1, 0.5, 0.3, 0.3, 0.5, 2, 4, 6, 6, 6, 6, 6, 6, 6, 6, 7, 8, 8, 8, 7, 5, 3, 2])
_CAP = 20
"""Hours of a person that are counted in presence with noise."""
_KEY = np.arange(8, dtype=np.uint32)
_NONCE = np.zeros(3, np.uint32)

Floats = NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--users", type=int, default=20_000, help="for unicity and k-anonymous traces")
    parser.add_argument("--flow-users", type=int, default=1_000_000, help="for flows with noise")
    parser.add_argument(
        "--exact-users", type=int, default=0, help="also compare blocks with one block of these"
    )
    parser.add_argument("--only", default="", metavar="PARTS", help="some parts, comma-separated")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    args = parser.parse_args()
    parts: dict[str, Callable[[], Any]] = {
        "noise": noise_rates,
        "flows": lambda: noisy_flows(args.flow_users),
        "suppression": lambda: suppression(200_000),
        "unicity": lambda: unicity(args.users),
        "k_anonymity": lambda: k_anonymity(args.users),
        "attacks": lambda: attacks(args.users),
        "leak_scan": leak_scan,
        "blocks_and_exact": lambda: blocks_and_exact(args.exact_users),
    }
    wanted = (
        args.only.split(",")
        if args.only
        else [p for p in parts if args.exact_users or p != "blocks_and_exact"]
    )
    if unknown := sorted(set(wanted) - set(parts)):
        parser.error(f"unknown {unknown}; there are {sorted(parts)}")
    told = {part: parts[part]() for part in wanted}
    print(json.dumps(told, indent=1))
    if args.json:
        args.json.write_text(json.dumps(told, indent=1))


def processor_s(run: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of processor time, and the result."""
    began = time.process_time()
    result = run()
    return time.process_time() - began, result


def waited_s(run: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds of processor time, seconds by the clock, and the result."""
    began = time.monotonic()
    seconds, result = processor_s(run)
    return seconds, time.monotonic() - began, result


def crowd(users: int, seed: int = 1) -> tuple[Traces, NDArray[np.float64], NDArray[np.float64]]:
    """Drawn traces, and longitudes and latitudes of sites."""
    rng = np.random.default_rng(seed)
    size = np.minimum(rng.lognormal(np.log(110), 0.7, users).astype(int) + 5, 900)
    user = np.repeat(np.arange(users), size)
    popular = np.cumsum(rng.random(_SITES) ** 4)
    usual = np.searchsorted(popular / popular[-1], rng.random((users, 6))).clip(0, _SITES - 1)
    hour = np.searchsorted(np.cumsum(_HOURS) / _HOURS.sum(), rng.random(user.size)).clip(0, 23)
    day = rng.integers(0, _DAYS, user.size)
    at_work = (hour > 8) & (hour < 18) & (day % 7 < 5)
    role = np.where(rng.random(user.size) < 0.75, at_work.astype(int), 1 - at_work)
    role = np.where(rng.random(user.size) < 0.2, rng.integers(2, 6, user.size), role)
    time_s = _MONDAY + day * 86_400 + hour * 3_600 + rng.integers(0, 3_600, user.size)
    order = np.lexsort((time_s, user))
    place = usual[user, role][order].astype(np.int32)
    lon, lat = -17.4 + 0.11 * rng.standard_normal(_SITES), 14.7 + 0.11 * rng.standard_normal(_SITES)
    start = np.concatenate([[0], np.cumsum(size)]).astype(np.int64)
    return Traces(start, place, time_s[order], _SITES), lon, lat


def noise_rates() -> dict[str, float]:
    """Million exact draws a second."""
    rates = {}
    for name, draw in {
        "laplace, scale 6": lambda n: discrete_laplace(6, 1, _KEY, _NONCE, n),
        "laplace, scale 30": lambda n: discrete_laplace(30, 1, _KEY, _NONCE, n),
        "gaussian, variance 3037": lambda n: discrete_gaussian(3_037, _KEY, _NONCE, n),
    }.items():
        draw(10)
        seconds, _ = processor_s(lambda draw=draw: draw(2_000_000))
        rates[name] = round(2 / seconds, 2)
    return rates


def noisy_flows(users: int, zones: int = 123) -> dict[str, Any]:
    """One day of flows between zones by a gravity model, with noise at epsilon 1 and delta 1e-8."""
    rng = np.random.default_rng(1)
    people = rng.lognormal(0, 1, zones)
    where = rng.random((zones, 2)) * 60
    far = np.hypot(*(where[:, None] - where[None]).transpose(2, 0, 1)) + 3
    pull = people[None] * far**-1.5
    pull = np.cumsum(pull / pull.sum(1, keepdims=True), 1)
    home = rng.choice(zones, users, p=people / people.sum())
    trips = np.minimum(rng.poisson(3.0, users), 20)
    user = np.repeat(np.arange(users, dtype=np.uint64), trips)
    other = np.minimum((rng.random((user.size, 1)) > pull[home[user]]).sum(1), zones - 1)
    out = rng.random(user.size) < 0.5
    key = np.where(out, home[user] * zones + other, other * zones + home[user])
    true = np.bincount(key, minlength=zones**2).astype(float)
    found = {}
    for cap in (2, 4, 6, 8, 12):
        for keys in ("private", "public"):
            budget = PrivacyBudget(epsilon=Fraction(1), delta=1e-8, keys=keys)
            limits = limits_of(budget, cap, 1, False, 1)
            levels = limited_sums(user, key, np.ones(user.size), limits)
            grid = np.arange(zones**2) if keys == "public" else None
            made = blurred(levels, budget, limits, _KEY, grid)
            got = np.zeros(zones**2)
            got[made.sums.key] = made.sums.trips
            large = true >= 100
            found[f"cap {cap}, {keys} keys"] = {
                "cpc": round(float(2 * np.minimum(got, true).sum() / (got.sum() + true.sum())), 4),
                "median_error_of_flows_over_100": round(
                    float(np.median(np.abs(got - true)[large] / true[large])), 4
                ),
                "trips_in_shown_flows": round(float(true[got > 0].sum() / true.sum()), 4),
            }
    return {"users": users, "zones": zones, "epsilon": 1, "delta": 1e-8, "cells": found}


def suppression(flows: int) -> dict[str, Any]:
    """Withhold figures of a nested hierarchy, and audit it."""
    rng = np.random.default_rng(1)
    users = rng.geometric(0.06, flows)
    trips = users * rng.integers(1, 4, flows).astype(float)
    levels, rollups = [Sums(np.arange(flows), users, trips, trips)], []
    for part in (12, 12, 12, 12):
        below = levels[-1]
        above, inverse = np.unique(below.key // part, return_inverse=True)
        levels.append(
            Sums(
                above,
                np.bincount(inverse, below.users).astype(np.int64),
                np.bincount(inverse, below.trips),
                np.bincount(inverse, below.trips),
            )
        )
        rollups.append(Rollup("up", lambda key, part=part: key // part, lambda key: {}))
    shown_figures(levels[:1], (), 15)
    seconds, shown = processor_s(lambda: shown_figures(levels, tuple(rollups), 15))
    told = audited(forest_of(levels, tuple(rollups)), np.concatenate(shown), 15)
    rare = users < 15
    return {
        "flows": flows,
        "seconds": round(seconds, 3),
        "rare": int(rare.sum()),
        "withheld_as_complement": int((~shown[0] & ~rare).sum()),
        "trips_withheld_as_complement": round(float(trips[~shown[0] & ~rare].sum() / trips.sum()), 4),
        "computable": told.computable,
        "about_few": told.about_few,
    }


def unicity(users: int) -> dict[str, Any]:
    """Four points, a hundred draws for everybody."""
    traces, _, _ = crowd(users)
    points = points_of(traces, 3_600)
    measured_unicity(points, UnicityParams(points=(4,), draws=1, users=10), 1)
    params = UnicityParams(points=(4,), draws=100, users=users)
    seconds, wall_s, told = waited_s(lambda: measured_unicity(points, params, 1))
    return {
        "users": users,
        "draws": 100,
        "seconds": round(seconds, 1),
        "wall_s": round(wall_s, 1),
        "million_draws_a_second": round(users * 100 / seconds / 1e6, 2),
        "unicity_4": told["unicity"]["4"],
    }


def k_anonymity(users: int) -> dict[str, Any]:
    """Pairs of equal traces, attacked with true points; beside uniform grids with as much left out."""
    traces, lon, lat = crowd(users)
    took, samples, made = _anonymous(traces, lon, lat, GloveParams())
    told = quality(samples, made, 2)
    attacked = _attacked(samples, made, traces, lon, lat)
    uniform = _uniform(traces, lon, lat, told["left_out_share"])
    return {**told, **took, **attacked, "uniform": uniform}


def _anonymous(
    traces: Traces, lon: Floats, lat: Floats, params: GloveParams
) -> tuple[dict[str, float], Any, Any]:
    _glove(traces.of_users(np.arange(8)), lon, lat, params)
    seconds, wall_s, (samples, made) = waited_s(lambda: _glove(traces, lon, lat, params))
    return {"seconds": round(seconds, 1), "wall_s": round(wall_s, 1)}, samples, made


def _glove(traces: Traces, lon: Floats, lat: Floats, params: GloveParams) -> tuple[Any, Any]:
    ground = grounds_of_points(lon, lat)
    samples = samples_of(traces, ground, params.time_step_s)
    return samples, anonymised(samples, habits_of(traces, samples, ground), params, 1)


def _attacked(samples: Any, made: Any, traces: Traces, lon: Floats, lat: Floats) -> dict[str, Any]:
    """Four true points of a person, looked for in the released boxes."""
    table = released_table(samples, made, np.arange(made.box_start.size - 1))
    params = UnicityParams(points=(4,), draws=100, users=1_000)
    told = box_unicity(boxes_of(table), traces, lon, lat, params)
    proof = proof_of_k(table)
    return {
        "smallest_group_in_the_file": proof["smallest_group"],
        "unicity_4": told["unicity"]["4"]["value"],
        "chance_to_name_by_4": told["chance_to_name"]["4"],
    }


_GRIDS = [(km, hours) for hours in (1, 2, 3, 6, 12, 24) for km in (2.5, 5, 7.5, 10, 15, 20, 30, 40)]


def _uniform(traces: Traces, lon: Floats, lat: Floats, left_out: float) -> dict[str, Any]:
    """Finest uniform grids of space and time, of each duration, that leave few people unique.

    The rarest points are left out until as many events are missing as in the k-anonymous traces.
    """
    found: dict[str, Any] = {"left_out_share": left_out}
    for most in (0.01, 0.001):
        found[f"unicity_4 at most {most}"] = list(_finest(traces, lon, lat, left_out, most))
    return found


def _finest(
    traces: Traces, lon: Floats, lat: Floats, left_out: float, most: float
) -> Iterator[dict[str, Any]]:
    wide = np.inf
    for km, hours in _GRIDS:
        if km >= wide:
            continue
        column = np.floor((lon - lon.min()) * 107.6 / km)
        row = np.floor((lat - lat.min()) * 111.2 / km)
        cells, place = np.unique(column * 10_000 + row, return_inverse=True)
        coarse = without_rarest(traces.at(place.ravel(), cells.size), hours * 3_600, left_out)
        params = UnicityParams(points=(4,), draws=20, users=2_000)
        told = measured_unicity(points_of(coarse, hours * 3_600), params, 1)["unicity"]["4"]["value"]
        if told <= most:
            wide = km
            yield {"km": km, "hours": hours, "unicity_4": told}


def without_rarest(traces: Traces, step_s: int, share: float) -> Traces:
    """Leave out a share of the events: those at the points, of place and time step, that fewest share."""
    user = np.repeat(np.arange(traces.users), np.diff(traces.user_start))
    _, point = np.unique(
        traces.place.astype(np.int64) << 32 | traces.time_s // step_s - traces.time_s.min() // step_s,
        return_inverse=True,
    )
    persons = np.bincount(np.unique(point.astype(np.int64) << 32 | user) >> 32)
    order = np.lexsort((point, persons[point]))
    chosen = np.ones(user.size, np.bool_)
    chosen[order[: int(share * user.size)]] = False
    return traces.of_events(chosen)


def blocks_and_exact(users: int) -> dict[str, Any]:
    """The same people in blocks and as one block; what a sample costs, as it counts in the choice of boxes."""
    traces, lon, lat = crowd(users)
    found = {}
    for block in (GloveParams().block, users):
        took, samples, made = _anonymous(traces, lon, lat, GloveParams(block=block))
        found[f"block of {block}"] = {**quality(samples, made, 2), **took}
    costs = [told["mean_cost"] for told in found.values()]
    return {**found, "gap": round(costs[0] / costs[1] - 1, 4)}


def attacks(users: int) -> dict[str, Any]:
    """Hourly counts of people by place, as they are and with noise at epsilon 1: members, recovered traces."""
    traces, lon, lat = crowd(users)
    least = plan_noise(Fraction(1), 1e-8, _CAP, 1, "laplace").least or 0
    rules = {
        "raw": AsTheyAre(),
        "noise, public keys": NoisyCounts(Fraction(1), _CAP, 0),
        "noise, private keys": NoisyCounts(Fraction(1), _CAP, least),
    }
    points, game = points_of(traces, 3_600), MembershipParams()
    way = RecoveryParams()
    at = hourly_places(traces, way)
    used, place = np.unique(at, return_inverse=True)
    at = place.reshape(at.shape).astype(np.int32)
    found: dict[str, Any] = {"epsilon": 1, "delta": 1e-8, "cap": _CAP}
    for name, rule in rules.items():
        published = rule.published(counts_of(at, used.size), 1)
        found[name] = {
            "membership": membership(points, rule, game)["auc"],
            "recovery": recovery(at, published, lon[used], lat[used], way)["gain"],
        }
    return found


def leak_scan() -> dict[str, Any]:
    """Megabytes a second of files, searched for 100,000 identifiers; none must be found.

    Of Parquet: megabytes of the file, and of its values. The last files have columns of which no value comes
    twice, so that no dictionary tells them.
    """
    rng = np.random.default_rng(1)
    needles = needles_of([b"22177%07d" % n for n in rng.choice(10_000_000, 100_000, replace=False)])
    table, page = _rows(rng, 2_000_000), b"<p>trips from here to there: <b>1,234</b></p>\n" * 1_000_000
    text = text_bytes(table, ",", False)
    _searched(text[:100_000], needles)
    found = {"traces.csv": _searched(text, needles), "page.html": _searched(page, needles)}
    for name, of_kind in {"traces": table, **_columns_of_distinct(rng, 1_000_000)}.items():
        content = parquet_bytes(of_kind)
        _searched(parquet_bytes(of_kind.slice(0, 1_000)), needles)
        told = _searched(content, needles)
        told["megabytes_of_values_a_second"] = round(of_kind.nbytes / 1e6 / told["seconds"])
        found[f"{name}.parquet"] = told
    return found


def _rows(rng: np.random.Generator, rows: int) -> pa.Table:
    return pa.table(
        {
            "user_id": np.sort(rng.integers(1, 50_000, rows)).astype(np.int32),
            "timestamp": pa.array(_MONDAY + rng.integers(0, 2_016, rows) * 600).cast(pa.timestamp("s")),
            "site_id": rng.integers(1, _SITES, rows).astype(np.int32),
        }
    )


def _columns_of_distinct(rng: np.random.Generator, rows: int) -> dict[str, pa.Table]:
    whole = rng.integers(0, 2**63, rows)
    columns = {
        "distinct integers": whole,
        "distinct times": pa.array(_MONDAY * 1000 + whole % (_DAYS * 86_400_000), pa.timestamp("ms")),
        "distinct doubles": np.round(rng.lognormal(5, 1, rows), 6),
        "distinct hexadecimal text": [f"{n:016x}" for n in whole.tolist()],
        "distinct bytes": [rng.bytes(16) for _ in range(rows)],
    }
    return {name: pa.table({"x": column}) for name, column in columns.items()}


def _searched(content: bytes, needles: Needles) -> dict[str, float]:
    seconds, told = processor_s(lambda: scan_contents([("file", content)], needles))
    assert not told.found
    size = len(content) / 1e6
    return {
        "megabytes": round(size, 1),
        "seconds": round(seconds, 4),
        "megabytes_a_second": round(size / seconds),
    }


if __name__ == "__main__":
    main()
