"""A request that providers sign can be signed anew; everything but the signature stays."""

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_transport_00.binding.forging import resign
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


def test_only_what_providers_sign() -> None:
    with pytest.raises(TypeError, match="no provider signs a bytes"):
        resign(b"", lambda label, content: b"")
