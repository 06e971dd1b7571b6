"""The simulated world: people, phones, antennas and buses with known truth."""
