"""What is said with tokens."""

import json

from simulator.fuzzing.token_texts import credentials, fit, json_altered, parameter, spelled, struct_altered
from simulator.mutation.randomness import seeded
from simulator.privacy_pass.authorization import read_authorization
from simulator.privacy_pass.token import Token

TOKEN = Token(2, b"n" * 32, b"d" * 32, b"k" * 32, b"a" * 256)


def test_some_are_whole_and_others_are_not() -> None:
    whole = 0
    for number in range(300):
        try:
            whole += read_authorization(credentials(TOKEN, seeded(number))) == TOKEN
        except Exception:
            continue
    assert 20 < whole < 280


def test_fields_can_be_sent() -> None:
    assert fit(" a\r\nb\x7f ") == "ab"
    for number in range(50):
        rng = seeded(number)
        assert all(fit(field) == field for field in credentials(TOKEN, rng))
        assert parameter("a", spelled(b"xyz", rng), rng)


def test_something_is_altered() -> None:
    value = {"a": [1, 2], "b": "text"}
    made = {json_altered(value, seeded(number)) for number in range(100)}
    assert len(made) > 40
    assert json.dumps(value).encode() in {json_altered(value, seeded(number)) for number in range(300)}
    assert len({struct_altered(TOKEN, seeded(number)) for number in range(50)}) > 40
