"""The content of sealed blocks (`jobs.identity.sealing`), as the task that receives a unit opens them."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from numpy.typing import NDArray

from jobs.identity.subjects import Names
from kernels.event_words import part_back

NONCE_BYTES = 12
_PACKING_WORDS = 4


@dataclass(frozen=True, eq=False)
class OpenedDetails:
    """Details of the events of a block: number of the other party (0: unknown), kind of identifier, word."""

    other: NDArray[np.uint64]
    word: NDArray[np.uint64]
    kind: str
    names: Names | None


@dataclass(frozen=True, eq=False)
class Opened:
    """Content of a block.

    Attributes
    ----------
    kind : of identifiers. names : subjects and their texts, for identifiers that are no numbers.
    """

    file: int
    kind: str
    subject: NDArray[np.uint64]
    time: NDArray[np.uint32]
    cell: NDArray[np.int32]
    names: Names | None
    details: OpenedDetails | None = None


class _Content:
    """The arrays of a block, one after the other."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    def array(self, kind: type[np.generic], size: int) -> NDArray[Any]:
        """Return the next `size` numbers."""
        taken = np.frombuffer(self._content, kind, size, self._at)
        self._at += taken.nbytes
        return taken if taken.flags.aligned else taken.copy()

    def names(self, size: int, octets: int) -> Names:
        """Return the next subjects and their texts."""
        numbers, offsets = self.array(np.uint64, size), self.array(np.int64, size + 1).astype(np.int32)
        text = pa.py_buffer(self._content[self._at : self._at + octets])
        self._at += octets
        return numbers, pa.BinaryArray.from_buffers(pa.binary(), size, [None, pa.py_buffer(offsets), text])


@dataclass(frozen=True, eq=False)
class OpenedUnit:
    """Events of all blocks of a unit, those of one kind of identifiers together.

    Attributes
    ----------
    blocks : their arrays are parts of `subject`, `time` and `cell`; starts : int64[blocks + 1], rows of each.
    """

    blocks: list[Opened]
    starts: NDArray[np.int64]
    subject: NDArray[np.uint64]
    time: NDArray[np.uint32]
    cell: NDArray[np.int32]


def opened_unit(seal: bytes, blocks: list[pa.Table]) -> OpenedUnit:
    """Decrypt all blocks of a unit.

    Raises
    ------
    cryptography.exceptions.InvalidTag
        One is of another run, or was changed.
    """
    told = [json.loads(block.schema.metadata[b"header"]) for block in blocks]
    order = sorted(range(len(blocks)), key=lambda i: str(told[i]["kind"]))
    starts = np.cumsum([0, *(told[i]["rows"] for i in order)], dtype=np.int64)
    rows = int(starts[-1])
    subject, time, cell = np.empty(rows, np.uint64), np.empty(rows, np.uint32), np.empty(rows, np.int32)
    opened = []
    for place, i in enumerate(order):
        mine = slice(int(starts[place]), int(starts[place + 1]))
        opened.append(_opened(seal, blocks[i], told[i], subject[mine], time[mine], cell[mine]))
    return OpenedUnit(opened, starts, subject, time, cell)


def _opened(
    seal: bytes,
    block: pa.Table,
    told: dict[str, Any],
    subject: NDArray[np.uint64],
    time: NDArray[np.uint32],
    cell: NDArray[np.int32],
) -> Opened:
    """Decrypt a block into the given arrays."""
    header = block.schema.metadata[b"header"]
    sealed = memoryview(block["sealed"][0].as_buffer()).cast("B")
    content = _Content(AESGCM(seal).decrypt(bytes(sealed[:NONCE_BYTES]), sealed[NONCE_BYTES:], header))
    rows, file, kind = told["rows"], told["file"], told["kind"]
    if "packed" in told:
        done = 0
        for size in told["packed"]:
            least, *packing = content.array(np.uint64, _PACKING_WORDS).tolist()
            into = (array[done : done + size] for array in (subject, time, cell))
            part_back(content.array(np.uint64, size), np.uint64(least), *packing, *into)
            done += size
        return Opened(file, kind, subject, time, cell, None)
    subject[:] = content.array(np.uint64, rows)
    other, word = (content.array(np.uint64, rows if "details" in told else 0) for _ in range(2))
    time[:], cell[:] = content.array(np.uint32, rows), content.array(np.int32, rows)
    names, others = (content.names(*told[name]) if name in told else None for name in ("named", "others"))
    details = OpenedDetails(other, word, told["details"], others) if "details" in told else None
    return Opened(file, kind, subject, time, cell, names, details)
