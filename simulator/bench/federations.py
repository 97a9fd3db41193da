"""Federations that rows of the benchmark need: a hub with one user, and other providers whose users are in a group."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from simulator.clients import Client
from simulator.clients.operations import AddUsers, CreateGroup, Send
from simulator.dataclass import dataclass
from simulator.drafts.registry import usual
from simulator.federation import ProviderSpec, Session, Topology, open_session
from simulator.services.commands import SayConsent
from simulator.storage import ConsentWord
from simulator.trace import Recorder

NOW = 1_700_000_000
HUB, CREATOR = "a.example", "alice"
AT_ONCE = 100
"""How many users one commit adds at most."""


@dataclass(frozen=True, slots=True)
class Team:
    """A group whose creator is at the hub, and in which all others are."""

    session: Session
    creator: Client
    group: str

    async def send(self, message: bytes = b"hello") -> None:
        """One message of the creator, until all followers have it."""
        await self.creator.perform(Send(self.group, message))
        await self.session.rest()


def topology(followers: int, users: int = 1) -> Topology:
    """The hub with its user, and so many followers with so many users each."""
    others = (
        ProviderSpec(f"f{number:03}.example", {f"u{each}": ("phone",) for each in range(users)})
        for number in range(1, followers + 1)
    )
    hub = ProviderSpec(HUB, {CREATOR: ("phone",)})
    return Topology((hub, *others), draft=usual()[0].name, key_packages=1)


@asynccontextmanager
async def team(followers: int, users: int = 1, recorder: Recorder | None = None) -> AsyncIterator[Team]:
    """A group of all, up and at rest."""
    async with open_session(topology(followers, users), seed=1, now=NOW, recorder=recorder) as session:
        yield await join_all(session)


async def join_all(session: Session) -> Team:
    """Let the creator connect with everybody and make one group of all."""
    creator = session.client(CREATOR)
    others = [user for user in session.users if user.uri != creator.user]
    for user in others:
        await user.provider.client_api.say_consent(SayConsent(creator.user, user.uri, ConsentWord.granted))
    group = await creator.perform(CreateGroup())
    for first in range(0, len(others), AT_ONCE):
        await creator.perform(AddUsers(group, tuple(user.uri for user in others[first : first + AT_ONCE])))
        await session.settle()
    return Team(session, creator, group)
