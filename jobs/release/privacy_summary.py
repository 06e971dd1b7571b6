"""The figures of a privacy report that decide: what was done, the risk before and after, and its bounds."""

from typing import Any

from jobs.privacy.policy import Figure, PolicyParams, figures_of
from jobs.release.facts import Facts
from jobs.release.rounding import rounded_figures

_TABLES = {"od": "trips", "presence": "figures", "set1": "calls"}
"""Published tables, and what of them is counted as withheld."""


def in_short(facts: Facts) -> dict[str, Any]:
    """Protection by product and measured risk, each as one row.

    Returns
    -------
    ``protection`` : by product, those of ``k``, ``epsilon``, ``delta``, ``cap``, ``withheld_share``,
    ``left_out_share`` that it has. ``risk`` : for each figure that a policy could bound, ``before`` (raw
    events), ``after`` (the bundle), ``bound`` and ``kept``; the upper end of an interval where there is one.
    """
    done = {name: _done(facts, name) for name in (*_TABLES, "boxes")}
    return {"protection": {name: told for name, told in done.items() if told}, "risk": _risk(facts)}


def _done(facts: Facts, name: str) -> dict[str, Any]:
    made = facts.protection.get(name)
    if not isinstance(made, dict):
        return {}
    if name == "boxes":
        lost = [window["left_out_share"] for window in made["windows"]]
        return {"k": made["k"], "left_out_share": max(lost, default=0.0)}
    told: dict[str, Any] = {}
    noise = made.get("dp")
    if noise:
        told |= {key: noise[key] for key in ("epsilon", "delta", "cap") if key in noise}
    else:
        told["k"] = facts.protection.get("k")
    all_, withheld = made.get(_TABLES[name]), made.get(f"{_TABLES[name]}_withheld")
    if "trips_withheld_share" in made:
        told["withheld_share"] = made["trips_withheld_share"]
    elif all_ and withheld is not None:
        told["withheld_share"] = round(withheld / all_, 2)
    return told


def _risk(facts: Facts) -> list[dict[str, Any]]:
    policy = facts.params.policy or PolicyParams()
    found: list[dict[str, Any]] = []
    for figure in figures_of(policy):
        risk = facts.risk.get(figure.attack)
        after = figure.of(risk["released"]) if risk else None
        if risk and after is not None:
            found.append(
                {
                    "figure": figure.name,
                    "before": figure.of(risk["control"]),
                    "after": after,
                    "bound": figure.bound,
                    "kept": None if figure.bound is None else _is_kept(figure, after),
                }
            )
    return found


def _is_kept(figure: Figure, shown: float) -> bool:
    """Whether a bound is kept; a figure that rounding took beyond it keeps it, as the gate saw the exact one."""
    return figure.keeps(shown) or shown == rounded_figures(figure.bound)
