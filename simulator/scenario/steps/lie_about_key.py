"""A provider that does not tell the key it signs with."""

from dataclasses import replace
from typing import Any, ClassVar

from simulator.drafts.features import DraftFeature
from simulator.drafts.requests.endpoint import BadAnswer, Reply
from simulator.federation import Session, Unsupported
from simulator.net import HTTPReply
from simulator.provider.adversary import Answering
from simulator.provider.incoming.http_binding import in_http
from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.scalars import Duration
from simulator.scenario.step import Conduct, Step
from simulator.services.refusal import Refusal
from simulator.services.results import ProviderKey


class LieAboutKey(Step, frozen=True, tag="lie_about_key"):
    """From now on a provider that is asked for its key does not answer with its own, present Ed25519 key."""

    conduct: ClassVar[Conduct] = Conduct.hostile
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.provider_keys,)

    by: ProviderRef
    key_of: ProviderRef | None = None
    """The provider whose public key it shows as its own."""
    provider: str | None = None
    """Whose key it says that this is."""
    expired: Duration | None = None
    """For how long the key has been out of date."""
    scheme: int | None = None
    """The TLS SignatureScheme that it claims; Ed25519 is 2055 (0x0807)."""

    async def run(self, context: Context) -> None:
        """Nothing is sent yet. Raises Unsupported in a draft without provider keys, and where an external provider may
        know the key from an earlier run.
        """
        session = context.session
        for external in session.external_providers:
            external.refuse(f"that it forgets the key of {self.by}")
        keys = session.draft.provider_keys
        if keys is None:
            raise Unsupported(f"providers have no keys in {session.draft.name}")
        changes = self._changes(session)

        def lie(reply: HTTPReply) -> HTTPReply:
            try:
                honest = keys.endpoint.read(Reply(reply.status, reply.headers, reply.body))
            except (Refusal, BadAnswer):
                return reply
            if not isinstance(honest, ProviderKey):
                return reply
            return in_http(keys.answer(replace(honest, **changes), self.scheme))

        session.provider(self.by).executor.interceptors.begin(Answering(keys.endpoint.template, lie))

    def _changes(self, session: Session) -> dict[str, Any]:
        changes: dict[str, Any] = {}
        if self.key_of is not None and (key := session.provider(self.key_of).keys.own) is not None:
            changes |= {"public_key": key.public_key, "key_id": key.key_id}
        if self.provider is not None:
            changes["provider"] = self.provider
        if self.expired is not None:
            changes["not_after"] = session.now - self.expired.seconds
        return changes
