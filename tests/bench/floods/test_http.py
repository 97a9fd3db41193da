from simulator.bench.floods.frames import PREFACE
from simulator.bench.floods.http import http_floods, post


def test_each_is_of_a_protocol_and_sends_something_unless_it_only_connects() -> None:
    found = http_floods("host.example")
    assert len(found) >= 28
    for name, flood in found.items():
        assert flood.alpn == "http/1.1" or flood.first.startswith(PREFACE), name
        assert flood.first or flood.more or name == "handshakes"
    assert b"Host: host.example\r\n" in found["requests"].more


def test_a_request_says_how_long_it_is() -> None:
    assert post("h", "/x", b"ab").endswith(b"Content-Length: 2\r\nHost: h\r\n\r\nab")
