"""draft-kohbrok-mimi-transport-00."""

from simulator.rules import section

_LATER = "a proposal for later: nothing says how the protocol would carry such tokens"

REQUIREMENTS = (
    *section(
        "T",
        "Transport Security and Authentication",
        ("T-TRANSPORT-TLS13", "Every HTTP query is made over TLS 1.3 or newer; a peer with less gets no connection."),
        ("T-TRANSPORT-HTTPS", "HTTPS tells the sender who the recipient is: a wrong certificate ends the attempt."),
        ("T-SECURITY-SENDER", "Who sent a payload follows from a signature over it."),
        ("T-SECURITY-NAMES", "A payload names its sender and its recipient, both where nobody else can change them."),
        ("T-SECURITY-RECIPIENT", "A provider refuses a payload whose recipient is not its own name."),
    ),
    *section(
        "T",
        "Endpoint Discovery",
        ("T-DISCOVERY-FIRST", "Whoever wants to ask a provider discovers first where its Delivery Service is."),
        ("T-DISCOVERY-WELL-KNOWN", "GET /.well-known/mimi/ds-domain at the provider's own domain answers with a host."),
        ("T-DISCOVERY-HOST", "The Delivery Service may have another host name than its provider; requests go there."),
    ),
    *section(
        "T",
        "REST Endpoints",
        ("T-ENDPOINTS-CONTENT-TYPE", "Requests with a struct are application/octet-stream."),
    ),
    *section(
        "T",
        "Process Group Message",
        ("T-GROUP-OPERATION", "POST /group_operation takes a DSRequest and answers with a DSResponse."),
        ("T-GROUP-OPERATION-SIGNER", "A member signs what it wants of its group, not the provider that brings it."),
        ("T-GROUP-OPERATION-PAYLOAD", "Operation and group follow from the payload, from nothing in path or headers."),
    ),
    *section(
        "T",
        "Welcome Information",
        ("T-WELCOME-INFORMATION", "GET /welcome_information serves whoever has a Welcome and wants to join with it."),
        ("T-WELCOME-INFORMATION-TREE", "Its answer is the ratchet tree, in which the members can be authenticated."),
    ),
    *section(
        "T",
        "External Commit Information",
        (
            "T-EXTERNAL-COMMIT-INFORMATION",
            "GET /external_commit_information has all that joining without Welcome needs.",
        ),
    ),
    *section(
        "T",
        "Verification Key",
        ("T-VERIFICATION-KEY", "GET /verification_key yields the key of the provider that is asked."),
        ("T-VERIFICATION-KEY-USE", "With that key other providers authenticate what this one sends."),
    ),
    *section(
        "T",
        "Deliver Connection Request",
        ("T-CONNECTION-REQUEST", "POST /connection_request brings requests for a connection to the clients here."),
    ),
    *section(
        "T",
        "Deliver Message",
        ("T-DELIVER-MESSAGE", "POST /deliver_message brings messages of a group to its clients here."),
        ("T-DELIVER-MESSAGE-OWNER", "Only the owner of a group delivers its messages."),
        ("T-DELIVER-MESSAGE-MEMBERS", "It delivers to providers that have clients in the group, and to no others."),
    ),
    *section(
        "T",
        "Connection KeyPackage Retrieval",
        ("T-CONNECTION-KEY-PACKAGES", "POST /connection_key_packages hands out KeyPackages for making a connection."),
    ),
    *section(
        "T",
        "Group KeyPackage Retrieval",
        ("T-GROUP-KEY-PACKAGES", "POST /group_key_packages hands out KeyPackages for adding a user to a group."),
        ("T-GROUP-KEY-PACKAGES-CLIENTS", "It does so for single clients of a user too."),
    ),
    *section(
        "T",
        "Rate-limiting",
        ("T-RATE-ADDRESS", "A provider can limit the rate of requests by the address that they come from."),
        ("T-RATE-GROUP", "A provider can limit the rate by group, as at /welcome_information."),
        ("T-RATE-MEMBER", "A provider can limit the rate by member of a group, as at /group_operation."),
        ("T-RATE-PRIVACY-PASS", "Privacy Pass could make finer limits.", _LATER),
    ),
)
