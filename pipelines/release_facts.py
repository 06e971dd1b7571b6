"""Gather what the documents of a bundle tell: from config, stage records and the files made."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from jobs.release.bundle import digests
from jobs.release.facts import Facts, described
from jobs.release.rounding import rounded_figures, two_digits
from jobs.release.sample import keyed_digests
from jobs.release.signing import drawing_pads, load_signing_key
from pipelines.making import Making
from pipelines.version import package_version

_EPOCH = date(1970, 1, 1)


def gathered_facts(making: Making, risk: dict[str, Any], leak_scan: dict[str, Any] | None) -> Facts:
    """Facts of a bundle whose data are written."""
    context, config = making.context, making.context.config
    store = context.store
    entries = digests(store, making.folder)
    headers = making.figures.get("indicators", {})
    files = described(
        store, making.folder, entries, {"layouts": making.params.layouts, "indicators": headers}
    )
    return Facts(
        title=config.name,
        params=making.params,
        version=package_version(),
        run=context.build.rsplit("-", 1)[0],
        config_digest=hashlib.sha256(config.model_dump_json().encode()).hexdigest(),
        published=datetime.now(UTC).date(),
        days=(_EPOCH + timedelta(days=making.days[0]), _EPOCH + timedelta(days=making.days[-1])),
        bounds=_bounds(making),
        files=tuple(files),
        figures=rounded_figures(making.figures),
        protection=_protection(making),
        inputs=_inputs(making),
        risk=rounded_figures(risk),
        leak_scan=shown_scan(leak_scan),
    )


def _bounds(making: Making) -> tuple[float, float, float, float]:
    """West, south, east, north of the sites, degrees, to a tenth."""
    lon, lat = (making.places.sites[axis].to_numpy(zero_copy_only=False) for axis in ("lon", "lat"))
    west, south = np.floor(np.nanmin(lon) * 10) / 10, np.floor(np.nanmin(lat) * 10) / 10
    east, north = np.ceil(np.nanmax(lon) * 10) / 10, np.ceil(np.nanmax(lat) * 10) / 10
    return float(west), float(south), float(east), float(north)


def _protection(making: Making) -> dict[str, Any]:
    """What was done, by product: settings of disclosure control and what they withheld."""
    context, params = making.context, making.params
    told: dict[str, Any] = {
        "pseudonyms": "HMAC-SHA-256, 128 bits, subkey of each window by HKDF-SHA-256",
        "window_days": context.config.pseudonyms.window_days,
        "k": context.config.disclosure.min_users,
        "disclosure": _plain(context.config.disclosure.model_dump(mode="json")),
    }
    for name in ("od", "presence"):
        if name in params.products and name in context.records:
            told[name] = _shown_table(context.records[name].figures)
    told |= {
        name: rounded_figures(making.figures[name])
        for name in ("set1", "set2", "set3", "set4", "boxes")
        if name in making.figures
    }
    if {"set2", "set3", "boxes"} & set(params.products):
        told |= {"places": params.places, "eligibility": params.eligibility.model_dump()}
    return told


def _shown_table(figures: dict[str, Any]) -> dict[str, Any]:
    """What was withheld of a table: shares, and counts of figures; where one was withheld, no sum tells it."""
    told = {k: v for k, v in figures.items() if k not in ("min_users", "trips", "trips_withheld")}
    if figures.get("trips") and "trips_withheld" in figures:
        told["trips_withheld_share"] = figures["trips_withheld"] / figures["trips"]
    return dict(rounded_figures(told))


def shown_scan(found: dict[str, Any] | None) -> dict[str, Any] | None:
    """Result of the leak scan without the number of subscribers."""
    if found is None:
        return None
    rough = ("identifiers", "expected_by_chance")
    return {k: two_digits(v) if k in rough else v for k, v in found.items()}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Settings without places on the operator's disk."""
    kept = {k: _plain(v) if isinstance(v, dict) else v for k, v in values.items() if k != "ledger"}
    return {k: v for k, v in kept.items() if v is not None}


def _inputs(making: Making) -> list[dict[str, Any]]:
    """Rows of each raw file, to two digits, and a digest of it that only the signer can compute.

    A plain digest would let whoever knows all of a file but one person's records try them out.
    """
    told, signing = making.context.records["ingest"], making.params.signing_key
    counts = ("rows_in", "accepted", "quarantined", "duplicates")
    files = told.figures["files"]
    digests = [str(told.recipe["files"].get(account["file"], "")) for account in files]
    keyed = keyed_digests(digests, drawing_pads(load_signing_key(signing), "inputs")) if signing else digests
    return [
        {
            **({"hmac_sha256": digest} if signing else {}),
            **{name: two_digits(account[name]) for name in counts if isinstance(account.get(name), int)},
        }
        for account, digest in zip(files, keyed, strict=True)
    ]
