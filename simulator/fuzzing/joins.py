"""Target: who joins a group by itself, where the hub encrypts or signs anything for it."""

from dataclasses import replace
from typing import Any

from simulator.clients.client_state import ClientState
from simulator.clients.operations import ExternalJoin
from simulator.codec import DecodeError, encode, spans
from simulator.codec.declare import wire_of
from simulator.drafts.fuzzing import JoinOffer
from simulator.drafts.requests.endpoint import BadAnswer, Outgoing
from simulator.errors import Misuse
from simulator.fuzzing.environment import NOW, Environment
from simulator.mls.crypto import cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.errors import MLSError
from simulator.mutation.cases import ALL, UNSIGNED, Case, Shot
from simulator.mutation.edits import altered, some_cuts, some_edits
from simulator.mutation.forgery import IMPOSSIBLE, Forger
from simulator.mutation.properties import Broken, hold
from simulator.mutation.randomness import Random, seeded
from simulator.mutation.values import Pool
from simulator.services.names import group_provider
from simulator.services.refusal import Refusal
from simulator.services.results import Result
from simulator.services.signing import Sign
from simulator.storage import GroupRecord

JOINERS = ("bob.laptop", "carol", "alice.tablet")
"""With clients in the room, or none, or one that waits to be removed."""


class Joins:
    """A joiner has an external commit to send, or says what is wrong; nothing of it has changed."""

    name = "joins"

    def __init__(self, environment: Environment) -> None:
        """Raises Misuse in a draft in which hubs offer nothing of their own."""
        if environment.own.offer is None:
            raise Misuse(f"in {environment.kind.draft} hubs offer nothing of their own to who joins")
        self._environment, self._offer = environment, environment.own.offer
        self._suite = cipher_suite(environment.kind.suite)
        self._wire = wire_of(self._offer.struct)
        self._records: dict[str, GroupRecord] = {}
        for provider in environment.session.providers:
            groups = provider.executor.store.groups
            found = ((group_id, groups.get(group_id)) for group_id in groups.ids())
            self._records |= {group_id.decode(): record for group_id, record in found if record is not None}
        self._seeds = {uri: self._offer.offered(record) for uri, record in self._records.items()}
        self._pool = Pool([(self._wire, seed) for seed in self._seeds.values()], environment.pool.bodies)

    def case(self, rng: Random) -> Case:
        """What a hub offers, with something altered."""
        uri = rng.choice(list(self._seeds))
        seed = self._seeds[uri]
        if rng.random() < 0.15:
            data = encode(seed)
            return Case(uri, seed, cuts=some_cuts(data, lambda: spans(type(seed), data), rng))
        edits = some_edits(self._wire, seed, self._pool, rng)
        return Case(uri, seed, edits, signing=rng.choice((UNSIGNED, ALL, ALL, ALL)))

    def shot(self, case: Case) -> Shot:
        """What is encrypted, for whom."""
        value = altered(self._wire, case.seed, case.edits, self._pool, seeded(0))
        data = encode(self._signed(value) if case.signing else value)
        for cut in case.cuts:
            data = cut.apply(data)
        return {"room": case.name, "joiner": seeded(case.altered).choice(JOINERS), "data": data.hex()}

    def place(self, case: Case) -> str:
        """The room's hub."""
        return group_provider(case.name.encode())

    async def fire(self, shot: Shot) -> str:
        """Let the client prepare to join."""
        state, uri = self._environment.session.client(shot["joiner"]).state, shot["room"]
        groups = dict(state.groups)
        sign = self._environment.signs[group_provider(uri.encode())]
        hub = _Hub(state, self._records[uri], bytes.fromhex(shot["data"]), sign, self._offer)
        joining = replace(state, home=hub, rand=SeededRand(1, "joining"))
        try:
            prepared = await ExternalJoin(uri).prepare(joining)
        except (MLSError, DecodeError) as error:
            return getattr(error, "rule", "malformed")
        except (BadAnswer, Refusal) as error:
            return type(error).__name__
        finally:
            hold(state.groups == groups, "a group of the joiner's has changed")
        if prepared.next is None:
            raise Broken("who joins has nothing to go on with")
        prepared.next.encrypt(b"I am in", SeededRand(1, "joined"), b"")
        return "joins"

    def _signed(self, offered: Any) -> Any:
        """With all signed by whom they name."""
        environment = self._environment
        usual = next(iter(environment.signs.values()))
        try:
            forger = Forger(self._suite, environment.keys, environment.views, usual, usual, NOW)
            return self._offer.signed(offered, forger)
        except IMPOSSIBLE:
            return offered


class _Hub:
    """The joiner's provider, where what is asked of the hub gets this answer."""

    def __init__(self, state: ClientState, record: GroupRecord, offered: bytes, sign: Sign, offer: JoinOffer) -> None:
        self._home, self._record, self._offered, self._sign, self._offer = state.home, record, offered, sign, offer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._home, name)

    async def submit(self, outgoing: Outgoing) -> Result:
        """Answer what the client has asked for."""
        return outgoing.endpoint.read(self._offer.answer(outgoing, self._record, self._offered, self._sign))
