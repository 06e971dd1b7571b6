"""Parameters of the transit stage. Every default is printed with the results."""

from datetime import date
from itertools import pairwise
from typing import Literal, get_args

from pydantic import Field, field_validator, model_validator

from jobs.params import GtfsId, Params
from jobs.transit.params_reshape import OnDemand, Reshapes

DayType = Literal["weekday", "saturday", "sunday"]
DAY_TYPES: tuple[DayType, ...] = get_args(DayType)
_LEAST_BUDGET, _MOST_BUDGET = -0.9, 5.0
"""Share of vehicle-hours or vehicles that a plan may have more than today; less where negative."""


class WaitAndWalk(Params):
    """Perceived minutes per minute, after stated-preference reviews.

    Sources: TCRP Transit Capacity and Quality of Service Manual (walk 2.2, wait 2.1, transfer wait
    2.5), UK TAG unit M3.2 (walk 2, interchange 5-10 minutes), OpenTripPlanner (walk 2).
    """

    walk_weight: float = Field(2.0, gt=0, le=10, description="of a minute on foot, riding being 1")
    first_wait_weight: float = Field(2.0, gt=0, le=10, description="of a minute of waiting at the first stop")
    transfer_wait_weight: float = Field(
        2.5, gt=0, le=10, description="of a minute of waiting between two vehicles"
    )
    transfer_penalty_min: float = Field(5.0, ge=0, le=60, description="besides its walk and wait")
    wait_share_of_headway: float = Field(
        0.5,
        ge=0.1,
        le=1.0,
        description="0.5: buses at even intervals, passengers at random; 1: buses at random "
        "(Spiess and Florian 1989)",
    )
    walk_m_per_min: float = Field(75.0, gt=0, description="4.5 km/h")
    walk_detour: float = Field(1.3, ge=1, description="way on foot against the straight line")
    max_access_m: float = Field(800.0, gt=0, le=3000, description="to or from a stop, on foot")
    max_transfer_m: float = Field(400.0, ge=0, le=2000, description="between stops, on foot")
    max_walk_only_m: float = Field(2000.0, ge=0, description="longer trips are not made on foot alone")
    other_means_min: float = Field(
        90.0,
        ge=0,
        description="perceived minutes of a trip that transit does not serve, before distance: assumption. "
        "Above what two transfers cost, as mode_share leaves only trips that would use transit",
    )
    other_means_m_per_min: float = Field(
        200.0, gt=0, description="12 km/h: shared taxi in traffic; assumption"
    )


class Fleet(Params):
    """Vehicles and what they cost."""

    vehicle_capacity: int = Field(80, gt=0, description="seats and standing, standard 12 m bus")
    load_factor: float = Field(
        1.0, gt=0, le=2, description="highest mean load in a slot / capacity (Ceder 1984)"
    )
    layover_share: float = Field(0.10, ge=0, lt=1, description="of the cycle's run time")
    layover_min: float = Field(6.0, ge=0, description="a cycle at least")
    spare_share: float = Field(0.0, ge=0, le=0.5, description="vehicles in reserve, reported only")
    cost_per_vehicle_hour: float = Field(0.0, ge=0, description="money; 0: unknown")
    cost_per_vehicle_km: float = Field(0.0, ge=0, description="money; 0: unknown")
    cost_per_peak_vehicle_day: float = Field(0.0, ge=0, description="money; 0: unknown")


class Headways(Params):
    """Which headways a planner may choose (policy headways 5-60 min, clock-face steps)."""

    min_min: float = Field(5.0, gt=0, description="least headway, minutes")
    max_min: float = Field(60.0, gt=0, description="longest headway, minutes")
    clockface_min: tuple[float, ...] = Field(
        (5, 6, 7.5, 10, 12, 15, 20, 30, 40, 60), description="headways that are tried, minutes"
    )
    new_line_max_min: float = Field(30.0, gt=0, description="a new line runs at least this often")

    @model_validator(mode="after")
    def _ordered(self) -> "Headways":
        if self.min_min > self.max_min:
            raise ValueError(f"min_min {self.min_min} is above max_min {self.max_min}")
        if not self.levels:
            raise ValueError("no clockface_min lies between min_min and max_min")
        return self

    @property
    def levels(self) -> tuple[float, ...]:
        """Clock-face headways within the limits, short to long."""
        return tuple(h for h in sorted(self.clockface_min) if self.min_min <= h <= self.max_min)


