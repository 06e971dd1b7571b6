"""Parameters of changes that give a line another way, and of services on demand."""

from pydantic import Field

from jobs.params import Params


class Reshapes(Params):
    """How many candidates of each kind are assigned, and what may become of a line."""

    extend: int = Field(8, ge=0, le=200, description="lines led on beyond a terminal")
    truncate: int = Field(8, ge=0, le=200, description="lines cut short")
    reroute: int = Field(10, ge=0, le=200, description="lines led another way between two of their stops")
    split: int = Field(5, ge=0, le=200, description="lines made into two")
    merge: int = Field(5, ge=0, le=200, description="pairs of lines that meet end to end, made into one")
    drop_stops: int = Field(5, ge=0, le=200, description="lines that pass by stops they serve today")
    add_stops: int = Field(5, ge=0, le=200, description="lines that get stops on long links")
    drt_zone: int = Field(3, ge=0, le=50, description="areas served on demand instead of by a line")
    hours_neutral: bool = Field(
        True,
        description="try each change of way twice: at today's departures, and at headways that take the vehicle-hours "
        "of today",
    )
    max_extension_m: float = Field(3000.0, gt=0, description="way beyond the terminal")
    max_run_min: float = Field(
        100.0,
        gt=0,
        description="longest ride from end to end of a line that is extended or merged; longer lines are hard to keep "
        "on time: assumption",
    )
    max_detour: float = Field(1.4, ge=1, description="ride on the new way between two stops / ride today")
    meet_m: float = Field(250.0, ge=0, description="ends of lines this close meet")
    low_use_share: float = Field(
        0.4,
        gt=0,
        le=1,
        description="users a vehicle-hour of a tail, or users of a stop, against the mean of the network or line; what "
        "is below may be dropped",
    )
    stop_min: float = Field(
        0.5,
        ge=0,
        le=3,
        description="minutes that a stop costs those who ride through: 10-20 s to slow down and pull out, 10-20 s "
        "of dwell (TCQSM 3rd ed., chapter 6)",
    )
    max_stop_walk_m: float = Field(
        450.0, gt=0, description="from a stop that is dropped to the next of the line"
    )
    long_link_m: float = Field(800.0, gt=0, description="links longer than this may get a stop between")


class OnDemand(Params):
    """A demand-responsive service (DRT) of small vehicles between doors and a hub."""

    vehicle_hours_per_boarding: float = Field(
        0.1,
        gt=0,
        description="a line, or its tail, that takes more may be replaced: fixed lines do better above ten "
        "boardings a vehicle-hour (TCRP Synthesis 141)",
    )
    cost_per_boarding: float = Field(
        0.0, ge=0, description="the same as money, where fleet has rates; 0: vehicle-hours decide"
    )
    max_area_km2: float = Field(25.0, gt=0, description="of a zone; 5 to 25 is usual (TCRP Synthesis 141)")
    max_trips_per_hour: float = Field(
        12.0, gt=0, description="in the busiest slot; with more, fixed lines do better"
    )
    wait_min: float = Field(
        15.0, gt=0, le=120, description="from the request to the vehicle, on average; assumption"
    )
    speed_m_per_min: float = Field(333.0, gt=0, description="20 km/h; assumption")
    detour: float = Field(
        1.7, ge=1, description="ride against the straight line: streets 1.3, others picked up on the way 1.3"
    )
    dwell_min: float = Field(2.0, ge=0, description="at a door")
    busy_share: float = Field(0.8, gt=0, le=1, description="of a vehicle's time; the rest is idle")
    walk_min: float = Field(1.0, ge=0, description="from the door to the vehicle")
