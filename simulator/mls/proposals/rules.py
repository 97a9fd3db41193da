"""What is demanded of proposals, and of the list of those in one Commit."""

from simulator.mls.errors import InvalidCommit, InvalidLeafNode, InvalidProposal
from simulator.mls.rule import MLS_EXTENSIONS, OURS, rule

_ILLEGIBLE = "nobody could tell what it asks of members"

# The extensions of a GroupContext.
SIZE = rule(
    InvalidProposal,
    "",
    "extensions_too_long",
    "The extensions of a GroupContext are not too long to be told to everybody.",
    source=OURS,
)
CONTEXT_EXTENSIONS = rule(
    InvalidProposal,
    "13.4",
    "duplicate_extension",
    "A GroupContext has each type of extension once at most.",
    part="GROUP-CONTEXT",
)
EXTENSION_PLACE = rule(
    InvalidProposal, "17.3", "misplaced_extension", "A GroupContext has only extensions that may be there."
)
EXTENSION_BODY = rule(
    InvalidProposal,
    "13.4",
    "malformed_extension",
    "The body of a known extension is what its type says.",
    essential=_ILLEGIBLE,
)
DICTIONARY_KEPT = rule(
    InvalidProposal,
    "AppDataUpdate",
    "app_data_dictionary_changed",
    "Where AppDataUpdates are required, nothing else changes the app_data_dictionary.",
    source=MLS_EXTENSIONS,
)
CONTEXT_SUPPORTED = rule(
    InvalidLeafNode,
    "13.4",
    "context_extension_unsupported",
    "Each member supports all extensions of the GroupContext.",
)
REQUIRED = rule(
    InvalidLeafNode, "7.3", "required_capability_missing", "Each member has the capabilities that the group requires."
)

# Each proposal.
SUPPORTED = rule(
    InvalidProposal, "12.2", "proposal_type_unsupported", "All members support the types of all proposals of a Commit."
)
UPDATE_SENDER = rule(
    InvalidProposal,
    "12.1.2",
    "update_by_non_member",
    "Only a member updates its leaf.",
    essential="there is no leaf to be updated",
)
UPDATE_KEY = rule(
    InvalidLeafNode, "7.3", "encryption_key_reused", "An Update brings another encryption key than before."
)
REMOVED = rule(
    InvalidProposal,
    "12.1.3",
    "remove_of_blank",
    "A Remove is of a leaf that is not blank.",
    essential="there is nobody to be removed",
)
PSK_NONCE = rule(InvalidProposal, "12.1.4", "psk_nonce_length", "The nonce of a PSK is as long as the suite's hash.")
PSK_USAGE = rule(
    InvalidProposal,
    "12.1.4",
    "psk_usage",
    "A PSK for reinitialization or branching is only in the first Commit of the new group.",
)
REINIT_VERSION = rule(InvalidProposal, "12.1.5", "reinit_version", "A ReInit does not go back to an older version.")
EXTERNAL_INIT_PLACE = rule(
    InvalidProposal, "12.1.6", "external_init_misplaced", "An ExternalInit is only in an external Commit."
)
LEAF_KEY = rule(
    InvalidLeafNode,
    "12.4.3.1",
    "duplicate_encryption_key",
    "No leaf that a proposal brings has the encryption key of a parent.",
    part="LEAF",
)

# SelfRemoves.
SELF_REMOVE_PLACE = rule(
    InvalidProposal,
    "SelfRemove",
    "self_remove_by_value",
    "A Commit covers a SelfRemove by reference only.",
    source=MLS_EXTENSIONS,
)
SELF_REMOVE_PUBLIC = rule(
    InvalidProposal,
    "SelfRemove",
    "self_remove_encrypted",
    "A SelfRemove is sent in a PublicMessage.",
    source=MLS_EXTENSIONS,
)
SELF_REMOVE_ONCE = rule(
    InvalidProposal,
    "SelfRemove",
    "duplicate_self_remove",
    "A client proposes to remove itself once in an epoch.",
    source=MLS_EXTENSIONS,
)

# The list in a Commit.
REFERENCE = rule(
    InvalidCommit,
    "12.4",
    "unknown_reference",
    "A Commit refers to proposals of its epoch only.",
    essential="nobody knows what it proposes",
)
OWN_UPDATE = rule(InvalidCommit, "12.2", "update_of_committer", "No Commit covers an Update of its committer.")
OWN_REMOVE = rule(InvalidCommit, "12.2", "remove_of_committer", "No Commit covers a Remove of its committer.")
TARGETS = rule(
    InvalidCommit,
    "12.2",
    "duplicate_target",
    "No two Updates or Removes of a Commit are about the same leaf.",
    part="MEMBER",
)
ONE_EXTENSIONS = rule(
    InvalidCommit,
    "12.2",
    "duplicate_group_context_extensions",
    "A Commit covers one GroupContextExtensions at most.",
)
REINIT_ALONE = rule(InvalidCommit, "12.2", "reinit_not_alone", "A ReInit stands alone in its Commit.")
PSKS_DIFFER = rule(InvalidCommit, "12.2", "duplicate_psk", "No two proposals of a Commit name the same PSK.")
EXTERNAL_BY_VALUE = rule(
    InvalidCommit,
    "12.4.3.2",
    "external_commit_by_reference",
    "An external Commit has its proposals by value, SelfRemoves aside.",
)
EXTERNAL_KINDS = rule(
    InvalidCommit,
    "12.2",
    "external_commit_proposal_type",
    "An external Commit covers ExternalInit, Remove and PreSharedKey only.",
)
ONE_EXTERNAL_INIT = rule(
    InvalidCommit, "12.2", "external_init_count", "An external Commit covers one ExternalInit exactly."
)
EXTERNAL_REMOVES = rule(
    InvalidCommit, "12.2", "external_commit_removes", "An external Commit covers one Remove at most."
)
EXTERNAL_TARGETS = rule(
    InvalidCommit,
    "12.2",
    "duplicate_target",
    "No two Removes of an external Commit are about the same leaf.",
    part="EXTERNAL",
)
