"""Files that come day by day lead to the same events as all of them at once."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from cdr_builders import KEY, csv_of, ingest_plan, pseudonym_params, source, write

from jobs.engine.store import digest_of
from jobs.errors import ConfigError, QualityGate
from jobs.identity.optout import OptOutParams, read_opt_outs
from jobs.ingest import Period, all_window_pads, ingest
from jobs.records.accounts import FileAccount, QualityParams
from jobs.records.deliveries import Earlier, UnitFigures, what_to_read

FIRST = date(2013, 1, 14)
PERIOD = Period(start=FIRST, end=FIRST + timedelta(days=27))
ANY = QualityParams(max_rejected_share=1.0)


def day_rows(
    day: int, seed: int = 0, users: int = 12, late_from: tuple[int, ...] = ()
) -> list[tuple[str, ...]]:
    """Records of one day, some twice, a few bad; and some of earlier days that come late."""
    draw = random.Random(f"{day} {seed}")
    rows = []
    for of_day in (day, *late_from):
        for _ in range(40 if of_day == day else 3):
            when = f"{FIRST + timedelta(days=of_day)} {draw.randrange(24):02d}:{draw.randrange(60):02d}:00"
            rows.append((f"2217700000{draw.randrange(users):02d}", when, draw.choice("ABC")))
    rows += rows[:3]
    return [*rows, ("x", rows[0][1], "A"), ("221770000001", "not a time", "A")]


def with_calls(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The same records with what they tell of calls: some alike but for that."""
    draw = random.Random(len(rows))
    told = []
    for row in rows:
        other = draw.choice(("", "144", f"2217700000{draw.randrange(12):02d}"))
        told.append((*row, draw.choice(("call", "text", "")), draw.choice(("out", "in")), other, "9"))
    return told + [(*row[:5], "221770000099", "9") for row in told[:9]]


class Landing:
    """A folder in which files land, and the runs over it."""

    def __init__(self, spark, store, folder, **how):
        self.spark, self.store, self.folder, self.how = spark, store, folder, how
        self.known, self.runs = None, 0
        self.columns = {}

    def deliver(self, name: str, rows) -> None:
        if self.columns:
            write(
                self.folder / name, csv_of(*with_calls(rows), header="user,time,cell,kind,direction,other,s")
            )
        else:
            write(self.folder / name, csv_of(*rows))

    def run(self, earlier="last", quality=ANY, keep_gone=False):
        described = source(self.folder, columns=self.columns)
        files = [(0, path) for path in described.files()]
        digests = {path: (self.folder / path.split("/")[-1]).read_text() for _, path in files}
        plan = ingest_plan(self.store, described, period=PERIOD, **self.how)
        known = self.known if earlier == "last" else earlier
        result = ingest(self.spark, plan, files, quality, known, digests, keep_gone)
        told = result.known.to_remember()
        self.known = Earlier.remembered(told, result.events, result.quarantine)
        for account in result.accounts:
            assert account.rows_in == account.accepted + account.duplicates + account.objected + sum(
                account.quarantined.values()
            )
        return result


@pytest.fixture
def landing(spark, store, tmp_path):
    return Landing(spark, store, tmp_path / "landing")


def same_tables(one, other) -> None:
    assert digest_of(one.events) == digest_of(other.events)
    assert digest_of(one.quarantine) == digest_of(other.quarantine)
    assert {name: unit.as_json() for name, unit in one.known.units.items()} == {
        name: unit.as_json() for name, unit in other.known.units.items()
    }


def test_days_one_by_one_are_the_days_at_once(landing):
    for day in range(4):
        landing.deliver(f"day-{day}.csv", day_rows(day, late_from=(day - 1,) if day else ()))
        daily = landing.run()
    at_once = landing.run(earlier=None)
    same_tables(daily, at_once)
    assert daily.figures()["accepted"] == at_once.figures()["accepted"]
    assert daily.delivery.fresh == {str(landing.folder / "day-3.csv")}


def test_events_that_tell_of_calls_come_day_by_day_too(landing):
    landing.columns = {"kind": "kind", "direction": "direction", "counterparty": "other", "duration_s": "s"}
    for day in range(3):
        landing.deliver(f"day-{day}.csv", day_rows(day, late_from=(day - 1,) if day else ()))
        daily = landing.run()
    same_tables(daily, landing.run(earlier=None))
    rows = [row for file in daily.events for row in landing.store.read_table(file).to_pylist()]
    calls = [(row["user"], row["time"], row["cell"]) for row in rows]
    assert len(set(calls)) < len(calls)
    assert {row["counterparty"] for row in rows} & {row["user"] for row in rows}
    landing.deliver("day-1.csv", day_rows(1, seed=5, users=9))
    same_tables(landing.run(), landing.run(earlier=None))


def test_a_day_delivered_again_replaces_that_day(landing):
    for day in range(3):
        landing.deliver(f"day-{day}.csv", day_rows(day, late_from=(day - 1,) if day else ()))
    landing.run()
    landing.deliver("day-1.csv", day_rows(1, seed=5, users=9))
    replaced = landing.run()
    assert len(replaced.delivery.again) == 2  # both neighbours had rows on its days
    assert replaced.late == {}
    same_tables(replaced, landing.run(earlier=None))


