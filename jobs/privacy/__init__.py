"""What a release gives away, measured: attacks, their controls, and what is done against them."""
