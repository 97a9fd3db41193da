"""Two Parquet files in a folder: one row an exchange, one row an event. The columns are those of the tables.

What each column means is in the file, too: as its key-value metadata, by the column's name.
"""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from simulator.errors import SimulatorError
from simulator.trace import tables
from simulator.trace.saving import STDOUT, save, unwritable
from simulator.trace.trace import Trace


def write(traces: Sequence[Trace], path: Path) -> None:
    """Write `exchanges.parquet` and `events.parquet` into a folder, which is made. Raises SimulatorError."""
    if path == STDOUT:
        raise SimulatorError("the tables are two files, which can't go to standard output: name a folder for them")
    if path.exists() and not path.is_dir():
        raise SimulatorError(f"{path} is a file, and the tables are two: name a folder for them")
    made: dict[str, BytesIO] = {}
    for name, table, columns in (
        ("exchanges", tables.exchanges, tables.EXCHANGES),
        ("events", tables.events, tables.EVENTS),
    ):
        meanings = {column.name: column.meaning for column in columns}
        made[name] = BytesIO()  # polars has errors of its own for a disk that is full
        table(traces).write_parquet(made[name], metadata=meanings)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error
    for name, content in made.items():
        save(path / f"{name}.parquet", (content.getvalue(),))
