"""The extensions of a GroupContext, and what they ask of the members (RFC 9420 11.1, 12.1.7, 13.4)."""

from collections.abc import Sequence

from simulator.codec import DecodeError, decode
from simulator.mls.errors import InvalidLeafNode, MLSError
from simulator.mls.extension import (
    DEFAULT_EXTENSION_TYPES,
    Extension,
    ExtensionType,
    ExternalSenders,
    RequiredCapabilities,
    find_extension,
    has_duplicate_types,
)
from simulator.mls.leaf_node import LeafNode
from simulator.mls.proposals import DEFAULT_PROPOSAL_TYPES

_BODIES = {
    ExtensionType.required_capabilities: RequiredCapabilities,
    ExtensionType.external_senders: ExternalSenders,
}
_NOT_IN_CONTEXT = (ExtensionType.application_id, ExtensionType.ratchet_tree, ExtensionType.external_pub)


def check_context_extensions(extensions: Sequence[Extension], refuse: type[MLSError]) -> None:
    """Whether the list can be a GroupContext's at all.

    Raises `refuse` with the rule `duplicate_extension`, `misplaced_extension` or `malformed_extension`.
    """
    if has_duplicate_types(extensions):
        raise refuse("duplicate_extension", "RFC 9420 13.4", "an extension type occurs twice in the GroupContext")
    for extension in extensions:
        kind = extension.extension_type
        if kind in _NOT_IN_CONTEXT:
            raise refuse(
                "misplaced_extension",
                "RFC 9420 17.3",
                f"extension {ExtensionType(kind).name} does not belong into a GroupContext",
            )
        body = _BODIES.get(ExtensionType(kind)) if kind in DEFAULT_EXTENSION_TYPES else None
        if body is None:
            continue
        try:
            decode(body, extension.extension_data)
        except DecodeError as error:
            raise refuse(
                "malformed_extension", "RFC 9420 13.4", f"extension {ExtensionType(kind).name}: {error}"
            ) from error


def check_supports(leaf: LeafNode, extensions: Sequence[Extension]) -> None:
    """Whether a member with this leaf can be in a group with these GroupContext extensions.

    Raises InvalidLeafNode with the rule `context_extension_unsupported` (RFC 9420 13.4) or
    `required_capability_missing` (RFC 9420 7.3, 11.1).
    """
    capabilities = leaf.capabilities
    used = {extension.extension_type for extension in extensions} - DEFAULT_EXTENSION_TYPES
    missing = used.difference(capabilities.extensions)
    if missing:
        raise InvalidLeafNode(
            "context_extension_unsupported",
            "RFC 9420 13.4",
            f"a leaf does not support the GroupContext extensions {sorted(missing)}",
        )
    data = find_extension(extensions, ExtensionType.required_capabilities)
    if data is None:
        return
    required = decode(RequiredCapabilities, data)
    lacks = (
        set(required.extension_types) - DEFAULT_EXTENSION_TYPES - set(capabilities.extensions),
        set(required.proposal_types) - DEFAULT_PROPOSAL_TYPES - set(capabilities.proposals),
        set(required.credential_types) - set(capabilities.credentials),
    )
    for noun, values in zip(("extensions", "proposals", "credentials"), lacks, strict=True):
        if values:
            raise InvalidLeafNode(
                "required_capability_missing", "RFC 9420 7.3", f"a leaf lacks the required {noun} {sorted(values)}"
            )
