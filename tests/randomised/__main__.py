"""The long run: `python -m tests.randomised --seeds 200`, or `make randomised SEEDS=200`."""

import argparse
import sys
import time

import trio

from simulator.drafts import DRAFTS
from simulator.drafts.registry import find
from tests.randomised.report import report
from tests.randomised.seeded_run import Played, play


def main() -> int:
    """Run the seeds, report each failure at once and the figures at the end; 1 if anything failed."""
    parser = argparse.ArgumentParser(description="Random operations and faults, invariants after each.")
    parser.add_argument("--seeds", type=int, default=200, help="how many")
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--draft", type=find, default=DRAFTS[0], help="name or path")
    parser.add_argument("--operations", type=int, default=120, help="per seed")
    wanted = parser.parse_args()
    total = Played(wanted.draft)
    failed = []
    for seed in range(wanted.first, wanted.first + wanted.seeds):
        began = time.monotonic()
        played = trio.run(play, seed, wanted.operations, wanted.draft)
        total.operations.update(played.operations)
        total.counts.update(played.counts)
        result = "ok" if played.failure is None else "FAILED"
        print(f"seed {seed}: {len(played.items)} steps, {time.monotonic() - began:.1f} s, {result}", flush=True)
        if played.failure is not None:
            failed.append(seed)
            print(f"  {report(seed, played)}", flush=True)
    for what, client_api in (("Steps", total.operations), ("Figures", total.counts)):
        print(f"\n{what}:")
        for name, count in sorted(client_api.items()):
            print(f"  {count:7} {name}")
    print(f"\n{wanted.seeds} seeds, {len(failed)} failed{': ' if failed else ''}{', '.join(map(str, failed))}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
