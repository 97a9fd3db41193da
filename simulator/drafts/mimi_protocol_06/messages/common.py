"""What the messages of several endpoints share ([P] 4, 5)."""

from typing import Annotated, TypeAlias

from simulator.codec import Enum8, Fixed, Tagged, opaque, struct, uint16, uint64, utf8
from simulator.mls.extensions.app_data_dictionary import AppDataDictionary
from simulator.mls.extensions.extension import Extension
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.tree.node import Node

MLS10 = 1
"""The number of the one protocol that is spoken."""

NO_EXTENSIONS = AppDataDictionary(())
"""What the `..._extensions` of requests are sent as."""


# enum { reserved(0), mls10(1), (255) } Protocol;
class Protocol(Enum8):
    mls10 = MLS10


# struct { opaque uri<V>; } IdentifierUri;
IdentifierUri: TypeAlias = utf8


# enum { reserved(0), full(1), partial(2), (255) } GroupInfoRepresentation;
class GroupInfoRepresentation(Enum8):
    full = 1
    partial = 2


# enum { no_ratchet_tree(0), present(1), removed(2), added(3), (255) } RatchetTreePresence;
class RatchetTreePresence(Enum8):
    no_ratchet_tree = 0
    present = 1
    removed = 2
    added = 3


# struct {
#     RatchetTreePresence ratchet_tree_presence;
#     Extension group_info_extensions<V>;
#     opaque signature<V>;
# } PartialGroupInfo;
@struct
class PartialGroupInfo:
    """A GroupInfo without what the commit beside it tells: its signature is that of the whole."""

    ratchet_tree_presence: RatchetTreePresence
    group_info_extensions: tuple[Extension, ...]
    signature: opaque


# struct {
#     GroupInfoRepresentation representation;
#     select (representation) {
#         case full:    GroupInfo groupInfo;
#         case partial: PartialGroupInfo partialGroupInfo;
#     };
# } GroupInfoOption;
GroupInfoOption: TypeAlias = Annotated[
    GroupInfo | PartialGroupInfo,
    Tagged(
        GroupInfoRepresentation,
        {GroupInfoRepresentation.full: GroupInfo, GroupInfoRepresentation.partial: PartialGroupInfo},
    ),
]


# enum { reserved(0), full(1), httpsUri(2), outOfBand(3), distributionService(4), (255) } RatchetTreeRepresentation;
class RatchetTreeRepresentation(Enum8):
    full = 1
    https_uri = 2
    out_of_band = 3
    distribution_service = 4


# case full:
#     optional<Node> ratchet_tree<V>;
@struct
class FullTree:
    ratchet_tree: tuple[Node | None, ...]


# case httpsUri:
#     opaque ratchet_tree_url<V>;
@struct
class TreeAtURL:
    ratchet_tree_url: utf8


# case outOfBand:
#     struct {};
@struct
class TreeOutOfBand:
    pass


# case distributionService:
#     struct {};
@struct
class TreeAtHub:
    """The hub has it."""


# struct {
#     RatchetTreeRepresentation representation;
#     select (representation) {
#         ...the cases above
#     };
# } RatchetTreeOption;
RatchetTreeOption: TypeAlias = Annotated[
    FullTree | TreeAtURL | TreeOutOfBand | TreeAtHub,
    Tagged(
        RatchetTreeRepresentation,
        {
            RatchetTreeRepresentation.full: FullTree,
            RatchetTreeRepresentation.https_uri: TreeAtURL,
            RatchetTreeRepresentation.out_of_band: TreeOutOfBand,
            RatchetTreeRepresentation.distribution_service: TreeAtHub,
        },
    ),
]


# struct {
#     opaque server_frank[32];
#     CipherSuite franking_signature_ciphersuite;
#     opaque franking_integrity_signature<V>;
# } Frank;
@struct
class Frank:
    """What the hub asserts of an application message that it has accepted."""

    server_frank: Annotated[bytes, Fixed(32)]
    franking_signature_ciphersuite: uint16
    franking_integrity_signature: opaque


# uint64 accepted_timestamp; optional<Frank> frank;
@struct
class AcceptedMessage:
    """When a hub accepted an application message, in milliseconds since 1970, and what it asserts of it."""

    accepted_timestamp: uint64
    frank: Frank | None
