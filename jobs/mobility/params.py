"""What is looked at beyond the flows, and how."""

from typing import Literal

from pydantic import Field

from jobs.params import Params


class RhythmParams(Params):
    """Profiles of the day."""

    least_days_known: float = Field(
        0.5,
        gt=0,
        le=1,
        description="an hour of the day is known where so many of the days have a figure for it",
    )
    least_hours: int = Field(
        18, ge=2, le=24, description="an H3 cell has entropy, phase and divergence with so many hours known"
    )


class AreaParams(Params):
    """Living areas."""

    day_type: Literal["weekday", "saturday", "sunday"] = Field(
        "weekday", description="day type of the flows that areas and poles are made of"
    )
    resolution: float = Field(
        1.0, gt=0, description="Louvain: above 1 areas are more and smaller (Reichardt and Bornholdt 2006)"
    )
    seed: int = Field(1, ge=0, description="Louvain visits places in an order drawn from this seed")
    least_self_containment: float = Field(
        0.5,
        ge=0,
        lt=1,
        description="an area in which a smaller share of the trips that begin or end there stay is joined to the one "
        "it is bound to most; travel-to-work areas ask for 2/3 of commuters (Coombes and Bond 2008); 0: none is",
    )


class HabitatParams(Params):
    """Usual environment, and homes that change."""

    least_days: int = Field(3, ge=1, description="days at a place of the usual environment, at the least")
    least_share: float = Field(
        0.2, ge=0, le=1, description="share of the user's active days at such a place, at the least"
    )
    nights_each: int = Field(
        3, ge=1, description="nights at home in each half of the window, for homes to be compared"
    )
    least_move_m: float = Field(
        2_000,
        gt=0,
        description="homes nearer to each other than this, or than two places, are one home (metres)",
    )


class SpeedParams(Params):
    """What nobody can have done."""

    most_kmh: float = Field(
        200, gt=0, description="faster moves are counted as impossible; more where trains or planes go faster"
    )
    cells_listed: int = Field(20, ge=0, description="cells with most impossible moves that are named")


class MobilityParams(Params):
    """What `maillage mobility` makes of a finished run."""

    rhythms: RhythmParams = Field(default_factory=RhythmParams)
    areas: AreaParams = Field(default_factory=AreaParams)
    habitat: HabitatParams = Field(default_factory=HabitatParams)
    speeds: SpeedParams = Field(default_factory=SpeedParams)
