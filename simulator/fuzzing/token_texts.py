"""What is said with tokens, valid and with something altered: fields, structs in them, directories, signatures."""

import base64
import json
from collections.abc import Callable, Sequence
from typing import Any

from simulator.codec import encode
from simulator.codec.declare import wire_of
from simulator.mutation.edits import altered, some_cuts, some_edits
from simulator.mutation.randomness import Random, seeded
from simulator.mutation.values import Pool
from simulator.privacy_pass.challenge import TokenChallenge
from simulator.privacy_pass.token import Token

POOL = Pool([])
"""Without anything to replace values by but what can be made up."""

OTHERS = (
    "",
    "Basic YTpi",
    'Basic realm="a, b"',
    "Bearer",
    "Bearer aaaa====",
    "PrivateToken",
    "PrivateToken =",
    "PrivateToken token",
    'PrivateToken challenge="',
    'PrivateToken challenge=""',
    "PrivateToken challenge=AAIA, max-age=-1",
    "PrivateToken challenge=2qqqAAAA",
    ",,, ,",
    "PrivateToken " + "a" * 3000 + "=",
    'PrivateToken a="' + "\\" * 2001 + '"',
    "PrivateToken " + ",".join(f"a{number}=1" for number in range(400)),
)
"""Fields, and what may stand beside a value in one."""

NUMBERS = ("0", "1", "-1", "1800", "9999999999", "99999999999", "1e3", "", "x", "\xb2", "0", "1, 2")


def struct_altered(value: Any, rng: Random) -> bytes:
    """The octets of a struct with something altered: a field, or its octets."""
    wire = wire_of(type(value))
    if rng.random() < 0.5:
        return encode(altered(wire, value, some_edits(wire, value, POOL, rng), POOL, seeded(0)))
    data = encode(value)
    for cut in some_cuts(data, tuple, rng):
        data = cut.apply(data)
    return data


def text_altered(text: str, rng: Random) -> str:
    """A text with some of its octets altered, of those that a field may have."""
    data = text.encode("latin-1", "replace")
    for cut in some_cuts(data, tuple, rng):
        data = cut.apply(data)
    return fit(data.decode("latin-1"))


def fit(text: str) -> str:
    """What of a text a field can carry: others never leave a client."""
    return "".join(letter for letter in text if letter >= " " and letter != "\x7f").strip()


def spelled(data: bytes, rng: Random) -> str:
    """Octets in base64, mostly in the one form that is taken."""
    usual = base64.urlsafe_b64encode(data).decode()
    return rng.choice((usual,) * 12 + (usual.rstrip("="), base64.b64encode(data).decode(), usual + "=", usual[:-1]))


def parameter(name: str, value: str, rng: Random) -> str:
    """A parameter, quoted or not, perhaps with spaces, another case, or in quoted pairs."""
    name = rng.choice((name,) * 6 + (name.upper(), name + " "))
    quoted = f'"{value}"'
    odd = '"' + "".join(f"\\{letter}" for letter in value) + '"'
    return f"{name}={rng.choice((quoted,) * 6 + (value, value, odd, ' ' + quoted, quoted[:-1]))}"


def credentials(token: Token, rng: Random) -> list[str]:
    """Authorization fields: with this token, or with something altered."""
    how = rng.random()
    data = encode(token) if how < 0.5 else struct_altered(token, rng)
    value = [parameter("token", spelled(data, rng), rng)]
    return _fields(value, rng, whole=how < 0.1)


def challenges(challenge: TokenChallenge, token_key: bytes, rng: Random) -> list[str]:
    """WWW-Authenticate fields with this challenge, or with something altered."""
    how = rng.random()
    data = encode(challenge) if how < 0.5 else struct_altered(challenge, rng)
    found = [parameter("challenge", spelled(data, rng), rng)]
    if rng.random() < 0.8:
        key = token_key if rng.random() < 0.8 else text_altered(token_key.decode("latin-1"), rng).encode("latin-1")
        found.append(parameter("token-key", spelled(key, rng), rng))
    if rng.random() < 0.8:
        found.append(f"max-age={rng.choice(('1800',) * 6 + NUMBERS)}")
    return _fields(found, rng, whole=how < 0.1)


def _fields(parameters: list[str], rng: Random, *, whole: bool) -> list[str]:
    """With these parameters, in any order and company; `whole` if nothing else is to be altered."""
    if whole:
        return ["PrivateToken " + ", ".join(parameters)]
    rng.shuffle(parameters)
    if rng.random() < 0.2:
        parameters.insert(rng.randrange(len(parameters) + 1), rng.choice(("a=b", "extensions=AAAA", *parameters)))
    field = rng.choice(("PrivateToken",) * 8 + ("privatetoken", "PRIVATETOKEN ", "Basic", "")) + " "
    fields = [field + rng.choice((", ",) * 6 + (",", " , ", ",,", " ")).join(parameters)]
    if rng.random() < 0.3:
        fields.insert(rng.randrange(2), rng.choice((*OTHERS, *fields)))
    if rng.random() < 0.2:
        fields = [", ".join(fields)]
    return [text_altered(each, rng) if rng.random() < 0.2 else fit(each) for each in fields]


_ODD: Sequence[Callable[[Any], Any]] = (
    lambda value: None,
    lambda value: [value],
    lambda value: {"": value},
    str,
    lambda value: -1,
    lambda value: 2**70,
    lambda value: 1.5,
    lambda value: True,
    lambda value: [],
    lambda value: "",
    lambda value: value * 2 if isinstance(value, str | list) else value,
)


def json_altered(value: Any, rng: Random) -> bytes:
    """JSON with something altered: a member, or its octets."""
    data = json.dumps(_member_altered(value, rng) if rng.random() < 0.7 else value).encode()
    how = rng.random()
    if how < 0.3:
        for cut in some_cuts(data, tuple, rng):
            data = cut.apply(data)
    elif how < 0.35:
        data = rng.choice((b"[" * 60_000, b'{"a":' * 12_000, b"\xff\xfe" + data, b" " * 66_000 + data, b"1" * 9000))
    return data


def _member_altered(value: Any, rng: Random) -> Any:
    if isinstance(value, dict) and value and rng.random() < 0.8:
        name = rng.choice(sorted(value))
        if rng.random() < 0.15:
            return {each: inner for each, inner in value.items() if each != name}
        return {**value, name: _member_altered(value[name], rng)}
    if isinstance(value, list) and value and rng.random() < 0.8:
        place = rng.randrange(len(value))
        return [*value[:place], _member_altered(value[place], rng), *value[place + 1 :]]
    if isinstance(value, str) and rng.random() < 0.6:
        return text_altered(value, rng)
    return rng.choice(_ODD)(value)
