"""Target: tokens, at an issuer and origin that gets anything, and at an asker that is told anything; over HTTPS."""

from collections import Counter
from dataclasses import replace
from functools import partial
from typing import Any

import trio

from simulator.codec import encode
from simulator.drafts.requests.endpoint import BadAnswer, Outgoing, Reply
from simulator.federation import Session
from simulator.fuzzing.consequences import check_faults
from simulator.fuzzing.environment import NOW
from simulator.fuzzing.token_federation import ALICE, Paying, lookup_of
from simulator.fuzzing.token_impostor import IMPOSTOR, ITS_HOST, LOOKUP
from simulator.fuzzing.token_texts import credentials, fit, struct_altered, text_altered
from simulator.mls.crypto.signature import Ed25519
from simulator.mutation.cases import Case, Shot
from simulator.mutation.properties import Broken, hold
from simulator.mutation.randomness import Random
from simulator.net import HTTPReply, TransportError
from simulator.privacy_pass import base64url
from simulator.privacy_pass.directory import PATH
from simulator.privacy_pass.issuance import request_token
from simulator.privacy_pass.message_signature import RequestTarget, attest
from simulator.privacy_pass.redemption import verify_token
from simulator.services.discovery import learn
from simulator.services.refusal import Refusal
from simulator.services.results import DiscoveryDocument

GRACE = 5
"""Seconds for what takes some milliseconds."""
MOST = {LOOKUP: 3, PATH: 2, "POST": 9}
"""So many requests an asker makes for one of its user's: lookups, for the directory, for tokens."""
ATTESTED = ("content-type", "content-digest", "signature-input", "signature", "mimi-token-holder")


