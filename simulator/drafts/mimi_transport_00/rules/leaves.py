"""What MIMI asks of a leaf beyond RFC 9420 7.3."""

from simulator.mls.credential import BasicCredential
from simulator.mls.leaf_node import LeafNode
from simulator.services.directory import check_client
from simulator.services.extensions import MIMI_DS_VERSIONS, is_connection, marks_are_empty, spoken_versions
from simulator.services.names import BadName, parse_client
from simulator.services.refusal import Code, Refusal
from simulator.services.service_context import ServiceContext


def check_leaf(leaf: LeafNode, version: int, context: ServiceContext, *, connection: bool) -> None:
    """Whether a new leaf fits a group of this protocol version; `connection` says whether it is a connection group.

    A client of ours is looked up: only we know who our users' clients are, and with which keys. Of another provider's
    client we can't know either. Raises Refusal invalid_leaf_node, or unknown_user for a client of ours that is none.
    """
    if not isinstance(leaf.credential, BasicCredential):
        raise _invalid("its credential is not a BasicCredential", "PROTOCOL.md section 1")
    try:
        uri = leaf.credential.identity.decode("ascii")
        name = parse_client(uri)
    except (UnicodeDecodeError, BadName) as error:
        raise _invalid(f"its credential names no client: {error}", "PROTOCOL.md section 1") from error
    if name.provider == context.provider:
        check_client(uri, context)
        if context.store.users.key(uri, leaf.signature_key) is None:
            raise _invalid(f"its signature key is not one that {uri} has registered", "PROTOCOL.md section 4")
    spoken = spoken_versions(leaf.extensions)
    if version not in spoken:
        raise _invalid(
            f"its client does not speak version {version} of the group (mimi_ds_versions 0x{MIMI_DS_VERSIONS:04X}: "
            f"{list(spoken) or 'none'})",
            "[DS] Version agility",
        )
    if not marks_are_empty(leaf.extensions):
        raise _invalid("the extension that marks it holds something, and is to be empty", "PROTOCOL.md section 4")
    if is_connection(leaf.extensions) and not connection:
        raise _invalid("it is marked for connections, and this is not a connection group", "[DS] Add users to a group")


def _invalid(why: str, section: str) -> Refusal:
    return Refusal(Code.invalid_leaf_node, f"a leaf can't be in this group: {why}", section)
