"""The layouts of published releases: file names, separators, headers, times.

Côte d'Ivoire 2012 (Blondel et al., arXiv:1210.0137), Senegal 2014 (de Montjoye et al., arXiv:1407.4885),
Türk Telekom 2018 (Salah et al., arXiv:1807.00523). Of the last only the pattern of SET1 is public
(``Dataset1_201701``): the other names follow it.
"""

import io
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

LayoutName = Literal["d4d-civ2012", "d4d-sen2014", "d4d-d4r2018", "parquet"]

UNKNOWN = -1
"""A place that is not known."""


@dataclass(frozen=True)
class Slice:
    """What one file of a set is about.

    Attributes
    ----------
    number : position among the files of the set, from 0.
    first_day : first local day that the file may hold.
    """

    number: int
    first_day: date

    def file_name(self, pattern: str) -> str:
        """Fill in ``{zero}`` (0, 1, ..), ``{one}`` (01, 02, ..), ``{letter}`` (A, B, ..), ``{month}`` (201701)."""
        return pattern.format(
            zero=self.number,
            one=f"{self.number + 1:02d}",
            letter=_letters(self.number),
            month=f"{self.first_day:%Y%m}",
        )


_IN_NAMES = {"zero": r"\d+", "one": r"\d{2,}", "letter": "[A-Z]+", "month": r"\d{6}"}


