"""What this profile adds where the drafts are silent: order and status of checks, error codes, who may say what."""

from simulator.drafts.mimi_transport_00.requirements.shown import (
    CONNECTION_KEY_PACKAGES,
    DELIVERED,
    DISCOVERED,
    GROUP_KEY_PACKAGES,
    KEY,
    LEFT_BY_COMMIT,
    OVER_A_LIMIT,
    PROVIDER_SIGNATURE,
    RECIPIENT,
    WRONG_CERTIFICATE,
)
from simulator.rules import All, Answer, Broken, Done, Event, Failed, Met, Refused, duty, excused, prohibition, section

REQUIREMENTS = (
    *section(
        "profile",
        "2 Transport: connections",
        duty(
            "P-2-HTTP",
            "Servers speak HTTP/1.1 and HTTP/2, whichever the client prefers.",
            Answer(http_version="1.1"),
            Answer(http_version="2"),
        ),
        prohibition(
            "P-2-CERTIFICATES",
            "A client believes no certificate that is expired, of another CA or for another host.",
            WRONG_CERTIFICATE,
        ),
        prohibition("P-2-MUTUAL-TLS", "With mutual TLS the certificate of whoever asks covers the payload's sender."),
    ),
    *section(
        "profile",
        "2 Transport: discovery",
        duty(
            "P-2-DISCOVERY-CACHE",
            "A discovered host is used again for as long as the answer allows, and no longer.",
            Met("requests"),
        ),
        prohibition(
            "P-2-DISCOVERY-ERROR",
            "Anything but 200, text/plain and one host name is an error; no other host is tried.",
            All(DISCOVERED, Met("requests")),
            Failed(),
        ),
    ),
    *section(
        "profile",
        "2 Transport: checks, in their order",
        prohibition("P-2-421", "A request for a host name that is not ours gets 421.", Refused(http=421)),
        prohibition("P-2-404", "An unknown path gets 404.", Refused("unsupported_operation", 404)),
        prohibition("P-2-405", "Another method than the endpoint's gets 405 and an Allow header.", Refused(http=405)),
        prohibition("P-2-415", "Another content type than the endpoint's gets 415.", Refused(http=415)),
        prohibition("P-2-413", "A body over the size limit gets 413.", Refused(http=413)),
        prohibition("P-2-400-HEAD", "A body that does not begin with version, sender and recipient gets 400."),
        prohibition("P-2-400-VERSION", "An unknown version of the protocol gets 400."),
        prohibition(
            "P-2-403",
            "A recipient that is not our own name gets 403 before anything behind the names is read.",
            RECIPIENT,
        ),
        prohibition(
            "P-2-429",
            "A request over a rate limit gets 429 with Retry-After, before its signature is checked.",
            OVER_A_LIMIT,
        ),
        prohibition(
            "P-2-413-VALUES", "A struct of more than 32,768 values gets 413, before the rest of them is decoded."
        ),
        prohibition("P-2-400-BODY", "A body that is not one struct and nothing behind it gets 400."),
        prohibition("P-2-401", "A wrong signature gets 401, before the operation is looked at.", Refused(http=401)),
        duty(
            "P-2-ERROR-STRUCT",
            "A refusal has an HTTP status and the response struct with its error arm, both.",
            Refused(),
        ),
    ),
    *section(
        "profile",
        "3 Encoding",
        prohibition(
            "P-3-STRICT",
            "Lengths are minimal, enums closed, presence octets 0 or 1: one value has one encoding.",
            Broken("P-2-400-HEAD"),
            Broken("P-2-400-BODY"),
        ),
    ),
    *section(
        "profile",
        "4 Delivery Service",
        prohibition(
            "P-4-UNSUPPORTED", "Types that have endpoints of their own or belong to the other mode are unsupported."
        ),
        prohibition("P-4-WRONG-ENDPOINT", "A request type at an endpoint that does not serve it is unsupported."),
        prohibition("P-4-UNKNOWN-GROUP", "A request about a group that is not here, or not any more, is refused."),
        prohibition("P-4-OWN-KEYS", "A client of the owner signs with a key that the owner still knows it by."),
        prohibition("P-4-SENDER-INDEX", "Who signs a request is the leaf that sent the PublicMessage in it."),
        prohibition(
            "P-4-CREATOR", "Group ids are given to users of the provider only, and only they create groups there."
        ),
        prohibition(
            "P-4-CONNECTION-GROUP",
            "Only the creator's leaf makes a group one for a connection; later leaves can't.",
            Event("Rejected"),
            Broken("DS-TERMS-CONNECTION-GROUP"),
        ),
        prohibition("P-4-WELCOME", "Each Welcome names exactly the KeyPackages of one provider that the commit adds."),
        prohibition(
            "P-4-JOINER", "Only a client that was added in an epoch gets that epoch's tree, until it has joined."
        ),
        prohibition(
            "P-4-EXTERNAL-JOINER",
            "Only a client of a user in the group gets what an external commit needs.",
            Refused("not_authorized", endpoint="external_commit_information"),
            Refused("not_a_member", endpoint="external_commit_information"),
        ),
        prohibition("P-4-ONE-COMMIT", "Of two commits in one epoch the second is refused, and changes nothing."),
        prohibition("P-4-CURRENT-EPOCH", "An application message of another epoch than the group's is refused."),
        duty(
            "P-4-REPEATED",
            "The same request again is answered as it was the first time, and does nothing.",
            Event("AnsweredAgain"),
        ),
        prohibition(
            "P-4-OWN-NAMES",
            "A leaf that names a client of the owner is one that the owner has registered, key and all.",
        ),
        prohibition(
            "P-4-REPLACED",
            "Who replaces another provider's client by external commit has the key of the leaf replaced.",
        ),
        prohibition(
            "P-4-SUCCESSOR",
            "An id that a ReInit announced is for the old group's members, and what it announced can be.",
        ),
        prohibition("P-4-ONE-REMOVAL", "The removal of a leaf is proposed once in an epoch."),
        prohibition(
            "P-4-MEMBERS-CHECK",
            "What the owner can't check, such as a confirmation tag, the members do.",
            Event("Rejected"),
        ),
    ),
    *section(
        "profile",
        "5 Queueing Service, keys, KeyPackages",
        prohibition("P-5-OWNER", "The sender of a QueueingServiceRequest is the provider in its group id."),
        prohibition("P-5-REQUESTER", "Who asks for KeyPackages is a user of the payload's sender."),
        prohibition("P-5-SIGNING-CLIENT", "A client that signs a DSRequest is a client of the payload's sender."),
        prohibition("P-5-WELCOME-ENDPOINT", "Only the Welcome of a connection group comes by /connection_request."),
        prohibition(
            "P-5-MESSAGE", "What is delivered is a handshake or application message of the group, or a Welcome."
        ),
        prohibition("P-5-RECIPIENTS", "A delivery is for 1 to 10,000 clients."),
        prohibition(
            "P-5-CONNECTION-OWNER",
            "Who asks for a connection owns its group: a client agrees to no other request.",
            Event("Rejected"),
        ),
        duty(
            "P-5-KEY-CACHE",
            "A verification key is used until it ends, and fetched once more if a signature fails.",
            Met("requests"),
            All(KEY, PROVIDER_SIGNATURE),
        ),
        duty(
            "P-5-UNKNOWN-CLIENTS",
            "Recipients that do not exist are named in the answer; the owner proposes their removal.",
            Event("Proposed"),
            LEFT_BY_COMMIT,
        ),
        duty(
            "P-5-CLOCK",
            "A clock that was ahead leaves nothing behind that waits for that time to come.",
            All(Event("Delivered"), Met("inbox")),
        ),
        duty(
            "P-5-ONE-OWNER",
            "An owner that can't be asked for a tree holds up its own group only, and is asked again.",
            All(Event("Received"), Refused(endpoint="welcome_information")),
        ),
        duty(
            "P-5-QUEUE",
            "A message is queued per client, in order and durably, before the answer.",
            All(DELIVERED, Met("queued")),
            All(Done("start"), Event("Received")),
            All(Done("online"), Event("Received")),
        ),
        duty(
            "P-5-ONCE",
            "The same message from the same sender is queued once per client.",
            Event("Deduplicated"),
        ),
        duty(
            "P-5-ACKNOWLEDGED",
            "A queue keeps a message until its client has acknowledged it.",
            Met("queued"),
            All(Done("online"), Event("Received")),
            All(Done("online"), Met("inbox")),
            Met("inbox"),
        ),
        duty(
            "P-5-HANDED-OUT-ONCE",
            "A KeyPackage is handed out once; one of last resort, when it is the last, again.",
            All(GROUP_KEY_PACKAGES, Met("key_packages")),
            All(CONNECTION_KEY_PACKAGES, Met("key_packages")),
        ),
        duty(
            "P-5-FILLED-UP",
            "A client that comes back online fills its stock of KeyPackages again, of both kinds.",
            All(Done("online"), Met("key_packages")),
        ),
        duty(
            "P-5-EXPIRED",
            "An expired KeyPackage is never handed out.",
            Refused("key_packages_exhausted"),
            All(Done("advance"), Met("key_packages")),
        ),
        duty(
            "P-5-OUTBOX",
            "What can't be delivered is kept, also over a crash, and tried again in order.",
            Event("Postponed"),
            All(Event("Delivered"), Answer("deliver_message", again=True)),
            Met("undelivered"),
        ),
        duty(
            "P-5-BACK-OFF",
            "Attempts come further and further apart, not before Retry-After, and end after a week.",
            All(Done("advance"), Met("requests")),
            All(Event("Postponed"), Met("requests")),
            Event("Undelivered"),
        ),
        duty(
            "P-5-ONE-DEAD-GUEST",
            "A guest provider that does not answer delays no other.",
            All(Event("Postponed"), DELIVERED),
            All(Met("received"), Met("queued")),
        ),
    ),
    *section(
        "profile",
        "6 Errors",
        duty("P-6-MALFORMED", "malformed (1) comes with 400.", Refused("malformed", 400)),
        duty("P-6-UNSUPPORTED-VERSION", "unsupported_version (2) comes with 400.", Refused("unsupported_version", 400)),
        duty(
            "P-6-UNSUPPORTED-OPERATION",
            "unsupported_operation (3) comes with 400.",
            Refused("unsupported_operation", 400),
        ),
        duty("P-6-WRONG-RECIPIENT", "wrong_recipient (4) comes with 403.", Refused("wrong_recipient", 403)),
        duty("P-6-INVALID-SIGNATURE", "invalid_signature (5) comes with 401.", Refused("invalid_signature", 401)),
        duty("P-6-UNKNOWN-GROUP", "unknown_group (6) comes with 404.", Refused("unknown_group", 404)),
        duty("P-6-NOT-A-MEMBER", "not_a_member (7) comes with 403.", Refused("not_a_member", 403)),
        duty("P-6-NOT-AUTHORIZED", "not_authorized (8) comes with 403.", Refused("not_authorized", 403)),
        duty(
            "P-6-WRONG-EPOCH",
            "wrong_epoch (9) comes with 409 and the group's current epoch.",
            Refused("wrong_epoch", 409),
        ),
        duty("P-6-INVALID-COMMIT", "invalid_commit (10) comes with 422.", Refused("invalid_commit", 422)),
        duty("P-6-INVALID-PROPOSAL", "invalid_proposal (11) comes with 422.", Refused("invalid_proposal", 422)),
        duty("P-6-INVALID-WELCOME", "invalid_welcome (12) comes with 422.", Refused("invalid_welcome", 422)),
        duty("P-6-INVALID-GROUP-INFO", "invalid_group_info (13) comes with 422.", Refused("invalid_group_info", 422)),
        duty("P-6-INVALID-LEAF-NODE", "invalid_leaf_node (14) comes with 422.", Refused("invalid_leaf_node", 422)),
        duty("P-6-INVALID-GROUP-ID", "invalid_group_id (15) comes with 422.", Refused("invalid_group_id", 422)),
        duty("P-6-UNKNOWN-USER", "unknown_user (16) comes with 404.", Refused("unknown_user", 404)),
        duty(
            "P-6-KEY-PACKAGES-EXHAUSTED",
            "key_packages_exhausted (17) comes with 404.",
            Refused("key_packages_exhausted", 404),
        ),
        duty("P-6-RATE-LIMITED", "rate_limited (18) comes with 429.", Refused("rate_limited", 429)),
        duty(
            "P-6-SENDER-UNVERIFIABLE", "sender_unverifiable (19) comes with 502.", Refused("sender_unverifiable", 502)
        ),
        excused(
            "P-6-INTERNAL",
            "internal (20) comes with 500.",
            "only a fault of the simulator itself brings it about, and a run with one of those has no result",
        ),
    ),
    *section(
        "profile",
        "7 Rate limits",
        prohibition("P-7-PROVIDER", "Queueing Service endpoints are limited by the provider that sends."),
        duty("P-7-OFF", "Limits are off unless a provider is told to have some.", All(DELIVERED, OVER_A_LIMIT)),
    ),
)
