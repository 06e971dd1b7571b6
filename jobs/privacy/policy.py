"""The rules that a release has to keep, and the judge who refuses it."""

from dataclasses import dataclass
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
    min_k: int | None = Field(None, ge=2, description="persons behind each k-anonymous trace")
    max_home_work_alone: float | None = Field(
        None, ge=0, le=1, description="share of people alone with their home and work"
    )
    max_linkage: float | None = Field(None, ge=0, le=1, description="share of people found again")
    max_membership_auc: float | None = Field(None, ge=0.5, le=1, description="of membership inference")
    max_recovery_gain: float | None = Field(
        None, ge=0, le=1, description="accuracy of recovered traces above that of chance"
    )
    max_computable: int | None = Field(
        None,
        ge=0,
        description="published figures about fewer than k persons: each kind of withheld ones that follow from "
        "others, sums about few, and figures below k",
    )
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
    for figure in figures_of(policy):
        released = findings.get(figure.attack, {}).get("released")
        if figure.bound is None or (released and released.get(NONE_RELEASED)):
            continue
        told = figure.of(released)
        if told is None:
            broken.append(f"{figure.name} was not measured, and the policy bounds it by {figure.bound:g}")
        elif not figure.keeps(told):
            side = "at most" if figure.is_most else "at least"
            broken.append(f"{figure.name} is {told:g}, and has to be {side} {figure.bound:g}")
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


@dataclass(frozen=True)
class Figure:
    """A measured figure that a policy may bound.

    Attributes
    ----------
    path : where it stands in what an attack found; is_most : whether the bound is an upper one.
    """

    name: str
    attack: str
    path: tuple[str, ...]
    bound: float | None
    is_most: bool = True

    def of(self, told: Any) -> float | None:
        """The figure in what was found on one side; None where it is not there."""
        for name in self.path:
            if not isinstance(told, dict) or name not in told:
                return None
            told = told[name]
        return float(told)

    def keeps(self, value: float) -> bool:
        """Whether a value is within the bound; always without one."""
        if self.bound is None:
            return True
        return value <= self.bound if self.is_most else value >= self.bound


def figures_of(policy: PolicyParams) -> list[Figure]:
    """Every figure that a policy may bound, with the bound of this one."""
    p, few = str(policy.unicity_points), policy.max_computable
    return [
        Figure(f"unicity at {p} points", "unicity", ("unicity", p, "high"), policy.max_unicity),
        Figure(
            "information ratio",
            "unicity",
            ("information_ratio_median",),
            policy.min_information_ratio,
            False,
        ),
        Figure("the smallest group of equal traces", "k-anonymity", ("smallest_group",), policy.min_k, False),
        Figure("share alone with home and work", "anchors", ("alone_share",), policy.max_home_work_alone),
        Figure("share of people found again", "linkage", ("matched", "high"), policy.max_linkage),
        Figure("membership inference AUC", "membership", ("auc", "high"), policy.max_membership_auc),
        Figure("recovered traces above chance", "recovery", ("gain",), policy.max_recovery_gain),
        Figure("number of withheld figures to compute", "differencing", ("computable",), few),
        Figure("number of sums about fewer than k persons", "differencing", ("about_few",), few),
        Figure("number of figures below k that are shown", "differencing", ("shown_below_k",), few),
    ]


def attacks_asked(policy: PolicyParams) -> list[str]:
    """Names of the attacks that the policy bounds."""
    return list(dict.fromkeys(figure.attack for figure in figures_of(policy) if figure.bound is not None))
