"""A draft with one more endpoint, at which a provider may have to ask another one before it answers.

`POST /chain/b.example,c.example,-` asks b.example, which asks c.example, which answers with its name; each provider on
the way back puts its own in front.
"""

from dataclasses import dataclass, replace

from simulator.drafts import DRAFTS
from simulator.drafts.draft import Draft
from simulator.drafts.requests.endpoint import Answer, Ask, Endpoint, Envelope, Incoming, Outgoing, Place, Reply
from simulator.drafts.requests.template import Template
from simulator.drafts.requests.wire_request import WireRequest
from simulator.services.delivery.outbox import Failed
from simulator.services.refusal import Code, Refusal
from simulator.services.service_context import ServiceContext

UNWILLING = "unwilling.example"
"""Whoever is to ask this one refuses."""


@dataclass(frozen=True)
class Named:
    """Who has answered, the first one asked in front."""

    providers: tuple[str, ...]


def chain(recipient: str, *providers: str) -> Outgoing:
    """Ask `recipient` to ask these, one after the other."""
    return Outgoing("chain", CHAIN, recipient, b"", {"providers": ",".join((*providers, "-"))})


def _answer(*providers: str) -> Answer:
    return Answer(Reply(200, (("content-type", "text/plain"),), ",".join(providers).encode()))


def _head(_: WireRequest) -> Envelope:
    return Envelope("chain")


def _open(request: WireRequest) -> Incoming:
    first, *rest = request.variables["providers"].split(",")

    def perform(context: ServiceContext) -> Answer | Ask:
        if first == UNWILLING:
            raise Refusal(Code.not_authorized, f"{context.provider} does not ask {first}")
        return _answer(context.provider) if first == "-" else Ask(chain(first, *rest[:-1]), resume)

    def resume(outcome: object, context: ServiceContext) -> Answer:
        match outcome:
            case Named(providers):
                return _answer(context.provider, *providers)
            case Refusal() as refusal:
                raise Refusal(refusal.code, f"{first} said: {refusal.rule}")
            case Failed(reason):
                raise Refusal(Code.unknown_user, f"{first} said nothing: {reason}")
        raise AssertionError(outcome)

    return Incoming(_head(request), perform)


def _read(reply: Reply) -> Named:
    refusal = DRAFTS[0].refusals.read(reply)
    if refusal is not None:
        raise refusal
    return Named(tuple(reply.body.decode().split(",")))


CHAIN = Endpoint(
    "chain",
    "POST",
    Template("/chain/{providers}"),
    Place.service_host,
    "text/plain",
    None,
    None,
    _head,
    _open,
    _read,  # type: ignore[arg-type]
    DRAFTS[0].refusals,
)


def draft() -> Draft:
    """The simulator's first, under its own name."""
    return replace(DRAFTS[0], endpoints=(*DRAFTS[0].endpoints, CHAIN))
