"""A message for whom the owner likes."""

import pytest

from simulator.codec import decode
from simulator.drafts.mimi_transport_00.messages.verification_key import VerificationKeyRequest
from simulator.errors import SimulatorError
from simulator.scenario.steps.tell import message_in
from tests.scenario.small_scenarios import TEAM, TOPOLOGY, passes


async def test_a_captured_commit_comes_to_the_other_half() -> None:
    await passes(
        TEAM
        + """
  - equivocate: {by: alice, group: team, to: carol}
    as: lie
  - capture: {endpoint: deliver_message, from: a.example, to: c.example, during: lie}
    as: told
  - tell: {group: team, request: told, to: bob}
    expect:
      noticed: {event: equivocated, by: bob}
"""
    )


@pytest.mark.parametrize("draft", ["mimi-transport-00", "mimi-protocol-06"])
async def test_the_welcome_in_a_request_instead_of_the_commit(draft: str) -> None:
    """The one has it in an MLSMessage, the other bare."""
    await passes(
        TEAM
        + """
  - create_group: alice.phone
    as: other
  - add_users: {by: alice.phone, group: other, users: bob}
  - connect: {from: bob, to: carol}
  - withhold: {by: a.example, clients: carol}
  - add_users: {by: bob, group: other, users: carol}
    as: invited
  - behave: a.example
  - capture: {endpoint: handshake, from: b.example, to: a.example, during: invited}
    as: invitation
  - tell: {group: team, request: invitation, to: carol, welcome: true}
    expect:
      rejected: {by: carol, rule: wrong_group}
""",
        TOPOLOGY.replace("topology:", f"topology:\n  draft: {draft}", 1),
    )


def test_no_message_in_a_struct() -> None:
    request = decode(VerificationKeyRequest, bytes.fromhex("0001 01 61 01 62"))
    with pytest.raises(SimulatorError, match="no MLS message in this VerificationKeyRequest"):
        message_in(request)
    with pytest.raises(SimulatorError, match="no Welcome in this VerificationKeyRequest"):
        message_in(request, welcome=True)
