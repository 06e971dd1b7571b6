"""What a search for routes is asked for."""

from typing import Literal

from pydantic import Field, model_validator

from jobs.params import Params


class SearchParams(Params):
    """Rules, aim and length of a search.

    The default of `chains` is not the number of cores, so that a seed means the same everywhere.
    """

    routes: int = Field(ge=1, le=1000, description="routes of the network")
    min_nodes: int = Field(ge=2, le=1000, description="least nodes of a route")
    max_nodes: int = Field(ge=2, le=1000, description="most nodes of a route")
    seed: int = Field(1, ge=0, lt=2**63)
    chains: Literal[1, 2, 3, 4] = Field(2, description="networks annealed side by side, a thread each")
    trt_weight: float = Field(
        0.0, ge=0, le=1e6, description="minutes of the mean trip that a minute of all routes is worth"
    )
    max_trt: int | None = Field(None, gt=0, description="most minutes of all routes")
    max_changed: int | None = Field(
        None, ge=1, description="most routes of the start that change; none: all may"
    )

    @model_validator(mode="after")
    def _bounds_in_order(self) -> "SearchParams":
        if self.max_nodes < self.min_nodes:
            raise ValueError(f"max_nodes ({self.max_nodes}) is below min_nodes ({self.min_nodes})")
        return self

    def bounds(self, nodes: int) -> tuple[int, int]:
        """Least and most nodes of a route in an instance of so many nodes."""
        return self.min_nodes, min(self.max_nodes, nodes)
