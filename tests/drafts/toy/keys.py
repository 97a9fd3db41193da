"""The endpoint `keys`: its requests and answers, and whom a provider has to ask before it answers."""

from collections.abc import Mapping

from simulator.codec import DecodeError, decode, encode
from simulator.drafts.requests.endpoint import (
    Answer,
    Ask,
    BadAnswer,
    Endpoint,
    Envelope,
    Incoming,
    Outgoing,
    Place,
    Reply,
)
from simulator.drafts.requests.honest_request import HonestRequest
from simulator.drafts.requests.requester import Requester
from simulator.drafts.requests.template import Template
from simulator.drafts.requests.wire_request import WireRequest
from simulator.rules import check, refuse
from simulator.services.commands import FetchKeyPackages
from simulator.services.delivery.outbox import Failed
from simulator.services.names import BadName, user_provider
from simulator.services.refusal import Code, Refusal, rule
from simulator.services.results import HandedOut, Result
from simulator.services.service_context import ServiceContext

from .messages import KeysHandedOut, KeysRequest, KeysResponse
from .refusals import OCTETS, REFUSALS
from .rules import ANSWERS, LAST_HOP, hand_out
from .sender import from_header, sender_of

BODY = rule("TOY-BODY", Code.malformed, "toy-1 section 3")
SAYS_WHO = rule("TOY-FROM", Code.malformed, "toy-1 section 1")


def head(request: WireRequest) -> Envelope:
    """Who asks. Raises Refusal malformed."""
    sender = sender_of(request)
    check(SAYS_WHO, sender is not None, "a request for KeyPackages says in From who asks")
    return Envelope("keys", sender)


def open_request(request: WireRequest) -> Incoming:
    """All of it. Raises Refusal malformed."""
    user = request.variables["user"]
    try:
        asked = decode(KeysRequest, request.body)
        provider = user_provider(user)
        user_provider(asked.requester)
    except (DecodeError, BadName) as error:
        refuse(BODY, f"no request for KeyPackages: {error}", error)

    def perform(context: ServiceContext) -> Answer | Ask:
        if provider == context.provider:
            return _answer(hand_out(user, context))
        check(LAST_HOP, asked.hops > 0, f"{user} is not a user of {context.provider}, and no hop is left")
        return Ask(question(context.provider, provider, user, asked.requester, asked.hops - 1), resume)

    def resume(outcome: Result | Refusal | Failed, context: ServiceContext) -> Answer:
        if isinstance(outcome, Refusal):
            raise outcome  # passed on as it came
        why = outcome.reason if isinstance(outcome, Failed) else "it answers something else"
        if not isinstance(outcome, HandedOut):
            refuse(ANSWERS, f"{context.provider} has no KeyPackages from {provider}: {why}")
        return _answer(outcome)

    return Incoming(head(request), perform)


def read(reply: Reply) -> HandedOut:
    """The KeyPackages. Raises the peer's Refusal, or BadAnswer."""
    refusal = REFUSALS.read(reply)
    if refusal is not None:
        raise refusal
    try:
        result = decode(KeysResponse, reply.body).result
    except DecodeError as error:
        raise BadAnswer(f"HTTP {reply.status}, and the body is no KeysResponse: {error}") from error
    if reply.status != 200 or not isinstance(result, KeysHandedOut):
        raise BadAnswer(f"HTTP {reply.status} with KeyPackages")
    return HandedOut(result.key_packages)


KEYS = Endpoint(
    "keys",
    "POST",
    Template("/toy/keys/{user}"),
    Place.service_host,
    OCTETS,
    KeysRequest,
    KeysResponse,
    head,
    open_request,
    read,
    REFUSALS,
)


def question(sender: str, recipient: str, user: str, requester: str, hops: int) -> Outgoing:
    """A request of `sender` to `recipient` for KeyPackages of a user."""
    body = encode(KeysRequest(requester, hops))
    return Outgoing("keys", KEYS, recipient, body, {"user": user}, from_header(sender))


def write_fetch(command: FetchKeyPackages, requester: Requester) -> Outgoing:
    """Clients ask their own provider, and that asks the user's. Raises TypeError for single clients."""
    if not isinstance(command.target, str):
        raise TypeError("toy-1 has KeyPackages of whole users only")
    return question(requester.provider, requester.provider, command.target, command.requester, 1)


def honest(endpoint: Endpoint, sender: str, recipient: str, about: Mapping[str, str]) -> HonestRequest:
    """A request that may be passed on once. See `draft.Honest`."""
    if endpoint is not KEYS:
        return HonestRequest(headers=from_header(sender))
    user = {"user": about["target"]} if "target" in about else {}
    return HonestRequest({"requester": about.get("requester", ""), "hops": 1}, None, user, from_header(sender))


def _answer(handed_out: HandedOut) -> Answer:
    body = encode(KeysResponse(KeysHandedOut(handed_out.key_packages)))
    return Answer(Reply(200, (("content-type", OCTETS),), body))
