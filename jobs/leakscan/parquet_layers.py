"""What a Parquet file holds: its values, dictionaries with all their entries, and the bytes beside its pages.

A page is not searched as bytes: what rows have is searched as values, because some encodings (delta, byte
stream split) hide them in the bytes of a page, and each distinct value of a dictionary once. Entries of a
dictionary that no row uses are among them.
"""

import io
from collections.abc import Iterator
from functools import cached_property

import pyarrow.parquet as pq

from jobs.leakscan.column_values import Inner, entries, values_of
from jobs.leakscan.parquet_pages import Chunk, chunks_of, outside

_ROWS = 1 << 18


class ParquetFile:
    """A Parquet file at hand, opened for the search.

    Raises
    ------
    ValueError, pa.ArrowException
        It is damaged or encrypted.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._file = pq.ParquetFile(io.BytesIO(content))
        self._chunks = chunks_of(content, self._file)

    @cached_property
    def outside(self) -> list[tuple[int, int]]:
        """Stretches of the file beside the bodies of pages: first byte and end."""
        return outside(self._content, self._chunks)

    def inner(self) -> Iterator[Inner]:
        """Entries of dictionaries, and values of the columns that these do not tell."""
        for group in range(self._file.metadata.num_row_groups):
            chunks = [chunk for chunk in self._chunks if chunk.group == group]
            for chunk in chunks:
                yield from self._entries(chunk)
                if chunk.has_more_than_its_rows:
                    yield from self._bodies(chunk)
            yield from self._values(group, [c.column for c in chunks if not c.is_told_by_dictionary])

    def _entries(self, chunk: Chunk) -> Iterator[Inner]:
        for page in chunk.dictionary:
            unpacked = page.unpacked(self._content, chunk.compression)
            yield (
                f"{chunk.path}[{chunk.group}] dictionary",
                entries(unpacked, chunk.physical, chunk.width),
            )

    def _bodies(self, chunk: Chunk) -> Iterator[Inner]:
        for number, page in enumerate(chunk.data):
            name = f"{chunk.path}[{chunk.group}] page {number}"
            yield name, page.unpacked(self._content, chunk.compression)

    def _values(self, group: int, columns: list[int]) -> Iterator[Inner]:
        if not columns:
            return
        batches = self._file.reader.iter_batches(_ROWS, [group], column_indices=columns)
        for number, batch in enumerate(batches):
            for name, column in zip(batch.schema.names, batch.columns, strict=True):
                yield from values_of(f"{name}[{group}.{number}]", column)
