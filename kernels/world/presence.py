"""Where everybody is, hour by hour."""

import numpy as np
from numpy.typing import NDArray

from kernels._jit import kernel
from kernels.world.phones import Trips

_HOUR_S = 3600
_HOME = 0


@kernel
def count_presence(trips: Trips, cell: NDArray[np.int32], cells: int, hours: int) -> NDArray[np.int64]:
    """Count the people in each cell at the middle of each hour.

    Parameters
    ----------
    trips : everybody's trips; `x_m` and `y_m` are not read.
    cell : cell of each anchor (persons, anchors), 0 .. cells - 1.
    cells, hours : the shape of the result; hour 0 starts at the first local midnight.

    Returns
    -------
    persons (hours, cells); each hour sums to all people. Travellers count at the end that is nearer in time.
    """
    present = np.zeros((hours, cells), np.int64)
    for person in range(cell.shape[0]):
        trip, end, here = trips.first[person], trips.first[person + 1], _HOME
        for hour in range(hours):
            middle_s = hour * _HOUR_S + _HOUR_S // 2
            while trip < end and (trips.depart_s[trip] + trips.arrive_s[trip]) // 2 <= middle_s:
                here = trips.destination[trip]
                trip += 1
            present[hour, cell[person, here]] += 1
    return present
