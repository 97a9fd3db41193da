"""Requests that are whole, signed by whom they name, and must be refused: each breaks one rule of who may say what.

What only a client can refuse has no code: see `invitations`. They are seeds too: altered and signed again they come
close to what a hub might believe.
"""

from collections.abc import Sequence
from typing import ClassVar

from simulator.clients import Client, ClientState
from simulator.clients.adversary import ImpossibleSuccessor, OddJoin
from simulator.clients.adversary.odd_commit import OddCommit
from simulator.clients.adversary.odd_group import OddGroup
from simulator.clients.operations import AddUsers, CreateGroup, ExternalJoin, Operation
from simulator.clients.operations.add_users import commit_adds, fetch_key_packages
from simulator.dataclass import dataclass
from simulator.drafts.features import DraftFeature
from simulator.drafts.mls_profile import CONNECTION
from simulator.drafts.requests.endpoint import Outgoing
from simulator.federation import Session
from simulator.fuzzing.invitations import forged
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.joining.key_package import KeyPackage
from simulator.services import commands
from simulator.services.refusal import Code

ANNOUNCED = "mimi://a.example/g/announced"
"""The id in favour of which a group of alice and bob has ended."""


@dataclass(frozen=True, slots=True)
class Attack:
    """A request by the provider `sender`; `key` is the private key that signs it."""

    name: str
    sender: str
    outgoing: Outgoing
    code: Code | None
    key: bytes | None


@dataclass
class Attacks:
    """Builds them, in an environment whose groups are there.

    `keys` are the private keys of who is made up, by public key.
    """

    needs: ClassVar[tuple[DraftFeature, ...]] = (
        DraftFeature.connection_groups,
        DraftFeature.key_packages_for_connections,
        DraftFeature.re_initialize_group,
    )
    """What a draft must have for them to mean anything."""
    session: Session
    keys: dict[bytes, bytes]

    async def end_a_group(self) -> None:
        """Let a group end in favour of the announced id; nobody creates that one."""
        alice = self.session.client("alice.phone")
        ended = await alice.perform(CreateGroup())
        await alice.perform(AddUsers(ended, (self.session.user("bob").uri,)))
        await self.session.settle()
        await alice.perform(OddCommit(ended, "re_initialize_group", successor=ANNOUNCED))
        await self.session.settle()

    async def empty_a_stock(self) -> None:
        """Let an outsider take amy's connection KeyPackages until there is only the one of last resort."""
        bob, amy = self.session.client("bob.phone").state, self.session.client("amy").state
        while amy.home.key_packages_left(amy.uri, CONNECTION)[0]:
            await fetch_key_packages(bob, "", (amy.user,), kind=CONNECTION)
        await fetch_key_packages(bob, "", (amy.user,), kind=CONNECTION)

    async def invitations(self) -> tuple[Attack, ...]:
        """By c.example to bob: in the name of another provider's user, of his own, of two users; and a real one."""
        bob, amy, carol = (self.session.user(name) for name in ("bob", "amy", "carol"))
        planned = {
            "invites as alice": ("mimi://a.example/d/alice/phone", [bob.uri]),
            "invites as bob": ("mimi://b.example/d/bob/watch", [bob.uri]),
            "invites two": ("mimi://c.example/d/carol/phone", [bob.uri, amy.uri]),
            "invites": ("mimi://c.example/d/carol/phone", [bob.uri]),
        }
        found = []
        for name, (claimed, invited) in planned.items():
            founder = self._made_up("c.example", claimed).state
            group = name.replace(" ", "-")
            outgoing = await forged(self.session, carol.clients[0].state, founder, invited, group)
            found.append(Attack(name, "c.example", outgoing, None, None))
        return tuple(found)

    async def all(self, room: str, waiting: str) -> tuple[Attack, ...]:
        """In `room` are alice's phone and laptop, bob and carol; in `waiting` bob's tablet has proposed to leave."""
        client = self.session.client
        carol, amy, tablet = client("carol"), client("amy"), client("bob.tablet")
        impostor = self._made_up("b.example", "mimi://b.example/d/bob/laptop")
        made_up = {
            "nobody": ("mimi://a.example/d/nobody/phone", Code.unknown_user),
            "no device": ("mimi://a.example/d/amy/shadow", Code.unknown_user),
            "no key": ("mimi://a.example/d/amy/phone", Code.invalid_leaf_node),
        }
        found = [self._added(f"adds {what}", room, uri, code) for what, (uri, code) in made_up.items()]
        found.append(
            self._added("adds a device", room, "mimi://a.example/d/alice/shadow", Code.unknown_user, more=True)
        )
        again = OddCommit(
            waiting, "self_remove_client", removes=(tablet.uri,), proposed=True, authenticated_data="again"
        )
        planned: list[tuple[str, Client, Operation, Code]] = [
            (
                "renews with no key",
                client("alice.laptop"),
                OddCommit(room, "update_client", new_key=True),
                Code.invalid_leaf_node,
            ),
            ("takes a follower's place", impostor, ExternalJoin(room), Code.not_authorized),
            ("joins with a PSK", client("bob.laptop"), OddJoin(room), Code.invalid_commit),
            ("leaves again", tablet, again, Code.invalid_proposal),
            ("squats", amy, OddGroup(ANNOUNCED), Code.invalid_group_id),
            (
                "announces twice",
                carol,
                OddCommit(room, "re_initialize_group", successor=ANNOUNCED),
                Code.invalid_proposal,
            ),
            ("ends for nothing", carol, ImpossibleSuccessor(room, "mimi://a.example/g/nothing"), Code.invalid_proposal),
        ]
        for name, actor, operation, code in planned:
            prepared = await actor.prepare(operation)
            found.append(self._attack(name, actor.state, prepared.outgoing, code))
        return tuple(found)

    def _added(self, name: str, room: str, uri: str, code: Code, *, more: bool = False) -> Attack:
        """carol, at a follower, adds a client of the hub that she has made up."""
        carol, made_up = self.session.client("carol").state, self._made_up("c.example", uri).state
        key_packages: Sequence[KeyPackage] = (made_up.stock.make(made_up.now()),)
        command = commands.AddClients if more else commands.AddUsers
        return self._attack(name, carol, commit_adds(carol, room, command, key_packages).outgoing, code)

    def _made_up(self, provider: str, uri: str) -> Client:
        home, model = self.session.provider(provider).client_api, self.session.client("carol").state
        state = ClientState.open(uri, home, model.draft, model.suite, SeededRand(1, f"made up {uri}"), model.now)
        self.keys[state.identity.signature_public_key] = state.identity.signature_private_key
        return Client(state, uri)

    def _attack(self, name: str, state: ClientState, outgoing: Outgoing, code: Code) -> Attack:
        return Attack(name, state.home.provider, outgoing, code, state.identity.signature_private_key)
