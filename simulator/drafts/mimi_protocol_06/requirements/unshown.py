"""Rules that no scenario can have noticed, by ID: the rule that refuses first, or the bytes that were tried."""

from collections.abc import Mapping

_ONE_REASON: Mapping[str, tuple[str, ...]] = {
    "providers have no keys of their own in this draft: TLS tells who they are": (
        *("PROVIDER-KEY-NAME", "PROVIDER-KEY-LIFETIME", "PROVIDER-KEY-SIZE"),
        *("ANSWER-KEY-SCHEME", "ANSWER-KEY-ID"),
    ),
    "answers have no version and name no group: P6-4.5-ANSWER-ROOM compares the room that one is about": (
        *("ANSWER-VERSION", "ANSWER-GROUP"),
    ),
    "such a tree has to have the hash that a member has signed; a hub seals and signs what it tells, and no words of "
    "scenarios make it seal a false tree of a member in league (odd_tree does so where answers are not sealed); unit "
    "tests have such trees": (
        "RFC9420-7.1-UNMERGED-LEAVES-UNSORTED",
        "RFC9420-7.3-CREDENTIAL-UNSUPPORTED",
        "RFC9420-7.9.2-PARENT-HASH-INVALID",
        "RFC9420-12.4.3.1-DUPLICATE-ENCRYPTION-KEY/TREE",
        "RFC9420-12.4.3.1-UNMERGED-LEAF-UNCHAINED",
        "RFC9420-12.4.3.1-UNMERGED-LEAF-BLANK",
    ),
    "nothing that a room keeps may be removed, so that MLS-EXT-APPDATAUPDATE-COMPONENT-NOT-REMOVABLE refuses first "
    "(odd_commit with flaw removed_metadata)": (
        "MLS-EXT-APPDATAUPDATE-COMPONENT-OPERATIONS",
        "MLS-EXT-APPDATAUPDATE-COMPONENT-ABSENT",
    ),
}

UNSHOWN: Mapping[str, str] = {
    "P6-4.1-NO-LAST-RESORT": "clients publish none of last resort, and a provider takes those of its own clients only",
    "P6-2-413/VALUES": "a scenario would have to write out 32,768 values; a unit test has them",
    "P6-4.2-ACTOR/ROLE": "a handshake of nobody in the group is refused before its role is asked for; a unit test does",
    "P6-4.2-GROUP-INFO/SAME": "no words of scenarios make a partial GroupInfo whole, under the committer's signature; "
    "a unit test has one",
    "P6-4.5-ANSWER-SEALED": "the hub's signature covers what is encrypted, so only a hub could send such an answer",
    "P6-4.5-HUB-SENDER": "the answer is signed with the key in it: who changes its name breaks the signature first",
    "P6-6-LEAVE/ROLE": "no words of scenarios take a role change out of a role's list; a unit test has such a role",
    "P6-5-LEAF-NAME": "a provider takes KeyPackages of its own clients only, and a leaf stays its client's",
    "PP-ATTEST-1/DIGEST": "nobody signs a request for a token: TLS has the certificate of whoever asks",
    "PP-ATTEST-1/FRESH": "nobody signs a request for a token, nor when",
    "PP-UNNAMED-1": "no request that a token can pay for has a place for the user who asks",
    "PP-UNNAMED-3": "KeyPackages cost no token: their user has let in whoever gets them, and Welcomes come from a hub",
    "ACCOUNT-DOMAIN": "only clients of the provider itself ask for accounts, and those have its name in every scenario",
    "ANSWER-NODES": "a scenario would have to write out a ratchet tree of 8,192 nodes; a unit test has one",
    "SUBSTITUTED-OTHER-CLIENT": "one asks for all clients of a user: where another takes the place of one, that one is "
    "missing, and SUBSTITUTED-CLIENT-MISSING refuses first (substitute)",
    "SUBSTITUTED-WRONG-KIND": "there is one kind of KeyPackages",
    "RFC9420-11.3-BRANCH-MISMATCH": "a client has KeyPackages and groups of one cipher suite, so that a Welcome to a "
    "branch of another one breaks RFC9420-12.4.3.1-WRONG-CIPHER-SUITE first; a unit test has one",
    "RFC9420-12.2-PROPOSAL-TYPE-UNSUPPORTED": "every leaf of a room lists the two types that need not be supported "
    "elsewhere, and nobody reads any other",
    "RFC9420-12.2-DUPLICATE-TARGET/EXTERNAL": "two Removes of one leaf are two Removes, which "
    "RFC9420-12.2-EXTERNAL-COMMIT-REMOVES refuses first (odd_join with flaw removes_one_twice)",
    "RFC9420-12.4.3.1-REINIT-MEMBERS": "a room's extensions name the room, so that none is what a ReInit of another "
    "announces: RFC9420-12.4.3.1-REINIT-MISMATCH/ANNOUNCED refuses first",
    "RFC9420-12.4.3.2-EXTERNAL-COMMIT-BY-REFERENCE": "who is to be removed can't come back by a reference to that: of "
    "a user whose removal waits P6-4.2-REMOVED-USERS refuses all; no words of scenarios refer to another removal",
    "MLS-EXT-SELFREMOVE-SELF-REMOVE-ENCRYPTED": "a room's handshakes are PublicMessages: P6-4.2-FORM/PUBLIC at the hub "
    "and P6-4.4-FORM/KIND at followers refuse first (odd_commit with private: true, and tell)",
    **{rule: reason for reason, rules in _ONE_REASON.items() for rule in rules},
}
"""A reason each, or one for all rules of a kind."""
