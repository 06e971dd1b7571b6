import numpy as np

from kernels.world.phones import Trips
from kernels.world.presence import count_presence

NOWHERE = np.zeros((2, 2), np.float32)


def _trips(rows, first):
    depart, arrive, origin, destination = (np.array([row[k] for row in rows]) for k in range(4))
    times = (np.int32(60) * depart).astype(np.int32), (np.int32(60) * arrive).astype(np.int32)
    return Trips(
        np.array(first), *times, origin.astype(np.int8), destination.astype(np.int8), NOWHERE, NOWHERE
    )


def test_people_are_where_their_last_trip_led_them():
    # Person 0 goes to anchor 1 at 1:00-1:20 and back at 3:40-4:00; person 1 stays at home.
    trips = _trips([(60, 80, 0, 1), (220, 240, 1, 0)], [0, 2, 2])
    cell = np.array([[0, 2], [1, 1]], np.int32)
    present = count_presence(trips, cell, 3, 5)
    np.testing.assert_array_equal(present, [[1, 1, 0], [0, 1, 1], [0, 1, 1], [0, 1, 1], [1, 1, 0]])


def test_a_traveller_counts_at_the_end_that_is_nearer_in_time():
    cell = np.array([[0, 1]], np.int32)
    for leaves, expected in ((15, 0), (5, 1)):  # on the way for 40 minutes, at 0:30 before or after half
        trips = _trips([(leaves, leaves + 40, 0, 1)], [0, 1])
        assert count_presence(trips, cell, 2, 1)[0].argmax() == expected
