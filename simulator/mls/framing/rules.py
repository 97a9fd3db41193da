"""What is demanded of messages, and of who sends them."""

from simulator.mls.errors import (
    InvalidCommit,
    InvalidMAC,
    InvalidMessage,
    InvalidProposal,
    WrongEpoch,
    WrongGroup,
)
from simulator.mls.rule import MLS_EXTENSIONS, of_another, rule

_NO_KEY = "nobody has a key that it could be checked with"
_ILLEGIBLE = "what can't be read has no meaning"
_OTHER_KIND = "there is nothing to be done with it"

# For which group, and when.
GROUP = of_another(WrongGroup, "wrong_group", "A message is of the group that it is processed in.", part="PUBLIC")
EPOCH = of_another(WrongEpoch, "wrong_epoch", "A message is of the current epoch.", part="PUBLIC")
PRIVATE_GROUP = of_another(
    WrongGroup, "wrong_group", "A PrivateMessage is of the group that it is processed in.", part="PRIVATE"
)
PRIVATE_EPOCH = of_another(
    WrongEpoch,
    "wrong_epoch",
    "A PrivateMessage is of an epoch whose keys are at hand.",
    part="PRIVATE",
    essential="there are no keys to open it with",
)
GOING_ON = rule(
    InvalidMessage, "12.4.2", "group_reinitialized", "Nothing more is sent in a group that a ReInit has ended."
)

# From whom.
SENDER = rule(
    InvalidMessage, "6.1", "blank_sender", "A member that sends is at a leaf that is not blank.", essential=_NO_KEY
)
PRIVATE_SENDER = rule(
    InvalidMessage,
    "6.3.2",
    "blank_sender",
    "The sender of a PrivateMessage is at a leaf that is not blank.",
    essential=_NO_KEY,
)
NEW_MEMBER_PROPOSES = rule(
    InvalidMessage,
    "6.1",
    "new_member_content",
    "A new member proposes only to be added.",
    part="PROPOSAL",
    essential=_NO_KEY,
)
NEW_MEMBER_COMMITS = rule(
    InvalidMessage, "6.1", "new_member_content", "A new member commits only.", part="COMMIT", essential=_NO_KEY
)
NEW_MEMBER_PATH = rule(
    InvalidCommit, "12.4.3.2", "path_missing", "An external Commit has a path.", part="EXTERNAL", essential=_NO_KEY
)
EXTERNAL_CONTENT = rule(InvalidMessage, "6.1", "external_sender_content", "An external sender sends proposals only.")
EXTERNAL_KINDS = rule(
    InvalidProposal,
    "12.1.8",
    "external_sender_proposal_type",
    "An external sender proposes only what one may propose from outside.",
)
EXTERNAL_LISTED = rule(
    InvalidProposal,
    "12.1.8",
    "external_sender_unknown",
    "An external sender is one that the group lists.",
    essential=_NO_KEY,
)
MEMBERSHIP_TAG = rule(
    InvalidMAC,
    "6.2",
    "invalid_membership_tag",
    "The membership tag of a member's message is made with the key of members.",
)

# With what in it.
FORMAT = rule(
    InvalidMessage,
    "6",
    "wrong_wire_format",
    "What a group processes is a PublicMessage or a PrivateMessage.",
    essential=_OTHER_KIND,
)
ENCRYPTED = rule(InvalidMessage, "6", "application_in_public", "Application data is sent encrypted.")
PROPOSAL = rule(InvalidMessage, "6", "not_a_proposal", "What is taken as a proposal is one.", essential=_OTHER_KIND)
COMMIT = rule(InvalidMessage, "6", "not_a_commit", "What is taken as a Commit is one.", essential=_OTHER_KIND)
SENDER_DATA = rule(
    InvalidMessage,
    "6.3.2",
    "malformed_content",
    "The encrypted sender data is one SenderData.",
    essential=_ILLEGIBLE,
)
CONTENT = rule(
    InvalidMessage,
    "6.3.1",
    "malformed_content",
    "The encrypted content of a PrivateMessage is what its type says.",
    essential=_ILLEGIBLE,
)
PADDING = rule(InvalidMessage, "6.3.1", "nonzero_padding", "The padding of a PrivateMessage is all zero.")
SAFE_AAD = rule(
    InvalidMessage,
    "Safe AAD",
    "malformed_safe_aad",
    "The authenticated data of a message is one SafeAAD, where the group wants that.",
    part="BODY",
    source=MLS_EXTENSIONS,
    essential=_ILLEGIBLE,
)
SAFE_AAD_ORDER = rule(
    InvalidMessage,
    "Safe AAD",
    "malformed_safe_aad",
    "The items of a SafeAAD ascend by component.",
    part="ORDER",
    source=MLS_EXTENSIONS,
)

# What a member finds out that has the secrets.
OWN_COMMIT = rule(
    InvalidCommit,
    "12.4.1",
    "own_commit",
    "A Commit in a member's name is the member's own.",
    essential="its secrets are with whoever made it",
)
CONFIRMATION_TAG = rule(
    InvalidMAC,
    "12.4.2",
    "invalid_confirmation_tag",
    "The confirmation tag of a Commit is made with the secrets of the epoch that it begins.",
)
OWN_UPDATE = rule(
    InvalidCommit,
    "12.1.2",
    "own_update_unknown",
    "An Update in a member's name is the member's own.",
    essential="its private key is with whoever made it",
)
