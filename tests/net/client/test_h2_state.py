"""h2's state machine goes on after a GOAWAY, and remembers what it has understood."""

import pytest
from h2.config import H2Configuration
from h2.errors import ErrorCodes
from h2.events import ConnectionTerminated, DataReceived, Event, RequestReceived, ResponseReceived
from h2.exceptions import ProtocolError

from simulator.fuzzing.http2_answer_frames import goaway
from simulator.net.client.h2_state import H2State

ASK = [(":method", "POST"), (":scheme", "https"), (":authority", "a.example"), (":path", "/")]


def _pair() -> tuple[H2State, H2State]:
    client, server = (H2State(H2Configuration(client_side=side)) for side in (True, False))
    for side in (client, server):
        side.initiate_connection()
    _pass(client, server)
    _pass(server, client)
    return client, server


def _pass(sender: H2State, receiver: H2State) -> list[Event]:
    return receiver.receive_data(sender.data_to_send())


def test_streams_go_on_after_a_goaway() -> None:
    client, server = _pair()
    client.send_headers(1, ASK)
    _pass(client, server)
    server.send_headers(1, [(":status", "200")])
    goodbye, head = client.receive_data(goaway(1) + server.data_to_send())
    assert isinstance(goodbye, ConnectionTerminated)
    assert (goodbye.last_stream_id, goodbye.error_code) == (1, ErrorCodes.NO_ERROR)
    assert isinstance(head, ResponseReceived)
    client.send_data(1, b"more", end_stream=True)
    assert any(isinstance(event, DataReceived) for event in _pass(client, server))
    server.send_data(1, b"answer", end_stream=True)
    assert any(isinstance(event, DataReceived) for event in _pass(server, client))


def test_an_error_code_that_nobody_knows() -> None:
    client, _ = _pair()
    [goodbye] = client.receive_data(goaway(0, 99))
    assert isinstance(goodbye, ConnectionTerminated)
    assert goodbye.error_code == 99


def test_what_came_before_a_mistake_is_known() -> None:
    client, server = _pair()
    _pass(client, server)
    client.send_headers(1, ASK)
    with pytest.raises(ProtocolError):
        server.receive_data(client.data_to_send() + b"\0\0\0\0\0\0\0\0\7")  # DATA on a stream that was never opened
    assert [type(event) for event in server.events] == [RequestReceived]
    assert server.stream_id == 7


def test_the_length_of_an_answer_is_for_others_to_judge() -> None:
    client, server = _pair()
    client.send_headers(1, ASK, end_stream=True)
    _pass(client, server)
    server.send_headers(1, [(":status", "200"), ("content-length", "5")])
    server.send_data(1, b"six by", end_stream=True)
    assert any(isinstance(event, DataReceived) for event in _pass(server, client))
