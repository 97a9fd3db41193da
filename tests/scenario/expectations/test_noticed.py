"""Events in clients' logs."""

import pytest

from simulator.scenario import ScenarioFileError
from tests.scenario.small_scenarios import TEAM, fails, passes, scenario

NOTICED = "    expect: {noticed: {%s}}\n"
UPDATE = TEAM + "  - update_client: {by: alice, group: team}\n"


@pytest.mark.parametrize(
    "what",
    [
        "event: epoch_changed, by: [bob, carol]",
        "event: epoch_changed, by: [bob, carol], times: 1, group: team",
        "event: epoch_changed, by: [bob, carol], fields: {epoch: 2, committer: alice.phone, added: []}",
        "event: joined, by: []",
        "event: epoch_changed, by: [], fields: {epoch: 1}",
    ],
)
async def test_during_the_step(what: str) -> None:
    await passes(UPDATE + NOTICED % what)


async def test_in_another_group_is_not_in_this_one() -> None:
    mismatch = await fails(
        TEAM
        + """
  - create_group: alice
    as: other
  - update_client: {by: alice, group: team}
    expect: {noticed: {event: epoch_changed, by: [bob, carol], group: other}}
"""
    )
    assert mismatch.expected == "bob.phone to have noticed epoch_changed"


async def test_ever() -> None:
    await passes(TEAM + "  - expect: {noticed: {event: joined, by: [alice, bob, carol], group: team}}\n")


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("event: epoch_changed, by: bob", "carol.phone to have noticed no epoch_changed"),
        ("event: joined, by: bob", "bob.phone to have noticed joined"),
        ("event: epoch_changed, by: [bob, carol], times: 2", "bob.phone to have noticed epoch_changed 2 times"),
        (
            "event: epoch_changed, by: [bob, carol], fields: {epoch: 3}",
            "bob.phone to have noticed epoch_changed (epoch 3)",
        ),
    ],
)
async def test_what_is_not_so_is_said(what: str, expected: str) -> None:
    mismatch = await fails(UPDATE + NOTICED % what)
    assert mismatch.expected == expected
    assert mismatch.happened.startswith("it has ")


@pytest.mark.parametrize(
    ("what", "happened"),
    [
        ("event: joined, by: bob", "it has 0; it noticed: epoch_changed"),
        ("event: joined, by: alice.laptop", "it has 0; it noticed: nothing"),
    ],
)
async def test_what_was_noticed_instead_is_said(what: str, happened: str) -> None:
    mismatch = await fails(UPDATE.replace("alice,", "alice.phone,") + NOTICED % what)
    assert mismatch.happened == happened


@pytest.mark.parametrize(
    ("what", "complaint"),
    [
        ("event: equivocate, by: bob", 'unknown event "equivocate"'),
        ("event: joined, by: bob, fields: {epch: 1}", 'joined has no field "epch"'),
    ],
)
def test_what_can_not_be_expected(what: str, complaint: str) -> None:
    with pytest.raises(ScenarioFileError, match=complaint):
        scenario(UPDATE + NOTICED % what)
