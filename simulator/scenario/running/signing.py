"""Requests that are signed by whom a scenario says, whoever ought to."""

from typing import Any

from simulator.errors import SimulatorError
from simulator.scenario.running.context import Context
from simulator.services.signing import signer


def sign(context: Context, request: Any, provider: str | None, client: str | None) -> Any:
    """A request struct signed anew with the key of a provider or of a client; as it is if neither is said.

    Raises SimulatorError if both are, or if the draft has no signature there.
    """
    if provider is not None and client is not None:
        raise SimulatorError("a signature is either a provider's or a client's")
    try:
        if provider is not None:
            return context.session.sign_as(provider, request)
        if client is not None:
            state = context.session.client(client).state
            return context.session.draft.resign(request, signer(state.suite, state.identity.signature_private_key))
    except TypeError as error:
        raise SimulatorError(str(error)) from error
    return request
