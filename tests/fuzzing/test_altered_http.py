"""Cases are in the versions that a server takes; what an answer says is its status, or a frame that ends something."""

from collections import Counter

import pytest

from simulator.bench.floods.frames import GOAWAY, SETTINGS, frame
from simulator.fuzzing.altered_http import AlteredHTTP, told
from simulator.fuzzing.http import HTTP, Header, Pieces
from simulator.mutation.randomness import seeded

GOOD = HTTP("POST", "/x", (Header("host", "ds.a.example"),), b"hello")


def test_what_is_made_is_made_again_from_the_same_seed() -> None:
    made = AlteredHTTP("ds.a.example", [], [Pieces((b"GET",))], [GOOD])
    cases = [made.case(seeded(number)) for number in range(300)]
    versions = Counter(made.place(case) for case in cases)
    assert set(versions) == {"http/1.1", "h2"}
    assert min(versions.values()) > 100
    shots = [made.shot(case) for case in cases]
    assert shots == [made.shot(made.case(seeded(number))) for number in range(300)]
    good = b"POST /x HTTP/1.1\r\ncontent-length: 5\r\nhost: ds.a.example\r\n\r\nhello"
    assert good in {bytes.fromhex(shot["data"]) for shot in shots}


def test_only_the_versions_that_a_server_takes() -> None:
    made = AlteredHTTP("ds.a.example", [], [], [GOOD], ("h2",))
    assert {made.case(seeded(number)).name for number in range(100)} == {"h2"}


@pytest.mark.parametrize(
    ("alpn", "answer", "said"),
    [
        ("http/1.1", b"HTTP/1.1 404 Not Found\r\n", "404"),
        ("http/1.1", b"HTTP/1.1 404", ""),
        ("http/1.1", b"\xff" * 20 + b"\r\n", "\ufffd" * 3),
        ("h2", frame(SETTINGS, 0, 0), ""),
        ("h2", frame(SETTINGS, 0, 0) + frame(GOAWAY, 0, 0, bytes(8)), "frames"),
        ("h2", b"\0\0", ""),
    ],
)
def test_what_an_answer_says(alpn: str, answer: bytes, said: str) -> None:
    assert told(alpn, answer) == said
