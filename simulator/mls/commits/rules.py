"""What is demanded of Commits, and of groups that follow others."""

from simulator.mls.errors import InvalidCommit, InvalidGroupInfo, InvalidLeafNode, InvalidUpdatePath, InvalidWelcome
from simulator.mls.rule import rule

_UNKNOWN = "there is nothing to compare with"

PATH_THERE = rule(
    InvalidCommit, "12.4", "path_missing", "A Commit has a path, unless all of its proposals do without.", part="MEMBER"
)
NEXT_EPOCH = rule(
    InvalidCommit,
    "8.1",
    "last_epoch",
    "No Commit follows the last epoch that has a number.",
    essential="the next epoch would have no number",
)
PATH_KEYS = rule(
    InvalidUpdatePath, "5.1.1", "invalid_path_key", "The keys of a path are ones of the group's cipher suite."
)
REPLACES_ITSELF = rule(
    InvalidCommit,
    "12.2",
    "external_commit_removes_other",
    "An external Commit removes nobody but an old leaf of its sender.",
)
NEW_KEY = rule(
    InvalidLeafNode,
    "12.2",
    "encryption_key_reused",
    "Who comes back by external Commit has another encryption key than before.",
)
EXTERNAL_PUB = rule(
    InvalidGroupInfo,
    "12.4.3.2",
    "external_pub_missing",
    "A GroupInfo that somebody is to join by has an external_pub.",
    essential="there is no key to join with",
)

# Groups that follow others.
ONE_PREDECESSOR = rule(InvalidWelcome, "12.4.3.1", "several_predecessors", "A group follows one other group at most.")
PREDECESSOR = rule(
    InvalidWelcome,
    "12.4.3.1",
    "predecessor_unknown",
    "Whoever is in a group is in the one that it follows.",
    essential=_UNKNOWN,
)
FIRST_EPOCH = rule(InvalidWelcome, "12.4.3.1", "successor_epoch", "One joins a group that follows another in epoch 1.")
REINIT = rule(
    InvalidWelcome,
    "12.4.3.1",
    "reinit_mismatch",
    "A group follows by reinitialization only one that a ReInit has ended.",
    part="ENDED",
    essential=_UNKNOWN,
)
ANNOUNCED = rule(
    InvalidWelcome, "12.4.3.1", "reinit_mismatch", "A group is as the ReInit has announced it.", part="ANNOUNCED"
)
ALL_COME = rule(
    InvalidWelcome, "12.4.3.1", "reinit_members", "All members of a reinitialized group are in the one that follows."
)
BRANCH = rule(InvalidWelcome, "11.3", "branch_mismatch", "A branch has version and cipher suite of its origin.")
ORIGIN = rule(
    InvalidWelcome,
    "11.3",
    "predecessor_unknown",
    "A branch is of an epoch that its members remember.",
    essential=_UNKNOWN,
)
BRANCH_MEMBERS = rule(InvalidWelcome, "11.3", "branch_members", "All members of a branch were members of its origin.")
