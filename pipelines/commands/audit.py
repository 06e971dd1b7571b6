"""`maillage audit ATTACK`: what a release gives away, measured, beside the same attack on raw events."""

from pathlib import Path
from typing import Annotated, Any

import typer

from jobs.errors import ConfigError
from pipelines.audit_text import figures_text, finding_text
from pipelines.commands.options import AsJson, Debug, Set, out

audit_app = typer.Typer(
    help="Attack a release, and raw events as the control on which each attack has to succeed.",
    no_args_is_help=True,
)

Folder = Annotated[
    str | None, typer.Argument(metavar="[WORKSPACE]", help="folder or URI of a run: raw events")
]
Release = Annotated[str | None, typer.Option("--release", help="folder or URI of a bundle to attack")]
Part = Annotated[str, typer.Option("--part", help="only released files whose path holds this text")]
People = Annotated[int | None, typer.Option("--users", min=2, help="how many people are attacked")]
Policy = Annotated[
    list[str] | None,
    typer.Option("--require", metavar="KEY=VALUE", help="a bound of release.policy; broken: exit code 3"),
]
Table = Annotated[str, typer.Option("--table", help="od or presence")]


def _audited(workspace: str | None, release: str | None, part: str = "") -> Any:
    from jobs.engine.store import Store
    from jobs.privacy.released import Bundle
    from pipelines.audited import Audited

    if workspace is None and release is None:
        raise ConfigError("nothing to attack", "audit", "name a workspace, or a bundle with --release")
    return Audited(workspace, Bundle(Store(release)) if release else None, part)


def _answer(finding: Any, policy: list[str] | None, as_json: bool) -> None:
    """Tell what was found, then refuse if a bound is broken."""
    told = finding.as_json()
    out(told, finding_text(told), as_json)
    if policy:
        from jobs.privacy.policy import refuse_if_broken

        refuse_if_broken(_bounds(policy), {told["attack"]: told})


def _bounds(policy: list[str]) -> Any:
    from pydantic import ValidationError

    from jobs.privacy.policy import PolicyParams

    given = dict(assignment.partition("=")[::2] for assignment in policy)
    try:
        return PolicyParams.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise ConfigError(f"{key}: {first['msg']}", "--require", "KEY=VALUE, as in release.policy") from error


