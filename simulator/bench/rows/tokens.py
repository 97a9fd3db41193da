"""What tokens of Privacy Pass take: to issue one, beside a PSS signature; to check one, beside its verification."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPrivateNumbers, RSAPublicNumbers

from simulator.bench.federations import NOW
from simulator.bench.row import Row
from simulator.bench.samples import Stopwatch, repeated, work
from simulator.codec import encode
from simulator.drafts.registry import usual
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.crypto.signature import Ed25519
from simulator.privacy_pass.authorization import read_authorization, write_authorization
from simulator.privacy_pass.challenge import challenge_digest
from simulator.privacy_pass.directory import Per
from simulator.privacy_pass.issuance import PendingToken, finalize, issue, read_request, request_token
from simulator.privacy_pass.message_signature import (
    Headers,
    RequestTarget,
    attest,
    check_genuine,
    read_attestation,
)
from simulator.privacy_pass.redemption import verify_token
from simulator.privacy_pass.redemption_context import window
from simulator.privacy_pass.rsa import PrivateKey
from simulator.privacy_pass.token import Token, authenticator_input
from simulator.services.limits.policy import Policy
from simulator.services.service_context import ServiceContext
from simulator.services.tokens import issuing, redeeming
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.issuer_keys import signing_keys, verifying_keys
from simulator.services.tokens.origin import challenge_of
from simulator.services.tokens.settings import TokenSettings
from simulator.storage import Store

HOUR = 3600
SEED = b"k" * 32
PATH = "/token-request"
BUDGET = IssuerBudget(Per.provider, 10**9, HOUR)
SETTINGS = TokenSettings(BUDGET, window=HOUR)
PSS, SHA384 = padding.PSS(padding.MGF1(hashes.SHA384()), 48), hashes.SHA384()
T = TypeVar("T")


class Issuer:
    """An issuer and origin with its store in memory, and what others ask of it."""

    def __init__(self) -> None:
        self._store, self._rand, self._scheme = Store(), SeededRand(1, "b.example"), Ed25519()
        self._public = self._scheme.public_of(SEED)
        self._keys = self._do(lambda context: issuing.present_keys(HOUR, context))
        origin = self._do(lambda context: redeeming.origin(SETTINGS, context))
        self.digest = challenge_digest(challenge_of(origin, window(HOUR, NOW)))

    def _do(self, action: Callable[[ServiceContext], T]) -> T:
        rules = usual()[0].rules
        with self._store.transaction():
            return action(ServiceContext("a.example", "a.example", self._store, Policy(), NOW, NOW, self._rand, rules))

    @property
    def key(self) -> PrivateKey:
        """What it signs with."""
        return self._keys[0].private

    def asked(self) -> PendingToken:
        """A token that somebody asks for."""
        return request_token(self.digest, self._keys[0].token_key, self._rand)

    def signed(self, body: bytes) -> Headers:
        """The signature of who asks."""
        target = RequestTarget("a.example", PATH, body)
        return attest(target, "b.example", 0, lambda content: self._scheme.sign(SEED, content))

    def issue(self, body: bytes, headers: Headers) -> None:
        """All that it does of a request, but for HTTP."""
        read = read_attestation(RequestTarget("a.example", PATH, body), headers)
        check_genuine(read, lambda content, value: self._scheme.verify(self._public, content, value))
        self._do(lambda context: issuing.issue(read, body, BUDGET, HOUR, context))

    def token(self) -> Token:
        """One that it has issued."""
        pending = self.asked()
        return finalize(pending, issue(read_request(encode(pending.request), signing_keys(self._keys))))

    def check(self, field: str) -> None:
        """From the header field to a token that is good."""
        verify_token(read_authorization([field]), {self.digest}, verifying_keys(self._keys))

    def in_openssl(self) -> RSAPrivateKey:
        """Its key, with which OpenSSL signs."""
        key = self.key
        d = pow(key.public.e, -1, (key.p - 1) * (key.q - 1))
        public = RSAPublicNumbers(key.public.e, key.public.n)
        return RSAPrivateNumbers(key.p, key.q, d, key.dp, key.dq, key.qinv, public).private_key()


issuer = cache(Issuer)


def _issue() -> Callable[[Stopwatch], int]:
    def once(watch: Stopwatch) -> int:
        body = encode(issuer().asked().request)
        headers = issuer().signed(body)
        with watch.running():
            issuer().issue(body, headers)
        return 1

    return once


def _plain() -> RSAPrivateKey:
    return issuer().in_openssl()


def _sign() -> Callable[[], object]:
    key = _plain()
    return lambda: key.sign(bytes(98), PSS, SHA384)


def _verify() -> Callable[[], object]:
    token, key = issuer().token(), _plain().public_key()
    content, signature = authenticator_input(token), token.authenticator
    return lambda: key.verify(signature, content, PSS, SHA384)


def _check() -> Callable[[], object]:
    field = write_authorization(issuer().token())
    return lambda: issuer().check(field)


ROWS = (
    Row(
        id="token-issue",
        work="issue a token: check who asks, count it, sign, store",
        unit="ms of CPU",
        ours=repeated(_issue),
        baseline=work(_sign),
        against="a plain PSS signature",
        goal=0.02,
    ),
    Row(
        id="token-redeem",
        work="check a token: from the header field to its signature",
        unit="ms of CPU",
        ours=work(_check),
        baseline=work(_verify),
        against="a plain PSS verification",
        goal=0.2,
    ),
)
