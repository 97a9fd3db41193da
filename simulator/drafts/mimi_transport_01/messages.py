"""What differs on the wire: payloads name nobody and have no version, and travel in an envelope. Answers do not."""

from typing import Annotated, Any

from simulator.codec import Sized, opaque, struct, uint16, utf8
from simulator.drafts.mimi_transport_00.messages import delivery, key_packages, queueing, verification_key

NAMES = ("version", "sender", "recipient")
"""What a struct of mimi-transport-00 begins with, and none here."""


# struct { ProtocolVersion version; TransactionType transaction_type; ... } TransactionEnvelope;
@struct
class EnvelopeHead:
    """What every request begins with."""

    version: uint16
    transaction_type: utf8


def _made(name: str, envelope: str, annotations: dict[str, Any]) -> Any:
    return struct(type(name, (), {"__module__": __name__, "__annotations__": annotations, "ENVELOPE": envelope}))


def _nameless(kind: type) -> Any:
    """The struct of mimi-transport-00 without names."""
    kept = {name: each for name, each in kind.__annotations__.items() if name not in NAMES}
    return _made(kind.__name__, "", kept)


def _signed(tbs: Any) -> Any:
    """struct { ...the fields of its TBS...; opaque signature<V>; }"""
    return _made(tbs.__name__.removesuffix("TBS"), "signed", {"signed": tbs, "signature": opaque})


def _envelope(of: Any) -> Any:
    """struct { ProtocolVersion version; TransactionType transaction_type; opaque serialized_transaction<V>; }"""
    name, payload = of.__name__.removesuffix("Request") + "Transaction", "serialized_transaction"
    return _made(name, payload, {"version": uint16, "transaction_type": utf8, payload: Annotated[of, Sized()]})


DSRequest = _nameless(delivery.DSRequest)
DSRequestTBS = _nameless(delivery.DSRequestTBS)
QueueingServiceRequestTBS = _nameless(queueing.QueueingServiceRequestTBS)
QueueingServiceRequest = _signed(QueueingServiceRequestTBS)
ConnectionKeyPackageRequestTBS = _nameless(key_packages.ConnectionKeyPackageRequestTBS)
ConnectionKeyPackageRequest = _signed(ConnectionKeyPackageRequestTBS)
GroupKeyPackageRequestTBS = _nameless(key_packages.GroupKeyPackageRequestTBS)
GroupKeyPackageRequest = _signed(GroupKeyPackageRequestTBS)
VerificationKeyRequest = _nameless(verification_key.VerificationKeyRequest)

DSTransaction = _envelope(DSRequest)
QueueingServiceTransaction = _envelope(QueueingServiceRequest)
ConnectionKeyPackageTransaction = _envelope(ConnectionKeyPackageRequest)
GroupKeyPackageTransaction = _envelope(GroupKeyPackageRequest)
VerificationKeyTransaction = _envelope(VerificationKeyRequest)
