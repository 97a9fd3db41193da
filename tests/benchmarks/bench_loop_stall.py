"""The longest that one provider's peer waits while somebody floods another provider of the same process.

    python -m tests.benchmarks.bench_loop_stall [SECONDS [FLOOD ...]]

Each flood of `tests.floods` comes from a process of its own, over one connection after the other, for SECONDS (2). Each
of `tests.hostile_answers` is what a.example gives a client of b.example who asks again and again for as long. The
figures, each against a quiet time of as long right before it: the longest step that any task took, in this process's
own seconds on a core (nothing else runs meanwhile; what others do to the cores does not count); the longest and the
median exchange of c.example with b.example, and how often the median is that of the quiet time. The goal is a longest
step under 100 ms. RSS is that of the process after the flood has ended. What is there at the start is kept from the
garbage collector, whose walks over all of it (up to 80 ms, also in quiet times) would be the longest steps of all.
"""

import gc
import os
import socket
import ssl
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median

import trio

from simulator.drafts.requests.template import Template
from simulator.errors import SimulatorError
from simulator.federation import ProviderSpec, Session, Topology, open_session
from simulator.net import HTTPReply
from simulator.printable import printable
from simulator.provider.adversary.answering import Answering
from tests.floods import OCTETS, Flood, floods
from tests.hostile_answers import ANSWERS, HostileAnswer

NOW = 1_800_000_000
GOAL = 0.1
"""Seconds."""
COOL = 0.3
"""Seconds that are measured after a flood."""


@dataclass(eq=False)
class Steps(trio.abc.Instrument):
    """The longest step of any task."""

    longest: float = 0
    _started: float | None = None

    def before_task_step(self, task: trio.lowlevel.Task) -> None:
        self._started = time.thread_time()

    def after_task_step(self, task: trio.lowlevel.Task) -> None:
        if self._started is not None:  # not the step in which this began
            self.longest = max(self.longest, time.thread_time() - self._started)


@dataclass
class Times:
    """Of one stretch of time."""

    step: float = 0
    exchanges: list[float] = field(default_factory=list)


async def measured(session: Session, stop: trio.Event) -> Times:
    """Exchanges of c.example with b.example, one after the other, until told to stop."""
    times, steps = Times(), Steps()
    trio.lowlevel.add_instrument(steps)
    try:
        while not stop.is_set():
            started = time.perf_counter()
            await session.provider("c").http.request("GET", "https://b.example/.well-known/mimi/ds-domain")
            times.exchanges.append(time.perf_counter() - started)
    finally:
        trio.lowlevel.remove_instrument(steps)
    times.step = steps.longest
    return times


async def quiet(session: Session, seconds: float) -> Times:
    """Without a flood."""
    stop = trio.Event()
    async with trio.open_nursery() as nursery:

        async def end() -> None:
            await trio.sleep(seconds)
            stop.set()

        nursery.start_soon(end)
        return await measured(session, stop)
    raise AssertionError


async def flooded(session: Session, name: str, seconds: float) -> tuple[Times, str]:
    """With one, from a process of its own; what that says it has done."""
    address = session.network.lookup("ds.a.example")
    assert address is not None
    command = [sys.executable, "-m", "tests.benchmarks.bench_loop_stall", "--flood", name, str(address.port)]
    said: list[str] = []
    stop = trio.Event()
    async with trio.open_nursery() as nursery:

        async def run() -> None:
            done = await trio.run_process([*command, str(seconds)], capture_stdout=True)
            said.append(done.stdout.decode().strip())
            await trio.sleep(COOL)  # what is left behind is part of it
            stop.set()

        nursery.start_soon(run)
        times = await measured(session, stop)
    return times, said[0]