def test_rows_for_a_closed_day_are_told(landing):
    landing.deliver("day-0.csv", day_rows(0))
    landing.deliver("day-2.csv", day_rows(2))
    landing.run()
    landing.deliver("late.csv", day_rows(3, late_from=(0, 1)))
    result = landing.run()
    assert result.late == {"2013-01-14": 3, "2013-01-15": 3}
    same_tables(result, landing.run(earlier=None))


def test_only_the_window_that_a_day_touches_is_made_anew(landing):
    landing.deliver("day-00.csv", day_rows(0))
    first = landing.run()
    landing.deliver("day-20.csv", day_rows(20))
    second = landing.run()
    assert {file.path for file in first.events} < {file.path for file in second.events}
    same_tables(second, landing.run(earlier=None))


@pytest.mark.parametrize("keep", [False, True], ids=["drop", "keep"])
def test_a_file_that_is_gone_takes_its_events_along_unless_they_are_to_be_kept(landing, keep):
    for day in range(2):
        landing.deliver(f"day-{day}.csv", day_rows(day, late_from=(day - 1,) if day else ()))
    before = landing.run()
    (landing.folder / "day-0.csv").unlink()
    after = landing.run(keep_gone=keep)
    if keep:
        same_tables(after, before)
        assert after.figures()["accepted"] == before.figures()["accepted"]
    else:
        same_tables(after, landing.run(earlier=None))


def test_a_day_whose_last_rows_are_gone_leaves_no_file(landing):
    landing.deliver("day-00.csv", day_rows(0))
    landing.deliver("day-20.csv", day_rows(20))
    landing.run()
    (landing.folder / "day-20.csv").unlink()
    after = landing.run()
    assert {file.name.split("/")[0] for file in after.events} == {"window=1122"}
    same_tables(after, landing.run(earlier=None))


def test_a_day_unlike_those_before_it_is_told_and_stops_the_run_if_so_configured(landing):
    for day in range(5):
        landing.deliver(f"day-{day}.csv", day_rows(day))
    landing.run()
    landing.deliver("day-5.csv", day_rows(5, users=2)[:8])
    (thin,) = [day for day in landing.run().days if day.day == "2013-01-19"]
    told = " ".join(thin.breaks(0.5, 0.2))
    assert "events -8" in told
    assert "users -8" in told
    assert thin.missing_hours
    landing.deliver("day-6.csv", day_rows(6, users=2)[:8])
    with pytest.raises(QualityGate, match="2013-01-20: events"):
        landing.run(quality=QualityParams(max_rejected_share=1.0, on_break="block"))


def test_rejected_rows_are_counted_by_their_day(landing):
    landing.deliver("day-0.csv", day_rows(0))
    (day,) = landing.run().days
    assert day.rejected == {"bad_user": 1}
    (account,) = landing.known.accounts.values()
    assert account.rejected_days[""] == Counter({"bad_time": 1})


def known(**accounts):
    told = {
        name: FileAccount(name, days=Counter({day: 1 for day in days})) for name, days in accounts.items()
    }
    days = {day: {} for days in accounts.values() for day in days}
    return Earlier(
        1, {name: "old" for name in told}, told, {}, (), {"window=0/part-00000": UnitFigures(1, 0, 1, days)}
    )


def test_what_did_not_change_is_not_read():
    earlier = known(a=("1",), b=("2",))
    delivery = what_to_read({"a": "old", "b": "old"}, earlier, False)
    assert (delivery.fresh, delivery.again, delivery.rebuilt) == (frozenset(),) * 3
    assert delivery.units_to_rebuild(earlier) == ()


def test_neighbours_of_a_changed_file_are_read_for_the_days_that_they_share():
    earlier = known(a=("1",), b=("1", "2"), c=("2", "3"), d=("4",))
    delivery = what_to_read({"a": "old", "b": "new", "c": "old", "d": "old", "e": "new"}, earlier, False)
    assert delivery.fresh == {"b", "e"}
    assert delivery.again == {"a", "c"}
    assert delivery.rebuilt == {"1", "2"}
    assert delivery.kept == ("a", "c", "d")


def test_people_who_objected_are_in_no_event_and_are_counted(landing, tmp_path):
    landing.deliver("day-0.csv", day_rows(0))
    everybody = landing.run()
    listed = tmp_path / "objected.txt"
    listed.write_text("+221 7700000 03\n221770000007\n")
    pads = all_window_pads(KEY, pseudonym_params(), PERIOD)
    opt_outs = read_opt_outs(OptOutParams(file=str(listed)), pads)
    landing.how["opt_outs"] = opt_outs
    without = landing.run(earlier=None)
    rows = [row for row in day_rows(0) if row[0] in ("221770000003", "221770000007")]
    (account,) = without.accounts
    assert account.objected == len(rows) > 0
    assert everybody.users - without.users == 2
    gone = {int(name) for names in opt_outs.names.values() for name in names[:, 0]}
    left = {user for file in without.events for user in landing.store.read_table(file)["user"].to_pylist()}
    assert not gone & left
    assert everybody.figures()["accepted"] - without.figures()["accepted"] == len(set(rows))


def test_a_day_is_not_rebuilt_without_a_file_whose_rows_are_to_be_kept():
    earlier = known(a=("1", "2"), b=("2", "3"))
    with pytest.raises(ConfigError, match=r"the first is a\).*have to be rebuilt"):
        what_to_read({"b": "new"}, earlier, True)
    assert what_to_read({"b": "new"}, earlier, False).rebuilt == {"1", "2", "3"}
