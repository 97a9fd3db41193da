"""What the hub asks of a new leaf: what members check too, and of its own clients what only it can know."""

from functools import partial

from simulator.drafts.mimi_protocol_06.client import leaves
from simulator.drafts.mimi_protocol_06.rules.mls_validity import valid
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.leaf_node import LeafNode
from simulator.rules import check
from simulator.services.members import client_of
from simulator.services.names import parse_client
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext

_SECTION = "PROTOCOL.md, The hub"

FITS = rule("P6-4.2-LEAF", Code.invalid_leaf_node, _SECTION)
OWN_CLIENT = rule("P6-4.2-OWN-LEAF", Code.invalid_leaf_node, _SECTION, part="CLIENT")
OWN_KEY = rule("P6-4.2-OWN-LEAF", Code.invalid_leaf_node, _SECTION, part="KEY")


def check_leaf(leaf: LeafNode, group: PublicGroup, context: ServiceContext) -> None:
    """Whether a new leaf fits a room. Of another provider's client we can't know whether it is one, and its keys.

    Raises Refusal invalid_leaf_node.
    """
    valid(FITS, partial(leaves.check_leaf, leaf, group.context.extensions))
    client = client_of(leaf)
    if parse_client(client).provider == context.provider:
        users = context.store.users
        words = f"a leaf can't be in this room: {client} is not a client of {context.provider}"
        check(OWN_CLIENT, users.client_exists(client), words)
        words = f"a leaf can't be in this room: its signature key is not one that {client} has registered"
        check(OWN_KEY, users.key(client, leaf.signature_key) is not None, words)
