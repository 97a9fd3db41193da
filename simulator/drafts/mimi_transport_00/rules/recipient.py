"""For whom a request is: the check against forwarding attacks ([T] Security)."""

from collections.abc import Collection

from simulator.drafts.requests.call import Call
from simulator.rules import check, refuse
from simulator.services.refusal import Code, rule

RECIPIENT = rule("T-SECURITY-RECIPIENT", Code.wrong_recipient, "[T] Transport", part="OWN-NAME")
TENANT = rule(
    "T-SECURITY-RECIPIENT",
    Code.wrong_recipient,
    "PROTOCOL.md section 2",
    part="TENANT",
    essential="there is no provider to serve it",
)


def recipient(call: Call) -> None:
    """Whether the provider that serves the request is the one that is named in it. Raises Refusal wrong_recipient."""
    named = None if call.envelope is None else call.envelope.recipient
    ours = named in (None, call.server.name)
    check(RECIPIENT, ours, f"this is for {named}, not for {call.server.name}")


def tenant_of(call: Call, tenants: Collection[str]) -> str:
    """Which of the providers at a host that they share is meant: [T] allows any host, and nothing else in a request
    says so. Raises Refusal wrong_recipient.
    """
    named = (call.envelope and call.envelope.recipient) or "nobody"
    if named not in tenants:
        words = f"this is for {named}, and {call.server.name} is the DS host of {' and '.join(tenants)}"
        refuse(TENANT, words)
    return named