@audit_app.command()
def unicity(
    workspace: Folder = None,
    release: Release = None,
    part: Part = "",
    points: Annotated[str, typer.Option("--points", help="numbers of known points")] = "1,2,3,4,5,6,7,8",
    draws: Annotated[int, typer.Option("--draws", min=1, help="attempts for each person")] = 100,
    users: People = None,
    time_step_s: Annotated[int, typer.Option("--time-step", min=1, help="seconds")] = 3_600,
    require: Policy = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """How few known points single a person out (de Montjoye et al. 2013), and the information ratio."""
    from jobs.privacy.unicity import UnicityParams
    from pipelines.audit_traces import audit_unicity

    try:
        known = tuple(int(p) for p in points.split(","))
    except ValueError as error:
        raise ConfigError(f"not numbers: {points}", "--points", "give them as 1,2,4") from error
    if not known or min(known) < 1 or max(known) > 64:
        raise ConfigError(f"out of range: {points}", "--points", "1 to 64")
    params = UnicityParams(points=known, draws=draws, time_step_s=time_step_s, **_people(users))
    _answer(audit_unicity(_audited(workspace, release, part), params), require, json_)


def _people(users: int | None) -> dict[str, int]:
    return {} if users is None else {"users": users}


@audit_app.command()
def anchors(
    workspace: Folder = None,
    release: Release = None,
    part: Part = "",
    k: Annotated[int, typer.Option("--k", min=2, help="size of a set that counts as small")] = 15,
    require: Policy = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """How many people share a home and a work place (Golle and Partridge 2009)."""
    from pipelines.audit_traces import audit_anchors

    _answer(audit_anchors(_audited(workspace, release, part), k), require, json_)


@audit_app.command()
def linkage(
    workspace: Folder = None,
    release: Release = None,
    part: Part = "",
    users: People = None,
    require: Policy = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """How many people are found again by their places although identifiers change."""
    from jobs.privacy.linkage import LinkageParams
    from pipelines.audit_traces import audit_linkage

    params = LinkageParams(**_people(users))
    _answer(audit_linkage(_audited(workspace, release, part), params), require, json_)


@audit_app.command()
def recovery(
    workspace: Folder = None,
    users: People = None,
    days: Annotated[int, typer.Option("--days", min=1, max=14, help="days to recover")] = 3,
    require: Policy = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Recover traces from hourly counts (Xu et al. 2017), as they are and under the workspace's rule."""
    from jobs.privacy.recovery import RecoveryParams
    from pipelines.audit_counts import audit_recovery

    if users is not None and users > 2_000:
        raise ConfigError("too many people", "--users", "up to 2000: the time grows with the cube")
    params = RecoveryParams(days=days, **_people(users))
    _answer(audit_recovery(_audited(workspace, None), params), require, json_)


@audit_app.command()
def membership(
    workspace: Folder = None,
    targets: Annotated[int, typer.Option("--targets", min=2, help="people attacked")] = 40,
    group: Annotated[int, typer.Option("--group", min=2, help="people behind the counts")] = 500,
    require: Policy = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Tell whether a person is in hourly counts (Pyrgelis et al. 2018), as they are and under the rule."""
    from jobs.privacy.membership import MembershipParams
    from pipelines.audit_counts import audit_membership

    params = MembershipParams(targets=targets, group=group)
    _answer(audit_membership(_audited(workspace, None), params), require, json_)


@audit_app.command()
def differencing(
    workspace: Folder = None,
    release: Release = None,
    table: Table = "od",
    require: Policy = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Compute withheld figures from published ones by subtraction."""
    from pipelines.audit_counts import audit_differencing

    if table not in ("od", "presence"):
        raise ConfigError(f"no such table: {table}", "--table", "od or presence")
    _answer(audit_differencing(_audited(workspace, release), table), require, json_)


@audit_app.command(name="k-anonymity")
def k_anonymity(
    file: Annotated[Path, typer.Argument(help="file of k-anonymous traces")],
    k: Annotated[int | None, typer.Option("--k", min=2, help="fewer equal traces: exit code 3")] = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Prove from a released file alone how many traces are equal."""
    from jobs.privacy.released_boxes import read_boxes
    from pipelines.audit_traces import audit_k_anonymity

    _answer(audit_k_anonymity([read_boxes(file)]), [f"min_k={k}"] if k else None, json_)


@audit_app.command()
def policy(
    config: Annotated[Path, typer.Argument(metavar="CONFIG", help="YAML config file with release.policy")],
    set_: Set = None,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Measure what release.policy of a config bounds on its bundle; a broken bound is exit code 3."""
    from jobs.engine.store import Store
    from jobs.privacy.released import Bundle
    from pipelines.audit_policy import measured
    from pipelines.config import load_config

    loaded = load_config(config, tuple(set_ or ()))
    bounds = loaded.release.policy
    if bounds is None:
        raise ConfigError("has no release.policy", str(config), "give bounds, such as max_unicity")
    bundle = Bundle(Store(loaded.workspace), f"releases/{loaded.release.folder}")
    findings = measured(loaded.workspace, bundle, bounds, {})
    out(findings, "\n".join(finding_text(told) for told in findings.values()), json_)
    from jobs.privacy.policy import refuse_if_broken

    refuse_if_broken(bounds, findings)


def anonymise(
    workspace: Annotated[str, typer.Argument(help="folder or URI of a run")],
    file: Annotated[Path, typer.Option("--out", help="Parquet file to write")],
    k: Annotated[int, typer.Option("--k", min=2, max=100, help="people behind each trace")] = 2,
    users: Annotated[
        int | None, typer.Option("--users", min=2, help="how many people, drawn at random; else all")
    ] = None,
    block: Annotated[int, typer.Option("--block", min=4, help="people compared with each other")] = 800,
    time_step_s: Annotated[int, typer.Option("--time-step", min=1, help="seconds")] = 600,
    json_: AsJson = False,
    debug: Debug = False,
) -> None:
    """Write traces of which each is equal to those of k - 1 other people (GLOVE), and prove it."""
    from jobs.privacy.glove import GloveParams
    from pipelines.anonymising import anonymise as write

    told = write(workspace, file, GloveParams(k=k, block=block, time_step_s=time_step_s), users)
    out(
        told,
        f"{file}\n  cost: {figures_text(told['quality'])}\n  proof: {figures_text(told['proof'])}",
        json_,
    )
