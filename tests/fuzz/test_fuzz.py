"""A bounded sample of what `make fuzz` runs for long, and that the fuzzing itself can fail."""

from dataclasses import replace
from random import Random

import pytest

from simulator.codec import decode, encode
from simulator.codec.declare import wire_of
from simulator.drafts.mimi_protocol_06.messages.notify import FanoutMessage
from simulator.mls.crypto.randomness import SeededRand
from simulator.services.accounts.directory import register_user
from tests.fuzz.campaign import ALONE, IN_ENVIRONMENTS, Hang, Tally, at_most, one, run, spread, target_of
from tests.fuzz.cases import Case
from tests.fuzz.decoding import Answers
from tests.fuzz.environment import KINDS, ROOMS, TRANSPORT, check_seeds, kinds_of
from tests.fuzz.findings import failure, load, reduced
from tests.fuzz.requests import Requests
from tests.fuzz.values import Pool, repaired
from tests.fuzz.wires import Wires
from tests.fuzz.worlds import open_world
from tests.mls.whole_group import NOW, WholeGroup

SEED = "ci"


@pytest.mark.parametrize("kind", kinds_of(TRANSPORT)[1:], ids=str)
async def test_a_sample_in_each_kind_of_world(kind: int) -> None:
    """The seeds are valid, for every endpoint and operation; altered they do no harm, and are refused in all ways."""
    async with open_world(KINDS[kind]) as environment:
        await check_seeds(environment)
        endpoints = {seed.endpoint for seed in environment.seeds}
        bodies = {type(seed.request.body).__name__ for seed in environment.seeds if hasattr(seed.request, "body")}
        assert endpoints == {row.name for row in environment.session.draft.endpoints} - {"ds_domain"}
        assert len(bodies) == 14, "every operation that is asked with a DSRequest"
        assert len([seed for seed in environment.seeds if seed.code is not None]) == 11, "attacks that are refused"
        for make, cases in ((Wires, 8), (Answers, 40), (Requests, 90)):
            target, tally = make(environment), Tally(make.name)
            for number in range(cases):
                await one(target, kind, number, f"{SEED} {kind}", tally)
            assert not tally.findings, "\n\n".join(map(str, tally.findings))
    labels = {label for _, label in tally.outcomes}
    assert {"200", "400 malformed", "401 invalid_signature", "422 invalid_leaf_node"} <= labels
    assert len(labels) > 10
    assert len(tally.accepted) > 5


@pytest.mark.parametrize("kind", kinds_of(ROOMS)[1:], ids=str)
async def test_a_sample_of_rooms(kind: int) -> None:
    """The same for mimi-protocol-06."""
    async with open_world(KINDS[kind]) as environment:
        await check_seeds(environment)
        endpoints = {seed.endpoint for seed in environment.seeds}
        assert endpoints == {row.name for row in environment.session.draft.endpoints if row.method != "GET"}
        outcomes: set[str] = set()
        for name, cases in (("wires", 6), ("answers", 40), ("joins", 30), ("requests", 70)):
            target, tally = IN_ENVIRONMENTS[name](environment), Tally(name)
            for number in range(cases):
                await one(target, kind, number, f"{SEED} {kind}", tally)
            assert not tally.findings, "\n\n".join(map(str, tally.findings))
            outcomes |= {label for _, label in tally.outcomes}
    assert {"201", "400 malformed", "200 refused: not_authorized", "BadAnswer", "joins"} <= outcomes
    assert len(outcomes) > 20


@pytest.mark.parametrize(
    ("target", "cases"), [("decoding", 1000), ("groups", 60), ("bodies", 10), ("tokens", 100), ("contents", 300)]
)
async def test_a_sample_without_a_world(target: str, cases: int) -> None:
    tally = await run(target, cases, SEED)
    assert not tally.findings, "\n\n".join(map(str, tally.findings))
    assert tally.cases == cases


async def test_a_sample_of_impostors() -> None:
    """One for each HTTP version."""
    tally = await run("impostors", 20, SEED)
    assert not tally.findings, "\n\n".join(map(str, tally.findings))
    assert {place for place, _ in tally.outcomes} == {"http/1.1", "h2"}
    assert {"BadAnswer", "BadResponse", "ConnectionLost"} <= {label for _, label in tally.outcomes}


async def test_what_a_client_does_wrong_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fuzz.impostors.MOST_CONNECTIONS", 0)
    tally = await run("impostors", 1, SEED)
    assert "connections for 3 requests" in tally.findings[0].error


async def test_a_server_that_holds_too_much_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = {"alpn": "http/1.1", "peers": 1, "connections": 6, "bodies": 1, "size": 16_000, "piece": 16_000}
    shot = {**plan, "chunked": False, "end": "complete"}
    async with target_of("bodies", None) as target:
        assert await target.fire(shot) == "200 503"
    monkeypatch.setattr("simulator.net.server.body_memory.Share.take", lambda self, size: True)
    async with target_of("bodies", None) as target:
        assert "6 of 127.0.1.1" in str(await failure(target, shot))


async def test_a_seed_and_a_number_are_a_case() -> None:
    kind, *_ = kinds_of(ROOMS)
    made = []
    for _ in range(2):
        async with open_world(KINDS[kind]) as environment:
            living = [make(environment) for name, make in IN_ENVIRONMENTS.items() if kind in spread(name)]
            targets = [*living, *(make() for make in ALONE.values())]
        cases = [(target, target.case(Random(f"again {number}"))) for target in targets for number in range(12)]
        made.append([target.shot(case) for target, case in cases])
    assert made[0] == made[1]


async def test_what_a_provider_does_wrong_is_found_and_reduced() -> None:
    """First something else changes its store, then the store is gone."""
    async with open_world(KINDS[0]) as environment:
        target, seed, executor = Requests(environment), environment.seeds[0], environment.session.provider("a").executor
        body = encode(seed.request).hex() + "00"
        shot = {"sender": seed.sender, "recipient": "a.example", "endpoint": seed.endpoint, "body": body}
        assert await target.fire(shot) == "400 malformed"
        executor.do(lambda context: register_user("mimi://a.example/u/mallory", context))
        assert "has changed a store" in str(await failure(target, shot))
        await environment.restore()
        case = next(case for number in range(1000) if _is_long(case := target.case(Random(number))))
        assert await failure(target, target.shot(case)) is None
        executor.store.close()
        found = await reduced(target, case)
    assert found is not None
    smallest, error = found
    assert "Cannot operate on a closed database" in str(error)
    assert smallest.altered == "nothing"


def _is_long(case: Case) -> bool:
    return len(case.edits) > 1 and case.seed.name == "FetchTree"


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


def test_what_comes_or_goes_by_a_repair_is_repaired_too() -> None:
    """A commit with proposals beside it, where there may be none, and the first of these is broken itself."""
    whole = WholeGroup.of("alice", "bob")
    commit = whole.groups["alice"].commit((), SeededRand(1, "commit"), NOW, force_path=True).message
    broken = replace(commit, body=replace(commit.body, confirmation_tag=None))
    news, wire = FanoutMessage(1, commit, more_proposals=(broken,)), wire_of(FanoutMessage)
    mended = repaired(wire, news, Pool([(wire, FanoutMessage(1, commit, external_proposals=()))]), Random(1))
    assert mended.more_proposals is None
    assert mended.external_proposals is not None
    assert decode(FanoutMessage, encode(mended)) == mended
