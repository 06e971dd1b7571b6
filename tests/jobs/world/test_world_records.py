import csv
import gzip
from collections import Counter
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from jobs.world.noise import Defect, spoil


def _rows(folder):
    for path in sorted((folder / "cdr").glob("*.csv")):
        with path.open(newline="") as file:
            yield from csv.reader(file)


def _is_good(row, cells):
    return len(row) == 3 and row[0].isdigit() and row[1] != "0000-00-00" and row[2] in cells


@cache
def _cells(folder):
    return {row["cell_id"] for row in csv.DictReader((folder / "cells.csv").open())}


def test_rows_are_events_and_copies_and_malformed_to_the_row(town):
    folder, summary = town
    rows = [row for row in _rows(folder) if row != ["msisdn", "time", "cell_id"]]
    good = Counter(tuple(row) for row in rows if _is_good(row, _cells(folder)))
    assert len(rows) == summary["rows"]
    assert len(good) == summary["events"]
    assert sum(good.values()) - len(good) == summary["duplicates"] > 0
    assert len(rows) - sum(good.values()) == sum(summary["malformed"].values())
    assert set(summary["malformed"]) == {str(defect) for defect in Defect}


def test_days_hold_their_own_rows_in_order_of_time(make_small):
    folder, _ = make_small(people=500, days=2, noise={"duplicate_share": 0, "malformed_share": 0})
    for day in ("2025-03-03", "2025-03-04"):
        with (folder / "cdr" / f"cdr_{day}.csv").open() as file:
            assert next(file) == "msisdn,time,cell_id\n"
            times = [line.split(",")[1] for line in file]
        assert times == sorted(times)
        assert {time[:11] for time in times} == {f"{day}T"}


def test_zipped_and_plain_layouts_hold_the_same_rows(make_small):
    plain, zipped = (make_small(people=300, days=1, cdr_layout=kind)[0] for kind in ("csv", "csv.gz"))
    text = gzip.decompress((zipped / "cdr" / "cdr_2025-03-03.csv.gz").read_bytes())
    assert text == (plain / "cdr" / "cdr_2025-03-03.csv").read_bytes()


def test_parquet_holds_the_same_events_with_nulls_for_what_is_bad(make_small):
    plain, _ = make_small(people=300, days=1)
    folder, summary = make_small(people=300, days=1, cdr_layout="parquet")
    table = pq.read_table(folder / "cdr" / "cdr_2025-03-03.parquet")
    assert table.num_rows == summary["rows"]
    assert table["time"].null_count == summary["malformed"].get("bad_time", 0)
    known = _cells(folder)
    in_parquet = {
        (row["msisdn"], row["time"].isoformat(), row["cell_id"])
        for row in table.to_pylist()
        if row["time"] and row["msisdn"].isdigit() and row["cell_id"] in known
    }
    assert in_parquet == {tuple(row) for row in _rows(plain) if _is_good(row, known)}


def test_d4d_files_have_no_header_ten_minute_steps_and_two_weeks_each(make_small):
    folder, summary = make_small(
        people=300, days=16, cdr_layout="d4d-set2", noise={"duplicate_share": 0, "malformed_share": 0}
    )
    files = sorted((folder / "cdr" / "SET2").iterdir())
    assert [path.name for path in files] == ["SET2_P01.CSV", "SET2_P02.CSV"]
    rows = [row for path in files for row in csv.reader(path.open())]
    assert len(rows) == summary["rows"] == summary["events"]
    assert all(row[1][14:] in {f"{m}0:00" for m in range(6)} for row in rows)
    assert {row[1][:10] for row in csv.reader(files[1].open())} == {"2025-03-17", "2025-03-18"}


def test_subscribers_differ_widely_and_few_are_silent(town):
    folder, summary = town
    counts = Counter(row[0] for row in _rows(folder) if _is_good(row, _cells(folder)))
    per_day = sorted(count / 7 for count in counts.values())
    assert 0.95 * summary["numbers"] < len(per_day) <= summary["numbers"]
    assert sum(per_day) / summary["subscribers"] == pytest.approx(8.0, rel=0.2)
    assert per_day[int(0.95 * len(per_day))] > 8 * per_day[int(0.05 * len(per_day))]


def test_evenings_are_busy_and_nights_quiet(town):
    folder, _ = town
    by_hour = Counter(row[1][11:13] for row in _rows(folder) if _is_good(row, _cells(folder)))
    assert max(by_hour, key=by_hour.__getitem__) in {"19", "20", "21"}
    assert by_hour["03"] < by_hour["20"] / 15


def test_a_cut_row_lacks_its_last_field():
    assert spoil(Defect.CUT_ROW, "1", "t", "c") == ("1", "t", None)
    assert spoil(Defect.NO_ID, "1", "t", "c") == ("", "t", "c")


def test_machines_never_leave_their_cells_and_phones_are_off_at_times(make_small):
    phones = {"events_per_day": 30, "second_sims": 0.5, "machines": 0.1, "night_off": 1.0, "day_off": 0.3}
    folder, summary = make_small(
        days=2, cdr_layout="parquet", phones=phones, noise={"duplicate_share": 0, "malformed_share": 0}
    )
    rows = pa.concat_tables([pq.read_table(f) for f in sorted((folder / "cdr").iterdir())])
    assert summary["machines"] == round(0.1 * summary["subscribers"])
    assert summary["numbers"] > 1.4 * summary["subscribers"]
    hours = pc.hour(rows["time"]).to_numpy()
    assert hours.min() >= 6
    assert hours.max() <= 22
    known = set(pq.read_table(folder / "truth" / "key.parquet")["msisdn"].to_pylist())
    seen = rows.group_by("msisdn").aggregate([("cell_id", "count_distinct"), ("cell_id", "count")])
    machines = [row for row in seen.to_pylist() if row["msisdn"] not in known]
    assert 0.8 * summary["machines"] < len(machines) <= summary["machines"]
    assert max(row["cell_id_count_distinct"] for row in machines) <= 4  # the candidates of one point
    assert min(row["cell_id_count"] for row in machines) > 60
