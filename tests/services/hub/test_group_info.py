"""The GroupInfo of a group that a hub tracks."""

import pytest

from simulator.codec import encode
from simulator.mls.crypto import cipher_suite
from simulator.mls.extensions.extension import Extension, ExtensionType, ExternalPub
from simulator.mls.framing.message import mls_message
from simulator.services.hub.group_info import check_external_pub, rebuild_group_info
from simulator.services.refusal import Code, Refusal, rule
from tests.services.bench import Bench

JOINABLE = rule("R-JOINABLE", Code.invalid_group_info, "somewhere")
VALID = rule("R-GROUP-INFO", Code.not_authorized, "somewhere")


def test_it_is_rebuilt_of_what_the_signer_says_beside_the_group(bench: Bench) -> None:
    alice = bench.found("alice.phone@a", "bob.phone@b")
    info = alice.group.group_info()
    public = alice.group.public
    assert rebuild_group_info(public, info.extensions, info.signature, 0, VALID) == mls_message(info)
    for extensions, signer in ((info.extensions, 1), ((), 0), (info.extensions, 7)):
        with pytest.raises(Refusal) as refused:
            rebuild_group_info(public, extensions, info.signature, signer, VALID)
        assert (refused.value.code, refused.value.requirement) == (Code.invalid_group_info, "R-GROUP-INFO")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (None, "has no external_pub"),
        (b"", "needs 1 bytes"),
        (encode(ExternalPub(b"short")), "no key of cipher suite 1"),
        (encode(ExternalPub(bytes(32))), "no key of cipher suite 1"),
    ],
)
def test_the_external_pub_is_a_key(data: bytes | None, says: str) -> None:
    listed = () if data is None else (Extension(ExtensionType.external_pub, data),)
    with pytest.raises(Refusal, match=says) as refused:
        check_external_pub(listed, cipher_suite(1), JOINABLE)
    assert refused.value.code is Code.invalid_group_info


def test_a_good_external_pub(bench: Bench) -> None:
    alice = bench.found("alice.phone@a")
    check_external_pub(alice.group.group_info().extensions, cipher_suite(1), JOINABLE)
