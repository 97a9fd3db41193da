"""All targets."""

import pytest

from simulator.drafts import registry
from simulator.errors import Misuse
from simulator.fuzzing.kinds import kind_named
from simulator.fuzzing.targets import ALONE, TARGETS, environments, open_target, own_targets, row


def test_where_each_lives() -> None:
    lives = {name: environments(name, registry.known()) for name in (*TARGETS, *own_targets(registry.known()))}
    assert {name for name, places in lives.items() if places == (ALONE,)} == {"bodies", "decoding", "groups"}
    assert {kind_named(place).draft for place in lives["tokens"]} == {"mimi-transport-00", "mimi-transport-01"}
    assert {kind_named(place).draft for place in lives["joins"]} == {"mimi-protocol-06"}
    assert lives["contents"] == ("mimi-protocol-06, HTTP/1.1, suite 1",)
    assert {kind_named(place).http2 for place in lives["impostors"]} == {True, False}
    assert {kind_named(place).suite for place in lives["wires"]} == {1, 3}


@pytest.mark.parametrize("name", ["decoding", "contents"])
async def test_a_target_is_opened_by_its_name(name: str) -> None:
    (place,) = environments(name, registry.known())
    async with open_target(name, None if place == ALONE else place) as target:
        assert target.name == name


def test_what_there_is_not() -> None:
    with pytest.raises(Misuse, match=r'no target "wire" \(did you mean "wires"\?\)'):
        row("wire")
