"""What MIMI asks of a GroupContext."""

import pytest

from simulator.drafts.mimi_transport_00 import extensions
from simulator.drafts.mimi_transport_00.rules.group_context import ANNOUNCED, CREATED, check_context_extensions
from simulator.services import provider_keys
from simulator.services.refusal import Code
from tests.breaking import breaks
from tests.services.bench import VERSION, Bench


def test_version_and_provider_are_in_the_group_context(bench: Bench) -> None:
    key = bench.do(provider_keys.own_key).public_key
    good = extensions.context_extensions(VERSION, "a.example", key)
    bench.do(lambda context: check_context_extensions(good, VERSION, ANNOUNCED, context))
    for bad, version, rule in (
        (good, 2, "DS-LIFECYCLE-VERSION/ANNOUNCED"),
        (good[1:], VERSION, "DS-LIFECYCLE-VERSION/ANNOUNCED"),
        (good[:1], VERSION, "DS-PROPOSALS-EXTERNAL-SENDERS/ANNOUNCED"),
    ):
        with breaks(rule):
            bench.refuses(
                Code.invalid_proposal,
                lambda context, bad=bad, version=version: check_context_extensions(bad, version, ANNOUNCED, context),
            )


@pytest.mark.parametrize("provider", ["b.example", ""])
def test_the_provider_is_named_with_its_key(bench: Bench, provider: str) -> None:
    other = extensions.context_extensions(VERSION, provider, bench.do(provider_keys.own_key).public_key)
    bench.refuses(
        Code.invalid_group_info,
        lambda context: check_context_extensions(other, VERSION, CREATED, context),
    )
