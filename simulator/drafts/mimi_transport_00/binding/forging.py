"""What a provider or a member does that misbehaves: requests written in others' names, or signed anew after changes."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from simulator.codec import encode
from simulator.drafts.mimi_transport_00.binding.group import signed_anew
from simulator.drafts.mimi_transport_00.messages import key_packages, queueing
from simulator.drafts.mimi_transport_00.messages.common import MIMI10
from simulator.drafts.mimi_transport_00.messages.delivery import DSRequest
from simulator.drafts.requests.endpoint import Endpoint
from simulator.drafts.requests.honest_request import HonestRequest
from simulator.services.signing import Sign

_LABELS: dict[type, str] = {
    queueing.QueueingServiceRequest: queueing.QUEUEING_SERVICE_LABEL,
    key_packages.ConnectionKeyPackageRequest: key_packages.CONNECTION_KEY_PACKAGE_LABEL,
    key_packages.GroupKeyPackageRequest: key_packages.GROUP_KEY_PACKAGE_LABEL,
}
"""The requests that providers sign, and under which label."""

_LABELLED: dict[Any, Any] = {
    queueing.QueueingServiceRequest: queueing.QueueingServiceRequestTBS,
    key_packages.ConnectionKeyPackageRequest: key_packages.ConnectionKeyPackageRequestTBS,
    key_packages.GroupKeyPackageRequest: key_packages.GroupKeyPackageRequestTBS,
}
"""What is signed of them, which is a struct of its own here."""


def resign(request: Any, sign: Sign) -> Any:
    """The same request with a signature made by `sign`. Raises TypeError for a struct that nobody signs."""
    if isinstance(request, DSRequest):
        return signed_anew(request, sign)
    label = _LABELS.get(type(request))
    if label is None:
        raise TypeError(f"nobody signs a {type(request).__name__}")
    return replace(request, signature=sign(label, encode(request.signed)))


def honest(endpoint: Endpoint, sender: str, recipient: str, about: Mapping[str, str]) -> HonestRequest:
    """What a request says if nothing else is said. See `draft.Honest`."""
    kind: Any = endpoint.request
    said: dict[str, Any] = {"version": MIMI10, "sender": sender, "recipient": recipient}
    said |= {"requester": about.get("requester"), "target": about.get("target"), "group_id": about.get("group")}
    if kind is key_packages.GroupKeyPackageRequest and said["target"] is not None:
        said["target"] = {"user": {"user": said["target"]}}
    signed = kind in _LABELS
    names = {field.name for field in fields(_LABELLED.get(kind, kind))} if kind is not None else set()
    found = {name: value for name, value in said.items() if name in names and value is not None}
    return HonestRequest({**found, "signature": ""} if signed else found, "signature" if signed else None)
