-- Raw records to counted moves, as DuckDB users write it. {subscriber} is how a subscriber is named,
-- {records} the table function that reads the records.
-- A move: two consecutive records of a subscriber in different cells, at most 8 h apart. It belongs
-- to the day type and the slot of the middle of the two times.
with seen as (
    select {subscriber} as subscriber, raw.time, cells.cell, cells.h3
    from {records} as raw
    join read_parquet('{cells}') as cells using (cell_id)
    where raw.time is not null and length(raw.msisdn) >= 5
),

paired as (
    select
        lag(h3) over by_subscriber as origin,
        h3 as destination,
        lag(cell) over by_subscriber as origin_cell,
        cell as destination_cell,
        epoch_ms(lag(time) over by_subscriber) // 1000 as left_s,
        epoch_ms(time) // 1000 as came_s
    from seen
    window by_subscriber as (partition by subscriber order by time, cell)
),

moves as (
    select origin, destination, make_timestamp((left_s + came_s) // 2 * 1000000) as middle
    from paired
    where origin_cell <> destination_cell and came_s - left_s <= 8 * 3600
)

select
    origin,
    destination,
    greatest(isodow(middle) - 5, 0)::utinyint as day_type,
    case
        when hour(middle) < 6 then 0
        when hour(middle) < 10 then 1
        when hour(middle) < 16 then 2
        when hour(middle) < 20 then 3
        else 4
    end::utinyint as slot,
    count(*) as trips
from moves
group by all
