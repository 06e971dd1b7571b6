"""Ingest of small files made by hand, through Spark."""

import random
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cdr_builders import (
    ANNA,
    BABA,
    CHEIKH,
    KEY,
    MORNING,
    csv_of,
    ingest_plan,
    pseudonym_params,
    source,
    write,
)

from jobs.engine.store import Store
from jobs.errors import InputError, QualityGate
from jobs.ground.cell_scan import cells_in_records
from jobs.ingest import Period, all_window_pads, ingest
from jobs.records.accounts import QualityParams
from jobs.records.reasons import Reason

ANY_LOSS = QualityParams(max_rejected_share=1.0)


def run(spark, store, sources, quality=ANY_LOSS, **how):
    """Ingest all files of some sources; the result and the events by window and pseudonym."""
    files = [(number, path) for number, described in enumerate(sources) for path in described.files()]
    plan = ingest_plan(store, *sources, **how)
    result = ingest(spark, plan, files, quality)
    for account in result.accounts:
        told = account.as_json()
        assert told["rows_in"] == told["accepted"] + told["quarantined"] + told["duplicates"]
    return result


def events_of(store, result) -> list[tuple[int, int, str, int]]:
    """(window, user, time, cell) of every event."""
    rows = []
    for file in result.events:
        table = store.read_table(file)
        times = [t.strftime("%Y-%m-%d %H:%M:%S") for t in table["time"].to_pylist()]
        rows += list(
            zip(
                *(table[n].to_pylist() for n in ("window", "user")),
                times,
                table["cell"].to_pylist(),
                strict=True,
            )
        )
    return sorted(rows)


def quarantine_of(store, result) -> list[tuple[str, int, str]]:
    """(file name, record number, reason) of every rejected row."""
    rows = [row for file in result.quarantine for row in store.read_table(file).to_pylist()]
    return sorted((Path(row["file"]).name, row["row"], row["reason"]) for row in rows)


# -- one run over many dialects ----------------------------------------------------------------


def dialects(folder: Path):
    """The same three events of two subscribers, written in thirteen ways."""
    rows = [(ANNA, MORNING, "A"), (ANNA, "2013-01-07 09:00:00", "B"), (BABA, MORNING, "C")]
    seconds = [1357545600, 1357549200, 1357545600]
    text = csv_of(*rows)
    later = {MORNING: "2013-01-07 09:00:00", "2013-01-07 09:00:00": "2013-01-07 10:00:00"}
    abroad = csv_of(*((who, later[when], cell) for who, when, cell in rows))
    written = {"column": "time", "format": "%d/%m/%Y %H:%M"}
    by_position = {"user": 2, "time": {"column": 0, "format": "epoch_s"}, "cell": 1}
    parquet = folder / "parquet"
    parquet.mkdir()
    users, cells = [row[0] for row in rows], [row[2] for row in rows]
    moments = [datetime.fromtimestamp(s, UTC) for s in seconds]
    pq.write_table(pa.table({"user": users, "time": moments, "cell": cells}), parquet / "moments.parquet")
    clocks = pa.array([m.replace(tzinfo=None) for m in moments], pa.timestamp("ns"))
    pq.write_table(
        pa.table({"user": map(int, users), "time": clocks, "cell": cells}), parquet / "clocks.parquet"
    )
    pq.write_table(
        pa.table({"user": users, "time": [s * 1000 for s in seconds], "cell": cells}),
        parquet / "epoch.parquet",
    )
    large = pa.array([when for _, when, _ in rows], pa.large_string())
    pq.write_table(pa.table({"user": users, "time": large, "cell": cells}), parquet / "text.parquet")
    positions = "".join(f"{s};{c};00{u}\r\n" for s, (u, _, c) in zip(seconds, rows, strict=True))
    slashed = csv_of(*((f'"+{u[:3]} {u[3:]}"', f"07/01/2013 {when[11:16]}", c) for u, when, c in rows))
    noise = "user,time,cell,note\n" + "".join(f'{u},{t}Z,{c},"a ""b"",\n c"\n' for u, t, c in rows)
    return [
        source(write(folder / "plain.csv", text)),
        source(write(folder / "packed.csv.gz", text)),
        source(write(folder / "mark.csv", "\ufeff" + text.replace("\n", "\r\n"))),
        source(write(folder / "wide.csv", text.encode("utf-16")), encoding="utf-16"),
        source(write(folder / "old.csv", text.replace("\n", ",é\n").encode("latin-1")), encoding="latin-1"),
        source(write(folder / "positions.txt", positions), header=False, delimiter=";", columns=by_position),
        source(write(folder / "slashed.csv", slashed), columns={"time": written}),
        source(write(folder / "noise.csv", noise), newlines_in_values=True),
        source(write(folder / "madrid.csv", abroad), columns={"time": {"zone": "Europe/Madrid"}}),
        source(parquet / "moments.parquet"),
        source(parquet / "clocks.parquet"),
        source(parquet / "epoch.parquet", columns={"time": {"format": "epoch_ms"}}),
        source(parquet / "text.parquet"),
    ]


