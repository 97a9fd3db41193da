"""An issuer and origin of tokens that says anything, for whoever asks it."""

import json
from collections import Counter
from typing import Any

from simulator.codec import encode
from simulator.fuzzing.environment import NOW
from simulator.fuzzing.token_texts import challenges, json_altered
from simulator.mutation.cases import Shot
from simulator.mutation.randomness import Random
from simulator.net import HTTPReply, HTTPRequest
from simulator.privacy_pass.challenge import token_challenge
from simulator.privacy_pass.directory import MEDIA_TYPE, PATH, Directory, DirectoryKey, write_directory
from simulator.privacy_pass.errors import PrivacyPassError
from simulator.privacy_pass.issuance import RESPONSE_TYPE, issue, read_request
from simulator.privacy_pass.key_generation import generate_key
from simulator.privacy_pass.token_keys import token_key_id, truncated, write_token_key
from simulator.privacy_pass.www_authenticate import ChallengeOffer, write_offer

HOUR = 3600
LOOKUP = "lookup"
IMPOSTOR, ITS_HOST = "m.example", "ds.m.example"


class TokenImpostor:
    """An issuer and origin that says what a shot says, and else what is right."""

    def __init__(self, lookup: str) -> None:
        """`lookup` is the path of the endpoint that wants a token."""
        self._lookup = lookup
        self.key = generate_key(bytes(32))
        self._token_key = write_token_key(self.key.public)
        self._keys = {truncated(token_key_id(self._token_key)): self.key}
        self.asked: Counter[str] = Counter()
        self.paid = 0
        """Requests with a token."""
        self._shot: Shot = {}
        self._challenge = token_challenge(IMPOSTOR, b"1" * 32, ITS_HOST)
        self._directory = json.loads(
            write_directory(Directory("/token-request", (DirectoryKey(self._token_key, NOW),)))
        )

    def answers(self, rng: Random) -> Shot:
        """What is said to lookups without and with a token, and of directory and tokens."""
        fields, directory, response = challenges(self._challenge, self._token_key, rng), None, None
        if rng.random() < 0.6:
            offer = ChallengeOffer(
                self._challenge, rng.choice((self._token_key, None)), rng.choice((1800, 1800, 1, 0, None))
            )
            fields = [write_offer(offer)]
        if rng.random() < 0.5:
            directory = json_altered(self._budgeted(rng), rng).hex()
        if rng.random() < 0.4:
            response = rng.choice(("cut", rng.randbytes(256).hex(), rng.randbytes(rng.randrange(600)).hex(), "same"))
        return {
            "challenges": fields,
            "directory": directory,
            "directory status": rng.choice((200,) * 12 + (204, 301, 404, 500)),
            "directory type": rng.choice((MEDIA_TYPE,) * 8 + ("application/json", MEDIA_TYPE.upper(), "")),
            "cache": rng.choice(("max-age=3600", "no-store", "max-age=99999999999999", "max-age=-1", "")),
            "response": response,
            "response status": rng.choice((200,) * 12 + (302, 401, 422, 429, 500, 503)),
            "response type": rng.choice((RESPONSE_TYPE,) * 8 + ("text/plain", "")),
            "paid status": rng.choice((200, 200, 401, 429, 503)),
        }

    def _budgeted(self, rng: Random) -> Any:
        per = rng.choice(("provider", "user", "user", "x"))
        budget = {"per": per, "tokens": 5, "period": HOUR}
        return {**self._directory, "mimi-budget": budget} if rng.random() < 0.7 else self._directory

    def prepare(self, shot: Shot) -> None:
        """Say this from now on."""
        self._shot, self.paid = shot, 0
        self.asked.clear()

    async def __call__(self, request: HTTPRequest) -> HTTPReply:
        """What is said to a request."""
        shot = self._shot
        if request.path == PATH:
            self.asked[PATH] += 1
            body = (
                json.dumps(self._directory).encode() if shot["directory"] is None else bytes.fromhex(shot["directory"])
            )
            headers = (("content-type", shot["directory type"]), ("cache-control", shot["cache"]))
            return HTTPReply(shot["directory status"], headers, body)
        if request.path != self._lookup:
            self.asked["POST"] += 1
            return HTTPReply(shot["response status"], (("content-type", shot["response type"]),), self._signed(request))
        self.asked[LOOKUP] += 1
        fields = tuple(("www-authenticate", each) for each in shot["challenges"])
        if request.header("authorization") is None:
            return HTTPReply(401, fields)
        self.paid += 1
        return HTTPReply(shot["paid status"], fields if shot["paid status"] == 401 else ())

    def _signed(self, request: HTTPRequest) -> bytes:
        said = self._shot["response"]
        if said not in (None, "cut", "same"):
            return bytes.fromhex(said)
        if said == "same":
            return request.body[3:]
        try:
            right = encode(issue(read_request(request.body, self._keys)))
        except PrivacyPassError:
            return b"another key's"
        return right[:-1] if said == "cut" else right
