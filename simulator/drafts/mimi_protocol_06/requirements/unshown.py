"""Rules that no scenario can have noticed, by ID: the rule that refuses first, or the bytes that were tried."""

from collections.abc import Mapping

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
}
