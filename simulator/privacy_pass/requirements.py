"""What Privacy Pass demands of clients, origins and issuers here: the statements of the RFCs, and our own.

The IDs are those of the profile. Rules name them; what has no rule is to be done, or can't be shown.
"""

from collections.abc import Mapping

from simulator.rules import All, Answer, Broken, Done, Event, Met, Refused, duty, excused, prohibition, section

_AUTH, _ISSUANCE, _ARCHITECTURE, _OURS = "RFC 9577", "RFC 9578", "RFC 9576", "our own rule"
_SEEDED = "in a simulator all that is random follows from a seed"

_CHALLENGES = (
    *section(
        _AUTH,
        "2.1.1",
        prohibition("PP-CHALLENGE-1", "A challenge begins with its token type, of two octets."),
        prohibition(
            "PP-CHALLENGE-2", "A client ignores challenges of types that it does not know, and takes the others beside."
        ),
        prohibition("PP-CHALLENGE-3", "A challenge whose redemption context has neither 0 nor 32 octets is ignored."),
        prohibition("PP-CHALLENGE-4", "An origin that lists origins in its challenge is one of them."),
        prohibition("PP-CHALLENGE-5", "The names of servers have no userinfo."),
        prohibition(
            "PP-CHALLENGE-6", "The parameter challenge is always there; it and token-key are base64url with padding."
        ),
        duty(
            "PP-CHALLENGE-7",
            "A client ignores parameters that are not defined.",
            All(Met("requests"), Event("Redeemed")),
        ),
    ),
    *section(
        _AUTH,
        "2.1.2",
        prohibition("PP-CHALLENGE-8", "For an invalid challenge nothing is fetched or redeemed."),
    ),
    *section(_AUTH, "3.1", prohibition("PP-CHALLENGE-9", "An origin can't make a client fetch tokens without bound.")),
    *section(
        _AUTH,
        "4.1",
        duty("PP-CHALLENGE-10", "An origin sends challenges of reserved types, too.", Broken("PP-CHALLENGE-2")),
    ),
    *section(
        _AUTH, "2.1.4", prohibition("PP-CACHE-1", "A token is redeemed only where all fields of its challenge match.")
    ),
)

_TOKENS = (
    *section(
        _AUTH,
        "2.2",
        prohibition("PP-TOKEN-1", "The type of a token is that of the challenge."),
        prohibition("PP-TOKEN-2", "A token is base64url with padding; unknown parameters are ignored."),
        duty("PP-SPEND-1", "A nonce is redeemed once.", Event("Redeemed")),
    ),
    *section(
        _ISSUANCE,
        "6.4",
        prohibition("PP-TOKEN-3", "The authenticator is an RSASSA-PSS signature of all other fields of the token."),
    ),
    *section(
        _OURS,
        "spending",
        duty(
            "PP-SPEND-2",
            "The same request with the same token gets the answer that was kept, and nothing is done.",
            Event("Repeated"),
        ),
        prohibition("PP-SPEND-3", "A token that was presented with another request is spent."),
        duty(
            "PP-SPEND-4", "A request without an answer, or with one of 429 or 5xx, costs no token.", Event("PaysAgain")
        ),
        prohibition(
            "PP-ORDER-1",
            "A token is looked at after recipient and address, before buckets in somebody's name and signatures.",
        ),
        duty(
            "PP-ORDER-2",
            "Only a 401 that is about a token has a challenge.",
            All(Refused("invalid_signature", 401), Met("requests")),
        ),
    ),
)

_ISSUING = (
    *section(
        _ISSUANCE,
        "4",
        prohibition("PP-DIRECTORY-1", "The directory is JSON at the known place, with the request URL and the keys."),
        prohibition("PP-DIRECTORY-2", "An issuer has a host name of its own."),
        duty(
            "PP-DIRECTORY-3",
            "The first due key makes tokens; the directory is cached, and read again after a failure.",
            Answer("token_directory"),
        ),
    ),
    *section(
        _ISSUANCE,
        "6.2",
        prohibition("PP-ISSUE-1", "A token request is for a type that the issuer issues."),
        prohibition("PP-ISSUE-2", "A token request is for a key that the issuer signs with."),
        prohibition("PP-ISSUE-3", "A blinded message has the right size."),
    ),
    *section(_ISSUANCE, "6.3", prohibition("PP-ISSUE-4", "What does not finalize is no token.")),
    *section(
        _ISSUANCE,
        "6.5",
        prohibition("PP-KEY-1", "A key is a SubjectPublicKeyInfo with id-RSASSA-PSS and its parameters."),
        excused(
            "PP-KEY-3",
            "The truncated ids of keys that are in use at the same time differ.",
            "those of 255 in 256 pairs of keys differ anyway; a unit test has two keys of which they don't",
        ),
        excused("PP-KEY-4", "Keys are generated securely.", _SEEDED),
    ),
    *section(_AUTH, "5.1", excused("PP-RANDOM-1", "Random values are those of a secure generator.", _SEEDED)),
    *section(
        "RFC 9474",
        "4.2, 4.3, 6.2",
        excused("PP-KEY-2", "A key has no other use or encoding.", "what a key is never used for can't be seen"),
        excused("PP-BLIND-1", "The blinding factor is uniform.", "no scenario shows a distribution"),
        excused(
            "PP-BLIND-2",
            "A signature that does not fit what it is of is not sent.",
            "no scenario makes an issuer miscalculate; a unit test does",
        ),
    ),
    *section(
        _OURS,
        "budgets",
        prohibition("PP-BUDGET-1", "An issuer issues so many tokens in a window, to a provider or to each holder."),
        duty(
            "PP-BUDGET-2",
            "Beyond the budget the answer is 429 with Retry-After.",
            Refused("rate_limited", 429, "token_request"),
        ),
        duty("PP-BUDGET-3", "What was issued is remembered over restarts.", All(Done("start"), Met("issued"))),
        duty("PP-BUDGET-4", "A request that is repeated is answered again, and not counted.", Event("IssuedAgain")),
        prohibition("PP-ATTEST-1", "Tokens are issued for a provider's signature in the one form, for this issuer."),
        duty("PP-ATTEST-2", "No user's name goes to an issuer.", All(Answer("token_request"), Met("not_named"))),
    ),
)

_PRIVACY = (
    *section(
        _ARCHITECTURE,
        "6.2",
        prohibition("PP-CONSISTENCY-1", "Clients bound how many keys and challenges they take."),
        prohibition("PP-CONSISTENCY-2", "All clients see the same keys."),
    ),
    *section(
        _OURS,
        "unnamed requesters",
        prohibition("PP-UNNAMED-1", "A requester is unnamed only with a token."),
        duty(
            "PP-UNNAMED-2",
            "A provider that leaves requesters unnamed never falls back to the name.",
            All(Refused("token_required", 401), Met("not_named")),
        ),
        prohibition("PP-UNNAMED-3", "A request to connect names only KeyPackages that were handed out."),
        prohibition("PP-CROWD-1", "Nothing is redeemed under a key and challenge that fewer users have than a crowd."),
    ),
)

UNSHOWN: Mapping[str, str] = {
    "PP-ISSUE-4/SIZE": "a token response has 256 octets, which PP-ISSUE-4/STRUCT demands first; a unit test has others",
}
"""Why no scenario can show what a rule does, by its ID."""

REQUIREMENTS = (*_CHALLENGES, *_TOKENS, *_ISSUING, *_PRIVACY)
