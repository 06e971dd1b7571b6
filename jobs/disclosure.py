"""Disclosure control: what is done to aggregates before they leave."""

from pydantic import Field

from jobs.params import Params


class DisclosureParams(Params):
    """What is withheld from aggregates."""

    min_users: int = Field(
        15, ge=1, description="threshold k: figures about fewer distinct users are withheld"
    )
