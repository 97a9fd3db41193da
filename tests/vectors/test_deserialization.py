"""deserialization.json: headers of variable-size vectors."""

from typing import Any

import pytest

from simulator.codec import read_varint, write_varint

pytestmark = pytest.mark.vectors("deserialization")


def test_vector_header(vector: Any) -> None:
    header = bytes.fromhex(vector["vlbytes_header"])
    assert read_varint(header, 0, len(header)) == (vector["length"], len(header))
    assert write_varint(vector["length"]) == header
