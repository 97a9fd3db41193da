"""What MIMI asks of a GroupContext."""

import pytest

from simulator.services import directory, extensions
from simulator.services.delivery.terms import check_context_extensions
from simulator.services.refusal import Code
from tests.services.bench import VERSION, Bench


def test_version_and_provider_are_in_the_group_context(bench: Bench) -> None:
    key = bench.do(directory.own_key).public_key
    good = extensions.context_extensions(VERSION, "a.example", key)
    bench.do(lambda site: check_context_extensions(good, VERSION, Code.invalid_proposal, site))
    for bad, version in ((good, 2), (good[1:], VERSION), (good[:1], VERSION)):
        bench.refuses(
            Code.invalid_proposal,
            lambda site, bad=bad, version=version: check_context_extensions(bad, version, Code.invalid_proposal, site),
        )


@pytest.mark.parametrize("provider", ["b.example", ""])
def test_the_provider_is_named_with_its_key(bench: Bench, provider: str) -> None:
    other = extensions.context_extensions(VERSION, provider, bench.do(directory.own_key).public_key)
    bench.refuses(
        Code.invalid_group_info, lambda site: check_context_extensions(other, VERSION, Code.invalid_group_info, site)
    )
