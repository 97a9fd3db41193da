"""Requests of clients, byte by byte where it matters."""

from dataclasses import replace

import pytest

from simulator.clients.operations import AddUsers, Leave, RemoveClients, Send
from simulator.codec import decode, encode
from simulator.drafts.mimi_protocol_06.client.writing import (
    write_commit,
    write_message,
    write_proposals,
    write_question,
)
from simulator.drafts.mimi_protocol_06.messages.common import PartialGroupInfo, RatchetTreePresence, TreeAtHub
from simulator.drafts.mimi_protocol_06.messages.group_info import GROUP_INFO_REQUEST_LABEL, GroupInfoRequest
from simulator.drafts.mimi_protocol_06.messages.submit_message import SubmitMessageRequest
from simulator.drafts.mimi_protocol_06.messages.update import UpdateRequest
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.joining.welcome import Welcome
from simulator.mls.proposals.proposals import Remove
from simulator.services import commands
from simulator.services.asker import AsClient, AsMember
from simulator.services.signing import signer
from tests.drafts.mimi_protocol_06.members import ALICE, BOB, NOW, SUITE, TABLET, URI, client, new_room, prepared, room


async def test_a_commit_with_what_the_hub_needs() -> None:
    _, bob, _ = await room()
    command = await prepared(bob, RemoveClients(URI, (TABLET,)))
    bundle = decode(UpdateRequest, write_commit(command)).bundle
    assert bundle.proposal_or_commit == command.update.commit
    assert bundle.more_proposals is None
    assert bundle.commit is not None
    assert bundle.commit.welcome is None
    info = PartialGroupInfo(RatchetTreePresence.no_ratchet_tree, command.update.extensions, command.update.signature)
    assert (bundle.commit.group_info_option, bundle.commit.ratchet_tree_option) == (info, TreeAtHub())


async def test_one_welcome_is_for_all_who_are_added() -> None:
    alice, bob, tablet = (client(uri) for uri in (ALICE, BOB, TABLET))
    new_room(alice)
    command = await prepared(alice, AddUsers(URI, (), (bob.stock.make(NOW), tablet.stock.make(NOW))))
    (welcome,) = command.welcomes
    bundle = decode(UpdateRequest, write_commit(command)).bundle
    assert bundle.commit is not None
    assert bundle.commit.welcome == welcome.body
    assert isinstance(welcome.body, Welcome)
    with pytest.raises(ValueError, match="no place for 2 Welcomes"):
        write_commit(replace(command, welcomes=(welcome, welcome)))


async def test_the_proposals_of_who_leaves() -> None:
    _, bob, _ = await room()
    command = await prepared(bob, Leave(URI))
    bundle = decode(UpdateRequest, write_proposals(command)).bundle
    assert (bundle.proposal_or_commit, bundle.more_proposals) == (command.proposal, command.more)
    assert bundle.commit is None


async def test_a_message_names_the_user_who_sends_it() -> None:
    _, bob, _ = await room()
    command = await prepared(bob, Send(URI, b"hello"))
    request = decode(SubmitMessageRequest, write_message(command, AsMember(1, BOB)))
    assert (request.app_message, request.sending_uri) == (command.message, "mimi://b.example/u/bob")
    for asker in (AsMember(1), bob.as_client, None):
        with pytest.raises(ValueError, match="sent by a member"):
            write_message(command, asker)


def test_the_question_for_what_joining_takes_is_signed() -> None:
    bob = client(BOB)
    keys = SUITE.generate_hpke_key_pair(SeededRand(1, "bob"), "joiner")
    sign = signer(SUITE, bob.identity.signature_private_key)
    question = commands.FetchJoinInfo(URI.encode(), commands.SealTo(SUITE.value, keys.public))
    request = decode(GroupInfoRequest, write_question(question, bob.as_client, sign))
    asked = request.signed
    assert (asked.cipher_suite, asked.group_info_public_key, asked.joining_code) == (1, keys.public, b"")
    assert AsClient(asked.requesting_signature_key, asked.requesting_credential) == bob.as_client
    key = bob.identity.signature_public_key
    assert SUITE.verifies_with_label(key, GROUP_INFO_REQUEST_LABEL, encode(asked), request.signature)
    for asker, key_to_sign, command in (
        (AsMember(1, BOB), sign, question),
        (bob.as_client, None, question),
        (bob.as_client, sign, commands.FetchJoinInfo(URI.encode())),
    ):
        with pytest.raises(ValueError, match="encrypted to a key of its"):
            write_question(command, asker, key_to_sign)


async def test_what_is_filed_as_a_commit_though_it_is_none() -> None:
    _, bob, _ = await room()
    group = bob.groups[URI]
    private, group = group.propose(Remove(2), bob.rand, private=True, authenticated_data=b"\x00")
    public, _ = group.propose(Remove(2), bob.rand, authenticated_data=b"\x00")
    for message, more in ((private, None), (public, ())):
        filed = commands.UpdateClient(commands.GroupUpdate(message, (), b""))
        bundle = decode(UpdateRequest, write_commit(filed)).bundle
        assert (bundle.proposal_or_commit, bundle.commit, bundle.more_proposals) == (message, None, more)