def test_one_day_in_thirteen_dialects_is_one_day(spark, store, tmp_path):
    result = run(spark, store, dialects(tmp_path), QualityParams(max_rejected_share=0))
    events = events_of(store, result)
    assert [event[2:] for event in sorted(events, key=lambda e: e[3])] == [
        (MORNING, 0),
        ("2013-01-07 09:00:00", 1),
        (MORNING, 2),
    ]
    assert len({event[1] for event in events}) == result.users == 2
    assert [(a.rows_in, a.accepted, a.duplicates) for a in result.accounts] == [(3, 3, 0)] + [(3, 0, 3)] * 12
    assert (result.figures()["first_s"], result.figures()["last_s"]) == (1357545600, 1357549200)


# -- what becomes of each row ------------------------------------------------------------------

BAD_ROWS = {
    Reason.RAGGED_ROW: f"{ANNA},{MORNING}",
    Reason.MISSING_USER: f",{MORNING},A,608,,,,",
    Reason.BAD_USER: f"{ANNA}\x00x,{MORNING},A,608,,,,",
    Reason.MISSING_TIME: f"{ANNA},,A,608,,,,",
    Reason.BAD_TIME: f"{ANNA},2013-02-30 08:00:00,A,608,,,,",
    Reason.NONEXISTENT_TIME: f"{ANNA},2013-03-31 02:30:00,A,608,,,,",
    Reason.OUTSIDE_PERIOD: f"{ANNA},2012-12-31 22:59:59Z,A,608,,,,",
    Reason.MISSING_CELL: f"{ANNA},{MORNING},,608,,,,",
    Reason.UNKNOWN_CELL: f"{ANNA},{MORNING},Z,608,,,,",
    Reason.BAD_MCC: f"{ANNA},{MORNING},A,,,,,",
    Reason.BAD_KIND: f"{ANNA},{MORNING},A,608,fax,out,{BABA},5",
    Reason.BAD_DIRECTION: f"{ANNA},{MORNING},A,608,call,up,{BABA},5",
    Reason.BAD_COUNTERPARTY: f"{ANNA},{MORNING},A,608,call,out,someone,5",
    Reason.BAD_DURATION: f"{ANNA},{MORNING},A,608,call,out,{BABA},-5",
}
TELLING = {"kind": "kind", "direction": "direction", "counterparty": "other", "duration_s": "seconds"}


def test_every_reason_has_its_row():
    assert set(BAD_ROWS) == set(Reason)


@pytest.fixture(scope="module")
def mixed(spark, tmp_path_factory):
    """Two files of good, bad and repeated rows, read with Madrid's clock."""
    folder = tmp_path_factory.mktemp("mixed")
    bad = list(BAD_ROWS.values())
    good = [f"{ANNA},{MORNING},A,608,,,,", f"{BABA},2013-01-07 08:30:00,B,608,call,out,{CHEIKH},60"]
    header = "user,time,cell,mcc,kind,direction,other,seconds"
    first = [header, good[0], *bad, good[1], good[0]]
    second = [header, good[1], f"{CHEIKH},{MORNING},C,608,data,,144,", bad[0], f"+{good[0]}", "x"]
    for name, lines in (("a.csv", first), ("b.csv", second)):
        write(folder / "in" / name, "\n".join(lines) + "\n")
    columns = {"time": {"zone": "Europe/Madrid"}, "mcc": "mcc", **TELLING}
    store = Store(str(folder / "workspace"))
    described = [source(folder / "in", columns=columns)]
    return store, run(spark, store, described, zone="Europe/Madrid", partitions=3)


