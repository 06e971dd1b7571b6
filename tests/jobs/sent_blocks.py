"""Blocks as they travel."""

import pyarrow as pa

from jobs.engine.exchange import received, sent


def bytes_of(block: pa.Table) -> bytes:
    ((_, parcel),) = sent([(0, block)], None)
    assert isinstance(parcel, bytes)
    return parcel


def through_bytes(block: pa.Table) -> pa.Table:
    return received(bytes_of(block))
