"""The envelope of a request: its version and what is asked for. Who asks, TLS alone says; discovery has no envelope."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from simulator.codec import DecodeError, decode_prefix
from simulator.drafts.mimi_transport_00.binding.request import HEAD, VERSION, opened
from simulator.drafts.mimi_transport_00.messages.common import MIMI10
from simulator.drafts.mimi_transport_01.messages import EnvelopeHead
from simulator.drafts.requests.endpoint import Envelope, Incoming
from simulator.drafts.requests.wire_request import WireRequest
from simulator.rules import check, refuse
from simulator.services.names import BadName, fqdn
from simulator.services.refusal import Code, rule

OpenAs = Callable[[Any, Envelope], Incoming]
"""Makes a request of a payload, given what is known before it."""

_FRAMING = "mimi-transport-01 section 2"

NAMED = rule("M-SENDER", Code.not_authorized, "mimi-transport-01 section 1", essential="nobody is named")
KNOWN = rule("M-TRANSACTION-TYPE", Code.unsupported_operation, _FRAMING, part="KNOWN", essential="nothing serves it")
SAME = rule("M-TRANSACTION-TYPE", Code.malformed, _FRAMING, part="PAYLOAD")


def transaction_type(operation: str) -> str:
    """The transaction type of an operation: `mimi.delivery-service.add-users` of `add_users`."""
    return f"mimi.delivery-service.{operation.replace('_', '-')}"


def sender_of(request: WireRequest) -> str:
    """The provider that asks: the first DNS name in its certificate. Raises Refusal not_authorized without one."""
    try:
        return fqdn(next(iter(request.names()), "").lower())
    except BadName as error:
        refuse(NAMED, f"the TLS client certificate names no provider: {error}", error)


def head(operations: Collection[str], *, counted: bool) -> Callable[[WireRequest], Envelope]:
    """How the envelope of a request for one of these operations is read; `counted` ones draw from the bucket of the
    provider that sends them.
    """
    types = {transaction_type(each): each for each in operations}

    def read(asked: WireRequest) -> Envelope:
        sender = sender_of(asked)
        try:
            found, _ = decode_prefix(EnvelopeHead, asked.body)
        except DecodeError as error:
            refuse(HEAD, f"no TransactionEnvelope: {error}", error)
        check(VERSION, found.version == MIMI10, f"version {found.version}; only {MIMI10} is spoken here")
        operation = types.get(found.transaction_type)
        if operation is None:
            refuse(KNOWN, f"{found.transaction_type[:100]!r} is no transaction type that is asked at {asked.path}")
        return Envelope(operation, sender, rate_keys=(f"provider {sender}",) if counted else ())

    return read


def opener(kind: Any, read: Callable[[WireRequest], Envelope], open_as: OpenAs) -> Callable[[WireRequest], Incoming]:
    """How all of such a request is read."""

    def open_request(asked: WireRequest) -> Incoming:
        transaction = opened(kind, asked.body)
        known = replace(read(asked), rate_keys=())
        incoming = open_as(transaction.serialized_transaction, known)
        meant = incoming.envelope.operation
        check(SAME, meant == known.operation, f"the payload of {transaction.transaction_type} asks for {meant}")
        return replace(incoming, envelope=replace(incoming.envelope, recipient=None))

    return open_request
