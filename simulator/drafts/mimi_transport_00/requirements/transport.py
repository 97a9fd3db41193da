"""draft-kohbrok-mimi-transport-00."""

from simulator.drafts.mimi_transport_00.requirements.shown import (
    CLIENT_SIGNATURE,
    CONNECTION_KEY_PACKAGES,
    CONNECTION_REQUEST,
    DELIVERED,
    DISCOVERED,
    GROUP_KEY_PACKAGES,
    JOIN_INFO,
    JOINED_BY_WELCOME,
    KEY,
    NO_TLS,
    OPERATION,
    PROVIDER_SIGNATURE,
    RECIPIENT,
    TREE,
    WRONG_CERTIFICATE,
)
from simulator.rules import All, Answer, Broken, Done, Met, Refused, duty, excused, prohibition, section

_LATER = "a proposal for later: nothing says how the protocol would carry such tokens"

REQUIREMENTS = (
    *section(
        "T",
        "Transport Security and Authentication",
        prohibition(
            "T-TRANSPORT-TLS13",
            "Every HTTP query is made over TLS 1.3 or newer; a peer with less gets no connection.",
            NO_TLS,
        ),
        prohibition(
            "T-TRANSPORT-HTTPS",
            "HTTPS tells the sender who the recipient is: a wrong certificate ends the attempt.",
            WRONG_CERTIFICATE,
        ),
        prohibition(
            "T-SECURITY-SENDER",
            "Who sent a payload follows from a signature over it.",
            PROVIDER_SIGNATURE,
            CLIENT_SIGNATURE,
        ),
        prohibition(
            "T-SECURITY-NAMES",
            "A payload names its sender and its recipient, both where nobody else can change them.",
            RECIPIENT,
            PROVIDER_SIGNATURE,
            CLIENT_SIGNATURE,
        ),
        prohibition(
            "T-SECURITY-RECIPIENT",
            "A provider refuses a payload whose recipient is not its own name.",
            Refused("wrong_recipient", 403),
        ),
    ),
    *section(
        "T",
        "Endpoint Discovery",
        duty(
            "T-DISCOVERY-FIRST",
            "Whoever wants to ask a provider discovers first where its Delivery Service is.",
            DISCOVERED,
        ),
        duty(
            "T-DISCOVERY-WELL-KNOWN",
            "GET /.well-known/mimi/ds-domain at the provider's own domain answers with a host.",
            DISCOVERED,
        ),
        duty(
            "T-DISCOVERY-HOST",
            "The Delivery Service may have another host name than its provider; requests go there.",
            Answer(elsewhere=True),
        ),
    ),
    *section(
        "T",
        "REST Endpoints",
        prohibition(
            "T-ENDPOINTS-CONTENT-TYPE", "Requests with a struct are application/octet-stream.", Refused(http=415)
        ),
    ),
    *section(
        "T",
        "Process Group Message",
        duty("T-GROUP-OPERATION", "POST /group_operation takes a DSRequest and answers with a DSResponse.", OPERATION),
        prohibition(
            "T-GROUP-OPERATION-SIGNER",
            "A member signs what it wants of its group, not the provider that brings it.",
            CLIENT_SIGNATURE,
        ),
        duty(
            "T-GROUP-OPERATION-PAYLOAD",
            "Operation and group follow from the payload, from nothing in path or headers.",
            OPERATION,
        ),
    ),
    *section(
        "T",
        "Welcome Information",
        duty(
            "T-WELCOME-INFORMATION",
            "GET /welcome_information serves whoever has a Welcome and wants to join with it.",
            TREE,
        ),
        duty(
            "T-WELCOME-INFORMATION-TREE",
            "Its answer is the ratchet tree, in which the members can be authenticated.",
            JOINED_BY_WELCOME,
        ),
    ),
    *section(
        "T",
        "External Commit Information",
        duty(
            "T-EXTERNAL-COMMIT-INFORMATION",
            "GET /external_commit_information has all that joining without Welcome needs.",
            JOIN_INFO,
        ),
    ),
    *section(
        "T",
        "Verification Key",
        duty("T-VERIFICATION-KEY", "GET /verification_key yields the key of the provider that is asked.", KEY),
        prohibition("T-VERIFICATION-KEY-USE", "With that key other providers authenticate what this one sends."),
    ),
    *section(
        "T",
        "Deliver Connection Request",
        duty(
            "T-CONNECTION-REQUEST",
            "POST /connection_request brings requests for a connection to the clients here.",
            CONNECTION_REQUEST,
        ),
    ),
    *section(
        "T",
        "Deliver Message",
        duty("T-DELIVER-MESSAGE", "POST /deliver_message brings messages of a group to its clients here.", DELIVERED),
        prohibition("T-DELIVER-MESSAGE-OWNER", "Only the owner of a group delivers its messages.", Broken("P-5-OWNER")),
        duty(
            "T-DELIVER-MESSAGE-MEMBERS",
            "It delivers to providers that have clients in the group, and to no others.",
            All(DELIVERED, Met("requests")),
        ),
    ),
    *section(
        "T",
        "Connection KeyPackage Retrieval",
        duty(
            "T-CONNECTION-KEY-PACKAGES",
            "POST /connection_key_packages hands out KeyPackages for making a connection.",
            CONNECTION_KEY_PACKAGES,
        ),
    ),
    *section(
        "T",
        "Group KeyPackage Retrieval",
        duty(
            "T-GROUP-KEY-PACKAGES",
            "POST /group_key_packages hands out KeyPackages for adding a user to a group.",
            GROUP_KEY_PACKAGES,
        ),
        duty(
            "T-GROUP-KEY-PACKAGES-CLIENTS",
            "It does so for single clients of a user too.",
            All(GROUP_KEY_PACKAGES, Done("add_clients")),
        ),
    ),
    *section(
        "T",
        "Rate-limiting",
        prohibition("T-RATE-ADDRESS", "A provider can limit the rate of requests by the address that they come from."),
        prohibition(
            "T-RATE-GROUP",
            "A provider can limit the rate by group, as at /welcome_information.",
            Refused("rate_limited", endpoint="welcome_information"),
            Refused("rate_limited", endpoint="group_operation"),
        ),
        prohibition("T-RATE-MEMBER", "A provider can limit the rate by member of a group, as at /group_operation."),
        excused("T-RATE-PRIVACY-PASS", "Privacy Pass could make finer limits.", _LATER),
    ),
)
