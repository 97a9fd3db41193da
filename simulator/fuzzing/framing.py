"""Where a message of HTTP/1.1 ends, said in every way; the same for requests and for answers (RFC 9112 6, 7)."""

LENGTHS = (
    *(b"5, 5", b"5,6", b"+5", b"-1", b"5 5", b"0x5", b"05", b"", b"5\t", b"\xc2\xb2", b"9" * 19, b"9" * 30),
    *(b"9" * 6000, b"5\r\nContent-Length: 5", b"5\r\nContent-Length: 6", b"5\r\n 6", b"5;x"),
)
"""Values of Content-Length, for content of 5 bytes."""

CODINGS = (
    *(
        b"chunked, chunked",
        b"gzip, chunked",
        b"chunked, identity",
        b"identity",
        b"xchunked",
        b"CHUNKED",
    ),
    *(b"\x0bchunked", b"chunked\r\nTransfer-Encoding: identity", b"\r\n chunked", b"chunked,", b"", b"chunked;q=1"),
)
"""Values of Transfer-Encoding, for content in chunks."""

SIZES = (
    *(b"5;ext=1\r\n", b"5 ;x\r\n", b"05\r\n", b"0x5\r\n", b"5\n", b"-5\r\n", b"+5\r\n", b" 5\r\n", b"5 \r\n", b"\r\n"),
    *(b"F" * 16 + b"\r\n", b"0" * 40 + b"5\r\n", b"5;" + b"x" * 9000 + b"\r\n", b"6\r\n", b"4\r\n", b"5_\r\n"),
)
"""Begins of chunks, for one of 5 bytes."""

LINES = (
    *(b"Host: ds.b.example\r\n", b"Host:\r\n", b"X y: z\r\n", b"x : y\r\n", b"x\r\n", b": y\r\n", b"x: y\r\n z\r\n"),
    *(b"x: \0\r\n", b"x: a\rb\r\n", b"x: y\n", b" x: y\r\n", b"\x80: \xff\r\n", b"x: " + b"y" * 17_000 + b"\r\n"),
    *(
        b"TE: trailers\r\n",
        b"x: y\r\n" * 70,
        b"Connection: close, \r\n",
        b"Connection: content-length\r\n",
        b"Trailer: host\r\n",
    ),
    *(
        b"Expect: 100-continue\r\n",
        b"Expect: 200-ok\r\n",
        b"Expect: 100-continue\r\nExpect: x\r\n",
        b"TE: trailers\r\n",
    ),
)
"""Whole lines, for a head."""
