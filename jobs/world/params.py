"""What a simulated world is made of. Every default says where it comes from."""

from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from jobs.params import ExistingPath, GtfsId, Params

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Positive = Annotated[float, Field(gt=0.0)]

CdrLayout = Literal["csv", "csv.gz", "parquet", "d4d-set2"]


class CityParams(Params):
    """The invented city, used where no real zones are given: a port on a west coast.

    It lies in the Gulf of Guinea, on the sea, so that nobody takes it for a real one.
    """

    lon: float = Field(5.0, ge=-179.0, le=179.0, description="centre, degrees")
    lat: float = Field(3.0, ge=-70.0, le=70.0, description="centre, degrees")
    width_km: float = Field(15.0, ge=3.0, le=80.0, description="west to east, sea included")
    height_km: float = Field(20.0, ge=3.0, le=80.0, description="south to north")
    population: int = Field(600_000, gt=0, description="about 2,500 a square kilometre of land, as Douala")
    zones: int = Field(24, ge=2, le=500, description="districts")
    sites: int = Field(
        50, ge=3, le=5_000, description="antenna sites of three sectors, where no cells are given"
    )


class CellFile(Params):
    """A real antenna plan: a CSV file with a header. Cells outside the zones are left out."""

    path: ExistingPath = Field(description="the file")
    cell_id: str = Field("cell_id", description="column of the identifier")
    lon: str = Field("lon", description="column, degrees, WGS84")
    lat: str = Field("lat", description="column, degrees, WGS84")
    azimuth: str | None = Field(None, description="column, degrees clockwise from north; none: all around")
    beam: str | None = Field(None, description="column, degrees")


class ZoneFile(Params):
    """Real zones with population: any polygon file that GDAL reads."""

    path: ExistingPath = Field(description="the file")
    zone: str = Field("zone", description="column of the identifier")
    name: str | None = Field(None, description="column of the name; none: the identifier")
    population: str = Field("population", description="column of the persons")
    filter_column: str | None = Field(None, description="keep only rows where this column ...")
    filter_value: str | None = Field(None, description="... has this value")

    @model_validator(mode="after")
    def _filter_is_whole(self) -> "ZoneFile":
        if (self.filter_column is None) != (self.filter_value is None):
            raise ValueError("filter_column and filter_value go together: give both or none")
        return self


class PhoneParams(Params):
    """How phones make records."""

    events_per_day: float = Field(12.0, ge=0.05, le=500.0, description="mean over subscribers")
    rate_sigma: float = Field(
        1.0,
        ge=0.0,
        le=2.5,
        description="log-standard deviation of personal rates; heavy tails as in Seshadri et al., KDD 2008",
    )
    burst_shape: float = Field(
        0.6,
        ge=0.2,
        le=2.0,
        description="Weibull shape of inter-event times; < 1 is bursty (Jiang et al., PNAS 2013)",
    )
    silent_share: Share = Field(0.01, description="subscribers who make no record at all")
    second_sims: Share = Field(
        0.05,
        description="subscribers with another number of the same operator, used three times in ten; assumed (most "
        "second SIMs are of another operator: GSMA, The Mobile Economy West Africa 2019)",
    )
    machines: Share = Field(
        0.002, description="numbers of machines, as a share of the subscribers'; they stand still; assumed"
    )
    machine_events_per_day: float = Field(150.0, ge=1.0, le=2_000.0, description="of each machine; assumed")
    night_off: Share = Field(0.1, description="numbers switched off from 23 to 6 h; assumed")
    day_off: Share = Field(0.02, description="numbers switched off on a given day; assumed")
    ping_pong: Share = Field(
        0.05, description="assumed: events taken over by an overlapping cell (Wu et al., MDM 2014)"
    )
    shadowing_db: float = Field(
        4.0, ge=0.0, le=12.0, description="lasting shadow (3GPP TR 38.901: 4 to 6 dB)"
    )
    fading_db: float = Field(1.5, gt=0.0, le=10.0, description="passing variation between cells")
    market_share_spread: float = Field(
        0.3, ge=0.0, le=2.0, description="log-standard deviation of the market share between zones"
    )


class CallParams(Params):
    """Records that tell of calls, texts and data, with whom and how long; both parties have theirs.

    The graph of contacts: a contact lives at distance d with a probability that falls as d^-2 (Lambiotte et al.,
    Physica A 387:5317, 2008), or is a contact's contact (Kumpula et al., PRL 99:228701, 2007); the
    n-th of somebody's contacts is called 1/n times as often as the first (after Saramaki et al., PNAS 111:942, 2014).
    """

    contacts: float = Field(12.0, ge=0.5, le=200.0, description="on the same network, mean; assumed")
    contacts_sigma: float = Field(0.6, ge=0.0, le=2.0, description="log-standard deviation; assumed")
    clustering: Share = Field(0.3, description="contacts that are a contact's contact; assumed")
    texts: Share = Field(0.3, description="of the records that a number makes; assumed")
    data: Share = Field(0.1, description="of the records that a number makes; assumed")
    off_net: Share = Field(0.2, description="of calls and texts, with other operators' numbers; assumed")
    duration_s: float = Field(90.0, gt=0.0, le=3_600.0, description="of calls and sessions, mean; assumed")
    duration_sigma: float = Field(
        1.1,
        ge=0.0,
        le=2.0,
        description="log-standard deviation; close to lognormal (Seshadri et al., KDD 2008)",
    )

    @model_validator(mode="after")
    def _adds_up(self) -> "CallParams":
        if self.texts + self.data > 1.0:
            raise ValueError("texts + data must not exceed 1")
        return self