class NewLines(Params):
    """Where and how long a new line may be."""

    candidates: int = Field(8, ge=0, le=40, description="kept for the full evaluation")
    stop_spacing_m: float = Field(350.0, ge=100, description="design stops are at least this far apart")
    min_length_m: float = Field(2500.0, gt=0, description="shorter ones are not tried")
    max_length_m: float = Field(
        20000.0,
        gt=0,
        description="an hour and a quarter at 16 km/h: longer lines are hard to keep on time; assumption",
    )
    street_detour: float = Field(
        1.1,
        ge=1,
        description="ride between neighbouring stops that no line links today, against the network's mean speed; "
        "links of one line alone take 0.87 to 1.12 times as long as that in four real feeds",
    )
    max_detour: float = Field(1.5, ge=1, description="ride along the line / shortest ride between its ends")
    virtual_stops: bool = Field(True, description="offer stops where people live and no stop is in reach")


class Standards(Params):
    """What counts as a fault of the present network. The worst fault of each kind is mended first."""

    mend_first: bool = Field(
        True,
        description="give the worst under-served line and the plainest duplicate their change before anything "
        "else, as far as budget and floors allow; false: perceived minutes alone decide",
    )
    under_served_ratio: float = Field(
        1.75,
        gt=1,
        description="a line is under-served when the demand along it is due so many times its vehicle-hours "
        "(peak-load method, Ceder 1984); from experiments on simulated cities, see docs/transit.md",
    )
    service_share: float = Field(
        0.6, gt=0, le=1, description="share of the departures due that an under-served line is given"
    )


class Floors(Params):
    """What no plan may do."""

    max_losers_share: float = Field(
        0.10, ge=0, le=1, description="of all trips, those whose perceived time grows by more than 5 %"
    )
    max_zone_loss_min: float = Field(
        10.0, gt=0, description="perceived minutes that trips from any zone may lose on average in a slot"
    )
    coverage_m: float = Field(
        500.0, gt=0, description="walk to a stop with service that counts as covered (SDG 11.2.1)"
    )
    max_coverage_loss: float = Field(
        0.005, ge=0, le=1, description="share of residents that may lose a stop in reach"
    )
    longest_headway_min: dict[str, float] = Field(
        {}, description="slot -> minutes; a line that runs more often today is not thinned beyond"
    )