def test_every_reason_is_counted_and_kept_with_its_record_number(mixed):
    store, result = mixed
    expected = [("a.csv", number, str(reason)) for number, reason in enumerate(BAD_ROWS, start=3)]
    expected += [("b.csv", 4, "ragged_row"), ("b.csv", 6, "ragged_row")]
    assert quarantine_of(store, result) == sorted(expected)
    assert result.accounts[0].quarantined == {str(reason): 1 for reason in Reason}


def test_the_raw_text_of_a_rejected_row_is_kept_for_the_operator(mixed):
    store, result = mixed
    raw = {
        row["reason"]: row["raw"] for file in result.quarantine for row in store.read_table(file).to_pylist()
    }
    start = f'{{"user": "{ANNA}", "time": "{MORNING}", "cell": "", "mcc": "608", "kind": "", '
    assert raw["missing_cell"] == start + '"direction": "", "other": "", "seconds": ""}'
    assert "\\u0000" in raw["bad_user"]


def test_repetitions_are_attributed_to_the_later_file(mixed):
    _, result = mixed
    counts = [(a.rows_in, a.accepted, sum(a.quarantined.values()), a.duplicates) for a in result.accounts]
    assert counts == [(17, 2, 14, 1), (5, 1, 2, 2)]


def test_figures_tell_totals_reasons_and_files(mixed):
    _, result = mixed
    figures = result.figures()
    assert [figures[k] for k in ("rows_in", "accepted", "quarantined", "duplicates", "users")] == [
        22,
        3,
        16,
        3,
        3,
    ]
    assert figures["reasons"]["ragged_row"] == 3
    assert [Path(told["file"]).name for told in figures["files"]] == ["a.csv", "b.csv"]


def test_the_other_party_has_the_key_that_it_has_as_a_user(mixed):
    store, result = mixed
    rows = [row for file in result.events for row in store.read_table(file).to_pylist()]
    (called,) = [row for row in rows if row["kind"] == "call"]
    (data,) = [row for row in rows if row["kind"] == "data"]
    assert called["counterparty"] == data["user"]
    assert (called["direction"], called["duration_s"]) == ("out", 60)
    assert (data["counterparty"], data["direction"], data["duration_s"]) == (None, None, None)


def test_no_raw_identifier_stands_outside_the_quarantine(mixed):
    store, result = mixed
    paths = [path for path in store.files_below("") if not path.startswith("quarantine/")]
    assert len(paths) == len(result.events) > 0
    for path in paths:
        content = store.read_bytes(path)
        shown = str(store.read_table(path).to_pylist()).encode()
        for who in (ANNA, BABA, CHEIKH):
            assert who.encode() not in content + shown
            assert int(who).to_bytes(8, "little") not in content


# -- users and windows -------------------------------------------------------------------------


def test_users_are_whole_in_one_file_of_a_window_and_renamed_at_local_midnight(spark, store, tmp_path):
    rng = random.Random(5)
    people = [f"2217700{n:05d}" for n in range(40)]
    midnight = "2013-01-21 00:00:00"  # a new fortnight begins; in UTC it is 23:00 of the day before
    rows = [(who, "2013-01-20 23:59:59", "A") for who in people] + [(who, midnight, "B") for who in people]
    rng.shuffle(rows)
    halves = [write(tmp_path / "in" / f"{n}.csv", csv_of(*rows[n::2])) for n in range(2)]
    described = source(halves[0].parent, columns={"time": {"zone": "Europe/Madrid"}})
    result = run(spark, store, [described], zone="Europe/Madrid", partitions=3)

    owner: dict[tuple[int, int], str] = {}
    for file in result.events:
        table = store.read_table(file)
        (window,) = set(table["window"].to_pylist())
        assert file.name.startswith(f"window={window}/part-")
        for user in set(table["user"].to_pylist()):
            assert owner.setdefault((window, user), file.name) == file.name
    before, after = sorted({window for window, _ in owner})
    assert after == before + 1
    users = {window: {user for w, user in owner if w == window} for window in (before, after)}
    assert len(users[before]) == len(users[after]) == 40
    assert not users[before] & users[after]
    cells = {(window, cell) for window, _, _, cell in events_of(store, result)}
    assert cells == {(before, 0), (after, 1)}
    assert result.users == 80


