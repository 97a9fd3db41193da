"""A request that providers sign can be signed anew; everything but the signature stays."""

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_transport_00.binding.forging import resign
from simulator.drafts.mimi_transport_00.messages.delivery import (
    Anonymous,
    ClientSignature,
    ClientSignatureTBS,
    DSRequest,
    DSRequestTBS,
)
from simulator.drafts.mimi_transport_00.messages.group_requests import RequestGroupIDRequest
from simulator.drafts.mimi_transport_00.messages.key_packages import (
    CONNECTION_KEY_PACKAGE_LABEL,
    ConnectionKeyPackageRequest,
    ConnectionKeyPackageRequestTBS,
)


def test_resign() -> None:
    signed = ConnectionKeyPackageRequestTBS(1, "a.example", "b.example", "mimi://a.example/u/a", "mimi://b.example/u/b")
    request = ConnectionKeyPackageRequest(signed, b"old")
    again = resign(request, lambda label, content: label.encode() + b"|" + content)
    assert again == ConnectionKeyPackageRequest(signed, CONNECTION_KEY_PACKAGE_LABEL.encode() + b"|" + encode(signed))


def test_a_clients_request_is_signed_as_its_auth_arm_wants_it() -> None:
    body = RequestGroupIDRequest()
    again = resign(
        DSRequest(1, "a.example", "b.example", body, ClientSignature(7, b"old")), lambda label, content: content
    )
    signed = DSRequestTBS(1, "a.example", "b.example", body, ClientSignatureTBS(7))
    assert again.auth == ClientSignature(7, encode(signed))


def test_only_what_somebody_signs() -> None:
    with pytest.raises(TypeError, match="nobody signs a bytes"):
        resign(b"", lambda label, content: b"")
    with pytest.raises(TypeError, match="nobody signs a DSRequest with Anonymous"):
        resign(DSRequest(1, "a.example", "b.example", RequestGroupIDRequest(), Anonymous()), lambda label, content: b"")
