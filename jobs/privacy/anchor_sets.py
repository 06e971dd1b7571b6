"""How many people share a home and a work place (Golle and Partridge 2009, Pervasive)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobs.calendars.days import DAY_S, HOUR_S
from jobs.privacy.traces import Traces
from kernels.privacy.linkage import top_places

_NIGHT = (20, 7)
_WORK = (9, 17)
_THURSDAY = 3


def home_work_of(traces: Traces) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Most frequent place by night (20 to 7) and on working days (9 to 17, Monday to Friday); -1 for none."""
    hour = traces.time_s % DAY_S // HOUR_S
    weekday = (traces.time_s // DAY_S + _THURSDAY) % 7
    night = (hour >= _NIGHT[0]) | (hour < _NIGHT[1])
    work = (hour >= _WORK[0]) & (hour < _WORK[1]) & (weekday < 5)
    found = []
    for chosen in (night, work):
        part = traces.of_events(chosen)
        found.append(top_places(part.user_start, part.place, 1)[0][:, 0])
    return found[0], found[1]


def anonymity_sets(traces: Traces, k: int) -> dict[str, Any]:
    """Sizes of the sets of people with the same home and work, over people with both."""
    home, work = home_work_of(traces)
    known = (home >= 0) & (work >= 0)
    pair = home[known].astype(np.int64) * traces.places + work[known]
    _, group, size = np.unique(pair, return_inverse=True, return_counts=True)
    mine = size[group.ravel()]
    return {
        "users": traces.users,
        "with_home_and_work": int(known.sum()),
        "median_set": float(np.median(mine)) if mine.size else 0.0,
        "alone_share": round(float((mine == 1).mean()), 6) if mine.size else 0.0,
        "below_k_share": round(float((mine < k).mean()), 6) if mine.size else 0.0,
        "k": k,
    }
