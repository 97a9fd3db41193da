"""What a client is and has: its names, its keys, its groups. Operations are prepared from it, messages change it."""

from collections.abc import Callable
from dataclasses import field, replace

from simulator.clients.events.history import History
from simulator.clients.home_provider import HomeProvider
from simulator.clients.key_packages.key_stock import KeyStock
from simulator.dataclass import dataclass
from simulator.drafts.draft import Draft
from simulator.drafts.mls_profile import REGULAR
from simulator.drafts.requests.endpoint import Outgoing
from simulator.errors import Misuse, hint
from simulator.mls.crypto import CipherSuite
from simulator.mls.crypto.randomness import Rand
from simulator.mls.group import Group
from simulator.mls.identity import Identity
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.tree.credential import BasicCredential
from simulator.rules import Enforcement
from simulator.services.asker import AsClient, Asker, AsMember
from simulator.services.commands import FetchKeyPackages, GroupCommand
from simulator.services.decisions import Decided, told_nobody
from simulator.services.members import client_of
from simulator.services.names import group_provider, parse_client
from simulator.services.signing import Sign, signer


class NotAMember(Misuse):
    """A client was told to act in a group that it is not in."""


@dataclass
class ClientState:
    """One client of a user at its provider. Groups are kept under their URIs."""

    uri: str
    home: HomeProvider
    draft: Draft
    suite: CipherSuite
    identity: Identity
    stock: KeyStock
    rand: Rand
    now: Callable[[], int]
    groups: dict[str, Group] = field(default_factory=dict)
    history: History = field(default_factory=History)
    enforcement: Enforcement = field(default_factory=Enforcement)
    """Which rules it keeps."""
    decided: Decided = told_nobody
    """Told what it decides by itself."""

    @classmethod
    def open(
        cls, uri: str, home: HomeProvider, draft: Draft, suite: CipherSuite, rand: Rand, now: Callable[[], int]
    ) -> "ClientState":
        """A new client with a fresh signature key. Raises BadName for a URI that is no client's."""
        parse_client(uri)
        mls = draft.mls
        usual = mls.leaf_extensions(REGULAR)
        identity = Identity.generate(suite, BasicCredential(uri.encode()), rand, mls.capabilities, usual)
        return cls(uri, home, draft, suite, identity, KeyStock(identity, suite, rand, mls), rand, now)

    @property
    def user(self) -> str:
        """The URI of the user whose client this is."""
        return parse_client(self.uri).user

    def group(self, uri: str) -> Group:
        """The group under this URI. Raises NotAMember."""
        try:
            return self.groups[uri]
        except KeyError:
            raise NotAMember(f"{self.uri} is not in the group {uri}{hint(uri, self.groups)}") from None

    def adopt(self, uri: str, group: Group) -> None:
        """Go on with `group`: the next epoch, or the first one that we know."""
        before = self.groups.get(uri)
        if before is not None and group.epoch == before.epoch + 1:
            self.history.note(before.public, group.public)
        self.groups[uri] = group

    def write(self, command: GroupCommand, recipient: str, asker: Asker) -> Outgoing:
        """The request for a command, from our provider to `recipient`, signed with the client's key."""
        sender = self.home.provider
        outgoing = self.draft.write(command, sender=sender, recipient=recipient, sign=self._sign, asker=asker)
        return replace(outgoing, client=self.uri, user=self.user)

    async def fetch_key_packages(
        self, target: str | tuple[str, ...], kind: str, group: str = ""
    ) -> tuple[KeyPackage, ...]:
        """KeyPackages by which our user may add user `target`, or these `target` clients, to `group` (a URI; empty if
        there is none yet). Where only a user's can be asked for, those of its other clients are thrown away. Raises
        Refusal, BadAnswer or TransportError.
        """
        if not isinstance(target, str) and not self.draft.client_by_client:
            users = dict.fromkeys(parse_client(client).user for client in target)
            found = [each for user in users for each in await self.fetch_key_packages(user, kind, group)]
            return tuple(each for each in found if client_of(each.leaf_node) in target)
        command = FetchKeyPackages(self.user, target, kind, group, (self.suite.value,))
        return await self.home.key_packages(command, self.as_client, self._sign)

    def write_as_member(self, command: GroupCommand, group: Group) -> Outgoing:
        """A request to the hub of a group by its member, us."""
        return self.write(command, group_provider(group.group_id), AsMember(group.own_index, self.uri))

    def write_as_client(self, command: GroupCommand, recipient: str) -> Outgoing:
        """A request by us as the client that our credential names."""
        return self.write(command, recipient, self.as_client)

    @property
    def _sign(self) -> Sign:
        return signer(self.suite, self.identity.signature_private_key)

    @property
    def as_client(self) -> AsClient:
        """Our key beside our credential."""
        return AsClient(self.identity.signature_public_key, self.identity.credential)
