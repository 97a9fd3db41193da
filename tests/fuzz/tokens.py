"""Target: tokens, at an issuer and origin that gets anything, and at an asker that is told anything; over HTTPS."""

import json
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random
from sqlite3 import connect
from tempfile import TemporaryDirectory
from typing import Any

import trio

from simulator.codec import encode
from simulator.drafts.requests.endpoint import BadAnswer, Outgoing, Reply
from simulator.federation import ProviderSpec, Session, Topology, open_session
from simulator.mls.crypto.signature import Ed25519
from simulator.net import HTTPReply, HTTPRequest, Server, TransportError, listening_socket, serve
from simulator.privacy_pass import base64url
from simulator.privacy_pass.authorization import read_authorization
from simulator.privacy_pass.challenge import token_challenge
from simulator.privacy_pass.directory import MEDIA_TYPE, PATH, Directory, DirectoryKey, Per, write_directory
from simulator.privacy_pass.errors import PrivacyPassError
from simulator.privacy_pass.issuance import (
    RESPONSE_TYPE,
    issue,
    read_request,
    request_token,
)
from simulator.privacy_pass.message_signature import RequestTarget, attest
from simulator.privacy_pass.redemption import verify_token
from simulator.privacy_pass.token import Token
from simulator.privacy_pass.www_authenticate import ChallengeOffer, write_offer
from simulator.services import provider_keys
from simulator.services.discovery import learn
from simulator.services.refusal import Refusal
from simulator.services.results import DiscoveryDocument
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.settings import TokenSettings
from simulator.trace import ProtocolEvent
from tests.fuzz.cases import Case, Shot
from tests.fuzz.environment import NOW, Environment, Kind, Tape
from tests.fuzz.requests import check_faults
from tests.fuzz.token_texts import challenges, credentials, fit, json_altered, struct_altered, text_altered
from tests.privacy_pass.issuer_keys import issuer_key, keys, token_key

HOUR = 3600
LOOKUP = "connection_key_packages"
IMPOSTOR, ITS_HOST = "m.example", "ds.m.example"
ALICE, BOB = "mimi://a.example/u/alice", "mimi://b.example/u/bob"
GRACE = 5
"""Seconds for what takes some milliseconds."""
MOST = {LOOKUP: 3, PATH: 2, "POST": 9}
"""So many requests an asker makes for one of its user's: lookups, for the directory, for tokens."""
ATTESTED = ("content-type", "content-digest", "signature-input", "signature", "mimi-token-holder")


class OwnRows(Environment):
    """What providers have only learned of others is no state here: whoever is said to have signed is asked."""

    def look(self) -> dict[str, str]:
        """A hash of what each provider has of its own."""
        return {name: _hash(self.session.provider(name).own_rows()) for name in self.files}


def _hash(rows: Mapping[str, frozenset[bytes]]) -> str:
    return sha256(repr([(table, sorted(rows[table])) for table in sorted(rows)]).encode()).hexdigest()