class Tokens:
    """Whatever is presented or asked for, no store changes by a refusal, and nothing is had for what is not good.
    Whatever an asker is told, its users get an answer, soon, and its wallet has good tokens only.
    """

    name = "tokens"

    def __init__(self, paying: Paying) -> None:
        self._environment = paying.environment
        self._ears = paying.ears
        self._materials = paying.materials
        self._impostor = paying.impostor
        self._row = lookup_of(paying.environment.session.draft)

    def case(self, rng: Random) -> Case:
        """One of the four kinds."""
        name = rng.choice(("redeem", "redeem", "token request", "token request", "answers"))
        make = {"redeem": self._redeem, "token request": self._token_request, "answers": self._impostor.answers}[name]
        return Case(name, make(rng))

    def shot(self, case: Case) -> Shot:
        """It was made at once."""
        return {"kind": case.name, **case.seed}

    def place(self, case: Case) -> str:
        """The kind."""
        return case.name

    async def fire(self, shot: Shot) -> str:
        """Send it, or let the asker be told it."""
        with trio.fail_after(GRACE):
            if shot["kind"] == "answers":
                return await self._asker(shot)
            return await self._server(shot)

    def _redeem(self, rng: Random) -> Shot:
        made = self._materials
        fields = credentials(rng.choice((made.fresh, made.spent)), rng)
        headers = [["content-type", "application/octet-stream"], *(["authorization", each] for each in fields)]
        rng.shuffle(headers)
        body = rng.choice((made.lookup, made.lookup, made.other))
        return {"url": f"https://ds.b.example{self._row.path}", "headers": headers, "body": body.hex()}

    def _token_request(self, rng: Random) -> Shot:
        """Signed by a.example, perhaps for something else, and then perhaps altered."""
        made, how = self._materials, rng.random()
        pending = request_token(b"d" * 32, token_key_of(self._environment.session), rng_bytes(rng))
        body = made.request if how < 0.2 else encode(pending.request)
        if how > 0.6:
            body = struct_altered(pending.request, rng)
        path, created = "/token-request", NOW + rng.choice((0, 0, 0, 300, -300, 301, -301, -NOW, 10**10))
        holder = rng.choice((b"h" * 32,) * 6 + (None,))
        signer = rng.choice(("a.example",) * 8 + ("b.example", "c.example", "A.example", "a.example.", ""))
        sign = partial(Ed25519().sign, made.seed)
        authority = rng.choice(("b.example",) * 8 + ("m.example", "ds.b.example"))
        headers = dict(attest(RequestTarget(authority, path, body), signer, created, sign, holder))
        tampered = [[name, self._tampered(value, rng)] for name, value in headers.items()]
        if rng.random() < 0.5:
            tampered = [[name, value] for name, value in headers.items()]
        if rng.random() < 0.1:
            tampered.insert(rng.randrange(len(tampered)), list(rng.choice(tampered)))
        if rng.random() < 0.1:
            tampered.pop(rng.randrange(len(tampered)))
        if rng.random() < 0.05:
            body = rng.choice((b"", body * 5, body[:-1]))
        return {"url": f"https://b.example{path}", "headers": tampered, "body": body.hex()}

    @staticmethod
    def _tampered(value: str, rng: Random) -> str:
        if rng.random() < 0.6:
            return value
        return rng.choice((text_altered(value, rng), fit(f"{value}, {value}"), value.upper(), value.replace('"', "")))

    async def _server(self, shot: Shot) -> str:
        session, body = self._environment.session, bytes.fromhex(shot["body"])
        headers = tuple((name, value) for name, value in shot["headers"])
        reply = await session.provider("a").http.request("POST", shot["url"], body, headers=headers)
        check_faults(session)
        if reply.status == 200:
            try:
                self._check_taken(shot, reply)
            finally:
                await self._environment.restore()
            return "200"
        refusal = session.draft.refusals.read(Reply(reply.status, reply.headers, reply.body))
        if refusal is None:
            raise Broken(f"{reply.status} says nothing")
        code = str(refusal.code)
        hold(reply.status < 500 or code == "sender_unverifiable", f"{reply.status} {code}: {refusal.rule}")
        about_a_token = code in ("token_required", "invalid_token", "token_spent")
        challenged = reply.header("www-authenticate") is not None
        hold(challenged == (shot["kind"] == "redeem" and about_a_token), f"{code}: challenge is {challenged}")
        hold(self._environment.unchanged(), f"a refusal ({code}) has changed a store")
        return f"{reply.status} {code}"

    def _check_taken(self, shot: Shot, reply: HTTPReply) -> None:
        """Whether this could be taken at all."""
        made = self._materials
        if shot["kind"] == "redeem":
            plain = "".join(value for name, value in shot["headers"] if name == "authorization").replace("\\", "")
            spent = base64url.write(encode(made.spent)) in plain
            hold(spent or base64url.write(encode(made.fresh)) in plain, "something else was taken for a token")
            if spent:
                hold(bytes.fromhex(shot["body"]) == made.lookup, "a token has paid twice")
                hold(self._environment.unchanged(), "a repetition has changed a store")
            return
        key = issuer_of(self._environment.session)
        blinded = int.from_bytes(bytes.fromhex(shot["body"])[3:], "big")
        signed = pow(int.from_bytes(reply.body, "big"), key.public.e, key.public.n)
        hold(signed == blinded, "the issuer has signed something else")
        said = Counter(name for name, _ in shot["headers"])
        hold(all(said[name] == 1 for name in ATTESTED), f"signed by nobody: {said}")

    async def _asker(self, shot: Shot) -> str:
        session, row = self._environment.session, self._row
        self._impostor.prepare(shot)
        self._ears.heard.clear()
        session.provider("a").executor.do(partial(learn, IMPOSTOR, DiscoveryDocument(ITS_HOST.encode(), 1000)))
        outgoing = replace(Outgoing(row.name, row, IMPOSTOR, b"lookup"), user=ALICE)
        try:
            reply = await session.provider("a").peers.send(outgoing)
            outcome = str(reply.status)
        except (TransportError, BadAnswer, Refusal) as error:
            outcome = type(error).__name__
        check_faults(session)
        self._check_told(shot, outcome)
        await self._environment.restore()
        return f"{outcome} {', '.join(sorted(set(self._ears.heard)))}".strip()

    def _check_told(self, shot: Shot, outcome: str) -> None:
        """Whether the asker has done no more than it should, and says why it did less."""
        asked, impostor = self._impostor.asked, self._impostor
        hold(all(asked[kind] <= most for kind, most in MOST.items()), asked)
        for kept in self._environment.session.provider("a").executor.store.wallet.of(ITS_HOST):
            verify_token(kept.token, {kept.token.challenge_digest}, {kept.token.token_key_id: impostor.key.public})
        offered = any(each.lower().startswith("privatetoken ") for each in shot["challenges"])
        explained = impostor.paid or outcome != "401" or self._ears.heard
        hold(explained or not offered, "a challenge was ignored, and nobody hears why")


def rng_bytes(rng: Random) -> Any:
    """Randomness of a case, as providers draw it."""
    return lambda purpose, size: rng.randbytes(size)


def issuer_of(session: Session) -> Any:
    """The key that b.example issues with."""
    return session.provider("b").executor.store.issuer_keys.all()[0].private


def token_key_of(session: Session) -> bytes:
    """The same key, as SPKI."""
    found: bytes = session.provider("b").executor.store.issuer_keys.all()[0].token_key
    return found
