"""A federation that stays up for long: whether its memory and its disk grow.

    python -m tests.soak [--messages 20000]

Prints the figures of a process of `mimi-sim serve` after each tenth; exit code 1 where memory or disk grew by more than
GROWTH between the first tenth and the end.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.served import served
from tests.soak.long import TOPOLOGY, soak

GROWTH = 20.0
"""MiB. What is bounded is full by the first tenth of 20,000 messages."""


def main(messages: int) -> int:
    """The exit code."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), topology=TOPOLOGY) as up:
        print("messages   RSS MiB   disk MiB   seconds", flush=True)
        figures = soak(up, messages, max(1, messages // 10), lambda line: print(line, flush=True))
        code = up.process.poll()
    assert code is None, "it ended meanwhile"
    grown = figures.rss[-1] - figures.rss[0], figures.disk[-1] - figures.disk[0]
    print(f"grown since the first tenth: memory {grown[0]:+.1f} MiB, disk {grown[1]:+.2f} MiB")
    return int(max(grown) > GROWTH)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000)
    sys.exit(main(parser.parse_args().messages))
