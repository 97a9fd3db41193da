"""For whom a request is; scenarios/malicious/forwarded-* make the attack over HTTPS."""

import pytest

from simulator.drafts.mimi_transport_00.rules.recipient import recipient, tenant_of
from simulator.drafts.requests.endpoint import Envelope
from simulator.services.refusal import Code, Refusal
from tests.breaking import breaks
from tests.drafts.mimi_transport_00.asked import call
from tests.drafts.serving import Listening


@breaks("T-SECURITY-RECIPIENT/OWN-NAME")
def test_a_request_is_for_its_recipient() -> None:
    recipient(call(Listening()))
    asked = call(Listening(), "c.example")
    with pytest.raises(Refusal, match=r"this is for c\.example, not for a\.example") as caught:
        recipient(asked)
    assert (caught.value.code, caught.value.requirement) == (Code.wrong_recipient, "T-SECURITY-RECIPIENT")
    asked.head = Envelope("ds_domain")
    recipient(asked)


@breaks("T-SECURITY-RECIPIENT/TENANT")
def test_a_shared_host_finds_the_recipient() -> None:
    asked = call(Listening("ds.shared.example"), "c.example")
    assert tenant_of(asked, ("a.example", "c.example")) == "c.example"
    words = "this is for c.example, and ds.shared.example is the DS host of a.example and b.example"
    with pytest.raises(Refusal, match=words) as caught:
        tenant_of(asked, ("a.example", "b.example"))
    assert caught.value.code is Code.wrong_recipient
    asked.head = None
    with pytest.raises(Refusal, match="this is for nobody"):
        tenant_of(asked, ("a.example",))


def test_both_checks_have_parts_of_their_own() -> None:
    with pytest.raises(Refusal) as own:
        recipient(call(Listening(), "c.example"))
    with pytest.raises(Refusal) as tenant:
        tenant_of(call(Listening("ds.shared.example"), "c.example"), ("a.example",))
    assert own.value.rules == ("T-SECURITY-RECIPIENT/OWN-NAME", "T-SECURITY-RECIPIENT")
    assert tenant.value.rules == ("T-SECURITY-RECIPIENT/TENANT", "T-SECURITY-RECIPIENT")
