"""Signing a request struct anew after it was altered: what a provider or a member does that misbehaves."""

from dataclasses import replace
from typing import Any

from simulator.codec import encode
from simulator.drafts.mimi_transport_00.binding.group import signed_anew
from simulator.drafts.mimi_transport_00.messages import key_packages, queueing
from simulator.drafts.mimi_transport_00.messages.delivery import DSRequest
from simulator.services.signing import Sign

_LABELS: dict[type, str] = {
    queueing.QueueingServiceRequest: queueing.QUEUEING_SERVICE_LABEL,
    key_packages.ConnectionKeyPackageRequest: key_packages.CONNECTION_KEY_PACKAGE_LABEL,
    key_packages.GroupKeyPackageRequest: key_packages.GROUP_KEY_PACKAGE_LABEL,
}
"""The requests that providers sign, and under which label."""


def resign(request: Any, sign: Sign) -> Any:
    """The same request with a signature made by `sign`. Raises TypeError for a struct that nobody signs."""
    if isinstance(request, DSRequest):
        return signed_anew(request, sign)
    label = _LABELS.get(type(request))
    if label is None:
        raise TypeError(f"nobody signs a {type(request).__name__}")
    return replace(request, signature=sign(label, encode(request.signed)))
