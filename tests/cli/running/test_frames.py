"""What is no frame is noticed at its first bytes."""

import pytest

from simulator.cli.running.frames import HEAD, MOST, BadFrame, frame, size_of


@pytest.mark.parametrize("size", [0, 1, 300, 100_000])
def test_a_piece_and_its_size(size: int) -> None:
    piece = bytes(size)
    travelling = frame(piece)
    assert size_of(travelling[:HEAD]) == size
    assert travelling[HEAD:] == piece


@pytest.mark.parametrize(
    "head", [b"", b"mimi", b"hello, world", bytes(HEAD), b"\xff" * HEAD, b"mimi" + (MOST + 1).to_bytes(8, "big")]
)
def test_anything_else(head: bytes) -> None:
    with pytest.raises(BadFrame, match="no head"):
        size_of(head)
