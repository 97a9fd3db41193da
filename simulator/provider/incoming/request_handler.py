"""From a request to its reply: the draft's checks in their order, then the transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from simulator.drafts.requests.call import Call
from simulator.drafts.requests.endpoint import Ask, Incoming, Outgoing, Reply
from simulator.provider.failpoints import Failpoint
from simulator.provider.parts import Parts
from simulator.rules import Rule, enforced_by
from simulator.services.delivery.outbox import Failed
from simulator.services.refusal import Refusal
from simulator.services.results import Result
from simulator.services.signing import Signature


class RequestHandler:
    """Serves what other providers and the provider's own clients ask. The `Server` of a draft's checks."""

    def __init__(self, parts: Parts, *, mutual_tls: bool) -> None:
        self._parts = parts
        self.mutual_tls = mutual_tls

    @property
    def name(self) -> str:
        """The provider's."""
        return self._parts.executor.provider

    @property
    def domain(self) -> str:
        """Where discovery is."""
        return self._parts.executor.provider

    @property
    def service_host(self) -> str:
        """Where all other endpoints are."""
        return self._parts.executor.service_host

    async def serve(self, call: Call, *, local: bool = False) -> Reply:
        """Check and carry out a request, of another provider or, `local`, of a client of ours.

        Raises Refusal, which is an event of the protocol if another provider gets it.
        """
        with enforced_by(self._parts.executor.enforcement):
            return await self._serve(call, local=local)

    async def _serve(self, call: Call, *, local: bool) -> Reply:
        if local:
            call.request = replace(call.request, names=lambda: (self.name,))
        try:
            for check in self._parts.draft.checks:
                if check.local or not local:
                    await check(call)
            if call.incoming is None:
                raise LookupError(f"none of the checks of {self._parts.draft.name} reads the request")
            return await self._carry_out(call.incoming)
        except Refusal as refusal:
            known = call.envelope
            if known is None:
                raise
            named = refusal.named(known.operation, self.name, known.group)
            if not local:
                self._parts.executor.event_log.refused(named, known.sender)
            raise named from refusal

    async def _carry_out(self, incoming: Incoming) -> Reply:
        """In one transaction, or in one more for each question to another provider: none spans a question."""
        envelope = incoming.envelope
        answer = self._parts.executor.perform(envelope, incoming.perform)
        while isinstance(answer, Ask):
            outcome = await self._ask(answer.outgoing)
            answer = self._parts.executor.perform(envelope, partial(answer.resume, outcome))
        return answer.reply

    async def _ask(self, outgoing: Outgoing) -> Result | Refusal | Failed:
        if outgoing.recipient != self.name:
            return await self._parts.peers.outcome(outgoing)
        try:  # a draft need not look at whether it is its own provider that it asks
            reply = await self.serve(Call(outgoing.wire_request, outgoing.endpoint, self), local=True)
            return outgoing.endpoint.read(reply)
        except Refusal as refusal:
            return refusal

    def check_rate(self, keys: Sequence[str], rules: Mapping[str, Rule]) -> None:
        """Draw from the buckets of these keys. Raises Refusal rate_limited, by the rule for the kind of key."""
        self._parts.executor.check_rate(keys, rules)

    def decoded(self, operation: str) -> None:
        """A request is decoded, and is meant for us."""
        self._parts.failpoints.reached(Failpoint.DECODED, operation)

    async def check_signature(self, sender: str, signature: Signature, genuine: Rule) -> None:
        """Whether another provider has signed. Raises Refusal, by this rule, or sender_unverifiable."""
        await self._parts.keys.check(sender, signature, genuine)
