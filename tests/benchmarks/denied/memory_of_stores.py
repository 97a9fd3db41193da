"""What 200 idle databases take up in memory: SQLite alone, with as many tables and indexes as a provider's store has.

`memory-200` asks for an eighth of what hypercorn and httpx take up without any store, about 928 kB: 116 kB for a
provider with its store, its server, its user and that one's KeyPackages. SQLite keeps a page for each table and each
index, and each connection its own parsed schema: what is printed is left of these 116 kB before anything else is there.

python -m tests.benchmarks.denied.memory_of_stores
"""

import os
import sqlite3

TABLES, INDEXES, COLUMNS, STORES, GOAL = 43, 10, 5, 200, 116
PAGE_SIZES = (512, 1024, 2048, 4096)


def resident() -> int:
    """Octets of this process in memory."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def empty(page_size: int) -> sqlite3.Connection:
    """A database with all tables, and no rows."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.execute(f"PRAGMA page_size = {page_size}")
    for table in range(TABLES):
        columns = ", ".join(f"column_{number} BLOB NOT NULL" for number in range(COLUMNS))
        made.execute(f"CREATE TABLE table_{table} ({columns}, PRIMARY KEY (column_0, column_1)) STRICT, WITHOUT ROWID")
    for index in range(INDEXES):
        made.execute(f"CREATE INDEX index_{index} ON table_{index} (column_2, column_3)")
    return made


def copied(image: sqlite3.Connection) -> sqlite3.Connection:
    """Another one like it, which has answered a question."""
    store = sqlite3.connect(":memory:", isolation_level=None)
    image.backup(store)
    store.execute("SELECT count(*) FROM table_0").fetchone()
    return store


def main() -> None:
    """Print it for each size of pages."""
    kept = []
    for page_size in PAGE_SIZES:
        image = empty(page_size)
        kept.append([image, copied(image)])
        before = resident()
        kept.append([copied(image) for _ in range(STORES)])
        each = (resident() - before) / STORES / 1000
        print(f"pages of {page_size:4} octets: {each:5.0f} kB a store, {GOAL - each:5.0f} kB left of {GOAL}")


if __name__ == "__main__":
    main()
