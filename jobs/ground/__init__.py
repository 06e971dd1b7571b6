"""The ground: cell plans and zones on the H3 grid, and which radio cell serves what."""