class NoiseParams(Params):
    """Rows that an ingest has to cope with, as shares of the good rows."""

    duplicate_share: Share = Field(0.002, description="exact copies, a little later in the file")
    malformed_share: Share = Field(
        0.0005, description="no id, id that is no number, bad time, unknown cell, cut row"
    )


class BusParams(Params):
    """The invented bus network, used where no real feed is given, and its planted flaws."""

    lines: int = Field(
        12,
        ge=5,
        le=200,
        description="of the network; assumed: Dakar's public operator has 52 for 3.9 million people, 8 for 600,000",
    )
    buses: int = Field(240, ge=10, description="in service in the morning peak")
    first_hour: float = Field(5.5, ge=0.0, le=12.0, description="first departure, local hours")
    last_hour: float = Field(21.5, ge=12.0, le=23.0, description="last departure, local hours")
    missing_route: GtfsId | None = Field(
        None, description="route_id of the corridor that is removed; else the one that passengers miss most"
    )
    headway_factor: int = Field(3, ge=2, le=8, description="the starved line keeps one departure in so many")


class DecayParams(Params):
    """Decay lengths of exp(-distance / length), km: trips to work are long, to the market short.

    Assumed; they make weekday trips of 3.6 km on average, work trips of 5 km.
    """

    work: Positive = Field(4.5, description="km")
    school: Positive = Field(1.5, description="km")
    market: Positive = Field(1.0, description="km")
    leisure: Positive = Field(3.0, description="km")


_SLOTS = {
    "early": (0.0, 6.0),
    "am_peak": (6.0, 10.0),
    "midday": (10.0, 16.0),
    "pm_peak": (16.0, 20.0),
    "evening": (20.0, 24.0),
}


class WorldParams(Params):
    """A simulated world: who lives there, how long, on what map, and in which layout its records come."""

    seed: int = Field(1, ge=0, lt=2**63, description="same seed and parameters: same bytes")
    people: int = Field(20_000, ge=100, le=20_000_000, description="simulated; they stand for the population")
    market_share: Share = Field(
        0.6, description="people with a phone of this operator; assumed, as a market leader"
    )
    subscribers: int | None = Field(None, ge=1, description="their number instead of the share")
    workers: Share = Field(
        0.48, description="of the people; assumed: half of the adults and some of the young"
    )
    students: Share = Field(0.24, description="of the people; assumed")
    friday_early_share: Share = Field(
        0.35, description="assumed: leave early on Fridays (prayer); 0 where it is a day like others"
    )
    start: date = Field(date(2025, 3, 3), description="first local day; a Monday gives whole weeks")
    days: int = Field(14, ge=1, le=366, description="local days with records")
    timezone: str = Field("Africa/Douala", description="IANA name; records carry local time")
    msisdn_prefix: str = Field(
        "999", pattern=r"^[1-9][0-9]{0,5}$", description="nine digits follow; ITU gave 999 to no country"
    )
    city: CityParams = CityParams()
    cells: CellFile | None = None
    zones: ZoneFile | None = None
    gtfs: ExistingPath | None = Field(None, description="a real feed, copied as it is unless plant_flaws")
    plant_flaws: bool = Field(True, description="a corridor removed, a line doubled, a line starved")
    phones: PhoneParams = PhoneParams()
    calls: CallParams | None = Field(
        None, description="records tell of calls and texts; `calls: {}` takes the defaults"
    )
    noise: NoiseParams = NoiseParams()
    decay: DecayParams = DecayParams()
    bus: BusParams = BusParams()
    cdr_layout: CdrLayout = Field("csv", description="how records are written")
    slots: dict[str, tuple[float, float]] = Field(_SLOTS, description="named parts of the local day, hours")
    od_resolutions: tuple[int, ...] = Field(
        (6, 7), description="H3 resolutions of the true OD matrix and presence"
    )

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"no such time zone: {value}. Use an IANA name such as Africa/Dakar") from error
        return value

    @field_validator("slots")
    @classmethod
    def _whole_day(cls, value: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
        bounds = sorted(value.values())
        starts, ends = [b[0] for b in bounds], [b[1] for b in bounds]
        if not bounds or starts != [0.0, *ends[:-1]] or ends[-1] != 24.0 or any(a >= b for a, b in bounds):
            raise ValueError("slots must cover 0 to 24 hours without gap or overlap")
        return value

    @field_validator("od_resolutions")
    @classmethod
    def _coarser_than_places(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if not value or any(not 0 <= r <= 9 for r in value):
            raise ValueError("od_resolutions needs H3 resolutions between 0 and 9")
        return value

    @model_validator(mode="after")
    def _adds_up(self) -> "WorldParams":
        if self.workers + self.students > 1.0:
            raise ValueError("workers + students must not exceed 1")
        if self.calls and self.cdr_layout == "d4d-set2":
            raise ValueError("cdr_layout d4d-set2 has no columns for calls; take csv, csv.gz or parquet")
        if self.subscriber_count > self.people:
            raise ValueError(f"subscribers ({self.subscriber_count}) must not exceed people ({self.people})")
        return self

    @property
    def subscriber_count(self) -> int:
        """Number of people with a phone of the operator."""
        return self.subscribers if self.subscribers is not None else round(self.market_share * self.people)