def test_the_same_input_gives_the_same_bytes_whatever_the_order_of_rows(spark, store, tmp_path):
    rows = [(f"2217700{n:05d}", f"2013-01-07 08:{n % 60:02d}:00", "ABC"[n % 3]) for n in range(200)]
    digests = []
    for seed in (1, 2):
        random.Random(seed).shuffle(rows)
        path = write(tmp_path / f"{seed}.csv", csv_of(*rows))
        result = run(spark, store, [source(path)])
        digests.append([(file.name, file.sha256) for file in result.events])
    assert digests[0] == digests[1]


def test_cells_are_found_in_the_records_where_there_is_no_plan(spark, tmp_path):
    first = write(tmp_path / "a.csv", csv_of((ANNA, MORNING, "10"), (ANNA, MORNING, ""), ("x", "x", "9")))
    columns = {"cell": ("lac", "ci")}
    second = write(tmp_path / "b.csv", f"user,time,lac,ci\n{ANNA},{MORNING},7,8\n{ANNA},{MORNING},7,\n")
    described = (source(first), source(second, columns=columns))
    assert cells_in_records(spark, described, [(0, str(first)), (1, str(second))], 1 << 20) == [
        "10",
        "7-8",
        "9",
    ]


# -- refusals ----------------------------------------------------------------------------------


def test_too_many_rejected_rows_end_the_run_with_the_reasons(spark, store, tmp_path):
    path = write(tmp_path / "a.csv", csv_of((ANNA, MORNING, "A"), (ANNA, MORNING, "Z"), (ANNA, "x", "A")))
    with pytest.raises(QualityGate, match=r"2 of 3 rows are rejected \(66\.7%; .*unknown_cell 1"):
        run(spark, store, [source(path)], QualityParams(max_rejected_share=0.6))


def test_a_date_that_means_never_is_a_bad_row_and_does_not_end_the_run(spark, store, tmp_path):
    never = ["0001-01-01 00:00:00", "9999-12-31 23:59:59", "1970-01-01 00:00:00"]
    path = write(tmp_path / "a.csv", csv_of((ANNA, MORNING, "A"), *((ANNA, when, "A") for when in never)))
    result = run(spark, store, [source(path)], period=None)
    assert result.accounts[0].quarantined == {"outside_period": 3}
    assert len(events_of(store, result)) == 1


def test_a_file_that_breaks_off_is_an_input_error_and_names_the_file(spark, store, tmp_path):
    rng = random.Random(1)
    rows = [(str(rng.randrange(10**11, 10**12)), MORNING, "A") for _ in range(150_000)]
    path = write(tmp_path / "cut.csv.gz", csv_of(*rows))
    path.write_bytes(path.read_bytes()[:-5000])
    with pytest.raises(InputError) as caught:
        run(spark, store, [source(path)])
    assert str(caught.value).startswith(f"{path}: cannot be read to its end")
    assert caught.value.mend == "deliver it again"


# -- without Spark -----------------------------------------------------------------------------


def test_a_period_holds_its_last_day_and_is_local():
    start, end = Period(start=date(2013, 3, 31), end=date(2013, 3, 31)).utc_bounds("Europe/Madrid")
    assert end - start == 23 * 3600
    assert start == int(datetime(2013, 3, 30, 23, tzinfo=UTC).timestamp())


def test_a_period_may_begin_at_a_midnight_that_the_clock_skips():
    start, _ = Period(start=date(2013, 10, 20), end=date(2013, 10, 20)).utc_bounds("America/Sao_Paulo")
    assert start == int(datetime(2013, 10, 20, 3, tzinfo=UTC).timestamp())


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="before it starts"):
        Period(start=date(2013, 1, 2), end=date(2013, 1, 1))


def test_pads_cover_every_window_that_events_can_fall_in():
    params = pseudonym_params(window_days=30)
    pads = all_window_pads(KEY, params, Period(start=date(2013, 1, 1), end=date(2013, 3, 1)))
    first, last = ((date(2013, month, 1) - date(1970, 1, 5)).days // 30 for month in (1, 3))
    assert sorted(pads) == list(range(first - 1, last + 2))
