"""What MIMI asks of a GroupContext."""

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_transport_00.rules.terms import check_context_extensions, check_external_pub
from simulator.mls.crypto import cipher_suite
from simulator.mls.extension import Extension, ExtensionType, ExternalPub
from simulator.services import extensions, provider_keys
from simulator.services.refusal import Code, Refusal
from tests.services.bench import VERSION, Bench


def test_version_and_provider_are_in_the_group_context(bench: Bench) -> None:
    key = bench.do(provider_keys.own_key).public_key
    good = extensions.context_extensions(VERSION, "a.example", key)
    bench.do(lambda context: check_context_extensions(good, VERSION, Code.invalid_proposal, context))
    for bad, version in ((good, 2), (good[1:], VERSION), (good[:1], VERSION)):
        bench.refuses(
            Code.invalid_proposal,
            lambda context, bad=bad, version=version: check_context_extensions(
                bad, version, Code.invalid_proposal, context
            ),
        )


@pytest.mark.parametrize("provider", ["b.example", ""])
def test_the_provider_is_named_with_its_key(bench: Bench, provider: str) -> None:
    other = extensions.context_extensions(VERSION, provider, bench.do(provider_keys.own_key).public_key)
    bench.refuses(
        Code.invalid_group_info,
        lambda context: check_context_extensions(other, VERSION, Code.invalid_group_info, context),
    )


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
        check_external_pub(listed, cipher_suite(1))
    assert refused.value.code is Code.invalid_group_info


def test_a_good_external_pub(bench: Bench) -> None:
    alice = bench.found("alice.phone@a")
    check_external_pub(alice.group.group_info().extensions, cipher_suite(1))
