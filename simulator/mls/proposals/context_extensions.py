"""The extensions of a GroupContext, and what they ask of the members (RFC 9420 11.1, 12.1.7, 13.4)."""

from collections.abc import Sequence

from simulator.codec import DecodeError, decode
from simulator.dataclass import dataclass
from simulator.mls.errors import MLSError
from simulator.mls.extensions.app_data_dictionary import component_data
from simulator.mls.extensions.extension import (
    DEFAULT_EXTENSION_TYPES,
    Extension,
    ExtensionType,
    ExternalSenders,
    RequiredCapabilities,
    find_extension,
    has_duplicate_types,
)
from simulator.mls.proposals import rules
from simulator.mls.proposals.proposals import DEFAULT_PROPOSAL_TYPES, ProposalType
from simulator.mls.tree.leaf_node import LeafNode
from simulator.rules import check, refuse

_BODIES = {
    ExtensionType.required_capabilities: RequiredCapabilities,
    ExtensionType.external_senders: ExternalSenders,
}
MOST_OCTETS = 65_536
"""Of all extensions of a GroupContext together: who commits hashes them once for each member that it tells a secret."""
_NOT_IN_CONTEXT = (ExtensionType.application_id, ExtensionType.ratchet_tree, ExtensionType.external_pub)


def check_context_extensions(extensions: Sequence[Extension], error_kind: type[MLSError]) -> None:
    """Whether the list can be a GroupContext's at all.

    Raises an error of this kind with the rule `extensions_too_long`, `duplicate_extension`, `misplaced_extension` or
    `malformed_extension`.
    """
    size = sum(len(extension.extension_data) for extension in extensions)
    words = f"the extensions of the GroupContext have {size} bytes, and {MOST_OCTETS} are the most"
    check(rules.SIZE, size <= MOST_OCTETS, words, kind=error_kind)
    twice = has_duplicate_types(extensions)
    check(rules.CONTEXT_EXTENSIONS, not twice, "an extension type occurs twice in the GroupContext", kind=error_kind)
    for extension in extensions:
        kind = extension.extension_type
        if kind in _NOT_IN_CONTEXT:
            words = f"extension {ExtensionType(kind).name} does not belong into a GroupContext"
            check(rules.EXTENSION_PLACE, False, words, kind=error_kind)
        body = _BODIES.get(ExtensionType(kind)) if kind in DEFAULT_EXTENSION_TYPES else None
        if body is None:
            continue
        try:
            decode(body, extension.extension_data)
        except DecodeError as error:
            words = f"extension {ExtensionType(kind).name}: {error}"
            refuse(rules.EXTENSION_BODY, words, error, kind=error_kind)
    component_data(extensions, error_kind)


def check_dictionary_kept(before: Sequence[Extension], after: Sequence[Extension]) -> None:
    """Where AppDataUpdate is a required capability, GroupContextExtensions leave the app_data_dictionary alone.

    Raises InvalidProposal (`app_data_dictionary_changed`).
    """
    kept = [find_extension(extensions, ExtensionType.app_data_dictionary) for extensions in (before, after)]
    may = kept[0] == kept[1] or ProposalType.app_data_update not in Demands.of(before).proposals
    check(rules.DICTIONARY_KEPT, may, "in this group only an AppDataUpdate changes the app_data_dictionary")


@dataclass(frozen=True, slots=True)
class Demands:
    """What a list of GroupContext extensions asks of each member: types, by the list of capabilities they belong to.

    Read once for all leaves: the list is somebody else's and may be long, and so may theirs.
    """

    used: frozenset[int]
    extensions: frozenset[int]
    proposals: frozenset[int]
    credentials: frozenset[int]

    @classmethod
    def of(cls, extensions: Sequence[Extension]) -> "Demands":
        """Those of a list that `check_context_extensions` takes."""
        used = frozenset(extension.extension_type for extension in extensions) - DEFAULT_EXTENSION_TYPES
        data = find_extension(extensions, ExtensionType.required_capabilities)
        required = RequiredCapabilities((), (), ()) if data is None else decode(RequiredCapabilities, data)
        return cls(
            used,
            frozenset(required.extension_types) - DEFAULT_EXTENSION_TYPES,
            frozenset(required.proposal_types) - DEFAULT_PROPOSAL_TYPES,
            frozenset(required.credential_types),
        )

    def check(self, leaf: LeafNode) -> None:
        """Whether a member with this leaf can be in the group.

        Raises InvalidLeafNode with the rule `context_extension_unsupported` (RFC 9420 13.4) or
        `required_capability_missing` (RFC 9420 7.3, 11.1).
        """
        capabilities = leaf.capabilities
        missing = self.used.difference(capabilities.extensions)
        if missing:
            words = f"a leaf does not support the GroupContext extensions {sorted(missing)}"
            check(rules.CONTEXT_SUPPORTED, False, words)
        lacks = {
            "extensions": self.extensions.difference(capabilities.extensions),
            "proposals": self.proposals.difference(capabilities.proposals),
            "credentials": self.credentials.difference(capabilities.credentials),
        }
        for noun, values in lacks.items():
            if values:
                check(rules.REQUIRED, False, f"a leaf lacks the required {noun} {sorted(values)}")
