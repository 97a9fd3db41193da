"""Target: who joins a room of mimi-protocol-06 by itself, when the hub encrypts and signs anything for it."""

from dataclasses import replace
from random import Random
from typing import Any

from simulator.clients.client_state import ClientState
from simulator.clients.operations import ExternalJoin
from simulator.codec import DecodeError, decode, encode, spans
from simulator.codec.declare import wire_of
from simulator.drafts.mimi_protocol_06.messages.common import FullTree, Protocol
from simulator.drafts.mimi_protocol_06.messages.group_info import (
    GROUP_INFO_ENCRYPTION_LABEL,
    GROUP_INFO_RESPONSE_LABEL,
    GroupInfoCode,
    GroupInfoRatchetTreeTBE,
    GroupInfoRequest,
    GroupInfoResponse,
    GroupInfoResponseTBS,
    GroupInfoSuccess,
)
from simulator.drafts.mimi_protocol_06.names import room_of
from simulator.drafts.mimi_protocol_06.rules.room_facts import RoomFacts
from simulator.drafts.requests.endpoint import BadAnswer, Outgoing, Reply
from simulator.mls.crypto import cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.errors import MLSError
from simulator.mls.framing.senders import external_senders
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.services.names import group_provider
from simulator.services.refusal import Refusal
from simulator.services.results import Result
from simulator.services.signing import Sign
from simulator.storage import GroupRecord
from tests.fuzz.cases import ALL, UNSIGNED, Case, Shot
from tests.fuzz.edits import altered, some_cuts, some_edits
from tests.fuzz.environment import NOW, Environment
from tests.fuzz.forgery import IMPOSSIBLE, Forger
from tests.fuzz.values import Pool

JOINERS = ("bob.laptop", "carol", "alice.tablet")
"""With clients in the room, or none, or one that waits to be removed."""


class Joins:
    """A joiner has an external commit to send, or says what is wrong; nothing of it has changed."""

    name = "joins"

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._suite = cipher_suite(environment.kind.suite)
        self._records: dict[str, GroupRecord] = {}
        for provider in environment.session.providers:
            groups = provider.executor.store.groups
            for group_id in groups.ids():
                record = groups.get(group_id)
                assert record is not None
                self._records[group_id.decode()] = record
        self._seeds = {uri: _offered(record) for uri, record in self._records.items()}
        self._pool = Pool([(wire_of(GroupInfoRatchetTreeTBE), seed) for seed in self._seeds.values()])

    def case(self, rng: Random) -> Case:
        """What a hub offers, with something altered."""
        uri = rng.choice(list(self._seeds))
        seed = self._seeds[uri]
        if rng.random() < 0.15:
            data = encode(seed)
            return Case(uri, seed, cuts=some_cuts(data, lambda: spans(type(seed), data), rng))
        edits = some_edits(wire_of(GroupInfoRatchetTreeTBE), seed, self._pool, rng)
        return Case(uri, seed, edits, signing=rng.choice((UNSIGNED, ALL, ALL, ALL)))

    def shot(self, case: Case) -> Shot:
        """What is encrypted, for whom."""
        value = altered(wire_of(GroupInfoRatchetTreeTBE), case.seed, case.edits, self._pool, Random(0))
        data = encode(self._signed(value) if case.signing else value)
        for cut in case.cuts:
            data = cut.apply(data)
        return {"room": case.name, "joiner": Random(case.altered).choice(JOINERS), "data": data.hex()}

    def place(self, case: Case) -> str:
        """The room's hub."""
        return group_provider(case.name.encode())

    async def fire(self, shot: Shot) -> str:
        """Let the client prepare to join."""
        state, uri = self._environment.session.client(shot["joiner"]).state, shot["room"]
        groups = dict(state.groups)
        hub = _Hub(state, self._records[uri], bytes.fromhex(shot["data"]), self._hub_sign(uri))
        joining = replace(state, home=hub, rand=SeededRand(1, "joining"))  # type: ignore[arg-type]
        try:
            prepared = await ExternalJoin(uri).prepare(joining)
        except (MLSError, DecodeError) as error:
            return getattr(error, "rule", "malformed")
        except (BadAnswer, Refusal) as error:
            return type(error).__name__
        finally:
            assert state.groups == groups, "a group of the joiner's has changed"
        assert prepared.next is not None
        prepared.next.encrypt(b"I am in", SeededRand(1, "joined"), b"")
        return "joins"

    def _hub_sign(self, uri: str) -> Sign:
        return self._environment.signs[group_provider(uri.encode())]

    def _signed(self, offered: GroupInfoRatchetTreeTBE) -> GroupInfoRatchetTreeTBE:
        """With the tree's hash in the GroupContext, and all signed by whom they name."""
        environment, info = self._environment, offered.group_info
        usual = next(iter(environment.signs.values()))
        forger = Forger(self._suite, environment.keys, environment.views, usual, usual, NOW)
        try:
            if isinstance(offered.ratchet_tree_option, FullTree):
                tree = RatchetTree.from_nodes(self._suite, offered.ratchet_tree_option.ratchet_tree)
                info = replace(info, group_context=replace(info.group_context, tree_hash=tree.tree_hash))
                leaf = tree.leaf(info.signer)
                info = forger.group_info(info, leaf.signature_key if leaf else None)
            waiting = (replace(each, proposal=forger.message(each.proposal)) for each in offered.pending_proposals)
            return replace(offered, group_info=info, pending_proposals=tuple(waiting))
        except IMPOSSIBLE:
            return offered


class _Hub:
    """The joiner's provider, where what is asked of the hub gets this answer."""

    def __init__(self, state: ClientState, record: GroupRecord, offered: bytes, sign: Sign) -> None:
        self._home, self._record, self._offered, self._sign = state.home, record, offered, sign

    def __getattr__(self, name: str) -> Any:
        return getattr(self._home, name)

    async def submit(self, outgoing: Outgoing) -> Result:
        """Answer what the client has asked for, encrypted to its key."""
        public, room = self._record.public, room_of(self._record.public.group_id)
        key = decode(GroupInfoRequest, outgoing.body).signed.group_info_public_key
        rand = SeededRand(1, "sealing")
        sealed = public.suite.encrypt_with_label(key, GROUP_INFO_ENCRYPTION_LABEL, room.encode(), self._offered, rand)
        (sender,) = external_senders(public.context.extensions)
        said = GroupInfoResponseTBS(Protocol.mls10, room, GroupInfoCode.success, public.suite.value, sender, sealed)
        signature = self._sign(GROUP_INFO_RESPONSE_LABEL, encode(said))
        body = GroupInfoSuccess(public.suite.value, sender, sealed, signature)
        answer = encode(GroupInfoResponse(Protocol.mls10, room, body))
        headers = (("content-type", outgoing.endpoint.media_type),)
        return outgoing.endpoint.read(Reply(200, headers, answer))


def _offered(record: GroupRecord) -> GroupInfoRatchetTreeTBE:
    """What the hub would honestly offer."""
    info = record.group_info.body
    assert isinstance(info, GroupInfo)
    return GroupInfoRatchetTreeTBE(info, FullTree(record.public.ratchet_tree()), RoomFacts.of(record).queue)
