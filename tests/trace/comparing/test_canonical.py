"""The canonical form has what every run does again, and nothing else."""

from dataclasses import replace

from simulator.trace import Dissection, Node, ProtocolEvent, Trace
from simulator.trace.comparing.canonical import Body, canonical, notices_in, sent_in
from tests.trace.examples import EXCHANGE, FAILURE, JOINED, trace

BACK = replace(EXCHANGE, sender="a.example", recipient="ds.b.example", provider="b.example")
DELIVERED = ProtocolEvent(
    started=1.0, role="provider", actor="a.example", name="a.example", kind="Delivered", peer="b.example"
)


def test_times_ports_connections_and_the_order_of_flows_are_no_part_of_it() -> None:
    one = trace(EXCHANGE, BACK, FAILURE, JOINED)
    elsewhere = replace(EXCHANGE, connection=9, started=5.0, seconds=1.0)
    other = trace(BACK, JOINED, elsewhere, replace(FAILURE, peer=("127.0.0.1", 9)))
    assert canonical(one) == canonical(other)


def test_the_order_within_a_flow_is() -> None:
    second = replace(EXCHANGE, endpoint="verification_key")
    assert canonical(trace(EXCHANGE, second)) != canonical(trace(second, EXCHANGE))


def test_what_a_provider_does_with_several_others_has_no_order() -> None:
    other = replace(DELIVERED, peer="c.example")
    assert canonical(trace(DELIVERED, other)) == canonical(trace(other, DELIVERED))
    assert canonical(trace(DELIVERED, DELIVERED)) != canonical(trace(DELIVERED, other))


def test_clients_go_by_their_names() -> None:
    noticed = canonical(trace(replace(JOINED, peer=JOINED.actor))).steps["1 send"].noticed
    assert noticed == {"alice.phone": ("Joined 2 alice.phone",)}


def test_facts_that_there_are_not_are_left_out() -> None:
    (message,) = canonical(trace(EXCHANGE)).steps["1 send"].flows["b.example", "a.example"]
    assert dict(message.facts) == {"operation": "deliver_message", "method": "POST", "status": "200", "http": "1.1"}


def test_a_body_is_its_fields() -> None:
    data = b"\x00\x01\x02\x04abcd"
    key = Node("key", "item.key", "opaque<V>", b"abcd".hex(), 3, 5)
    item = Node("item", "item", "Item", "", 2, 6, (Node("kind", "item.kind", "uint8", "2", 2, 1), key))
    tree = Node("Root", "", "Root", "", 0, 8, (Node("v", "v", "uint16", "1", 0, 2), item))
    found = Body(data, lambda: Dissection(tree))
    assert {path: (field.struct, field.value) for path, field in found.fields.items()} == {
        "v": ("Root", "1"),
        "item.kind": ("Item", "2"),
        "item.key": ("Item", "61626364"),
    }
    assert (found.struct, found.size, found.error) == ("Root", 8, None)


def test_bytes_that_nobody_can_decode_are_a_body_too() -> None:
    assert Body(b"", lambda: None).fields == {}
    assert Body(b"\x01\x02", lambda: None).fields["bytes"].value == "0102"


def test_a_body_is_decoded_when_somebody_asks_for_more_than_its_bytes() -> None:
    asked = []
    one, other = (Body(b"\x01", lambda: asked.append(1)) for _ in range(2))
    assert (one == other, one.size, asked) == (True, 1, [])
    assert (one.fields["bytes"].value, asked) == ("01", [1])


def test_a_refusal_has_its_rules_in_brackets() -> None:
    refused = replace(JOINED, kind="Rejected", epoch=None, rules=("A-1/PART", "A-1", "B-2"))
    run = canonical(trace(refused))
    assert run.steps["1 send"].noticed == {"alice.phone": ("Rejected [A-1/PART B-2]",)}
    assert dict(notices_in(run)) == {"1 send": ["Rejected [A-1/PART B-2]"]}


def test_what_went_over_the_wire_is_counted_by_operation_and_step() -> None:
    ((sent),) = sent_in(canonical(trace(EXCHANGE)))
    assert (sent.step, sent.step_id, sent.operation, sent.size) == (
        "send",
        "joins/second-device 1 send",
        "deliver_message",
        16,
    )


def test_a_run_that_is_unfinished_has_no_verdict() -> None:
    assert canonical(Trace(trace().header, ())).result == "unfinished"
