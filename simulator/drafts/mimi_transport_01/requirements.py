"""What is demanded otherwise: [T] is the transport of September 2023, "ours" is PROTOCOL.md. All else as in -00."""

from simulator.drafts.mimi_transport_00.requirements import REQUIREMENTS as FIRST
from simulator.drafts.mimi_transport_00.requirements.shown import DELIVERED, NO_TLS, OPERATION, PROVIDER_SIGNATURE
from simulator.drafts.mimi_transport_00.requirements.unshown import UNSHOWN as FIRST_UNSHOWN
from simulator.rules import HandshakeRefused, Refused, duty, prohibition, section

GONE = (
    *("T-TRANSPORT-TLS13", "T-SECURITY-SENDER", "T-SECURITY-NAMES", "T-SECURITY-RECIPIENT"),
    *("P-2-MUTUAL-TLS", "P-2-403", "P-6-WRONG-RECIPIENT"),
)
"""The paragraph about names in payloads and TLS 1.3, and what was made of it."""

REQUIREMENTS = (
    *section(
        "T",
        "Authentication",
        prohibition("M-MUTUAL-TLS", "Who shows no certificate gets no connection.", HandshakeRefused()),
    ),
    *section(
        "T",
        "Framing",
        duty("M-ENVELOPE", "A request is a TransactionEnvelope: version, type, payload.", DELIVERED),
        prohibition("M-TRANSACTION-TYPE", "The type says what is in the envelope, and is one of the endpoint's."),
    ),
    *section(
        "ours",
        "1 Authentication",
        prohibition("M-TLS13", "TLS has version 1.3; a peer with less gets no connection.", NO_TLS),
        prohibition("M-SENDER", "The sender is the first DNS name in the certificate of the TLS client."),
        prohibition("M-FORWARDING", "A sender brings only what it has signed itself.", PROVIDER_SIGNATURE),
    ),
    *section("ours", "2 Framing", duty("M-ANSWER", "An answer has no envelope.", OPERATION, Refused())),
    *(each for each in FIRST if each.id not in GONE),
)

UNSHOWN = {
    **FIRST_UNSHOWN,
    "M-SENDER": "every certificate that the scenarios' authority issues begins with a provider's name",
    "P-4-UNSUPPORTED": "an envelope is of an operation that there is: M-TRANSACTION-TYPE refuses others first",
    "P-4-WRONG-ENDPOINT": "M-TRANSACTION-TYPE refuses first what is asked elsewhere",
}
