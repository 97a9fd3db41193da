"""`python -m tests.fuzz`: a long run, or one finding again. Exits with 1 if anything was found."""

import argparse
import sys
import warnings
from pathlib import Path

import trio

from tests.fuzz.campaign import OF_DRAFT, TARGETS, Tally, replayed, run
from tests.fuzz.environment import DRAFTS
from tests.fuzz.findings import FOLDER, described, load


def main() -> int:
    """Parse the command line and do what it says."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=1000, help="over HTTPS; the other targets get their share of it")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--target", choices=list(TARGETS), action="append", help="only this one (may be repeated)")
    parser.add_argument("--draft", choices=DRAFTS, help="only federations that speak it, and no target that is alone")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="a finding to send once more")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where findings are written")
    chosen = parser.parse_args()
    warnings.simplefilter("error")
    if chosen.replay is not None:
        return _replay(chosen.replay)
    found = 0
    for name in chosen.target or (TARGETS if chosen.draft is None else OF_DRAFT[chosen.draft]):
        share = 1.0 if chosen.target else TARGETS[name]
        tally = trio.run(_run, name, max(1, round(chosen.cases * share)), chosen.seed, chosen.folder, chosen.draft)
        _show(tally, chosen.folder)
        found += sum(tally.kinds.values())
    print(f"\n{found} findings with seed {chosen.seed}")
    return 1 if found else 0


async def _run(name: str, cases: int, seed: str, folder: Path, draft: str | None) -> Tally:
    def tell(tally: Tally) -> None:
        print(f"{name}: {tally.cases} of {cases}, {tally.kinds.total()} findings", file=sys.stderr, flush=True)

    return await run(name, cases, seed, folder=folder, draft=draft, progress=tell)


def _replay(path: Path) -> int:
    error = trio.run(replayed, load(path))
    if error is None:
        print("nothing wrong with it now")
        return 0
    print(described(error)[1])
    return 1


def _show(tally: Tally, folder: Path) -> None:
    per_second = tally.cases / tally.seconds if tally.seconds else 0
    seconds, number = tally.slowest
    print(f"\n{tally.target}: {tally.cases} cases in {tally.seconds:.0f} s ({per_second:.0f} a second)", end="")
    print(f"; the slowest, case {number}, took {seconds:.3f} s")
    for place in sorted({place for place, _ in tally.outcomes}):
        labels = {label: count for (where, label), count in tally.outcomes.items() if where == place}
        print(f"  {place}: {sum(labels.values())}")
        for label, count in sorted(labels.items(), key=lambda item: -item[1]):
            print(f"    {count:7} {label}")
    if tally.accepted:
        print(f"  accepted although altered: {tally.accepted.total()}, {len(tally.accepted)} kinds; the commonest:")
        for what, count in tally.accepted.most_common(60):
            print(f"    {count:7} {what}")
    for finding in tally.findings:
        path = folder / finding.file_name
        print(f"\n  FINDING {finding.error[:300]}\n    {finding.case}: {finding.altered[:300]}")
        print(f"    reduced, with its bytes, in {path}; once more: python -m tests.fuzz --replay {path}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
