"""A bounded sample of what `make fuzz` runs for long, and that the fuzzing itself can fail."""

from collections.abc import AsyncIterator
from random import Random

import pytest

from simulator.codec import encode
from simulator.services.directory import register_user
from tests.fuzz.campaign import ALONE, IN_WORLDS, Hang, at_most, run, target_of
from tests.fuzz.findings import failure, load, reduced
from tests.fuzz.requests import Requests
from tests.fuzz.world import KINDS, World, check_seeds, open_world

SEED = "ci"


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with open_world(KINDS[0]) as opened:
        yield opened


@pytest.mark.parametrize(
    ("target", "kinds", "cases"),
    [
        ("requests", (1,), 60),
        ("requests", (2,), 60),
        ("wires", (0,), 25),
        ("answers", (0,), 100),
        ("decoding", (), 1000),
        ("groups", (), 80),
    ],
)
async def test_a_sample(target: str, kinds: tuple[int, ...], cases: int) -> None:
    tally = await run(target, cases, f"{SEED} {kinds}", kinds=kinds)
    assert not tally.findings, "\n\n".join(map(str, tally.findings))
    assert tally.cases == cases


@pytest.mark.parametrize("kind", KINDS, ids=str)
async def test_the_seeds_are_valid_for_every_endpoint_and_operation(kind) -> None:
    async with open_world(kind) as world:
        await check_seeds(world)
        endpoints = {seed.endpoint for seed in world.seeds}
        bodies = {type(seed.request.body).__name__ for seed in world.seeds if hasattr(seed.request, "body")}
    assert endpoints == {row.name for row in world.session.draft.endpoints} - {"ds_domain"}
    assert len(bodies) == 14, "every operation that is asked with a DSRequest"


async def test_cases_reach_every_kind_of_rule() -> None:
    """Signing again gets cases past the signatures: they are refused for all sorts of reasons, or accepted."""
    tally = await run("requests", 160, SEED, kinds=(0,))
    assert not tally.findings, "\n\n".join(map(str, tally.findings))
    labels = {label for _, label in tally.outcomes}
    assert {"200", "401 invalid_signature", "422 invalid_commit", "422 invalid_leaf_node"} <= labels
    assert len(labels) > 12
    assert len(tally.accepted) > 10


@pytest.mark.parametrize("name", [*IN_WORLDS, *ALONE])
async def test_a_seed_and_a_number_are_a_case(name: str) -> None:
    shots = []
    for _ in range(2):
        async with target_of(name, 0 if name in IN_WORLDS else None) as target:
            shots.append([target.shot(target.case(Random(f"again:{number}"))) for number in range(12)])
    assert shots[0] == shots[1]


async def test_a_fault_of_a_provider_is_found_and_reduced(world: World) -> None:
    """A provider whose verification key is gone from its store answers 500 to some."""
    target = Requests(world)
    case = next(
        case
        for number in range(1000)
        if len((case := target.case(Random(number))).edits) > 1 and case.seed.endpoint == "verification_key"
    )
    assert await failure(target, target.shot(case)) is None
    world.session.provider(case.seed.recipient).desk.store.close()
    found = await reduced(target, case)
    assert found is not None
    smallest, error = found
    assert "Cannot operate on a closed database" in str(error)
    assert smallest.altered == "nothing"


async def test_a_store_that_a_refusal_changes_is_found(world: World) -> None:
    target, seed = Requests(world), world.seeds[0]
    shot = {
        "sender": seed.sender,
        "recipient": seed.recipient,
        "endpoint": seed.endpoint,
        "body": encode(seed.request).hex() + "00",
    }
    assert await target.fire(shot) == "400 malformed"
    desk = world.session.provider("a").desk
    desk.do(lambda site: register_user("mimi://a.example/u/mallory", site))
    assert "has changed a store" in str(await failure(target, shot))


def test_a_case_that_never_ends_is_found() -> None:
    with pytest.raises(Hang), at_most(0.05):
        _forever()


def _forever() -> None:
    while True:
        pass


async def test_a_finding_is_written_down_and_read_again(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fuzz.decoding.MEMORY", -(10**9))
    tally = await run("decoding", 70, "memory", folder=tmp_path)
    (finding,) = tally.findings
    assert "bytes of memory" in finding.error
    assert load(tmp_path / finding.file_name) == finding
