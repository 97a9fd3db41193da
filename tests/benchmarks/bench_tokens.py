"""What a token costs: to issue, beside a plain PSS signature of OpenSSL, and to redeem, beside its verification.

    python -m tests.benchmarks.bench_tokens

Absolute numbers say more about the machine than about us; the ratio is measured in the same run, each thing in turn
with its baseline. Half a minute in all.
"""

from collections.abc import Callable
from itertools import count
from statistics import median
from time import thread_time

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPrivateNumbers, RSAPublicNumbers

from simulator.codec import encode
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.crypto.signature import Ed25519
from simulator.privacy_pass.authorization import read_authorization, write_authorization
from simulator.privacy_pass.challenge import challenge_digest
from simulator.privacy_pass.directory import Per
from simulator.privacy_pass.issuance import PendingToken, finalize, issue, read_request, request_token
from simulator.privacy_pass.key_generation import generate_key
from simulator.privacy_pass.message_signature import Attestation, RequestTarget, attest, check_genuine, read_attestation
from simulator.privacy_pass.redemption import verify_token
from simulator.privacy_pass.redemption_context import window
from simulator.privacy_pass.rsa import PrivateKey
from simulator.privacy_pass.token import Token, authenticator_input
from simulator.services.service_context import ServiceContext
from simulator.services.tokens import issuing, redeeming
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.issuer_keys import signing_keys, verifying_keys
from simulator.services.tokens.origin import challenge_of, presented
from simulator.services.tokens.settings import TokenSettings
from simulator.services.tokens.spending import request_digest
from tests.services.bench import Bench

ROUNDS = 200
KEYS = 24
HOUR = 3600
SEED = b"k" * 32
TARGET = "/token-request"
ANSWER = bytes(330)
"""As large as one with a KeyPackage."""
SETTINGS = TokenSettings(IssuerBudget(Per.provider, 10**6, HOUR), window=HOUR)
PSS, SHA384 = padding.PSS(padding.MGF1(hashes.SHA384()), 48), hashes.SHA384()


def seconds(work: Callable[[], object]) -> float:
    """What it takes once, of the processor: others that wait for it make nothing slower."""
    start = thread_time()
    work()
    return thread_time() - start


