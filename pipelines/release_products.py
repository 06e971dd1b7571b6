"""The products of a bundle: which persons, which files, under which names."""

from typing import Any

import numpy as np

from jobs.identity.pseudonyms import WindowPads, window_pads
from jobs.release.boxes import BoxSet, ground_of_sites, write_boxes
from jobs.release.ego import write_ego_graphs
from jobs.release.indicators import IndicatorSet, write_indicators
from jobs.release.interactions import check_interactions
from jobs.release.layouts import LAYOUTS, parquet_bytes
from jobs.release.places import context_files
from jobs.release.raw_ids import write_persons
from jobs.release.rounding import rounded_table
from jobs.release.sample import Draw, PeriodKind, draw, window_of
from jobs.release.traces import TraceSet, write_traces
from jobs.release.traffic import TrafficRule, write_traffic
from jobs.release.traffic_noise import TrafficNoise
from pipelines.budget import noise_of
from pipelines.context import StageContext
from pipelines.making import Making, identifiers, slices, slices_of_draw

_PERSON_WINDOW = 0


def make_products(making: Making) -> None:
    """Write everything below data/ and context/."""
    check_products(making.context)
    products = making.params.products
    for name in ("od", "od_margins", "presence", "presence_margins"):
        if name.removesuffix("_margins") in products and _is_made(making.context, name):
            table = making.context.table(name)
            content = parquet_bytes(rounded_table(table))
            making.context.store.write_bytes(f"{making.folder}/data/{name}.parquet", content)
    if "set1" in products:
        making.figures["set1"] = _traffic(making)
    for name in ("set2", "set3"):
        if name in products or (name == "set2" and "set4" in products):
            _draw(making, name)
        if name in products:
            making.figures[name] = _traces(making, name)
    if "boxes" in products:
        _draw(making, "boxes")
        making.figures["boxes"] = _boxes(making)
    if "indicators" in products:
        making.figures["indicators"] = {name: _indicators(making, name) for name in making.samples}
    if "set4" in products:
        making.figures["set4"] = _graphs(making)
    if set(products) - {"od", "presence", "boxes"}:
        _context(making)


def _is_made(context: StageContext, table: str) -> bool:
    return any(table in record.tables for record in context.records.values())


def check_products(context: StageContext) -> None:
    """Refuse products that need to know who spoke with whom where the events do not tell."""
    for product in ("set1", "set4"):
        if product in context.config.release.products:
            check_interactions(context.store, context.files("events"), product)


def _draw(making: Making, name: str) -> None:
    context, params = making.context, making.params
    kind: PeriodKind = params.coarse.id_lasts if name == "set3" else "window"
    by_period = making.days_by(kind)
    key = context.key()
    rule = Draw(
        name,
        kind,
        {period: len(days) for period, days in by_period.items()},
        {period: window_pads(key, period, f"release-{name}-{kind}") for period in by_period},
        {"set3": params.coarse.users, "boxes": params.boxes.users}.get(name, params.sample_users),
        params.eligibility,
        _persons(making, kind),
    )
    clock = context.config.calendar.clock
    sample = draw(context.spark(), context.store, context.files("events"), rule, clock, making.private)
    making.samples[name] = (rule, sample)


def _persons(making: Making, kind: PeriodKind) -> dict[str, str]:
    """Who is behind the users of each file of events, where an identifier lasts longer than a window."""
    events = making.context.files("events")
    windows = {window_of(file) for file in events}
    if kind == "window" or len(windows) < 2:
        return {}
    key = making.context.key()
    pads = {window: window_pads(key, window) for window in windows}
    person: WindowPads = window_pads(key, _PERSON_WINDOW, "release-person")
    spark, store = making.context.spark(), making.context.store
    files = write_persons(spark, store, identifiers(making), pads, person, making.private)
    return {file.name: files[window_of(file)] for file in events}


def _traces(making: Making, name: str) -> dict[str, Any]:
    context, params = making.context, making.params
    rule, sample = making.samples[name]
    places = making.places
    traces = TraceSet(
        rule,
        sample,
        places.zone_of_cell if name == "set3" else places.site_of_cell,
        "zone_id" if name == "set3" else "site_id",
        slices_of_draw(making, rule),
        params.time_step_s,
        params.layouts,
    )
    clock, events = context.config.calendar.clock, context.files("events")
    written = write_traces(context.spark(), context.store, making.folder, events, traces, clock, making.copy)
    return {"identifier_lasts": rule.kind, **sample.figures(), **written}


def _boxes(making: Making) -> dict[str, Any]:
    context, places = making.context, making.places
    rule, sample = making.samples["boxes"]
    files = {
        period: pieces[0].file_name("boxes/boxes_{one}.parquet")
        for period, pieces in slices_of_draw(making, rule).items()
    }
    boxes = BoxSet(rule, sample, places.site_of_cell, ground_of_sites(places), making.params.boxes, files)
    events, clock = context.files("events"), context.config.calendar.clock
    made = write_boxes(context.store, making.folder, events, boxes, clock, making.copy, context.say)
    return {**sample.figures(), **made}


def _indicators(making: Making, name: str) -> list[str]:
    context, places = making.context, making.places
    rule, sample = making.samples[name]
    of_zone = name == "set3"
    table = places.zones if of_zone else places.sites
    wanted = IndicatorSet(
        rule,
        sample,
        places.zone_of_cell if of_zone else places.site_of_cell,
        np.append(np.nan, table["lon"].to_numpy()),
        np.append(np.nan, table["lat"].to_numpy()),
        {period: pieces[0] for period, pieces in slices_of_draw(making, rule).items()},
        making.params.layouts,
    )
    clock, events = context.config.calendar.clock, context.files("events")
    return write_indicators(context.spark(), context.store, making.folder, events, wanted, clock, making.copy)


def _traffic(making: Making) -> dict[str, Any]:
    context, disclosure = making.context, making.context.config.disclosure
    events, noise = context.files("events"), None
    key = noise_of(context, "set1", ("events", "zones"), {"places": making.params.places})
    if disclosure.dp is not None and key is not None:
        noise = TrafficNoise(disclosure.dp, len({window_of(file) for file in events}), key)
    rule = TrafficRule(
        making.places.site_of_cell,
        disclosure.min_users,
        making.params.traffic_cap,
        {name: slices(making, LAYOUTS[name].slice) for name in making.params.layouts},
        noise,
    )
    return write_traffic(
        context.spark(),
        context.store,
        making.folder,
        events,
        rule,
        context.config.calendar.clock,
        len(events),
    )


def _graphs(making: Making) -> dict[str, Any]:
    context, params = making.context, making.params
    assert params.ego_graphs is not None
    rule, sample = making.samples["set2"]
    key = context.key()
    return write_ego_graphs(
        context.spark(),
        context.store,
        making.folder,
        context.files("events"),
        sample,
        params.ego_graphs.egos,
        {window: window_pads(key, window, "release-set4") for window in rule.periods},
        dict(zip(rule.periods, slices(making, "window"), strict=True)),
        params.layouts,
        making.copy,
    )


def _context(making: Making) -> None:
    for name in making.params.layouts:
        for path, content in context_files(making.places, LAYOUTS[name]).items():
            making.context.store.write_bytes(f"{making.folder}/context/{path}", content)
