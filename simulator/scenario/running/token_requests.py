"""Requests for tokens of Privacy Pass that no honest provider would make."""

from functools import partial
from typing import Annotated, Any

import msgspec

from simulator.drafts.requests.honest_request import HonestRequest
from simulator.drafts.requests.wire_request import Headers
from simulator.errors import SimulatorError
from simulator.federation import Unsupported
from simulator.mls.crypto.signature import Ed25519
from simulator.privacy_pass.issuance import request_token
from simulator.privacy_pass.message_signature import RequestTarget, attest, holder_headers
from simulator.scenario.names import Checked
from simulator.scenario.running.context import Context
from simulator.scenario.running.fields import as_bytes
from simulator.scenario.scalars import Duration
from simulator.services import provider_keys

_DIGEST_SIZE = 32


class Attested(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="attested"):
    """The signature over a request for a token (RFC 9421), with the key of the provider that sends it. What is not said
    is as that provider would have it.
    """

    provider: str | None = None
    """Who is said to have signed it: `keyid`."""
    ago: Duration = Duration(0)
    """How long ago it is said to have been signed."""
    holder: Annotated[str, Checked(as_bytes)] | None = None
    """For which pseudonym it is, 32 bytes in hex after `hex:`; for none if not said."""

    def headers(self, context: Context, by: str, to: str, path: str, body: bytes) -> Headers:
        """Those that sign such a request, but for its content type; where providers sign nothing, those that say who
        asks. Raises Unsupported for a time that nothing says there.
        """
        sender = context.session.provider(by)
        said = context.session.draft.sender
        holder = None if self.holder is None else as_bytes(self.holder)
        if said is not None:
            if self.ago.seconds:
                raise Unsupported(f"providers sign nothing in {context.session.draft.name}")
            return (*said.headers(self.provider or sender.name), *holder_headers(holder))
        seed = sender.executor.do(provider_keys.own_key).private_key
        target = RequestTarget(context.session.peer(to).name, path, body)
        created = sender.clock.now() - self.ago.seconds
        signed = attest(target, self.provider or sender.name, created, partial(Ed25519().sign, seed), holder)
        return tuple(field for field in signed if field[0] != "content-type")


def honest_token_request(context: Context, by: str, to: str) -> HonestRequest:
    """What an issuer is asked for a token with its present key, for a challenge that nobody has. Raises SimulatorError
    where it has no key yet.
    """
    issuer = context.session.provider(to)
    keys = issuer.executor.store.issuer_keys.all()
    if not keys:
        raise SimulatorError(f"{issuer.name} has no key yet: nobody has asked for its directory")
    rand = context.session.provider(by).executor.context().rand
    made = request_token(bytes(_DIGEST_SIZE), keys[0].token_key, rand).request
    said: dict[str, Any] = {"token_type": made.token_type, "truncated_token_key_id": made.truncated_token_key_id}
    return HonestRequest({**said, "blinded_msg": f"hex:{made.blinded_msg.hex()}"})
