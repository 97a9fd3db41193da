"""What the leaves of a room's members hold, and its GroupContext beside what its components keep ([P] 4.2, [EXT])."""

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.names import provider_uri
from simulator.drafts.mimi_protocol_06.room.component_ids import IN_AUTHENTICATED_DATA, SUPPORTED, ComponentID
from simulator.drafts.mimi_protocol_06.room.rule import COMPONENTS_PAGE, room_rule
from simulator.mls.errors import InvalidLeafNode, MLSError
from simulator.mls.extensions.app_data_dictionary import (
    ComponentsList,
    component_data,
    components_list,
    dictionary_extension,
)
from simulator.mls.extensions.extension import (
    Extension,
    ExtensionType,
    ExternalSenderEntry,
    ExternalSenders,
    RequiredCapabilities,
)
from simulator.mls.identity import default_capabilities
from simulator.mls.proposals.proposals import ProposalType
from simulator.mls.tree.credential import BasicCredential, CredentialType, identity_of
from simulator.mls.tree.leaf_node import LeafNode
from simulator.rules import check, refuse
from simulator.services.names import BadName, parse_client

CAPABILITIES = default_capabilities(
    (ExtensionType.app_data_dictionary,), (ProposalType.app_data_update, ProposalType.self_remove)
)
"""Of every leaf."""

REQUIRED_CAPABILITIES = RequiredCapabilities(
    (ExtensionType.app_data_dictionary,),
    (ProposalType.app_data_update, ProposalType.self_remove),
    (CredentialType.basic,),
)
"""Of every room."""

_LISTS = {ComponentID.app_components: SUPPORTED, ComponentID.safe_aad: IN_AUTHENTICATED_DATA}

LISTED = room_rule("P6-5-LEAF-COMPONENTS", COMPONENTS_PAGE, slug="component_not_listed", part="MEMBERS")
CLIENT_NAME = room_rule(
    "P6-5-LEAF-NAME",
    COMPONENTS_PAGE,
    slug="no_client",
    part="MEMBERS",
    essential="nobody could tell whose client it is",
)


def leaf_extensions() -> tuple[Extension, ...]:
    """Which components the client knows, and which of them put items into authenticated data."""
    data = {number: encode(ComponentsList(tuple(map(int, listed)))) for number, listed in _LISTS.items()}
    return (dictionary_extension({int(number): listed for number, listed in data.items()}),)


def context_extensions(hub: str, hub_key: bytes, data: dict[int, bytes]) -> tuple[Extension, ...]:
    """The GroupContext's of a new room of provider `hub`, which proposes with `hub_key`; `data` is its components'."""
    sender = ExternalSenderEntry(hub_key, BasicCredential(provider_uri(hub).encode()))
    return (
        Extension(ExtensionType.required_capabilities, encode(REQUIRED_CAPABILITIES)),
        Extension(ExtensionType.external_senders, encode(ExternalSenders((sender,)))),
        dictionary_extension(data),
    )


def check_leaf(leaf: LeafNode, group: tuple[Extension, ...], kind: type[MLSError] = InvalidLeafNode) -> None:
    """Whether a leaf is a client's that knows all components that a group with these GroupContext extensions lists.

    Raises an error of this kind (`no_client`, `component_not_listed`, and what MLS says of the dictionary).
    """
    try:
        parse_client(identity_of(leaf.credential).decode("ascii"))
    except (BadName, UnicodeDecodeError) as error:
        refuse(CLIENT_NAME, f"a leaf is no client's: {error}", error, kind=kind)
    own, required = component_data(leaf.extensions, kind), component_data(group, kind)
    for number in _LISTS:
        known = set(components_list(own.get(number, b"\x00"), kind))
        missing = [each for each in components_list(required.get(number, b"\x00"), kind) if each not in known]
        words = f"a leaf does not list the components {missing}, which the group has"
        check(LISTED, not missing, words, kind=kind)
