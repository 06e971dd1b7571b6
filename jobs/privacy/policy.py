"""The rules that a release has to keep, and the judge who refuses it."""

from typing import Any

from pydantic import Field

from jobs.errors import PrivacyGate
from jobs.params import Params

NONE_RELEASED = "none_released"
"""Set in what was found of an attack whose target is not part of the release."""


class PolicyParams(Params):
    """Bounds on measured figures; a bound that is not given is not asked for."""

    max_unicity: float | None = Field(None, ge=0, le=1, description="of released traces, at `unicity_points`")
    unicity_points: int = Field(4, ge=1, le=64, description="points known to an attacker")
    min_k: int | None = Field(
        None, ge=2, description="released traces that are equal; also published figures' users"
    )
    max_home_work_alone: float | None = Field(
        None, ge=0, le=1, description="share of people alone with their home and work"
    )
    max_linkage: float | None = Field(None, ge=0, le=1, description="share of people found again")
    max_membership_auc: float | None = Field(None, ge=0.5, le=1, description="of membership inference")
    max_recovery_gain: float | None = Field(
        None, ge=0, le=1, description="accuracy of recovered traces above that of chance"
    )
    max_computable: int | None = Field(None, ge=0, description="withheld figures that follow from others")
    min_information_ratio: float | None = Field(
        None, ge=0, le=1, description="share of a person's points that makes them unique, median"
    )
    controls_succeed: bool = Field(True, description="refuse if an attack fails on raw events as well")


def judge(policy: PolicyParams, findings: dict[str, dict[str, Any]]) -> list[str]:
    """What of a release breaks the policy, in sentences; nothing, if it keeps it.

    Upper ends of confidence intervals count, not their middles. A figure that the policy asks for and
    nobody measured breaks it.

    Parameters
    ----------
    findings : by the attack's name, `Finding.as_json()` of each attack that was made.
    """
    broken = []
    for attack, path, bound, is_most, name in _rules(policy):
        released = findings.get(attack, {}).get("released")
        if bound is None or (released and released.get(NONE_RELEASED)):
            continue
        told = _figure(released, path)
        if told is None:
            broken.append(f"{name} was not measured, and the policy bounds it by {bound:g}")
        elif told > bound if is_most else told < bound:
            side = "at most" if is_most else "at least"
            broken.append(f"{name} is {told:g}, and has to be {side} {bound:g}")
    if policy.controls_succeed:
        failed = [name for name, told in findings.items() if told.get("control_succeeds") is False]
        broken += [
            f"the attack `{name}` fails on raw events too, so that it proves nothing" for name in failed
        ]
    return broken


def refuse_if_broken(policy: PolicyParams, findings: dict[str, dict[str, Any]]) -> None:
    """Let a release pass, or not.

    Raises
    ------
    PrivacyGate
        The policy is broken: the message tells by which figures.
    """
    broken = judge(policy, findings)
    if broken:
        what = "the release breaks the privacy policy:\n" + "\n".join(f"- {line}" for line in broken)
        raise PrivacyGate(what, "release.policy", "coarsen, sample or blur more; or decide on other bounds")


def _rules(policy: PolicyParams) -> list[tuple[str, tuple[str, ...], float | None, bool, str]]:
    p = str(policy.unicity_points)
    return [
        ("unicity", ("unicity", p, "high"), policy.max_unicity, True, f"unicity at {p} points"),
        ("unicity", ("information_ratio_median",), policy.min_information_ratio, False, "information ratio"),
        ("k-anonymity", ("smallest_group",), policy.min_k, False, "the smallest group of equal traces"),
        ("anchors", ("alone_share",), policy.max_home_work_alone, True, "share alone with home and work"),
        ("linkage", ("matched", "high"), policy.max_linkage, True, "share of people found again"),
        ("membership", ("auc", "high"), policy.max_membership_auc, True, "membership inference AUC"),
        ("recovery", ("gain",), policy.max_recovery_gain, True, "recovered traces above chance"),
        (
            "differencing",
            ("computable",),
            policy.max_computable,
            True,
            "number of withheld figures to compute",
        ),
    ]


def _figure(told: Any, path: tuple[str, ...]) -> float | None:
    for name in path:
        if not isinstance(told, dict) or name not in told:
            return None
        told = told[name]
    return float(told)


def attacks_asked(policy: PolicyParams) -> list[str]:
    """Names of the attacks that the policy bounds."""
    return list(dict.fromkeys(attack for attack, _, bound, _, _ in _rules(policy) if bound is not None))
