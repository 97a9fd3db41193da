from simulator.errors import SimulatorError
from simulator.privacy_pass.errors import InvalidToken


def test_an_error_is_a_sentence_with_its_source() -> None:
    error = InvalidToken("invalid_token", "RFC 9577 2.2", "the token is of another type")
    assert isinstance(error, SimulatorError)
    assert str(error) == "the token is of another type (RFC 9577 2.2, invalid_token)"