class Ears(Tape):
    """Keeps nothing but by which rules challenges were ignored, or why no token was had."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def add(self, event, mark=None):  # type: ignore[no-untyped-def] # (as in Recorder)
        """Note the event."""
        if isinstance(event, ProtocolEvent) and event.kind in ("ChallengeIgnored", "GaveUp"):
            self.heard.append(event.details.get("rule", event.kind))
        return super().add(event, mark)


@dataclass
class Materials:
    """Valid requests, taken from a run."""

    lookup: bytes
    other: bytes
    """Another lookup."""
    spent: Token
    """It paid for the lookup."""
    fresh: Token
    request: bytes
    """A token request that was answered."""
    headers: Mapping[str, str]
    seed: bytes = field(repr=False)
    """What a.example signs with."""


class Tokens:
    """Whatever is presented or asked for, no store changes by a refusal, and nothing is had for what is not good.
    Whatever an asker is told, its users get an answer, soon, and its wallet has good tokens only.
    """

    name = "tokens"

    def __init__(self, environment: Environment, ears: Ears, materials: Materials, impostor: "Impostor") -> None:
        self._environment = environment
        self._ears = ears
        self._materials = materials
        self._impostor = impostor

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
        return {"url": f"https://ds.b.example/{LOOKUP}", "headers": headers, "body": body.hex()}

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
        assert refusal is not None, f"{reply.status} says nothing"
        code = str(refusal.code)
        assert reply.status < 500 or code == "sender_unverifiable", f"{reply.status} {code}: {refusal.rule}"
        about_a_token = code in ("token_required", "invalid_token", "token_spent")
        challenged = reply.header("www-authenticate") is not None
        assert challenged == (shot["kind"] == "redeem" and about_a_token), f"{code}: challenge is {challenged}"
        assert self._environment.unchanged(), f"a refusal ({code}) has changed a store"
        return f"{reply.status} {code}"

    def _check_taken(self, shot: Shot, reply: HTTPReply) -> None:
        """Whether this could be taken at all."""
        made = self._materials
        if shot["kind"] == "redeem":
            plain = "".join(value for name, value in shot["headers"] if name == "authorization").replace("\\", "")
            spent = base64url.write(encode(made.spent)) in plain
            assert spent or base64url.write(encode(made.fresh)) in plain, "something else was taken for a token"
            if spent:
                assert bytes.fromhex(shot["body"]) == made.lookup, "a token has paid twice"
                assert self._environment.unchanged(), "a repetition has changed a store"
            return
        key = issuer_of(self._environment.session)
        blinded = int.from_bytes(bytes.fromhex(shot["body"])[3:], "big")
        assert pow(int.from_bytes(reply.body, "big"), key.public.e, key.public.n) == blinded
        said = Counter(name for name, _ in shot["headers"])
        assert all(said[name] == 1 for name in ATTESTED), f"signed by nobody: {said}"

    async def _asker(self, shot: Shot) -> str:
        session, row = self._environment.session, self._environment.session.draft.named(LOOKUP)
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
        assert all(asked[kind] <= most for kind, most in MOST.items()), asked
        for kept in self._environment.session.provider("a").executor.store.wallet.of(ITS_HOST):
            verify_token(kept.token, {kept.token.challenge_digest}, {kept.token.token_key_id: impostor.key.public})
        offered = any(each.lower().startswith("privatetoken ") for each in shot["challenges"])
        explained = impostor.paid or outcome != "401" or self._ears.heard
        assert explained or not offered, "a challenge was ignored, and nobody hears why"


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


class Impostor:
    """An issuer and origin that says what a shot says, and else what is right."""

    def __init__(self) -> None:
        self.key = issuer_key()
        self.asked: Counter[str] = Counter()
        self.paid = 0
        """Requests with a token."""
        self._shot: Shot = {}
        self._challenge = token_challenge(IMPOSTOR, b"1" * 32, ITS_HOST)
        self._directory = json.loads(write_directory(Directory("/token-request", (DirectoryKey(token_key(), NOW),))))

    def answers(self, rng: Random) -> Shot:
        """What is said to lookups without and with a token, and of directory and tokens."""
        fields, directory, response = challenges(self._challenge, token_key(), rng), None, None
        if rng.random() < 0.6:
            offer = ChallengeOffer(
                self._challenge, rng.choice((token_key(), None)), rng.choice((1800, 1800, 1, 0, None))
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
        if request.path != f"/{LOOKUP}":
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
            right = encode(issue(read_request(request.body, keys(0))))
        except PrivacyPassError:
            return b"another key's"
        return right[:-1] if said == "cut" else right


@asynccontextmanager
async def open_tokens() -> AsyncIterator[Tokens]:
    """The target, with a federation in which a.example pays at b.example."""
    shared = Path("/dev/shm")
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="fuzz-", dir=shared if shared.is_dir() else None)))
        files = {name: folder / f"{name}.db" for name in ("a.example", "b.example")}
        ears = Ears()
        session = await stack.enter_async_context(open_session(_topology(files), seed=1, now=NOW, recorder=ears))
        watchers = {name: stack.enter_context(closing(connect(path))) for name, path in files.items()}
        environment = OwnRows(Kind(), session, files, watchers=watchers)
        materials = await _materials(session)
        nursery = await stack.enter_async_context(trio.open_nursery())
        impostor = Impostor()
        await _serve(session, nursery, impostor)
        ears.running = False
        environment.remember()
        yield Tokens(environment, ears, materials, impostor)
        nursery.cancel_scope.cancel()


def _topology(files: Mapping[str, Path]) -> Topology:
    issues = IssuerBudget(Per.user, 50, HOUR)
    origin = TokenSettings(issues, frozenset({LOOKUP}), window=HOUR)
    specs = (
        ProviderSpec("a.example", {"alice": ("phone",), "bert": ("phone",)}, tokens=TokenSettings(unnamed=True)),
        ProviderSpec("b.example", {"bob": ("phone",), "ben": ("phone",)}, tokens=origin),
    )
    return Topology(tuple(replace(spec, database=str(files[spec.name])) for spec in specs), key_packages=4)


async def _materials(session: Session) -> Materials:
    """From two lookups of alice, one for bob and one for ben, and a token that is left over."""
    for user in ("bob", "ben"):
        await session.client("alice.phone").request_connection(session.user(user).uri)
    await session.settle()
    exchanges = session.recorder.exchanges
    first, second = (each for each in exchanges if each.endpoint == LOOKUP and each.status == 200)
    asked = next(each for each in exchanges if each.endpoint == "token_request")
    a, store = session.provider("a"), session.provider("a").executor.store
    known, parts = store.known_challenges.get("ds.b.example"), a.tokens
    assert known is not None
    assert parts is not None
    await parts.fetcher.round(known, "b.example", ALICE)
    (fresh,) = [each.token for each in store.wallet.of("ds.b.example") if each.holder == ALICE]
    spent = read_authorization([dict(first.request_headers)["authorization"]])
    for client in session.clients:
        client.online = False
    await session.settle()
    session.provider("b").executor.do(provider_keys.own_key)  # where it is made when somebody first needs it
    seed = a.executor.do(provider_keys.own_key).private_key
    headers = dict(asked.request_headers)
    return Materials(first.request, second.request, spent, fresh, asked.request, headers, seed)


async def _serve(session: Session, nursery: trio.Nursery, impostor: Impostor) -> None:
    context = session.authority.server_context(session.authority.identity(IMPOSTOR, ITS_HOST))

    async def run(*, task_status: trio.TaskStatus[Server]) -> None:
        await serve(
            [listening_socket()], context, impostor, name=IMPOSTOR, report=lambda report: None, task_status=task_status
        )

    server: Server = await nursery.start(run)
    for name in (IMPOSTOR, ITS_HOST):
        session.network.bind(name, server.addresses[0])
