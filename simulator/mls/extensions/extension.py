"""Extensions: the open list, and the bodies RFC 9420 defines (17.3)."""

from collections.abc import Sequence
from enum import IntEnum
from typing import TypeAlias

from simulator.codec import opaque, struct, uint16
from simulator.mls.tree.credential import Credential

GREASE = tuple(0x0A0A + 0x1010 * step for step in range(15))
"""Values that are reserved to keep unknown values tolerated (RFC 9420 13.5); treated like any unknown value."""


# RFC 9420 7.2, 17.3
# uint16 ExtensionType;
class ExtensionType(IntEnum):
    """Names for known values; a field of this type holds any uint16."""

    application_id = 1
    ratchet_tree = 2
    required_capabilities = 3
    external_pub = 4
    external_senders = 5
    app_data_dictionary = 6


DEFAULT_EXTENSION_TYPES = frozenset(ExtensionType) - {ExtensionType.app_data_dictionary}
"""Supported by everybody and never listed in capabilities (RFC 9420 7.2)."""


# RFC 9420 7.2
# struct {
#     ExtensionType extension_type;
#     opaque extension_data<V>;
# } Extension;
@struct
class Extension:
    extension_type: uint16
    extension_data: opaque


Extensions: TypeAlias = tuple[Extension, ...]


# RFC 9420 5.3.3
# opaque application_id<V>;
@struct
class ApplicationId:
    application_id: opaque


# RFC 9420 11.1
# struct {
#     ExtensionType extension_types<V>;
#     ProposalType proposal_types<V>;
#     CredentialType credential_types<V>;
# } RequiredCapabilities;
@struct
class RequiredCapabilities:
    extension_types: tuple[uint16, ...]
    proposal_types: tuple[uint16, ...]
    credential_types: tuple[uint16, ...]


# RFC 9420 12.4.3.2
# struct {
#     HPKEPublicKey external_pub;
# } ExternalPub;
@struct
class ExternalPub:
    external_pub: opaque


# RFC 9420 12.1.8.1
# struct {
#     SignaturePublicKey signature_key;
#     Credential credential;
# } ExternalSender;
@struct
class ExternalSenderEntry:
    signature_key: opaque
    credential: Credential


# RFC 9420 12.1.8.1
# ExternalSender external_senders<V>;
@struct
class ExternalSenders:
    senders: tuple[ExternalSenderEntry, ...]


def find_extension(extensions: Sequence[Extension], extension_type: int) -> bytes | None:
    """The body of the extension of this type, or None. Bodies may be empty, so test for None."""
    for extension in extensions:
        if extension.extension_type == extension_type:
            return extension.extension_data
    return None


def has_duplicate_types(extensions: Sequence[Extension]) -> bool:
    """Whether some type occurs twice, which no list of extensions may have (RFC 9420 13.4)."""
    return len({extension.extension_type for extension in extensions}) != len(extensions)
