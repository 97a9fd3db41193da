"""A provider that does not tell the key it signs with."""

from dataclasses import replace
from typing import Any, ClassVar

from simulator.codec import decode, encode
from simulator.drafts.notions import Notion
from simulator.net import HTTPReply
from simulator.provider.adversary import Answering
from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.running.fields import with_field
from simulator.scenario.scalars import Duration
from simulator.scenario.step import Step
from simulator.services import provider_keys


class LieAboutKey(Step, frozen=True, tag="lie_about_key"):
    """From now on a provider answers at /verification_key with something else than its own, present Ed25519 key."""

    needs: ClassVar[tuple[Notion, ...]] = (Notion.provider_keys,)

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
        """Nothing is sent yet. Raises Unsupported where an external provider may know the key from an earlier run."""
        for external in context.session.external_providers:
            external.refuse(f"that it forgets the key of {self.by}")
        endpoint = context.session.draft.named("verification_key")
        changes: dict[str, object] = {}
        if self.key_of is not None:
            key = context.session.provider(self.key_of).executor.do(provider_keys.published)
            changes |= {"body.public_key": f"hex:{key.public_key.hex()}", "body.key_id": f"hex:{key.key_id.hex()}"}
        if self.provider is not None:
            changes["body.provider"] = self.provider
        if self.expired is not None:
            changes["body.not_after"] = context.session.now - self.expired.seconds
        if self.scheme is not None:
            changes["body.signature_scheme"] = self.scheme

        def lie(reply: HTTPReply) -> HTTPReply:
            struct: Any = decode(endpoint.response or bytes, reply.body)
            for path, value in changes.items():
                struct = with_field(struct, path, value)
            return replace(reply, body=encode(struct))

        context.session.provider(self.by).executor.interceptors.begin(Answering(endpoint.template, lie))
