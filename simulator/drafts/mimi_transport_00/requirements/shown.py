"""What shows several requirements alike: the rules that keep them, the requests in which they are kept."""

from simulator.rules import All, Answer, Broken, Done, Event, Failed, HandshakeRefused, Refused

PROVIDER_SIGNATURE = Broken("T-VERIFICATION-KEY-USE")
CLIENT_SIGNATURE = Broken("DS-REQUEST-CLIENT-SIGNATURE")
RECIPIENT = Broken("T-SECURITY-RECIPIENT")

DISCOVERED = Answer("ds_domain")
TREE = Answer("welcome_information")
JOIN_INFO = Answer("external_commit_information")
KEY = Answer("verification_key")
OPERATION = Answer("group_operation")
DELIVERED = Answer("deliver_message")
CONNECTION_REQUEST = Answer("connection_request")
CONNECTION_KEY_PACKAGES = Answer("connection_key_packages")
GROUP_KEY_PACKAGES = Answer("group_key_packages")

JOINED_BY_WELCOME = All(TREE, Event("Joined"))
JOINED_BY_COMMIT = All(JOIN_INFO, Event("Joined"))
LEFT_BY_COMMIT = All(Event("EpochChanged"), Event("Removed"))

WRONG_CERTIFICATE = Failed("no TLS connection")
"""A client gave the handshake up."""
NO_TLS = HandshakeRefused()

OVER_A_LIMIT = Refused("rate_limited", 429)

WRONG_KIND = tuple(
    Broken(f"DS-{operation}-VALIDATION-1")
    for operation in (
        "DELETE-GROUP",
        "ADD-USERS",
        "REMOVE-USERS",
        "ADD-CLIENTS",
        "REMOVE-CLIENTS",
        "SELF-REMOVE",
        "UPDATE-CLIENT",
        "EXTERNAL-JOIN",
        "REINITIALIZE",
    )
)
"""A commit does other things than its operation is for, or is none."""

SEVERAL_DEVICES = (Done("add_clients"), Done("remove_clients"), Done("remove_device"), Done("external_join"))
