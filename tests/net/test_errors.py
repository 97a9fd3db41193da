"""Messages say who, whom and why."""

from simulator.errors import SimulatorError
from simulator.net import TLSRefused, Unreachable


def test_message_names_sender_url_and_reason() -> None:
    error = TLSRefused("b.example", "https://ds.a.example/welcome_information", "certificate refused: expired")
    assert str(error) == (
        "b.example has no TLS connection to https://ds.a.example/welcome_information: certificate refused: expired"
    )
    assert error.sender == "b.example"
    assert error.reason == "certificate refused: expired"


def test_every_failure_is_meant_for_people() -> None:
    assert issubclass(Unreachable, SimulatorError)
