import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.homes import NEAREST_M, likely_ground

SHARPNESS = 5.0
EVIDENCE = 2.0


@st.composite
def towns(draw):
    """Sites and inhabited points at random, and users seen at some of the sites."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sites, points = draw(st.integers(1, 8)), draw(st.integers(1, 40))
    town = {
        "sx": rng.uniform(0, 4_000, sites),
        "sy": rng.uniform(0, 4_000, sites),
        "gx": rng.uniform(0, 4_000, points),
        "gy": rng.uniform(0, 4_000, points),
        "prior": rng.uniform(0, 7, points),
        "area": np.sort(rng.integers(0, 5, points)),
    }
    rows = [rng.permutation(sites)[: rng.integers(0, min(sites, 4) + 1)] for _ in range(6)]
    town["first"] = np.concatenate([[0], np.cumsum([row.size for row in rows])])
    town["site"] = np.concatenate(rows).astype(np.int32)
    shares = [rng.dirichlet(np.ones(row.size)) * EVIDENCE if row.size else np.empty(0) for row in rows]
    town["share"] = np.concatenate(shares)
    return town


def chances(town):
    """Logarithm of the chance that each site (row) serves each point."""
    away = np.hypot(town["sx"][:, None] - town["gx"], town["sy"][:, None] - town["gy"])
    strength = np.maximum(away, NEAREST_M) ** -SHARPNESS
    return np.log(strength / strength.sum(axis=0)), np.log(strength.sum(axis=0))


def found(town):
    chance, norm = chances(town)
    sites, points = chance.shape
    return likely_ground(
        town["first"], town["site"], town["share"], np.arange(sites + 1) * points,
        np.tile(np.arange(points, dtype=np.int32), sites), chance.ravel().astype(np.float32),
        town["sx"], town["sy"], town["gx"], town["gy"], town["prior"], norm, town["area"], SHARPNESS,
    )  # fmt: skip


@given(towns())
@settings(max_examples=60, deadline=None)
def test_area_and_probability_are_those_of_bayes_rule(town):
    chance, _ = chances(town)
    area, probability = found(town)
    for u in range(6):
        rows = slice(town["first"][u], town["first"][u + 1])
        if rows.stop == rows.start:
            assert area[u] == -1
            assert probability[u] == 0
            continue
        level = town["prior"] + town["share"][rows] @ chance[town["site"][rows]]
        mass = np.bincount(town["area"], np.exp(level - level.max()))
        assert abs(probability[u] - (mass / mass.sum()).max()) < 1e-3
        assert mass[area[u]] > 0.999 * mass.max()


def test_a_site_of_unknown_place_says_nothing():
    town = {"sx": np.array([0.0, 900]), "sy": np.zeros(2), "gx": np.array([100.0, 800]), "gy": np.zeros(2)}
    town |= {"prior": np.zeros(2), "area": np.arange(2), "first": np.array([0, 1, 3, 4])}
    town |= {"site": np.array([0, 0, -1, -1], np.int32), "share": np.array([1.0, 1, 1, 2])}
    area, probability = found(town)
    assert area.tolist() == [0, 0, -1]
    assert probability[0] == probability[1]