def _letters(number: int) -> str:
    """A to Z, then AA, AB and on."""
    before, last = divmod(number, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


@dataclass(frozen=True)
class Layout:
    """One way of writing a release.

    Attributes
    ----------
    delimiter : between values; a tab or a comma; none for Parquet.
    time_step_s : precision of times in traces.
    hour_format : how SET1 writes an hour.
    files : pattern of the file names of each set; what is not there is not part of the layout.
    context : file names of the sites, the zones and the header of the indicators.
    context_header : names of the columns of sites and zones, where the layout writes them.
    slice : how long the files of SET1, and of SET3 when its identifiers last, reach.
    """

    delimiter: str
    time_step_s: int
    hour_format: str
    files: dict[str, str]
    context: dict[str, str]
    context_header: dict[str, tuple[str, ...]]
    slice: Literal["window", "month"]

    def has(self, product: str) -> bool:
        """Whether the layout knows a product."""
        if product == "indicators":
            return "indicators_set2" in self.files
        return product in self.files or f"{product}_call" in self.files

    def product_of(self, path: str) -> str | None:
        """Which set a file is of, by its path below data/; None if the layout has no such file."""
        for product, pattern in self.files.items():
            parts = re.split(r"{(\w+)}", pattern)
            known = [_IN_NAMES[part] if i % 2 else re.escape(part) for i, part in enumerate(parts)]
            if re.fullmatch("".join(known), path):
                return product
        return None

    def encode(self, table: pa.Table) -> bytes:
        """Rows as the layout writes them: without header; times to the second."""
        if not self.delimiter:
            return parquet_bytes(table)
        return text_bytes(table, self.delimiter, False)


def parquet_bytes(table: pa.Table) -> bytes:
    """One Parquet file."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())


def text_bytes(table: pa.Table, delimiter: str, header: bool) -> bytes:
    """Rows as text, never quoted, lines end in LF; times as ``YYYY-MM-DD HH:MM:SS``, nulls empty."""
    for index, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            column = pc.strftime(table.column(index), "%Y-%m-%d %H:%M:%S")
            table = table.set_column(index, field.name, column)
    sink = io.BytesIO()
    if header:
        sink.write((delimiter.join(table.column_names) + "\n").encode())
    options = pacsv.WriteOptions(include_header=False, delimiter=delimiter, quoting_style="none")
    pacsv.write_csv(table, sink, options)
    return sink.getvalue()


_CIV = Layout(
    delimiter="\t",
    time_step_s=60,
    hour_format="%Y-%m-%d %H:00:00",
    files={
        "set1_call": "SET1TSV/SET1TSV_{zero}.TSV",
        "set2": "SET2TSV/POS_SAMPLE_{zero}.TSV",
        "set3": "SET3TSV/SUBPREF_POS_SAMPLE_{letter}.TSV",
        "set4": "SET4/GRAPHS_{zero}.TSV",
    },
    context={"sites": "ANT_POS.TSV", "zones": "SUBPREF_POS_LONLAT.TSV"},
    context_header={},
    slice="window",
)
_SEN = Layout(
    delimiter=",",
    time_step_s=600,
    hour_format="%Y-%m-%d %H",
    files={
        "set1_call": "SET1/SET1V_{one}.CSV",
        "set1_text": "SET1/SET1S_{one}.CSV",
        "set2": "SET2/SET2_P{one}.CSV",
        "set3": "SET3/SET3_M{one}.CSV",
        "indicators_set2": "SET2/INDICATORS_SET2_P{one}.CSV",
        "indicators_set3": "SET3/INDICATORS_SET3_M{one}.CSV",
    },
    context={
        "sites": "ContextData/SITE_ARR_LONLAT.CSV",
        "zones": "ContextData/ARR_LONLAT.CSV",
        "indicators_set2": "SET2/INDICATORS_SET2_HEADERS.CSV",
        "indicators_set3": "SET3/INDICATORS_SET3_HEADERS.CSV",
    },
    context_header={
        "sites": ("site_id", "arr_id", "lon", "lat"),
        "zones": ("arr_id", "arr", "lon", "lat"),
    },
    slice="month",
)
_D4R = Layout(
    delimiter=",",
    time_step_s=600,
    hour_format="%Y-%m-%d %H",
    files={
        "set1_call": "Dataset1/Dataset1_{month}.CSV",
        "set1_text": "Dataset1/Dataset1_SMS_{month}.CSV",
        "set2": "Dataset2/Dataset2_{one}.CSV",
        "set3": "Dataset3/Dataset3_{month}.CSV",
        "indicators_set2": "Dataset2/Dataset2_INDICATORS_{one}.CSV",
        "indicators_set3": "Dataset3/Dataset3_INDICATORS_{month}.CSV",
    },
    context={
        "sites": "SITE_DISTRICT_LONLAT.CSV",
        "zones": "DISTRICT_LONLAT.CSV",
        "indicators_set2": "Dataset2/Dataset2_INDICATORS_HEADERS.CSV",
        "indicators_set3": "Dataset3/Dataset3_INDICATORS_HEADERS.CSV",
    },
    context_header={
        "sites": ("site_id", "district_id", "lon", "lat"),
        "zones": ("id", "district", "city", "lon", "lat"),
    },
    slice="month",
)
_PARQUET = Layout(
    delimiter="",
    time_step_s=600,
    hour_format="%Y-%m-%d %H",
    files={
        "set1_call": "set1/calls_{month}.parquet",
        "set1_text": "set1/texts_{month}.parquet",
        "set2": "set2/traces_{one}.parquet",
        "set3": "set3/traces_{month}.parquet",
        "set4": "set4/graphs_{one}.parquet",
        "indicators_set2": "set2/indicators_{one}.parquet",
        "indicators_set3": "set3/indicators_{month}.parquet",
    },
    context={"sites": "sites.parquet", "zones": "zones.parquet"},
    context_header={
        "sites": ("site_id", "zone_id", "lon", "lat", "h3"),
        "zones": ("zone_id", "zone", "lon", "lat"),
    },
    slice="month",
)

LAYOUTS: dict[LayoutName, Layout] = {
    "d4d-civ2012": _CIV,
    "d4d-sen2014": _SEN,
    "d4d-d4r2018": _D4R,
    "parquet": _PARQUET,
}


def month_of(day: int) -> int:
    """Months since 1970 of a day since 1970."""
    when = date(1970, 1, 1) + timedelta(days=day)
    return (when.year - 1970) * 12 + when.month - 1


def first_of_month(month: int) -> date:
    """First day of a month since 1970."""
    return date(1970 + month // 12, month % 12 + 1, 1)