async def answered(session: Session, hostile: HostileAnswer, seconds: float) -> tuple[Times, str]:
    """While a client gets such an answer each time it asks; how often it did, and what came of it in the end."""
    asked, outcome = 0, ""
    stop = trio.Event()
    lie = Answering(Template(hostile.path), lambda _: HTTPReply(200, (OCTETS,), hostile.body))
    interceptors = session.provider("a").executor.interceptors
    interceptors.begin(lie)
    async with trio.open_nursery() as nursery:

        async def ask() -> None:
            nonlocal asked, outcome
            ends = trio.current_time() + seconds
            while trio.current_time() < ends:
                asked += 1
                try:
                    await hostile.ask(session.client("bob"))
                except SimulatorError as error:
                    outcome = printable(str(error), 60)
            stop.set()

        nursery.start_soon(ask)
        times = await measured(session, stop)
    interceptors.end(lie)
    return times, f"{len(hostile.body) / 1e6:.1f} MB, asked {asked} times: {outcome or 'taken'}"


def flood(name: str, port: int, seconds: float) -> None:
    """Send it; then say how many bytes over how many connections, and what was answered."""
    chosen = dict(floods())[name]
    ends, answers, sent, connections = time.monotonic() + seconds, Counter[str](), 0, 0
    while time.monotonic() < ends:
        connections += 1
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as plain:
            sent += _flood_one(chosen, plain, ends, answers)
    heard = ", ".join(f"{status} x{count}" for status, count in answers.most_common(2))
    print(f"{sent / 1e6:.1f} MB, {connections} connections{', ' if heard else ''}{heard}")


def _flood_one(chosen: Flood, plain: socket.socket, ends: float, answers: Counter[str]) -> int:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols([chosen.alpn])
    sent = 0
    with context.wrap_socket(plain, server_hostname="ds.a.example") as stream:
        stream.settimeout(0.5)
        data, heard = memoryview(chosen.first), b""
        try:
            while time.monotonic() < ends and (data or chosen.more):
                data = data or memoryview(chosen.more)
                size = stream.send(data[:16_384])
                data, sent = data[size:], sent + size
                heard += _heard(stream)
            if not chosen.more:
                stream.settimeout(3)
                heard += stream.recv(65_536)
        finally:
            if chosen.alpn == "http/1.1":
                answers.update(part[:3].decode() for part in heard.split(b"HTTP/1.1 ")[1:])
    return sent


def _heard(stream: ssl.SSLSocket) -> bytes:
    stream.settimeout(0)
    try:
        return stream.recv(65_536)
    except (ssl.SSLWantReadError, BlockingIOError):
        return b""
    finally:
        stream.settimeout(0.5)


def resident() -> float:
    """MiB of this process in memory; 0 where the system does not say."""
    with suppress(OSError), open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    return 0


async def main(seconds: float, names: list[str]) -> None:
    """Print a line per flood."""
    providers = (ProviderSpec("a.example"), ProviderSpec("b.example", {"bob": ("phone",)}), ProviderSpec("c.example"))
    worst = ("none", 0.0)
    async with open_session(Topology(providers), seed=1, now=NOW) as session:
        await quiet(session, seconds / 2)  # warm
        for name in names:
            hostile = ANSWERS[name]() if name in ANSWERS else None
            gc.collect()
            gc.freeze()
            calm = await quiet(session, seconds)
            times, said = await (answered(session, hostile, seconds) if hostile else flooded(session, name, seconds))
            worst = max(worst, (name, times.step), key=lambda pair: pair[1])
            print(
                f"{name:28} longest step {times.step * 1000:6.1f} ms (quiet {calm.step * 1000:5.1f}), exchange at most"
                f" {max(times.exchanges) * 1000:6.1f} ms ({max(calm.exchanges) * 1000:5.1f}), median"
                f" {median(times.exchanges) * 1000:5.2f} ms x{median(times.exchanges) / median(calm.exchanges):.1f},"
                f" RSS {resident():.0f} MiB; {said}",
                flush=True,
            )
        assert session.faults == (), session.faults
    verdict = "under" if worst[1] < GOAL else "OVER"
    print(f"worst: {worst[0]}, {worst[1] * 1000:.1f} ms, {verdict} the goal of {GOAL * 1000:.0f} ms")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--flood"]:
        flood(sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
    else:
        span = float(sys.argv[1]) if len(sys.argv) > 1 else 2
        trio.run(main, span, sys.argv[2:] or [*(name for name, _ in floods()), *ANSWERS])
