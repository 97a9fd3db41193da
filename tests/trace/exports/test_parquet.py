"""Two Parquet files that DuckDB reads; the queries are those of the README."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars
import pytest

from simulator.errors import SimulatorError
from simulator.trace import ProtocolEvent, Trace
from simulator.trace.exports import parquet
from simulator.trace.tables import EVENTS, EXCHANGES
from tests.trace.examples import trace

COSTS = """
SELECT operation, count(*) AS requests, sum(request_bytes + response_bytes) AS bytes,
       round(1000 * median(seconds), 1) AS milliseconds
FROM 'tables/exchanges.parquet' GROUP BY operation ORDER BY bytes DESC
"""
RETRIES = """
SELECT scenario, step, sender, recipient, endpoint, attempt, coalesce(code, error) AS why
FROM 'tables/exchanges.parquet' WHERE attempt > 1 OR status IS NULL OR status >= 400 ORDER BY scenario, number
"""
REACH = """
SELECT event.scenario, event.step, event.epoch, count(DISTINCT event.name) AS clients,
       count(DISTINCT exchange.number) AS deliveries
FROM 'tables/events.parquet' AS event LEFT JOIN 'tables/exchanges.parquet' AS exchange
  ON exchange.scenario = event.scenario AND exchange.step = event.step AND exchange.endpoint = 'deliver_message'
WHERE event.kind IN ('Joined', 'EpochChanged')
GROUP BY ALL ORDER BY event.scenario, min(event.number)
"""


@pytest.fixture
def database(
    traces: tuple[Trace, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> "Iterator[duckdb.DuckDBPyConnection]":
    """DuckDB where `tables` is the export of the run over HTTP/1.1.

    Its type is only named in quotes: DuckDB complains at the end of the process of types that something still holds.
    """
    parquet.write(traces[:1], tmp_path / "tables")
    monkeypatch.chdir(tmp_path)
    with duckdb.connect() as connection:
        yield connection


def test_duckdb_finds_every_byte(database: "duckdb.DuckDBPyConnection", traces: tuple[Trace, ...]) -> None:
    rows = database.sql("SELECT number, endpoint, request, response, status FROM 'tables/exchanges.parquet'").fetchall()
    assert rows == [
        (each.number, each.endpoint, each.request, each.response, each.status) for each in traces[0].exchanges
    ]


def test_what_operations_cost(database: "duckdb.DuckDBPyConnection", traces: tuple[Trace, ...]) -> None:
    rows = {operation: (requests, size) for operation, requests, size, _ in database.sql(COSTS).fetchall()}
    expected: dict[str | None, tuple[int, int]] = {}
    for each in traces[0].exchanges:
        requests, size = expected.get(each.operation, (0, 0))
        expected[each.operation] = (requests + 1, size + len(each.request) + len(each.response))
    assert rows == expected
    assert list(rows.values()) == sorted(rows.values(), key=lambda row: -row[1])


def test_what_had_to_be_asked_again(database: "duckdb.DuckDBPyConnection", traces: tuple[Trace, ...]) -> None:
    rows = database.sql(RETRIES).fetchall()
    lost = next(each for each in traces[0].exchanges if each.status is None)
    assert (traces[0].header.scenario, lost.step, lost.sender, lost.to, lost.endpoint, 1, lost.error) in rows
    assert [row[5] for row in rows if row[2:5] == (lost.sender, lost.to, lost.endpoint)][:2] == [1, 2]
    refused = [each.code for each in traces[0].exchanges if each.refused]
    assert refused
    assert {row[6] for row in rows} >= set(refused)


def test_whom_a_step_reached(database: "duckdb.DuckDBPyConnection", traces: tuple[Trace, ...]) -> None:
    rows = database.sql(REACH).fetchall()
    moved = [event for event in traces[0].of(ProtocolEvent) if event.kind in ("Joined", "EpochChanged")]
    expected = {
        (each.step, each.epoch): len({e.name for e in moved if (e.step, e.epoch) == (each.step, each.epoch)})
        for each in moved
    }
    assert {(step, epoch): clients for _, step, epoch, clients, _ in rows} == expected
    delivered = {step: deliveries for _, step, _, _, deliveries in rows}
    for step in delivered:
        asked = [each for each in traces[0].exchanges if each.step == step and each.endpoint == "deliver_message"]
        assert delivered[step] == len(asked)


def test_fields_can_be_asked_for(database: "duckdb.DuckDBPyConnection") -> None:
    asked = """SELECT DISTINCT json_extract_string(request_fields, '$.sender'), sender
               FROM 'tables/exchanges.parquet' WHERE request_struct = 'DSRequest'"""
    assert all(signed == sender for signed, sender in database.sql(asked).fetchall())
    assert database.sql(asked).fetchall()


@pytest.mark.parametrize(("name", "columns"), [("exchanges", EXCHANGES), ("events", EVENTS)])
def test_the_files_say_what_their_columns_mean(
    database: "duckdb.DuckDBPyConnection", name: str, columns: tuple[object, ...]
) -> None:
    said = database.sql(f"SELECT decode(key), decode(value) FROM parquet_kv_metadata('tables/{name}.parquet')")
    meanings = dict(said.fetchall())
    assert [meanings.get(column.name) for column in columns] == [column.meaning for column in columns]  # type: ignore[attr-defined]
    described = database.sql(f"DESCRIBE SELECT * FROM 'tables/{name}.parquet'").fetchall()
    assert [row[0] for row in described] == [column.name for column in columns]  # type: ignore[attr-defined]


def test_several_traces_are_in_the_same_tables(traces: tuple[Trace, ...], tmp_path: Path) -> None:
    parquet.write(traces, tmp_path)
    table = polars.read_parquet(tmp_path / "exchanges.parquet")
    assert table["scenario"].unique(maintain_order=True).to_list() == [each.header.scenario for each in traces]
    assert table["http_version"].drop_nulls().unique().sort().to_list() == ["1.1", "2"]


def test_a_file_is_no_place_for_two_tables(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SimulatorError, match="file is a file, and the tables are two: name a folder"):
        parquet.write([trace()], tmp_path / "file")
