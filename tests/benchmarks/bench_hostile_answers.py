"""The longest that one provider's peer waits while another's client is given answers that take long to read.

    python -m tests.benchmarks.bench_hostile_answers [SECONDS [ANSWER ...]]

Each of `tests.hostile_answers` is what a.example gives a client of b.example who asks again and again for SECONDS (2).
As in the row loop-stall of `mimi-sim bench`, which has the floods of requests, the figure is the longest step that any
task took, in this process's own seconds on a core. The goal is the row's.
"""

import sys

import trio

from simulator.bench.rows.loop_stall import LIMIT, longest_step
from simulator.drafts.requests.template import Template
from simulator.errors import SimulatorError
from simulator.federation import ProviderSpec, Session, Topology, open_session
from simulator.net import HTTPReply
from simulator.printable import printable
from simulator.provider.adversary.answering import Answering
from tests.hostile_answers import ANSWERS, HostileAnswer

NOW = 1_800_000_000
OCTETS = ("content-type", "application/octet-stream")


async def answered(session: Session, hostile: HostileAnswer, seconds: float) -> tuple[float, str]:
    """The longest step in milliseconds while a client gets such an answer each time it asks, and what came of it."""
    asked, outcome = 0, ""
    lie = Answering(Template(hostile.path), lambda _: HTTPReply(200, (OCTETS,), hostile.body))
    interceptors = session.provider("a").executor.interceptors
    interceptors.begin(lie)
    with longest_step() as steps:
        ends = trio.current_time() + seconds
        while trio.current_time() < ends:
            asked += 1
            try:
                await hostile.ask(session.client("bob"))
            except SimulatorError as error:
                outcome = printable(str(error), 60)
    interceptors.end(lie)
    return steps.longest * 1000, f"{len(hostile.body) / 1e6:.1f} MB, asked {asked} times: {outcome or 'taken'}"


async def main(seconds: float, names: list[str]) -> None:
    """Print a line per answer."""
    providers = (ProviderSpec("a.example"), ProviderSpec("b.example", {"bob": ("phone",)}), ProviderSpec("c.example"))
    worst = ("none", 0.0)
    async with open_session(Topology(providers), seed=1, now=NOW) as session:
        for name in names:
            longest, said = await answered(session, ANSWERS[name](), seconds)
            worst = max(worst, (name, longest), key=lambda pair: pair[1])
            print(f"{name:28} longest step {longest:6.1f} ms; {said}", flush=True)
        assert session.faults == (), session.faults
    print(f"worst: {worst[0]}, {worst[1]:.1f} ms, {'under' if worst[1] < LIMIT else 'OVER'} the goal of {LIMIT} ms")


if __name__ == "__main__":
    trio.run(main, float(sys.argv[1]) if len(sys.argv) > 1 else 2, sys.argv[2:] or list(ANSWERS))
