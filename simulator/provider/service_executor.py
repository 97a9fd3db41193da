"""Where one provider's services, store, clock and randomness meet: one request, one transaction."""

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import replace
from typing import TypeVar

from simulator.drafts.requests.endpoint import Answer, Ask, Envelope
from simulator.mls.crypto.randomness import Rand
from simulator.net import Unreachable
from simulator.net.failpoint import Failpoint
from simulator.provider.clock import OwnClock
from simulator.provider.failpoints import Failpoints
from simulator.provider.interceptors import Interceptors
from simulator.provider.protocol_events import ProtocolEventLog
from simulator.rules import Breach, Enforcement, Rule, enforced_by
from simulator.services.decisions import Decided, Decision, told_nobody
from simulator.services.delivery import outbox
from simulator.services.draft_rules import DraftRules
from simulator.services.limits.policy import Policy
from simulator.services.limits.rate_limit import RateLimiter
from simulator.services.refusal import Refusal
from simulator.services.service_context import ServiceContext
from simulator.storage import Store

T = TypeVar("T")


class ServiceExecutor:
    """What a provider decides and remembers. Nothing here waits: a transaction never spans an `await`."""

    def __init__(
        self,
        provider: str,
        service_host: str,
        store: Store,
        policy: Policy,
        clock: OwnClock,
        rand: Rand,
        limiter: RateLimiter,
        failpoints: Failpoints,
        rules: DraftRules,
        co_tenants: frozenset[str] = frozenset(),
        *,
        waived: Set[str] = frozenset(),
        binds_requests: bool = False,
    ) -> None:
        self.provider = provider
        self.service_host = service_host
        self.store = store
        self.is_open = True
        self._policy = policy
        self._clock = clock
        self._rand = rand
        self._limiter = limiter
        self._failpoints = failpoints
        self._rules = rules
        self._co_tenants = co_tenants
        self._binds_requests = binds_requests
        self._moment: ServiceContext | None = None
        self._decisions: list[Decision] = []
        self.interceptors = Interceptors()
        """What it does otherwise than its services decide; nothing unless told."""
        self.event_log = ProtocolEventLog(provider)
        """Where to tell what has happened; whoever wants to read it puts another in its place."""
        self.enforcement = Enforcement(waived, self._breached)
        """Which rules it keeps."""
        self.on_effects: Callable[[Collection[str]], None] = _nobody_waits
        """Called after each transaction, with the providers for which it left something."""

    def _breached(self, breach: Breach) -> None:
        self.event_log.breached(breach)

    def open(self, store: Store, limiter: RateLimiter) -> None:
        """Go on with what the store remembers, and nothing else."""
        self.store = store
        self._limiter = limiter
        self._moment = None
        self.is_open = True

    def close(self) -> None:
        """Do nothing from now on."""
        self.is_open = False
        self.on_effects = _nobody_waits

    def context(self, decided: Decided = told_nobody) -> ServiceContext:
        """The provider at this moment, for a service, and whom that tells what it decides."""
        now, elapsed = self._clock.now(), self._clock.elapsed()
        return ServiceContext(
            self.provider,
            self.service_host,
            self.store,
            self._policy,
            now,
            elapsed,
            self._rand,
            self._rules,
            self._co_tenants,
            decided,
            binds_requests=self._binds_requests,
        )

    def _this_moment(self) -> ServiceContext:
        """The provider at this moment, for what is done now: the same as before, as long as its clock has not moved. It
        tells `_decisions`, so that it is for that call alone which it is given to.
        """
        now, elapsed, known = self._clock.now(), self._clock.elapsed(), self._moment
        if known is None or known.now != now or known.elapsed != elapsed:
            known = self._moment = self.context(self._note)
        return known

    def _note(self, decision: Decision) -> None:
        self._decisions.append(decision)

    def decided(self, decision: Decision, envelope: Envelope | None = None) -> None:
        """Tell what the provider has decided by itself, while it served a request where there is an `envelope`."""
        if envelope is not None and decision.operation is None:
            decision = replace(
                decision, operation=envelope.operation, group=envelope.group, peer=decision.peer or envelope.sender
            )
        self.event_log.decided(decision)

    def check_rate(self, keys: Sequence[str], rules: Mapping[str, Rule]) -> None:
        """Draw from the buckets of these keys. Raises Refusal rate_limited, by the rule for the kind of key."""
        self._limiter.take(keys, self._clock.elapsed(), rules)

    def perform(self, envelope: Envelope, action: Callable[[ServiceContext], Answer | Ask]) -> Answer | Ask:
        """Carry a request out, or as much of it as can be done before somebody else is asked. What it causes is written
        down with it: after this returns, it will happen.

        Raises Refusal, and then nothing has changed.
        """
        operation = envelope.operation

        def carry_out(context: ServiceContext) -> Answer | Ask:
            answer = action(context)
            outbox.keep(self.interceptors.effects(answer.effects, context), context)
            self._failpoints.reached(Failpoint.DECIDED, operation)
            return answer

        self._failpoints.reached(Failpoint.VERIFIED, operation)
        answer = self.do(carry_out, envelope)
        self._failpoints.reached(Failpoint.COMMITTED, operation)
        return answer

    def do(self, action: Callable[[ServiceContext], T], envelope: Envelope | None = None) -> T:
        """Call services in one transaction, to serve a request where there is an `envelope`; whatever it raises rolls
        everything back. What they decide is told once it is so.

        Raises Unreachable while the provider is down: for its own users, since nobody else gets as far as here.
        """
        if not self.is_open:
            raise Unreachable(f"a user of {self.provider}", self.provider, "it is down")
        outer, decided = self._decisions, list[Decision]()
        self._decisions = decided
        with enforced_by(self.enforcement):
            try:
                with self.store.transaction():
                    result = action(self._this_moment())
            except Refusal:
                decided = [decision for decision in decided if decision.practice.even_if_refused]
                self._tell(decided, envelope)
                raise
            finally:
                self._decisions = outer
            self._tell(decided, envelope)
            self.on_effects(self.store.outbox.take_added())
        return result

    def look(self, question: Callable[[ServiceContext], T]) -> T:
        """Call a service that changes nothing: as `do`, but that there is nothing to be rolled back."""
        if not self.is_open:
            raise Unreachable(f"a user of {self.provider}", self.provider, "it is down")
        outer, decided = self._decisions, list[Decision]()
        self._decisions = decided
        with enforced_by(self.enforcement):
            try:
                self.store.prepare_reading()
                result = question(self._this_moment())
            finally:
                self._decisions = outer
            self._tell(decided, None)
        return result

    def _tell(self, decided: Sequence[Decision], envelope: Envelope | None) -> None:
        for decision in decided:
            self.decided(decision, envelope)


def _nobody_waits(added: Collection[str]) -> None:
    """For a provider that is down: the outbox keeps it."""
