"""MLS itself."""

from simulator.codec.declare import wire_of
from simulator.fuzzing.findings import failure
from simulator.fuzzing.groups import Groups, valid_pool
from simulator.mls.joining.key_package import KeyPackage
from simulator.mutation.randomness import seeded
from simulator.mutation.values import spots
from tests.fuzzing.sample import labels, sample


async def test_a_sample() -> None:
    said = labels(await sample("groups", None, 60))
    assert len(said) > 20


async def test_a_group_that_changes_without_being_asked_is_found(monkeypatch) -> None:
    target = Groups()
    shot = target.shot(target.case(seeded(1)))
    assert await failure(target, shot) is None
    monkeypatch.setattr(target, "_states", [])
    assert str(await failure(target, shot)) == "somebody's group has changed"


def test_what_is_valid_has_all_kinds_of_parts() -> None:
    pool = valid_pool()
    wire = wire_of(KeyPackage)
    (found, *_) = pool.like(wire, ())
    assert any(spot.path[-1:] == ("signature",) for spot in spots(wire, found, pool.bodies))
