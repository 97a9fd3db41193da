"""From a request to its reply: the draft's checks in their order, then the transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from simulator.drafts.requests.call import Call
from simulator.drafts.requests.endpoint import Answer, Ask, Endpoint, Incoming, Outgoing, Reply
from simulator.net.failpoint import Failpoint
from simulator.provider.parts import Parts
from simulator.rules import Rule, enforced_by
from simulator.services.delivery.outbox import Failed
from simulator.services.refusal import Refusal
from simulator.services.results import Result
from simulator.services.service_context import ServiceContext
from simulator.services.signing import Signature
from simulator.storage import KeptAnswer

if TYPE_CHECKING:
    from simulator.provider.incoming.token_guard import TokenGuard


class AnsweredMeanwhile(Exception):
    """A copy of the same request was faster: what was done for this one is to be rolled back."""

    def __init__(self, kept: KeptAnswer) -> None:
        super().__init__()
        self.kept = kept


class RequestHandler:
    """Serves what other providers and the provider's own clients ask. The `Server` of a draft's checks."""

    def __init__(self, parts: Parts, *, mutual_tls: bool, guard: "TokenGuard | None" = None) -> None:
        self._parts = parts
        self._guard = guard
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
                    waiting = check.begin(call)
                    if waiting is not None:
                        await check.end(waiting)
                    if call.kept is not None:
                        return _repeated(call, call.kept)
            if call.incoming is None:
                raise LookupError(f"none of the checks of {self._parts.draft.name} reads the request")
            return await self._carry_out(call, call.incoming)
        except AnsweredMeanwhile as meanwhile:
            return _repeated(call, meanwhile.kept)
        except Refusal as refusal:
            known = call.envelope
            if known is None:
                raise
            named = refusal.named(known.operation, self.name, known.group)
            if not local:
                self._parts.executor.event_log.refused(named, known.sender)
            if self._guard is not None and call.spent:
                self._guard.refused(call, call.endpoint.refusals.write(named))
            raise named from refusal

    async def _carry_out(self, call: Call, incoming: Incoming) -> Reply:
        """In one transaction, or in one more for each question to another provider: none spans a question."""
        envelope = incoming.envelope
        answer = self._parts.executor.perform(envelope, self._paid(call, incoming.perform))
        while isinstance(answer, Ask):
            outcome = await self._ask(answer.outgoing)
            answer = self._parts.executor.perform(envelope, self._paid(call, partial(answer.resume, outcome)))
        return answer.reply

    def _paid(self, call: Call, action: Callable[[ServiceContext], Answer | Ask]) -> Callable[..., Answer | Ask]:
        return action if self._guard is None else self._guard.settling(call, action)

    async def _ask(self, outgoing: Outgoing) -> Result | Refusal | Failed:
        if outgoing.recipient != self.name:
            return await self._parts.peers.outcome(outgoing)
        try:  # a draft need not look at whether it is its own provider that it asks
            reply = await self.serve(self._parts.draft.call(outgoing.wire_request, self), local=True)
            return outgoing.endpoint.read(reply)
        except Refusal as refusal:
            return refusal

    def check_rate(self, keys: Sequence[str], rules: Mapping[str, Rule]) -> None:
        """Draw from the buckets of these keys. Raises Refusal rate_limited, by the rule for the kind of key."""
        self._parts.executor.check_rate(keys, rules)

    def protects(self, endpoint: Endpoint | None) -> bool:
        """Whether a token is demanded at an endpoint."""
        return self._guard is not None and self._guard.protects(endpoint)

    async def check_token(self, call: Call) -> None:
        """See `Server`. Raises Refusal token_required, invalid_token or token_spent."""
        if self._guard is not None:
            await self._guard.check(call)

    def spend_token(self, call: Call) -> None:
        """See `Server`."""
        if self._guard is not None:
            self._guard.spend(call)

    def decoded(self, operation: str) -> None:
        """A request is decoded, and is meant for us."""
        self._parts.failpoints.reached(Failpoint.DECODED, operation)

    async def check_signature(self, sender: str, signature: Signature, genuine: Rule) -> None:
        """Whether another provider has signed. Raises Refusal, by this rule, or sender_unverifiable."""
        await self._parts.keys.check(sender, signature, genuine)


def _repeated(call: Call, kept: KeptAnswer) -> Reply:
    """The answer that was kept, octet by octet."""
    return Reply(kept.status, (("content-type", call.endpoint.media_type),), kept.body)
