"""Commands know their names."""

from simulator.services.commands import Deliver, Kind


def test_a_delivery_is_named_after_its_kind() -> None:
    assert Deliver(Kind.message, b"", (), b"").operation == "deliver_message"
    assert Deliver(Kind.connection_request, b"", (), b"").operation == "connection_request"
