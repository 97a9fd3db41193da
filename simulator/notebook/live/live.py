"""A federation that lives in a notebook's cells: one starts it, acts as its users, looks, breaks it, stops it."""

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.drafts.draft_layout import packed_layout
from simulator.errors import SimulatorError, hint
from simulator.federation import ProviderSpec, Session, Topology, open_session
from simulator.net.faults import Fault
from simulator.notebook.arguments import Time, checked
from simulator.notebook.describing import Providers, described
from simulator.notebook.errors import saying
from simulator.notebook.figures.markup import BAD, CALM, GOOD, Display, chip, page, table, text
from simulator.notebook.live.cell_steps import CellSteps
from simulator.notebook.live.clients import Client, Group, group_of
from simulator.notebook.live.live_session import LiveSession
from simulator.notebook.live.providers import Provider, waive
from simulator.notebook.live.request import Request
from simulator.notebook.times import seconds
from simulator.notebook.traffic import Traffic
from simulator.scenario.entry import Entry
from simulator.scenario.running.step_run import Verdict
from simulator.scenario.step import Conduct
from simulator.services import names
from simulator.trace import ClientShown, Header, ProviderShown, Recorder, Trace

START = 1_767_225_600
"""2026-01-01T00:00:00Z, when protocol time begins."""


