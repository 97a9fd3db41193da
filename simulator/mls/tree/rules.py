"""What is demanded of leaves, trees, and paths into them."""

from simulator.mls.errors import DecryptionError, InvalidLeafNode, InvalidTree, InvalidUpdatePath
from simulator.mls.rule import rule

_SIZE = "keys and nodes would not fit each other"

# A leaf by itself.
SOURCE = rule(InvalidLeafNode, "7.3", "wrong_source", "A leaf has the source that its place in a message asks for.")
DEFAULT_TYPE = rule(
    InvalidLeafNode, "7.2", "default_type_listed", "Capabilities list no type that everybody supports anyway."
)
LEAF_EXTENSIONS = rule(
    InvalidLeafNode, "13.4", "duplicate_extension", "A leaf has each type of extension once at most.", part="LEAF"
)
EXTENSION_LISTED = rule(
    InvalidLeafNode, "7.3", "extension_not_listed", "A leaf lists the extensions that it has among its capabilities."
)
CREDENTIAL_LISTED = rule(
    InvalidLeafNode, "7.2", "credential_not_listed", "A leaf lists the type of its own credential."
)
VERSION_LISTED = rule(InvalidLeafNode, "11.1", "version_not_listed", "A leaf lists the version of MLS in use.")
SUITE_LISTED = rule(InvalidLeafNode, "11.1", "cipher_suite_not_listed", "A leaf lists the cipher suite in use.")
LIFETIME = rule(InvalidLeafNode, "7.2", "lifetime_too_long", "No leaf is valid for longer than the application allows.")
BEGUN = rule(InvalidLeafNode, "7.3", "not_yet_valid", "A leaf is not used before its lifetime begins.")
EXPIRED = rule(InvalidLeafNode, "7.3", "expired", "A leaf is not used when its lifetime is over.")
ENCRYPTION_KEY = rule(
    InvalidLeafNode, "5.1.1", "invalid_encryption_key", "The encryption key of a leaf is one of its cipher suite."
)
LEAF_SIGNATURE = rule(InvalidLeafNode, "7.3", "invalid_signature", "A leaf is signed with its own key, for its place.")

# A leaf among the others.
ONE_CLIENT = rule(InvalidLeafNode, "12.2", "duplicate_client", "No client is a member twice.")
CREDENTIAL_SUPPORTED = rule(
    InvalidLeafNode, "7.3", "credential_unsupported", "All members support the credential types of all members."
)
SIGNATURE_KEYS = rule(InvalidLeafNode, "7.3", "duplicate_signature_key", "No two members have the same signature key.")
ENCRYPTION_KEYS = rule(
    InvalidLeafNode, "7.3", "duplicate_encryption_key", "No two members have the same encryption key."
)

# A tree from outside.
NODES = rule(InvalidTree, "12.4.3.3", "empty_tree", "A ratchet tree has nodes.", essential="there would be no tree")
LAST_NODE = rule(InvalidTree, "12.4.3.3", "last_node_blank", "A ratchet tree does not end with blank nodes.")
NODE_TYPE = rule(
    InvalidTree,
    "12.4.3.3",
    "misplaced_node",
    "Leaves are at even places of a ratchet tree, parents at odd ones.",
    essential="there would be no tree",
)
NODE_KEYS = rule(
    InvalidTree,
    "12.4.3.1",
    "duplicate_encryption_key",
    "No two nodes of a tree have the same encryption key.",
    part="TREE",
)
SOMEBODY_LEFT = rule(
    InvalidTree,
    "12.1.3",
    "no_members_left",
    "The last member of a group can't be removed.",
    essential="a tree without members does not exist",
)
UNMERGED_SORTED = rule(
    InvalidTree, "7.1", "unmerged_leaves_unsorted", "The unmerged leaves of a parent are in increasing order."
)
UNMERGED_BELOW = rule(
    InvalidTree,
    "12.4.3.1",
    "unmerged_leaf_not_below",
    "An unmerged leaf is below its parent.",
    essential="the way down to it would end nowhere",
)
UNMERGED_CHAINED = rule(
    InvalidTree,
    "12.4.3.1",
    "unmerged_leaf_unchained",
    "A leaf that is unmerged at a parent is so at all between.",
)
UNMERGED_OCCUPIED = rule(InvalidTree, "12.4.3.1", "unmerged_leaf_blank", "An unmerged leaf is not blank.")
PARENT_HASH = rule(
    InvalidTree, "7.9.2", "parent_hash_invalid", "Each parent is tied to a leaf by a chain of parent hashes."
)

# A path into a tree.
PATH_LENGTH = rule(
    InvalidUpdatePath, "7.6", "path_length", "A path has a node for each of the filtered direct path.", essential=_SIZE
)
CIPHERTEXTS = rule(
    InvalidUpdatePath, "7.6", "path_ciphertext_count", "A path secret is encrypted once to each node of the resolution."
)
PATH_SOURCE = rule(
    InvalidUpdatePath,
    "7.3",
    "leaf_source_not_commit",
    "The leaf of a path is of source commit.",
    essential="another leaf has no parent hash",
)
PATH_PARENT_HASH = rule(
    InvalidUpdatePath, "7.9.2", "parent_hash_mismatch", "The leaf of a path has the parent hash of the path."
)
LEAF_KEY_NEW = rule(
    InvalidUpdatePath, "12.4.2", "leaf_key_unchanged", "The leaf of a path has another encryption key than before."
)
PATH_KEYS_NEW = rule(
    InvalidUpdatePath, "12.4.2", "path_key_reused", "No key of a path is in the tree already, or twice in the path."
)
PATH_KEY = rule(
    InvalidUpdatePath, "7.5", "path_key_mismatch", "A path secret yields the public key that the path has at its node."
)
PATH_CIPHERTEXT = rule(
    DecryptionError,
    "7.5",
    "no_path_ciphertext",
    "A path secret is encrypted to each member that needs it.",
    essential="nobody knows a secret that was not told",
)
