"""Spend the privacy budget before noise is drawn."""

import hashlib
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobs.calendars.days import DAY_S
from jobs.engine.store import digest_of
from jobs.privacy.dp import noise_key
from jobs.privacy.ledger import Ledger, Spending
from pipelines.code import code_digest
from pipelines.context import StageContext

LEDGER_FILE = "privacy-budget.json"


def noise_of(
    context: StageContext, table: str, reads: tuple[str, ...], also: dict[str, Any] | None = None
) -> NDArray[np.uint32] | None:
    """Key of the noise of one table, paid for; None where the method is not differential privacy.

    What decides the counts, the program included, decides the noise: a run that is repeated draws the same
    and pays once, and no two different counts ever get the same noise.

    Parameters
    ----------
    also : whatever else decides the counts.

    Raises
    ------
    PrivacyGate
        The budget of these people and days is spent.
    """
    config = context.config
    budget = config.disclosure.dp
    if budget is None:
        return None
    decides = {
        "code": code_digest(),
        "tables": {name: digest_of(context.files(name)) for name in (*reads, "cells", "cell_h3")},
        "disclosure": config.disclosure.model_dump(
            mode="json", exclude={"dp": {"ledger", "limit_epsilon", "limit_delta"}}
        ),
        "calendar": config.calendar.model_dump(mode="json"),
        **(also or {}),
    }
    release = hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()
    first, last = _days(context)
    path = Path(budget.ledger) if budget.ledger else context.store.local(LEDGER_FILE)
    spending = Spending(
        budget.population, first, last, table, release, Fraction(budget.epsilon), budget.delta
    )
    spent = Ledger(path).spend(spending, budget.limit_epsilon, budget.limit_delta)
    context.say(
        f"privacy budget of {budget.population!r} on these days: epsilon {float(Fraction(spent['epsilon'])):g}"
    )
    return noise_key(context.key(), table, release)


def _days(context: StageContext) -> tuple[int, int]:
    """First and last local day with events, in days since 1970."""
    told = context.records["ingest"].figures
    first, last = context.config.calendar.clock.to_local(
        np.array([told["first_s"], told["last_s"]], np.int64)
    )
    return int(first) // DAY_S, int(last) // DAY_S