class TransitParams(Params):
    """All choices of a planning run."""

    day_type: DayType = Field("weekday", description="day that is planned for")
    planning_date: date | None = Field(None, description="none: the day of that type with most trips")
    slots: dict[str, tuple[float, float]] = Field(
        default={
            "early": (0.0, 6.0),
            "am_peak": (6.0, 10.0),
            "midday": (10.0, 16.0),
            "pm_peak": (16.0, 20.0),
            "evening": (20.0, 24.0),
        },
        description="slot of the OD table -> local hours from and to; to may exceed 24",
    )
    service_hours: tuple[float, float] | None = Field(
        None,
        description="first and last hour that is planned; none: from the first to the last departure of "
        "the feed's day. Slots are cut to it, and their trips in proportion",
    )
    mode_share: float = Field(
        0.1,
        gt=0,
        le=1,
        description="share of all trips, walks included, that would use these lines if they could; take it "
        "from a household survey. 0.1: formal buses in a large African city; assumption",
    )
    short_trips_km: float = Field(
        3.5,
        ge=0,
        le=10,
        description="shorter trips than this, as the crow flies, are too short for phone records to tell: "
        "those that a gravity model of the longer ones has more of are added to an OD matrix of a run or release, "
        "not to one from elsewhere; 0: none",
    )
    catchment_m: float = Field(
        5000.0,
        gt=0,
        description="trips that start or end farther than this from every stop of the feed are left out: an "
        "OD matrix may cover a country, a feed one city",
    )
    access_resolution: int = Field(
        8, ge=5, le=10, description="H3 resolution that cells are split to for walks"
    )
    perceived: WaitAndWalk = WaitAndWalk()
    fleet: Fleet = Fleet()
    headways: Headways = Headways()
    new_lines: NewLines = NewLines()
    reshapes: Reshapes = Reshapes()
    on_demand: OnDemand = OnDemand()
    standards: Standards = Standards()
    floors: Floors = Floors()
    vehicle_hours_change: float = Field(0.0, ge=_LEAST_BUDGET, le=_MOST_BUDGET, description="0: cost neutral")
    peak_vehicles_change: float = Field(
        0.0,
        ge=_LEAST_BUDGET,
        le=_MOST_BUDGET,
        description="0: no more vehicles on the road at once than today",
    )
    budget_steps: tuple[float, ...] = Field(
        (-0.1, 0.0, 0.05, 0.1, 0.2),
        description="vehicle-hours more than today, as shares, for which plans are worked out beside the main one",
    )
    resamples: int = Field(
        20,
        ge=0,
        le=1000,
        description="resampled OD matrices that the confidence of proposals is counted over",
    )
    max_changes: int = Field(10, ge=0, le=100, description="most proposals")
    min_gain_share: float = Field(
        0.0005, ge=0, le=1, description="a change that saves less of all perceived time is not proposed"
    )
    duplicate_overlap: float = Field(
        0.75, gt=0, le=1, description="share of a line's stops that another line serves"
    )
    duplicate_reach_m: float = Field(250.0, ge=0, description="stops this close serve the same place")
    keep_lines: tuple[GtfsId, ...] = Field((), description="route_id that must not change")
    protected_terminals: tuple[GtfsId, ...] = Field(
        (), description="stop_id; a line that ends there today goes on ending there"
    )
    write_as: Literal["auto", "frequencies", "stop_times"] = Field(
        "auto", description="new runs as frequencies.txt or as timetables; auto: as the feed does"
    )
    id_prefix: str = Field(
        "mg_", pattern=r"^[A-Za-z0-9_\-]{1,10}$", description="begins the ids of what is added to the feed"
    )
    seed: int = Field(1, description="of the resampled OD matrices; nothing else is drawn at random")
    trials: int = Field(
        10, ge=1, le=500, description="lines whose headways are tried by assignment in a round"
    )
    duplicate_trials: int = Field(
        20,
        ge=1,
        le=500,
        description="duplicates whose end is tried by assignment in a round: the plainest, and those that seem to pay",
    )
    search_destinations: int = Field(
        120, ge=10, description="options are valued on a sample of so many destination zones; results on all"
    )
    rounds: int = Field(2, ge=1, le=10, description="times that all options are valued anew")
    solver_seconds: float = Field(20.0, gt=0, description="for one selection; then the best one found")
    threads: int = Field(0, ge=0, le=256, description="0: one a core; results do not depend on it")

    @field_validator("budget_steps")
    @classmethod
    def _sound_steps(cls, steps: tuple[float, ...]) -> tuple[float, ...]:
        for step in steps:
            if not _LEAST_BUDGET <= step <= _MOST_BUDGET:
                raise ValueError(
                    f"a step must lie between {_LEAST_BUDGET} and {_MOST_BUDGET:g}, not be {step:g}"
                )
        return tuple(sorted(set(steps)))

    @field_validator("slots")
    @classmethod
    def _sound_slots(cls, slots: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
        for name, (start, end) in slots.items():
            if not 0 <= start < end <= 30:
                raise ValueError(f"slot {name}: hours must satisfy 0 <= from < to <= 30, not {start}-{end}")
        spans = sorted(slots.values())
        for (_, end), (start, _) in pairwise(spans):
            if start < end:
                raise ValueError(f"slots overlap between {start} and {end} h")
        return slots
