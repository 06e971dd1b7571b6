"""What a bundle holds, for whom, and on which conditions."""

from typing import Literal

from pydantic import Field, model_validator

from jobs.params import Params
from jobs.privacy.glove import GloveParams
from jobs.privacy.policy import PolicyParams
from jobs.release.agreement import Agreement
from jobs.release.layouts import LAYOUTS, LayoutName
from jobs.release.signing import SigningKey

Product = Literal["od", "presence", "set1", "set2", "set3", "set4", "indicators", "boxes"]
MICRO_DATA: frozenset[str] = frozenset({"set2", "set3", "set4", "indicators", "boxes"})
"""Products about single persons: they leave under an agreement only."""


_PARQUET_ONLY = frozenset({"od", "presence", "boxes"})


class Eligibility(Params):
    """Whose traces may be drawn: the two rules of the D4D challenges."""

    active_days_share: float = Field(
        0.75, ge=0, lt=1, description="active on more than this share of the period's days"
    )
    interactions_per_week: float = Field(
        1_000, gt=0, description="fewer than this a week on average: more is a machine or a shared phone"
    )


class CoarseTraces(Params):
    """SET3: traces by zone under an identifier that lasts longer."""

    users: int = Field(50_000, ge=1, description="persons for each period of an identifier")
    id_lasts: Literal["window", "month", "all"] = Field(
        "month",
        description="how long a released identifier stays the same; all: the whole release, as in D4D. "
        "Longer than a window needs the raw records and the key, to know a person again",
    )
    h3_steps: int = Field(
        2, ge=1, le=6, description="without zones: places are H3 cells this many resolutions coarser"
    )


class BoxTraces(GloveParams):
    """Traces of which each is equal to those of k - 1 other persons (GLOVE)."""

    users: int = Field(50_000, ge=2, description="persons for each window, drawn by keyed order")


class EgoGraphs(Params):
    """SET4: off unless someone answers for it.

    The nodes of D4D's ego graphs were linked to each other across graphs by the degrees of their
    neighbours (Sharad and Danezis, De-anonymizing D4D Datasets, HotPETs 2013).
    """

    egos: int = Field(5_000, ge=1, description="persons whose graph is released, for each window")
    accepted_by: str = Field(
        min_length=3, description="who answers for releasing graphs that can be re-linked"
    )
    reason: str = Field(min_length=10, description="why the purpose cannot do without them")


class ReleaseParams(Params):
    """A bundle."""

    name: str = Field("release", pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", description="folder in releases/")
    products: tuple[Product, ...] = Field(
        ("od", "presence"),
        description="od, presence: aggregates above the threshold; set1: traffic between places; set2: fine "
        "traces; set3: coarse traces; set4: ego graphs; indicators: behaviour of the persons of set2 and "
        "set3; boxes: traces of which each is equal to those of k - 1 other persons. All but od, presence and "
        "set1 leave under an agreement only",
    )
    layouts: tuple[LayoutName, ...] = Field(
        ("d4d-sen2014",), min_length=1, description="how the sets are written; od and presence are Parquet"
    )
    places: Literal["h3", "cell"] = Field(
        "h3", description="fine places: H3 cells, or the operator's cells, whose positions can be looked up"
    )
    sample_users: int = Field(50_000, ge=1, description="set2: persons for each window, drawn by keyed order")
    time_step_s: int | None = Field(
        None, ge=1, le=86_400, description="times are cut to this step; as the layout has it when absent"
    )
    traffic_cap: int = Field(
        10, ge=1, description="set1: interactions that one subscriber adds at most to a figure of an hour"
    )
    eligibility: Eligibility = Field(default_factory=Eligibility)
    coarse: CoarseTraces = Field(default_factory=CoarseTraces)
    boxes: BoxTraces = Field(default_factory=BoxTraces)
    ego_graphs: EgoGraphs | None = Field(None, description="needed for set4: who accepts the risk, and why")
    recipients: dict[str, Agreement] = Field({}, description="who may get the bundle: name to agreement")
    recipient: str | None = Field(None, description="whose copy this is; the only recipient when absent")
    left_out_share: float = Field(
        0.01, ge=0, le=0.2, description="share of the persons drawn that a copy lacks, each recipient others"
    )
    signing_key: SigningKey | None = Field(None, description="Ed25519 key that signs the manifest")
    policy: PolicyParams | None = Field(
        None, description="bounds on measured risks: a bundle beyond them is not made"
    )
    leak_scan: bool = Field(
        True, description="search the finished bundle for every identifier of the raw records"
    )

    @model_validator(mode="after")
    def _layouts_have_the_products(self) -> "ReleaseParams":
        for product in self.products:
            if product in _PARQUET_ONLY or any(LAYOUTS[n].has(product) for n in self.layouts):
                continue
            able = [name for name, layout in LAYOUTS.items() if layout.has(product)]
            raise ValueError(f"no layout of {list(self.layouts)} has {product}; these do: {', '.join(able)}")
        return self

    @model_validator(mode="after")
    def _nothing_undoes_the_boxes(self) -> "ReleaseParams":
        finer = sorted(MICRO_DATA & set(self.products) - {"boxes"})
        if "boxes" in self.products and finer:
            raise ValueError(
                f"boxes hide persons among k, and {', '.join(finer)} in the same bundle would show them again: "
                "release one or the other"
            )
        return self

    @model_validator(mode="after")
    def _graphs_are_answered_for(self) -> "ReleaseParams":
        if "set4" in self.products and self.ego_graphs is None:
            raise ValueError(
                "set4 is off by default: nodes of ego graphs can be linked across graphs by the degrees of "
                "their neighbours (Sharad and Danezis 2013). To release it nevertheless, say in "
                "release.ego_graphs who accepts that (accepted_by) and why (reason)"
            )
        return self

    @model_validator(mode="after")
    def _one_recipient(self) -> "ReleaseParams":
        if self.recipient is not None and self.recipient not in self.recipients:
            known = ", ".join(self.recipients) or "none"
            raise ValueError(f"recipient {self.recipient!r} is not one of release.recipients: {known}")
        if len(self.recipients) > 1 and self.signing_key is None:
            raise ValueError("several recipients need signing_key: whose copy it is, is drawn with it")
        return self

    @property
    def copy_for(self) -> str | None:
        """Name of the recipient of this copy."""
        return self.recipient or (next(iter(self.recipients)) if len(self.recipients) == 1 else None)

    @property
    def agreement(self) -> Agreement | None:
        """The agreement under which this copy leaves."""
        return self.recipients[self.copy_for] if self.copy_for else None

    @property
    def folder(self) -> str:
        """Folder of this copy in releases/."""
        return self.name if self.recipient is None else f"{self.name}-{self.recipient}"
