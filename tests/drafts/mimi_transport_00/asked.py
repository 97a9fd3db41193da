"""A request of this draft, as its checks get it."""

from simulator.codec import encode
from simulator.drafts import DRAFTS
from simulator.drafts.mimi_transport_00.messages.verification_key import VerificationKeyRequest
from simulator.drafts.requests.call import Call
from simulator.drafts.requests.wire_request import WireRequest
from tests.drafts.serving import Listening

DRAFT = DRAFTS[0]


def call(server: Listening, to: str = "a.example") -> Call:
    """A request for the key of `to` in the name of b.example, its head read."""
    body = encode(VerificationKeyRequest(1, "b.example", to))
    asked = DRAFT.call(WireRequest("GET", "/verification_key", body=body, address="::1"), server)
    asked.head = asked.endpoint.head(asked.request)
    return asked
