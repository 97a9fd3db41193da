"""What a provider or a member does that misbehaves: requests written in others' names, or signed anew after changes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.client.leaves import REQUIRED_CAPABILITIES
from simulator.drafts.mimi_protocol_06.messages.group_info import GROUP_INFO_REQUEST_LABEL, GroupInfoRequest
from simulator.drafts.mimi_protocol_06.messages.key_material import KEY_MATERIAL_REQUEST_LABEL, KeyMaterialRequest
from simulator.drafts.mimi_protocol_06.names import room_of
from simulator.drafts.mimi_protocol_06.sender import from_header
from simulator.drafts.requests.endpoint import Endpoint
from simulator.drafts.requests.honest_request import HonestRequest
from simulator.services.names import BadName, user_provider
from simulator.services.signing import Sign


def resign(request: Any, sign: Sign) -> Any:
    """The same request with a signature made by `sign`. Raises TypeError for a struct that nobody signs."""
    if isinstance(request, KeyMaterialRequest):
        made = sign(KEY_MATERIAL_REQUEST_LABEL, encode(request.signed))
        return replace(request, key_material_request_signature=made)
    if isinstance(request, GroupInfoRequest):
        return replace(request, signature=sign(GROUP_INFO_REQUEST_LABEL, encode(request.signed)))
    raise TypeError(f"nobody signs a {type(request).__name__}")


def honest(endpoint: Endpoint, sender: str, recipient: str, about: Mapping[str, str]) -> HonestRequest:
    """What a request says if nothing else is said: no provider signs any. See `draft.Honest`."""
    del recipient
    room = _room(about.get("group", ""))
    known = {
        "targetUser": about.get("target"),
        "roomId": room,
        "targetDomain": _domain(about.get("target")),
        "requesterDomain": _domain(about.get("requester")),
        "domain": _domain(about.get("target")),
    }
    variable = endpoint.template.variable
    variables = {variable: value} if variable and (value := known.get(variable)) else {}
    fields = _FIELDS[endpoint.name](about, room) if endpoint.name in _FIELDS else {}
    return HonestRequest(fields, None, variables, from_header(sender))


def _said(**fields: str | None) -> dict[str, Any]:
    """Those of which it is known what they say."""
    return {name: value for name, value in fields.items() if value is not None}


def _room(group: str) -> str | None:
    try:
        return room_of(group.encode())
    except BadName:
        return None


def _domain(user: str | None) -> str | None:
    try:
        return user_provider(user or "")
    except BadName:
        return None


def _key_material(about: Mapping[str, str], room: str | None) -> dict[str, Any]:
    required = REQUIRED_CAPABILITIES
    return {
        "protocol": 1,
        **_said(requesting_user=about.get("requester"), target_user=about.get("target")),
        "room_id": room or "",
        "acceptable_ciphersuites": (1,),
        "required_capabilities": {
            "extension_types": tuple(map(int, required.extension_types)),
            "proposal_types": tuple(map(int, required.proposal_types)),
            "credential_types": tuple(map(int, required.credential_types)),
        },
        "key_material_request_signature": "",
    }


def _consent(about: Mapping[str, str], room: str | None) -> dict[str, Any]:
    return {
        **_said(requester_uri=about.get("requester"), target_uri=about.get("target")),
        "room_id": room,
        "consent_extensions": {"component_data": ()},
    }


_FIELDS: Mapping[str, Callable[[Mapping[str, str], str | None], dict[str, Any]]] = {
    "keyMaterial": _key_material,
    "requestConsent": _consent,
    "updateConsent": _consent,
    "submitMessage": lambda about, _: {"protocol": 1, **_said(sending_uri=about.get("requester"))},
    "groupInfo": lambda _, __: {"protocol": 1, "cipher_suite": 1, "joining_code": "", "signature": ""},
    "reportAbuse": lambda about, _: _said(
        reporting_user=about.get("requester"), alleged_abuser_uri=about.get("target")
    ),
    "identifierQuery": lambda _, __: {"id_request_extensions": {"component_data": ()}},
}
