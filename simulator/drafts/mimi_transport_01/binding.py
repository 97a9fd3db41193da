"""Payloads <-> what mimi-transport-00 makes of them, with the names that TLS knows."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from simulator.codec import encode
from simulator.drafts.mimi_transport_00 import endpoints as first
from simulator.drafts.mimi_transport_00.binding import forging, group, keys, queueing
from simulator.drafts.mimi_transport_00.messages import delivery
from simulator.drafts.mimi_transport_00.messages.common import MIMI10
from simulator.drafts.mimi_transport_00.messages.labels import LABELS
from simulator.drafts.mimi_transport_00.messages.queueing import QSRequestType
from simulator.drafts.mimi_transport_00.messages.queueing import QueueingServiceRequestTBS as FirstTBS
from simulator.drafts.mimi_transport_00.rules.deliveries import OPERATIONS
from simulator.drafts.mimi_transport_01 import messages as wire
from simulator.drafts.mimi_transport_01.transactions import OpenAs, transaction_type
from simulator.drafts.requests.endpoint import Answer, Endpoint, Envelope, Incoming
from simulator.drafts.requests.honest_request import HonestRequest
from simulator.services import provider_keys
from simulator.services.asker import Asker
from simulator.services.names import show_group
from simulator.services.signing import Sign, Signature


def with_names(kind: Any, payload: Any, sender: str) -> Any:
    """A struct of mimi-transport-00 of what a payload says: from a sender, and to nobody in particular."""
    return kind(MIMI10, sender, "", *(getattr(payload, each.name) for each in fields(payload)))


def without_names(kind: Any, request: Any) -> Any:
    """The payload of this class of what a struct of mimi-transport-00 says, its signature too."""
    if not hasattr(request, "signed"):
        return kind(*(getattr(request, each.name) for each in fields(kind)))
    tbs = getattr(wire, f"{kind.__name__}TBS")
    return kind(without_names(tbs, request.signed), request.signature)


def to_be_signed(request: delivery.DSRequest, asker: Asker) -> bytes:
    """What a client signs."""
    return encode(wire.DSRequestTBS(request.body, group.claim(asker)))


def open_group(path: str, operations: tuple[type, ...], rate_keys: group.RateKeys) -> OpenAs:
    """How the endpoint at `path` opens a DSRequest."""

    def open_as(payload: Any, known: Envelope) -> Incoming:
        request = with_names(delivery.DSRequest, payload, str(known.sender))
        return group.incoming(request, path, operations, rate_keys, to_be_signed)

    return open_as


def open_delivery(request_type: QSRequestType) -> OpenAs:
    """How the endpoint for requests of this type opens a QueueingServiceRequest."""

    def open_as(payload: Any, known: Envelope) -> Incoming:
        said = with_names(FirstTBS, payload.signed, str(known.sender))
        proof = Signature(_label(payload.signed), encode(payload.signed), payload.signature)
        operation = OPERATIONS[payload.signed.request_type]
        meant = replace(known, operation=operation, group=show_group(said.group_id))
        return queueing.incoming(meant, said, proof, request_type)

    return open_as


def open_key_packages(incoming: Callable[[Envelope, Any, bytes], Incoming]) -> OpenAs:
    """How a request for KeyPackages is opened that `incoming` takes."""
    return lambda payload, known: incoming(known, payload.signed, payload.signature)


def open_verification_key(_: Any, known: Envelope) -> Incoming:
    """Open a VerificationKeyRequest."""
    return Incoming(known, lambda context: Answer(keys.answer_verification_key(provider_keys.published(context))))


def resign(transaction: Any, sign: Sign) -> Any:
    """The same with a signature made by `sign`. Raises TypeError for what nobody signs."""
    payload = getattr(transaction, "serialized_transaction", None)
    if isinstance(payload, wire.DSRequest):
        anew = group.signed_anew(with_names(delivery.DSRequest, payload, ""), sign, to_be_signed)
        return replace(transaction, serialized_transaction=replace(payload, auth=anew.auth))
    said = getattr(payload, "signed", None)
    if payload is None or said is None:
        raise TypeError(f"nobody signs a {type(transaction).__name__}")
    signature = sign(_label(said), encode(said))
    return replace(transaction, serialized_transaction=type(payload)(said, signature))


def honest(endpoint: Endpoint, sender: str, recipient: str, about: Mapping[str, str]) -> HonestRequest:
    """What a request says if nothing else is said. See `draft.Honest`."""
    (row,) = [each for each in first.ENDPOINTS if each.name == endpoint.name]
    made = forging.honest(row, sender, recipient, about)
    said = {name: value for name, value in made.fields.items() if name not in ("sender", "recipient")}
    return replace(made, fields=said and {**said, "transaction_type": transaction_type(endpoint.name)})


def _label(said: Any) -> str:
    return LABELS[type(said).__name__]
