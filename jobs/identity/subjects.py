"""Subjects: subscribers as 64-bit numbers between the reader and the receiver of events.

A reader turns each identifier into a number with one pass over its text; a receiver, which meets each
subscriber once, turns numbers into pseudonyms. On the way the numbers are sealed (`jobs.ingest.event_blocks`).
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jobs.errors import PrivacyGate
from jobs.identity.pseudonyms import DIGITS_OF_KIND, WindowPads, pseudonymise, with_kind
from jobs.records.raw import Column, as_binary, text_parts, text_spans
from kernels.event_blocks import distinct_codes
from kernels.siphash import siphash_parts, siphash_texts
from kernels.text.identifiers import digits_of_numbers, numbers_of_digits


@dataclass(frozen=True)
class Subjects:
    """Subscribers of some rows.

    Attributes
    ----------
    number : uint64[n], 0 where the identifier is none of its kind.
    text : the identifiers as written, for kinds that are no numbers; a number then is a keyed hash.
    """

    number: NDArray[np.uint64]
    text: pa.Array | None = None


Names = tuple[NDArray[np.uint64], pa.Array]
"""Distinct subjects with the text of each, for identifiers that are no numbers."""


def subjects_of(column: Column, kind: str, key: NDArray[np.uint64]) -> Subjects:
    """Read identifiers of one kind.

    Parameters
    ----------
    key : uint64[2], key of the hash that stands for identifiers that are no numbers.
    """
    if kind != "opaque":
        return Subjects(numbers_of_digits(*text_spans(column), *DIGITS_OF_KIND[kind], kind == "msisdn"))
    column = as_binary(column)
    data, offsets = text_parts(column)
    hashed = siphash_texts(key, data, offsets)
    return Subjects(np.where(np.diff(offsets) > 0, np.maximum(hashed, 1), 0).astype(np.uint64), column)


def part_of(number: NDArray[np.uint64], parts: int, key: NDArray[np.uint64]) -> NDArray[np.int32]:
    """Part of the users in which a subject is, the same in every run under one key. int32[n]."""
    return siphash_parts(key, number, parts)


def names_of(number: NDArray[np.uint64], text: pa.Array) -> Names:
    """Distinct subjects of some rows with the text of each."""
    distinct, code = distinct_codes(number)
    row = np.empty(distinct.size, np.int64)
    row[code] = np.arange(number.size)
    return distinct, text.take(pa.array(row))


def pseudonyms_of(
    number: NDArray[np.uint64], kind: str, pads: WindowPads, names: list[Names]
) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Pseudonyms of distinct subjects, uint64[k, 2], and the place of each row's among them.

    Parameters
    ----------
    names : for identifiers that are no numbers, subjects and texts of all blocks.

    Raises
    ------
    PrivacyGate
        Two identifiers share their hash: they would become one subscriber.
    """
    distinct, code = distinct_codes(number)
    if kind != "opaque":
        data, offsets = digits_of_numbers(distinct)
        return pseudonymise(with_kind(kind, data, offsets), pads), code
    text = _texts(distinct, names)
    data, offsets = text_parts(text)
    return pseudonymise(with_kind(kind, data, offsets), pads), code


def _texts(distinct: NDArray[np.uint64], names: list[Names]) -> pa.Array:
    """Text of each distinct subject."""
    subject = np.concatenate([numbers for numbers, _ in names])
    text = pa.concat_arrays([texts for _, texts in names])
    order = np.argsort(subject, kind="stable")
    subject, text = subject[order], text.take(pa.array(order))
    same = pa.array(subject[1:] == subject[:-1])
    if not pc.all(pc.equal(text[1:], text[:-1]).filter(same), min_count=0).as_py():
        raise PrivacyGate("two identifiers share their hash", "ingest", "change the key: the draw is anew")
    return text.take(pa.array(np.searchsorted(subject, distinct)))
