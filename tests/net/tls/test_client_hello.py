"""What a client offers is read from its first bytes, however they come; what is no ClientHello is not judged."""

import ssl

import pytest

from simulator.net.tls.client_hello import MOST, ClientHello


def hello(*protocols: str) -> bytes:
    """A client's first bytes, by OpenSSL."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if protocols:
        context.set_alpn_protocols(protocols)
    outgoing = ssl.MemoryBIO()
    with pytest.raises(ssl.SSLWantReadError):
        context.wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname="a.example").do_handshake()
    return outgoing.read()


def in_records(message: bytes, size: int) -> bytes:
    """The same handshake message in records of this size."""
    pieces = [message[start : start + size] for start in range(0, len(message), size)]
    return b"".join(b"\x16\x03\x01" + len(piece).to_bytes(2, "big") + piece for piece in pieces)


@pytest.mark.parametrize("protocols", [(), ("h2",), ("http/1.1", "h2"), ("x" * 255, "y")])
@pytest.mark.parametrize("piece", [1, 5, 100, 10_000])
def test_protocols_are_read_from_any_pieces(protocols: tuple[str, ...], piece: int) -> None:
    data, reader = hello(*protocols), ClientHello()
    over = [reader.feed(data[start : start + piece]) for start in range(0, len(data), piece)]
    assert over == [False] * (len(over) - 1) + [True]
    assert reader.protocols == (tuple(each.encode() for each in protocols) or None)


@pytest.mark.parametrize("size", [1, 3, 50])
def test_and_from_several_records(size: int) -> None:
    reader = ClientHello()
    assert reader.feed(in_records(hello("h2", "x")[5:], size))
    assert reader.protocols == (b"h2", b"x")


@pytest.mark.parametrize(
    "data", [b"GET / HTTP/1.1\r\n", b"\x80\x2e\x01", b"\x15\x03\x01\x00\x02\x02\x28", in_records(b"\x02\0\0\0", 9)]
)
def test_what_is_no_hello_is_over_at_once(data: bytes) -> None:
    reader = ClientHello()
    assert reader.feed(data)
    assert reader.protocols is None


def test_a_hello_that_does_not_end_is_read_so_far_and_no_further() -> None:
    reader, record = ClientHello(), b"\x16\x03\x01\x40\x00" + bytes(16_384)
    start = b"\x16\x03\x01\x00\x04\x01\xff\xff\xff"
    assert not reader.feed(start)
    fed = 0
    while not reader.feed(record):
        fed += len(record)
    assert fed <= MOST
    assert reader.protocols is None


def test_every_changed_byte_and_every_cut_is_read_without_raising() -> None:
    message = hello("h2", "http/1.1")[5:]
    for position in range(4, len(message)):
        for value in (0, 1, 0x7F, 0xFF):
            changed = message[:position] + bytes([value]) + message[position + 1 :]
            assert ClientHello().feed(in_records(changed, len(changed)))
        cut = b"\x01" + (position - 4).to_bytes(3, "big") + message[4:position]
        assert ClientHello().feed(in_records(cut, len(cut)))
