"""What MIMI asks of a leaf beyond RFC 9420 7.3."""

from simulator.drafts.mimi_transport_00.extensions import (
    MIMI_DS_VERSIONS,
    is_connection,
    marks_are_empty,
    spoken_versions,
)
from simulator.mls.tree.credential import BasicCredential
from simulator.mls.tree.leaf_node import LeafNode
from simulator.rules import check, refuse
from simulator.services.accounts.directory import check_client
from simulator.services.names import BadName, parse_client
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext

NAME = rule("DS-TERMS-CLIENT", Code.invalid_leaf_node, "PROTOCOL.md section 1", essential="nobody is named")
REGISTERED = rule("P-4-OWN-NAMES", Code.unknown_user, "PROTOCOL.md section 5", part="CLIENT")
OWN_KEY = rule("P-4-OWN-NAMES", Code.invalid_leaf_node, "PROTOCOL.md section 4", part="KEY")
SPEAKS = rule("DS-VERSION-LEAF", Code.invalid_leaf_node, "[DS] Version agility", part="GROUP")
EMPTY_MARK = rule("DS-CONNECTION-KEY-PACKAGES", Code.invalid_leaf_node, "PROTOCOL.md section 4")
MARKED = rule("DS-ADD-USERS-VALIDATION-4", Code.invalid_leaf_node, "[DS] Add users to a group")

_REFUSED = "a leaf can't be in this group: "


def check_leaf(leaf: LeafNode, version: int, context: ServiceContext, *, connection: bool) -> None:
    """Whether a new leaf fits a group of this protocol version; `connection` says whether it is a connection group.

    A client of ours is looked up: only we know who our users' clients are, and with which keys. Of another provider's
    client we can't know either. Raises Refusal invalid_leaf_node, or unknown_user for a client of ours that is none.
    """
    if not isinstance(leaf.credential, BasicCredential):
        refuse(NAME, f"{_REFUSED}its credential is not a BasicCredential")
    try:
        uri = leaf.credential.identity.decode("ascii")
        name = parse_client(uri)
    except (UnicodeDecodeError, BadName) as error:
        refuse(NAME, f"{_REFUSED}its credential names no client: {error}", error)
    if name.provider == context.provider:
        _check_own(uri, leaf.signature_key, context)
    spoken = spoken_versions(leaf.extensions)
    check(
        SPEAKS,
        version in spoken,
        f"{_REFUSED}its client does not speak version {version} of the group (mimi_ds_versions "
        f"0x{MIMI_DS_VERSIONS:04X}: {list(spoken) or 'none'})",
    )
    empty = marks_are_empty(leaf.extensions)
    check(EMPTY_MARK, empty, f"{_REFUSED}the extension that marks it holds something, and is to be empty")
    fits = connection or not is_connection(leaf.extensions)
    check(MARKED, fits, f"{_REFUSED}it is marked for connections, and this is not a connection group")


def _check_own(uri: str, signature_key: bytes, context: ServiceContext) -> None:
    check_client(uri, context, REGISTERED)
    known = context.store.users.key(uri, signature_key) is not None
    check(OWN_KEY, known, f"{_REFUSED}its signature key is not one that {uri} has registered")