class Federation:
    """Providers with their users and the users' clients: `Federation({"a.example": {"alice": ["phone"]}})`.

    Further options are those of `simulator.federation.Topology`: `http2=True`, `mutual_tls=True`, `suite=3`;
    `draft="./my_draft"` is a draft whose package is not installed, `waive="T-SECURITY-RECIPIENT"` a rule that nobody
    keeps, and `waive={"a.example": [...]}` rules that a provider and its clients do not. A path is that of a file with
    a topology, such as a scenario; `seed` and `now` (Unix seconds) are those of the file then.

    Use it in a `with` block, or `start()` it in one cell and `stop()` it in another; when the notebook's kernel ends,
    or nobody has the federation or anything of it (a client, a group) any more, so does it. Everything that is done is
    a step of the record. After each step the federation settles: what was to be delivered has been delivered. Interrupt
    a cell, and what it was doing ends; the federation goes on.
    """

    def __init__(
        self, providers: Providers | Topology | str | Path, *, seed: int = 1, now: int = START, **options: Any
    ) -> None:
        with saying("describing a federation"):
            topology, self.seed, now = described(providers, seed, now, options)
            draft = registry.named(topology.draft)
        self.topology = topology
        self._began = time.time()
        self._layout = packed_layout(draft)  # as it is now: its files may change as long as this goes on
        self._live = LiveSession(draft, _opening(topology, self.seed, now))

    def start(self) -> Self:
        """All providers come up, all clients publish KeyPackages; nothing if they have. Raises Refused."""
        self._live.open()
        return self

    def stop(self) -> None:
        """All end. What has been recorded can still be looked at."""
        self._live.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def running(self) -> bool:
        """Whether it is up."""
        return self._live.running

    @checked("")
    def client(self, name: str) -> Client:
        """`alice.laptop`, or `alice` if that is her only client. Raises Refused."""
        return Client(self._live, self._live.look(lambda session: session.client(name).name))

    @checked("")
    def provider(self, name: str) -> Provider:
        """`a.example`. Raises Refused."""
        return Provider(self._live, self._live.look(lambda session: session.provider(name).name))

    @checked("")
    def group(self, name: str) -> Group:
        """A group by the name that a cell gave it. Raises Refused."""
        return group_of(self._live, name)

    @checked("waiving rules")
    def waive(self, *rules: str) -> None:
        """Let no provider and no client keep these rules from now on: IDs of requirements, or of single checks. What
        breaks one is let through, and an event `Waived` says so. Raises Refused for what can't be waived.
        """
        waive(self._live, rules)

    @checked("injecting a fault")
    def inject(self, fault: Fault) -> None:
        """Let something go wrong on the network (`simulator.net.faults`) until `repair`. Raises Refused."""
        self._live.look(lambda session: session.inject(fault))

    def repair(self) -> None:
        """Let nothing go wrong any more; what was held up goes on."""

        async def doing(session: Session) -> None:
            session.repair()

        self._live.act("the network is well again", doing)

    @checked("injecting a fault")
    def fault(self, fault: Fault) -> AbstractContextManager[None]:
        """Let something go wrong on the network during a `with` block; then it settles. Raises Refused."""
        return self._broken(fault)

    @contextmanager
    def _broken(self, fault: Fault) -> Iterator[None]:
        injected = self._live.look(lambda session: session.inject(fault))
        try:
            yield
        finally:
            if self.running:

                async def doing(_: Session) -> None:
                    injected.remove()

                self._live.act("the network is well again", doing)

    @checked("letting time pass")
    def advance(self, span: Time) -> None:
        """Let protocol time pass: seconds, or `"10 minutes"`, `"2h"`, a timedelta. Raises Refused."""
        whole = seconds(span)

        async def doing(session: Session) -> None:
            session.advance(whole)

        self._live.act(f"{whole} s pass", doing)

    @checked("")
    def do(self, steps: str) -> Display:
        """Steps as in a scenario file, one or a list, with all that such a file can expect of them:

            federation.do("withhold: {by: a.example, clients: carol}")
            federation.do("send: {by: alice, group: team, text: Hello}\\nexpect: {received: {by: [bob], count: 1}}")

        Names are those of the federation, those that `as` gives, and those that groups got in cells. Raises Refused at
        the first step that fails.
        """
        cell_steps = self._live.cell_steps
        with saying():
            entries = cell_steps.read(steps)
        rows: list[tuple[str, ...]] = []
        for entry in entries:
            attack = entry.step.conduct is Conduct.hostile
            verdict = self._live.act(entry.label, _playing(cell_steps, entry), attack=attack, note=entry.note or "")
            name = text(entry.label) + (f" {chip('attack', BAD)}" if attack else "")
            rows.append((chip(verdict.result.value, GOOD), name, text(verdict.message)))
        words = "\n".join(f"passed  {entry.label}" for entry in entries)
        return Display(page(table(("", "step", ""), rows)), words)

    @checked("capturing a request")
    def capture(self, endpoint: str, *, sender: str, recipient: str) -> Request:
        """The last request from one provider to another at an endpoint, as it went over the wire. The endpoint has its
        name in the draft, or is what it is for: `fan_out`. Raises Refused.
        """
        draft = self._live.draft
        with saying(f"capturing {endpoint}"):
            for name, known in (
                (endpoint, [*draft.words, *(row.name for row in draft.all_endpoints)]),
                (sender, [spec.name for spec in self.topology.providers]),
                (recipient, [spec.name for spec in self.topology.providers]),
            ):
                if name not in known:
                    raise SimulatorError(f"there is no {name}{hint(name, known)}")
            meaning = draft.meaning(endpoint)
            found = [
                exchange
                for exchange in self._live.recorder.exchanges
                if (exchange.sender, exchange.to) == (sender, recipient)
                and meaning is not None
                and meaning.includes(exchange.endpoint, exchange.operation)
            ]
            if not found:
                raise SimulatorError(f"there was no request from {sender} to {recipient} at {endpoint}")
            return Request.captured(found[-1], self._live)

    @property
    def trace(self) -> Trace:
        """What has been recorded so far."""
        topology = self.topology
        header = Header(
            scenario="notebook",
            name="A federation in a notebook",
            seed=self.seed,
            draft=topology.draft,
            layout=self._layout,
            suite=topology.suite,
            http2=topology.http2,
            mutual_tls=topology.mutual_tls,
            waived=_waived(topology),
            providers=tuple(_shown(spec, self._live.draft) for spec in topology.providers),
            started=self._began,
        )
        return Trace.of_run(header, self._live.recorder.events)

    @property
    def traffic(self) -> Traffic:
        """What has been recorded so far, as tables, diagrams and plots."""
        return Traffic(self.trace)

    def __repr__(self) -> str:
        state = "running" if self.running else "not running"
        return f"<federation of {', '.join(spec.name for spec in self.topology.providers)}: {state}>"

    def _repr_html_(self) -> str:
        up: set[str] = set()
        online: dict[str, bool] = {}
        if self.running:
            up = self._live.look(lambda session: {provider.name for provider in session.providers if provider.is_up})
            online = self._live.look(lambda session: {client.name: client.online for client in session.clients})
        rows = []
        for spec in self.topology.providers:
            clients = [f"{user}.{device}" for user, devices in spec.users.items() for device in devices]
            chips = [chip(name, GOOD if online.get(name) and spec.name in up else CALM) for name in clients]
            state = chip("up", GOOD) if spec.name in up else chip("down", BAD)
            rows.append((text(spec.name), f"<code>{text(spec.host(self._live.draft))}</code>", state, "".join(chips)))
        return page(table(("provider", "service host", "", "clients"), rows))


def _playing(cell_steps: CellSteps, entry: Entry) -> Callable[[Session], Awaitable[Verdict]]:
    return lambda _: cell_steps.run(entry)


def _opening(topology: Topology, seed: int, now: int) -> Callable[[Recorder], AbstractAsyncContextManager[Session]]:
    return lambda recorder: open_session(topology, seed=seed, now=now, recorder=recorder)


def _waived(topology: Topology) -> dict[str, tuple[str, ...]]:
    """By provider, where one does not keep all rules from the start."""
    rules = {spec.name: tuple(dict.fromkeys((*topology.waived, *spec.waived))) for spec in topology.providers}
    return {name: theirs for name, theirs in rules.items() if theirs}


def _shown(spec: ProviderSpec, draft: Draft) -> ProviderShown:
    clients = tuple(
        ClientShown(f"{user}.{device}", names.client(spec.name, user, device))
        for user, devices in spec.users.items()
        for device in devices
    )
    return ProviderShown(spec.name, spec.host(draft), clients)
