"""An issuer that says anything."""

from simulator.codec import decode, encode
from simulator.fuzzing.token_impostor import TokenImpostor
from simulator.mls.crypto.randomness import SeededRand
from simulator.mutation.randomness import seeded
from simulator.net import HTTPRequest
from simulator.privacy_pass.directory import PATH
from simulator.privacy_pass.issuance import TokenResponse, finalize, request_token
from simulator.privacy_pass.token_keys import write_token_key


def request(path: str, body: bytes = b"", **headers: str) -> HTTPRequest:
    made = object.__new__(HTTPRequest)
    for name, value in {"path": path, "body": body, "headers": tuple(headers.items())}.items():
        object.__setattr__(made, name, value)
    return made


async def test_where_nothing_is_altered_it_issues() -> None:
    impostor = TokenImpostor("/lookup")
    shot = impostor.answers(seeded(1))
    impostor.prepare({**shot, "response": None, "response status": 200, "paid status": 200, "challenges": ["x"]})
    pending = request_token(b"d" * 32, write_token_key(impostor.key.public), SeededRand(1, "a.example"))
    reply = await impostor(request("/token-request", encode(pending.request)))
    assert reply.status == 200
    assert finalize(pending, decode(TokenResponse, reply.body)).challenge_digest == b"d" * 32
    assert (await impostor(request("/lookup"))).status == 401
    assert (await impostor(request("/lookup", authorization="x"))).status == 200
    assert (await impostor(request(PATH))).status == shot["directory status"]
    assert (impostor.paid, impostor.asked["lookup"]) == (1, 2)
