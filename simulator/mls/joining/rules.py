"""What is demanded of KeyPackages, Welcomes and GroupInfos."""

from simulator.mls.errors import InvalidGroupInfo, InvalidKeyPackage, InvalidMAC, InvalidWelcome
from simulator.mls.rule import rule

_NO_TREE = "there would be no tree to check"
_NO_SECRETS = "without its contents there is nothing to join with"

# KeyPackages.
VERSION = rule(InvalidKeyPackage, "10.1", "wrong_version", "A KeyPackage is of the version of MLS in use.")
SUITE = rule(InvalidKeyPackage, "10.1", "wrong_cipher_suite", "A KeyPackage is for the cipher suite of its group.")
INIT_KEY_ALONE = rule(
    InvalidKeyPackage, "10.1", "init_key_reused", "The init key of a KeyPackage is not its leaf's encryption key."
)
EXTENSIONS = rule(
    InvalidKeyPackage,
    "13.4",
    "duplicate_extension",
    "A KeyPackage has each type of extension once at most.",
    part="KEY-PACKAGE",
)
INIT_KEY = rule(InvalidKeyPackage, "10", "invalid_init_key", "The init key of a KeyPackage is one of its cipher suite.")
SIGNATURE = rule(InvalidKeyPackage, "10.1", "invalid_signature", "A KeyPackage is signed with the key of its leaf.")

# GroupInfos, with the tree that belongs to them.
GROUP_VERSION = rule(InvalidGroupInfo, "12.4.3", "wrong_version", "A GroupInfo is of a known version of MLS.")
TREE_THERE = rule(
    InvalidGroupInfo,
    "12.4.3.3",
    "tree_missing",
    "The ratchet tree is in the GroupInfo or beside it.",
    essential=_NO_TREE,
)
TREE_HASH = rule(
    InvalidGroupInfo, "12.4.3.1", "tree_hash_mismatch", "The ratchet tree has the hash that the GroupInfo names."
)
INFO_EXTENSIONS = rule(
    InvalidGroupInfo,
    "13.4",
    "duplicate_extension",
    "A GroupInfo has each type of extension once at most.",
    part="GROUP-INFO",
)
SIGNER = rule(
    InvalidGroupInfo,
    "12.4.3.1",
    "signer_blank",
    "The signer of a GroupInfo is a member.",
    essential="nobody has a key that it could be checked with",
)
INFO_SIGNATURE = rule(InvalidGroupInfo, "12.4.3", "invalid_signature", "A GroupInfo is signed by the member it names.")

# Welcomes.
FOR_US = rule(
    InvalidWelcome,
    "12.4.3.1",
    "no_matching_key_package",
    "A Welcome is for a KeyPackage of whoever gets it.",
    essential=_NO_SECRETS,
)
PACKAGE_SUITE = rule(
    InvalidWelcome,
    "12.4.3.1",
    "wrong_cipher_suite",
    "A Welcome has the cipher suite of the KeyPackage it is for.",
    part="KEY-PACKAGE",
)
GROUP_SUITE = rule(
    InvalidWelcome,
    "12.4.3.1",
    "wrong_cipher_suite",
    "A Welcome has the cipher suite of the group it leads to.",
    part="GROUP-INFO",
)
GROUP_SECRETS = rule(
    InvalidWelcome,
    "12.4.3.1",
    "malformed_group_secrets",
    "What a Welcome encrypts for a member is one GroupSecrets.",
    essential=_NO_SECRETS,
)
GROUP_INFO = rule(
    InvalidWelcome,
    "12.4.3.1",
    "malformed_group_info",
    "What a Welcome encrypts for all is one GroupInfo.",
    essential=_NO_SECRETS,
)
GROUP_NEW = rule(
    InvalidWelcome, "12.4.3.1", "group_known", "A Welcome leads to no group that the client is in already."
)
OWN_LEAF = rule(
    InvalidWelcome,
    "12.4.3.1",
    "own_leaf_missing",
    "The leaf of the KeyPackage is in the ratchet tree.",
    essential="there is no place to be a member at",
)
CONFIRMATION_TAG = rule(
    InvalidMAC,
    "12.4.3.1",
    "invalid_confirmation_tag",
    "The confirmation tag of a GroupInfo is made with the secrets of its epoch.",
)
