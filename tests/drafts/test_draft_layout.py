"""What a draft declares is in its layout."""

from simulator.codec.layout import checked, text_of
from simulator.drafts import DRAFTS
from simulator.drafts.draft_layout import layout_of
from simulator.trace.layout import EndpointLayout

DRAFT = DRAFTS[0]
LAYOUT = layout_of(DRAFT)


def test_its_structs_and_those_of_mls_in_them_are_there() -> None:
    assert set(LAYOUT.wire.structs) > {"QueueingServiceRequestTBS", "KeyPackage", "DSVersions", "ExternalSenders"}
    assert {name for name, each in DRAFT.structs.items() if isinstance(each, type)} <= set(LAYOUT.wire.structs)
    fields = [f"{each.name}: {text_of(each.type)}" for each in LAYOUT.wire.structs["QueueingServiceRequestTBS"]]
    assert fields[3:5] == ["request_type: QSRequestType", "recipients: FanoutRecipient<V>"]
    assert checked(LAYOUT.wire) is LAYOUT.wire


def test_its_endpoints_are_there() -> None:
    assert list(LAYOUT.endpoints) == [row.name for row in DRAFT.endpoints]
    assert LAYOUT.endpoints["deliver_message"] == EndpointLayout(
        "POST",
        "/deliver_message",
        "application/octet-stream",
        "QueueingServiceRequest",
        "QueueingServiceResponse",
        place="service_host",
    )


def test_its_labels_checks_and_rules_are_there() -> None:
    assert LAYOUT.labels["QueueingServiceRequestTBS"] == "QueueingServiceRequestTBS"
    assert set(LAYOUT.labels) <= set(LAYOUT.wire.structs)
    assert LAYOUT.checks[:3] == ("host", "path", "method")
    assert "T-SECURITY-RECIPIENT" in {rule.partition("/")[0] for rule in LAYOUT.rules}
    assert len(set(LAYOUT.rules)) == len(LAYOUT.rules)
