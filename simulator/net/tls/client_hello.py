"""What a client offers in its first TLS message, where OpenSSL does not say: the application protocols (ALPN).

Python's `ssl` takes a client whose protocols are all unknown to the server for one that offers none, so that the alert
of RFC 7301 3.2 is never sent.
"""

MOST = 128 * 1024
"""Bytes of a ClientHello that are read ahead, a little less than what OpenSSL takes."""

_RECORD_HEAD = 5
_HANDSHAKE = 22
_CLIENT_HELLO = 1
_ALPN = 16


class ClientHello:
    """Reads a ClientHello as its bytes come, from as many records as it takes (RFC 8446 4.1.2, 5.1). It judges nothing:
    what is none is over at once, and for OpenSSL to refuse.
    """

    def __init__(self) -> None:
        self.protocols: tuple[bytes, ...] | None = None
        """The protocols on offer; None where there is no such extension, or it is malformed."""
        self._records = bytearray()
        self._message = bytearray()
        self._seen = 0

    def feed(self, data: bytes | bytearray) -> bool:
        """Take more bytes of the connection; whether there is no need of any more."""
        self._seen += len(data)
        self._records += data
        while len(self._records) >= _RECORD_HEAD and self._records[0] == _HANDSHAKE:
            end = _RECORD_HEAD + int.from_bytes(self._records[3:5], "big")
            if len(self._records) < end:
                break
            self._message += self._records[_RECORD_HEAD:end]
            del self._records[:end]
            if self._complete():
                return True
        return self._seen > MOST or (bool(self._records) and self._records[0] != _HANDSHAKE)

    def _complete(self) -> bool:
        if len(self._message) < 4:
            return False
        if self._message[0] != _CLIENT_HELLO:
            return True
        end = 4 + int.from_bytes(self._message[1:4], "big")
        if len(self._message) < end:
            return False
        self.protocols = _protocols(bytes(self._message[4:end]))
        return True


def _protocols(hello: bytes) -> tuple[bytes, ...] | None:
    try:
        rest = hello[34:]  # after the version and the random
        for size in (1, 2, 1):  # session id, cipher suites, compression methods
            _, rest = _vector(rest, size)
        extensions, _ = _vector(rest, 2)
        while extensions:
            kind = int.from_bytes(extensions[:2], "big")
            content, extensions = _vector(extensions[2:], 2)
            if kind == _ALPN:
                return tuple(_names(content))
    except ValueError:
        pass
    return None


def _names(content: bytes) -> list[bytes]:
    names, found = _vector(content, 2)[0], []
    while names:
        name, names = _vector(names, 1)
        found.append(name)
    return found


def _vector(data: bytes, size: int) -> tuple[bytes, bytes]:
    """What a length of `size` bytes stands in front of, and the rest. Raises ValueError where there is less."""
    end = size + int.from_bytes(data[:size], "big")
    if len(data) < max(size, end):
        raise ValueError("cut short")
    return data[size:end], data[end:]
