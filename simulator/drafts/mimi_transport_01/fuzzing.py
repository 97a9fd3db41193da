"""What fuzzers know of this draft: how a request that was altered is signed again, inside of its envelope."""

from dataclasses import replace
from typing import Any

from simulator.drafts.fuzzing import Fuzzing, Signers
from simulator.drafts.mimi_transport_00.fuzzing import signed_body, signer_of
from simulator.drafts.mimi_transport_01 import messages as wire
from simulator.drafts.mimi_transport_01.binding import resign


def sign_again(request: Any, signers: Signers, deep: bool) -> Any:
    """The request with its own signature made right and, if `deep`, all that is inside it."""
    payload, forger = getattr(request, "serialized_transaction", None), signers.forger
    sign = None
    if isinstance(payload, wire.DSRequest):
        payload = replace(payload, body=signed_body(payload.body, forger)) if deep else payload
        _, sign = signer_of(payload, forger)
    elif payload is not None and hasattr(payload, "signed"):
        if deep and isinstance(payload, wire.QueueingServiceRequest):
            message = forger.message(payload.signed.message)
            payload = replace(payload, signed=replace(payload.signed, message=message))
        sign = signers.providers[signers.sender]
    if sign is None:
        return request
    return resign(replace(request, serialized_transaction=payload), sign)


FUZZING = Fuzzing(sign_again)
