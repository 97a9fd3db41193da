"""How this draft uses MLS (PROTOCOL.md section 4): versions in leaves and groups, marks, connection groups."""

from simulator.drafts.mimi_transport_00 import extensions
from simulator.drafts.mimi_transport_00.connection_groups import check_invitation, check_users, client_rule
from simulator.drafts.mimi_transport_00.messages.common import MIMI10
from simulator.drafts.mls_profile import CONNECTION, REGULAR, MLSProfile, NewGroup
from simulator.mls.errors import MLSError
from simulator.mls.extensions.extension import Extension
from simulator.mls.identity import default_capabilities
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.leaf_node import LeafNode
from simulator.rules import check
from simulator.services.members import client_of
from simulator.services.names import parse_client

_SECTION = "PROTOCOL.md section 5"

ASKED = client_rule("P-5-WELCOME-ENDPOINT", "not_asked", _SECTION, "ASKED")
FOR_CONNECTIONS = client_rule("P-5-WELCOME-ENDPOINT", "no_connection", _SECTION, "FOR-CONNECTIONS")


class TransportProfile(MLSProfile):
    """[DS] Version agility, Connection establishment flow, KeyPackages; external senders for client removals."""

    capabilities = default_capabilities(extensions.SUPPORTED)
    kinds = (REGULAR, CONNECTION)
    last_resort = True
    rules = ("connection_users", "no_connection", "not_asked")
    bodies = {
        Extension: {
            extensions.MIMI_DS_VERSIONS: extensions.DSVersions,
            extensions.MIMI_DS_VERSION: extensions.DSVersion,
        }
    }

    def leaf_extensions(self, kind: str) -> tuple[Extension, ...]:
        """The versions the client speaks, and the mark of a connection."""
        return extensions.leaf_extensions((MIMI10,), connection=kind == CONNECTION)

    def kind_of(self, leaf: LeafNode) -> str:
        """By the mark."""
        return CONNECTION if extensions.is_connection(leaf.extensions) else REGULAR

    def key_package_extensions(self, *, last_resort: bool) -> tuple[Extension, ...]:
        """The mark of one of last resort."""
        return extensions.key_package_extensions(last_resort=last_resort)

    def is_last_resort(self, key_package: KeyPackage) -> bool:
        """By the mark."""
        return extensions.is_last_resort(key_package.extensions)

    def context_extensions(self, new: NewGroup) -> tuple[Extension, ...]:
        """The group's version, and its owner as the external sender. Raises ValueError for an owner without a key."""
        if not new.hub_keys:
            raise ValueError(f"{new.hub} has no verification key, and a group's owner needs one")
        return extensions.context_extensions(MIMI10, new.hub, new.hub_keys[0])

    def welcome_for(self, key_package: KeyPackage) -> str:
        """One Welcome for each provider that gains clients. Raises BadName."""
        return parse_client(client_of(key_package.leaf_node)).provider

    def check_invitation(self, key_package: KeyPackage, *, asked: bool) -> None:
        """Anybody may fetch a connection KeyPackage, so nobody is joined by one without consent, and nobody is asked
        but to join a connection group.
        """
        connection = self.kind_of(key_package.leaf_node) == CONNECTION
        words = "a Welcome to a connection KeyPackage comes as a connection request, or not at all"
        check(ASKED, asked or not connection, words)
        words = "a connection request comes to a connection KeyPackage, and this Welcome to one for groups"
        check(FOR_CONNECTIONS, connection or not asked, words)

    def check_joined(self, group: PublicGroup, user: str, *, asked: bool) -> None:
        """Who asks for a connection is one user, of the provider that owns the group."""
        if asked:
            check_invitation(group, user)

    def check_epoch(self, after: PublicGroup, before: PublicGroup | None, kind: type[MLSError]) -> None:
        """A connection group stays one of the same two users."""
        check_users(after, before, kind)