def milliseconds(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The medians, of works done in turn."""
    times = [[seconds(work) for work in works] for _ in range(rounds)]
    return [median(column) * 1000 for column in zip(*times, strict=True)]


def in_openssl(key: PrivateKey) -> RSAPrivateKey:
    """The same key, with which OpenSSL signs."""
    d = pow(key.public.e, -1, (key.p - 1) * (key.q - 1))
    public = RSAPublicNumbers(key.public.e, key.public.n)
    return RSAPrivateNumbers(key.p, key.q, d, key.dp, key.dq, key.qinv, public).private_key()


class Parties:
    """An issuer and origin with its store, and what one asks of it."""

    def __init__(self) -> None:
        self.bench = Bench()
        self.keys = self.bench.do(lambda context: issuing.present_keys(HOUR, context))
        self.origin = self.bench.do(lambda context: redeeming.origin(SETTINGS, context))
        self.digest = challenge_digest(challenge_of(self.origin, window(HOUR, self.bench.now)))
        self.rand, self.scheme = SeededRand(1, "b.example"), Ed25519()
        self.public = self.scheme.public_of(SEED)

    @property
    def key(self) -> PrivateKey:
        """What is signed with."""
        return self.keys[0].private

    def pending(self) -> PendingToken:
        """A token that is asked for."""
        return request_token(self.digest, self.keys[0].token_key, self.rand)

    def token(self) -> Token:
        """One that was got."""
        pending = self.pending()
        return finalize(pending, issue(read_request(encode(pending.request), signing_keys(self.keys))))

    def attested(self, body: bytes) -> object:
        """The signature over a token request."""
        target = RequestTarget("a.example", TARGET, body)
        return attest(target, "b.example", 0, lambda content: self.scheme.sign(SEED, content))

    def checked(self, body: bytes, headers: object) -> Attestation:
        """The same, checked."""
        read = read_attestation(RequestTarget("a.example", TARGET, body), headers)  # type: ignore[arg-type]
        check_genuine(read, lambda content, value: self.scheme.verify(self.public, content, value))
        return read

    def issued(self, body: bytes, headers: object) -> None:
        """All that an issuer does of a request, but for HTTP."""
        read = self.checked(body, headers)
        self.bench.do(lambda context: issuing.issue(read, body, SETTINGS.issues, HOUR, context))  # type: ignore[arg-type]

    def redeemed(self, fields: list[str], request: bytes) -> None:
        """All that an origin does of a token, but for the request that it pays for."""
        if (token := self.looked_up(fields, request)) is not None:
            self.bench.do(lambda context: redeeming.spend(token, request, "lookup", SETTINGS, context))
            self.bench.do(lambda context: redeeming.settle(token, 200, ANSWER, context))

    def looked_up(self, fields: list[str], request: bytes) -> Token | None:
        """A token that is good and was not presented before."""
        token = presented(fields, self.origin, verifying_keys(self.keys), self.bench.now)

        def before(context: ServiceContext) -> object:
            return redeeming.answer_before(token, request, "lookup", context)

        return token if self.bench.do(before) is None else None


def issue_costs(parties: Parties, plain: RSAPrivateKey) -> None:
    """Print what getting a token takes."""
    pendings = [parties.pending() for _ in range(ROUNDS)]
    bodies = [encode(pending.request) for pending in pendings]
    signed = [parties.attested(body) for body in bodies]
    numbers, finals = count(), count()
    read = read_request(bodies[0], signing_keys(parties.keys))
    answers = [issue(read_request(body, signing_keys(parties.keys))) for body in bodies]

    def whole() -> None:
        number = next(numbers)
        parties.issued(bodies[number], signed[number])

    def final() -> None:
        number = next(finals)
        finalize(pendings[number], answers[number])

    baseline, ours, told, done = milliseconds(
        lambda: plain.sign(bytes(98), PSS, SHA384), lambda: issue(read), whole, final
    )
    ask, attesting, checking = milliseconds(
        parties.pending, lambda: parties.attested(bodies[0]), lambda: parties.checked(bodies[0], signed[0])
    )
    seeds = count(1000)
    made = [seconds(lambda: generate_key(next(seeds).to_bytes(32, "big"))) * 1000 for _ in range(KEYS)]
    print("token-issue                     ms")
    print(f"  a plain PSS signature {baseline:10.3f}    the baseline")
    print(f"  BlindSign             {ours:10.3f}    {ours / baseline:.0f} times that")
    print(f"  all told, with store  {told:10.3f}    {told / baseline:.0f} times that, {1000 / told:,.0f} in a second")
    print(f"  Blind                 {ask:10.3f}")
    print(f"  Finalize              {done:10.3f}")
    print(f"  attestation, signed   {attesting:10.3f}")
    print(f"  attestation, checked  {checking:10.3f}")
    print(f"  key from a seed       {median(made):10.3f}    {max(made):.0f} at most, of {KEYS}")


def redeem_costs(parties: Parties, plain: RSAPrivateKey) -> None:
    """Print what redeeming a token takes."""
    tokens = [parties.token() for _ in range(ROUNDS)]
    fields, request = [[write_authorization(token)] for token in tokens], request_digest("/lookup", bytes(200))
    keys, numbers = verifying_keys(parties.keys), count()
    one, signature = authenticator_input(tokens[0]), tokens[0].authenticator
    public = plain.public_key()
    baseline, ours, whole, again = milliseconds(
        lambda: public.verify(signature, one, PSS, SHA384),
        lambda: verify_token(read_authorization(fields[0]), {parties.digest}, keys),
        lambda: parties.redeemed(fields[next(numbers)], request),
        lambda: parties.looked_up(fields[0], request),
    )
    print("token-redeem                    ms")
    print(f"  a plain verification  {baseline:10.3f}    the baseline")
    print(f"  field to verified     {ours:10.3f}    {ours / baseline:.1f} times that")
    print(
        f"  all told, with store  {whole:10.3f}    {whole / baseline:.1f} times that, {1000 / whole:,.0f} in a second"
    )
    print(f"  a repetition          {again:10.3f}    {again / baseline:.1f} times that")


def main() -> None:
    """Print what each step takes."""
    parties = Parties()
    plain = in_openssl(parties.key)
    issue_costs(parties, plain)
    redeem_costs(parties, plain)
    parties.bench.close()


if __name__ == "__main__":
    main()
