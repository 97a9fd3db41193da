"""What a provider keeps for its users, and for how long."""

from dataclasses import replace

import pytest

from simulator.drafts.mimi_protocol_06.content.external_part import LARGEST
from simulator.drafts.mimi_protocol_06.names import asset_place
from simulator.drafts.mimi_protocol_06.rules.assets import KEPT, MOST, find_asset, keep_asset
from simulator.drafts.requests.endpoint import HTTPRefusal
from simulator.mls.crypto.randomness import SeededRand
from simulator.services.refusal import Refusal
from simulator.services.service_context import ServiceContext
from tests.breaking import breaks
from tests.services.bench import NOW

from ..serving import Served

PHONE = "mimi://b.example/d/bob/phone"


@pytest.fixture
def context() -> ServiceContext:
    """Of b.example."""
    return replace(Served().context, rand=SeededRand(1, "b.example"))


def kept(data: bytes, context: ServiceContext) -> str:
    """The id of an asset that was just uploaded."""
    return asset_place(keep_asset(PHONE, data, context).url)[1]


def test_an_asset_is_kept_for_a_week(context: ServiceContext) -> None:
    uploaded = keep_asset(PHONE, b"x" * LARGEST, context)
    provider, asset = asset_place(uploaded.url)
    assert (provider, uploaded.expires) == ("b.example", NOW + KEPT)
    assert find_asset(asset, replace(context, elapsed=context.elapsed + KEPT)) == b"x" * LARGEST
    with breaks("P6-4.9-KNOWN"), pytest.raises(Refusal, match="or no more"):
        find_asset(asset, replace(context, elapsed=context.elapsed + KEPT + 1))
    before = context.store.files.get(asset, since=0)
    kept(b"y", replace(context, elapsed=context.elapsed + KEPT + 1))
    assert (before is None, context.store.files.get(asset, since=0)) == (False, None)


def test_the_oldest_of_too_many_makes_way(context: ServiceContext) -> None:
    first, *others = (kept(b"x", context) for _ in range(MOST + 1))
    assert [find_asset(each, context) for each in others] == [b"x"] * MOST
    with breaks("P6-4.9-KNOWN"), pytest.raises(Refusal):
        find_asset(first, context)


@breaks("P6-4.9-LARGEST/UPLOAD")
def test_too_large_a_one_is_not_taken(context: ServiceContext) -> None:
    with pytest.raises(HTTPRefusal) as caught:
        keep_asset(PHONE, b"x" * (LARGEST + 1), context)
    assert caught.value.status == 413
